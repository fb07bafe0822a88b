"""``btl compare``: two runs side by side."""

from __future__ import annotations

import json
from pathlib import Path

import click

from reports.commands.shared import FOLDER, write_line


@click.command()
@click.argument("before", type=FOLDER, metavar="RUN_A")
@click.argument("after", type=FOLDER, metavar="RUN_B")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
def compare(before: Path, after: Path, as_json: bool) -> None:
    """Say what became of themes between two runs over one store, and which shares moved most.

    RUN_A and RUN_B are output folders, the earlier one first.

    \b
    Example:
      btl compare data/runs/march data/runs/april
    """  # noqa: D301
    from reports.compare import compare_runs, say_changes
    from reports.folder import read_tables

    found = compare_runs(read_tables(before), read_tables(after))
    write_line(json.dumps(found, ensure_ascii=False, indent=1) if as_json else say_changes(found))
