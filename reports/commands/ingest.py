"""``btl ingest``: pages into the store, and nothing else."""

from __future__ import annotations

from pathlib import Path

import click

from reports.commands.shared import say_ingested, store_option


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@store_option
def ingest(inputs: tuple[str, ...], store: Path) -> None:
    """Read pages and comment tables into the store, and nothing else.

    \b
    Example:
      btl ingest crawl.jsonl.gz --store data/store
    """  # noqa: D301
    from comments.ingest import ingest as ingest_items
    from comments.inputs import read_inputs
    from comments.store import Store

    items = read_inputs(inputs)  # before the store is made: a wrong path leaves nothing behind
    with Store(store) as opened:
        got = ingest_items(opened, items)
    click.echo(say_ingested(got), err=True)
