"""``btl agreement``: filled coding sheets against each other and against the report."""

from __future__ import annotations

import json
from pathlib import Path

import click

from reports.commands.shared import FILE, FOLDER, write_line


@click.command()
@click.argument("sheets", nargs=-1, required=True, type=FILE, metavar="SHEET...")
@click.option("--run", type=FOLDER, required=True, metavar="DIR", help="The report that the sheets were made of.")
def agreement(sheets: tuple[Path, ...], run: Path) -> None:
    """Say how far coders agree with each other and with the report, as JSON.

    SHEET is a filled coding sheet of btl export, CSV or XLSX, one a coder. Krippendorff's alpha needs two.

    \b
    Example:
      btl agreement anna.xlsx ben.csv --run data/report
    """  # noqa: D301
    from reports.exports.agreement import measure_agreement, read_sheet
    from reports.exports.read import read_run

    found = measure_agreement([read_sheet(sheet) for sheet in sheets], read_run(run))
    write_line(json.dumps(found, indent=2, ensure_ascii=False))
