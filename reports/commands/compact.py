"""``btl compact``: many small files of a store into few."""

from __future__ import annotations

from pathlib import Path

import click

from reports.commands.shared import open_store, say, store_option


@click.command()
@store_option
def compact(store: Path) -> None:
    """Write the batches and vectors of a store as few files; what it holds stays the same.

    It can be interrupted at any moment; readers may go on meanwhile.

    \b
    Example:
      btl compact --store data/store
    """  # noqa: D301
    from comments.compact import compact as compact_store

    with open_store(store) as opened:
        before, after = compact_store(opened)
    say(f"{before} files before, {after} now")
