"""``btl query``: SQL over a store and its last report."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import click

from reports.commands.shared import open_store, store_option, write_line


@click.command()
@click.argument("sql")
@store_option
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", help="Of the rows [default: csv].")
def query(sql: str, store: Path, form: str) -> None:
    """Ask a store and its last report in SQL (DuckDB), read only.

    The tables of the last report have their names (comments, themes, assignments, pages, events, trend, ...);
    those of the store are called store_comments, store_pages, store_places, store_rejects and store_sightings.

    \b
    Example:
      btl query "select theme, count(*) from assignments group by theme" --store data/store
    """  # noqa: D301
    from reports.query import query_store

    columns, rows = query_store(open_store(store), sql)
    if form == "json":
        for row in rows:
            write_line(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False, default=str))
        return
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    write_line(buffer.getvalue().removesuffix("\n"))
