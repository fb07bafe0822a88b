"""``btl verify``: every hash of a store and its reports."""

from __future__ import annotations

from pathlib import Path

import click

from reports.commands.shared import open_store, store_option, write_line


@click.command()
@store_option
def verify(store: Path) -> int:
    """Compare every file of a store and of the reports made from it with its hash; exit with 1 if one differs.

    \b
    Example:
      btl verify --store data/store
    """  # noqa: D301
    from reports.verify import verify_store

    files, problems = verify_store(open_store(store))
    for problem in problems:
        write_line(problem)
    write_line(f"{files} files looked at, {len(problems)} missing or damaged")
    return 1 if problems else 0
