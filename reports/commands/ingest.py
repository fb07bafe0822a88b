"""``btl ingest``: pages into the store, and nothing else."""

from __future__ import annotations

from pathlib import Path

import click

from reports.commands.shared import columns_option, engine_option, say, say_ingested, store_option


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@store_option
@columns_option
@engine_option
def ingest(inputs: tuple[str, ...], store: Path, columns: Path | None, engine: str) -> None:
    """Read pages, comment tables and exports into the store, and nothing else.

    \b
    Example:
      btl ingest crawl.jsonl.gz --store data/store
    """  # noqa: D301
    from analysis.engine import open_engine
    from comments.ingest import ingest as ingest_items
    from comments.inputs import read_inputs
    from comments.inputs.columns import DEFAULT_COLUMNS, load_columns
    from comments.store import Store

    names = load_columns(columns) if columns else DEFAULT_COLUMNS
    items = read_inputs(inputs, columns=names)  # before the store is made: a wrong path leaves nothing behind
    with open_engine(engine) as workers, Store(store) as opened:
        got = ingest_items(opened, items, split_parts=workers.map)
    say(say_ingested(got, "store_rejects (btl query)"))
