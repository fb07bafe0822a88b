"""``btl export``: a report's tables in the formats of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reports.commands.shared import FOLDER, say
from reports.quantities import plural

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.exports.read import RunFolder

FORMATS = ("jsonl", "parquet", "csv", "xlsx", "convokit", "refi-qda", "bertopic", "figures", "coding-sheet")


@click.command()
@click.argument("run", type=FOLDER)
@click.option("--format", "kind", type=click.Choice(FORMATS), required=True, help="What to write.")
@click.option("--out", type=FOLDER, required=True, metavar="DIR", help="Where the files go.")
@click.option("--size", type=click.IntRange(min=1), default=200, show_default=True, help="Comments of a coding sheet.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which comments a coding sheet draws.")
def export(run: Path, kind: str, out: Path, size: int, seed: int) -> None:
    """Write the tables of a report for other programs.

    RUN is a folder that btl run --out made. jsonl and parquet lose nothing; csv and xlsx are safe to open in a
    spreadsheet program; convokit is a corpus for ConvoKit; refi-qda a project for NVivo, ATLAS.ti and MAXQDA;
    bertopic a model for BERTopic; figures are SVG and PNG; coding-sheet is for human coders who shall not see the
    themes (see btl agreement).

    \b
    Example:
      btl export data/report --format xlsx --out data/sheets
    """  # noqa: D301
    from reports.exports.read import read_run

    files = _files(read_run(run), kind, size, seed)
    _write(out, files)
    say(f"wrote {plural(len(files), 'file')} to {out}" if files else "there is nothing to draw: no file was written")


def _files(run: RunFolder, kind: str, size: int, seed: int) -> Mapping[str, bytes]:
    from reports.exports import bertopic, coding, convokit, figures, lossless, refi, sheets

    if kind == "jsonl":
        return lossless.jsonl_files(run)
    if kind == "parquet":
        return lossless.parquet_files(run)
    if kind == "csv":
        return sheets.csv_files(run.tables)
    if kind == "xlsx":
        return {"tables.xlsx": sheets.xlsx_file(run.tables)}
    if kind == "convokit":
        return convokit.convokit_files(run)
    if kind == "refi-qda":
        return refi.refi_files(run)
    if kind == "bertopic":
        return bertopic.bertopic_files(run)
    if kind == "figures":
        return figures.figure_files(run)
    return coding.coding_files(run, size=size, seed=seed)


def _write(out: Path, files: Mapping[str, bytes]) -> None:
    """Each file whole or not at all; a report there is not written over."""
    from comments.errors import SettingsError

    if (out / "report.html").exists():
        raise SettingsError(f"{out} holds a report", "name another folder with --out")
    out.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        part = out / f".{name}.part"
        part.write_bytes(data)
        part.replace(out / name)
