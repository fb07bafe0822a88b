"""Comment tables (CSV, TSV, Parquet) to rows, a batch at a time."""

from __future__ import annotations

import csv
import io
from functools import partial
from typing import TYPE_CHECKING

from comments.inputs.charset import guess_encoding, wide_encoding
from comments.inputs.columns import DEFAULT_COLUMNS, ColumnMap
from comments.inputs.rows import RowReader, TableRow
from comments.model import Reject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DELIMITERS = (",", ";", "\t")
EXTRA_CELLS = "cells beyond the last column"
TODO = "name the column that holds the comments with --columns, or rename it to `text`"
csv.field_size_limit(1 << 30)


def read_table(path: Path, address: str, columns: ColumnMap = DEFAULT_COLUMNS) -> Iterator[TableRow | Reject]:
    """Read a CSV, TSV or Parquet file that has a column of comments.

    Args:
        path: the file; its suffix says the format.
        address: the file's name for people, and what rows stand under that name no article.
        columns: what its columns are called.

    Yields:
        A row a comment, and a reject for each row without text, or one for the whole file where it
        cannot be read or has no column of comments.
    """
    text = columns.text
    is_parquet = path.suffix.lower() == ".parquet"
    records = _parquet(path, text) if is_parquet else _delimited(path, text)
    reader = RowReader(address, address, columns)
    number = 0
    try:
        for number, record in enumerate(records, 1):
            if text not in record:
                found = ", ".join(map(str, list(record)[:12]))[:200] or "none"
                yield Reject(address, "", "table without text column", f"columns: {found}; {TODO}")
                return
            place = f"row {number}"
            if EXTRA_CELLS in record:
                # Most often a text with delimiters in it that is not quoted: the text would be cut.
                detail = f"it has {len(record) - 1} columns and further cells: {record[EXTRA_CELLS]}"
                yield Reject(address, place, "malformed row", detail[:200])
                continue
            yield reader.read(record, place)
    except Exception as error:
        line = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield Reject(address, f"after row {number}" if number else "", "unreadable table", line)
        return
    if number == 0:
        yield Reject(address, "", "empty file", "the table has no rows")
    yield from reader.finish()


def _parquet(path: Path, text: str) -> Iterator[dict[str, object]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        if text not in file.schema_arrow.names:
            yield dict.fromkeys(file.schema_arrow.names)
            return
        for batch in file.iter_batches(batch_size=8192):
            yield from batch.to_pylist()


def _delimited(path: Path, text: str) -> Iterator[dict[str, object]]:
    with path.open(encoding=_encoding(path), errors="replace", newline="") as file:
        sample = file.read(64 * 1024)
        file.seek(0)
        rows = csv.DictReader(file, restkey=EXTRA_CELLS, delimiter=_delimiter(path, sample, text), strict=True)
        for record in rows:
            further = record.pop(EXTRA_CELLS, None)
            values: dict[str, object] = {name: value if value != "" else None for name, value in record.items()}
            if further and any(further):
                values[EXTRA_CELLS] = further
            yield values


def _encoding(path: Path) -> str:
    """UTF-8 with or without its mark, what an UTF-16 mark says, else cp1252 as spreadsheets write it."""
    with path.open("rb") as file:
        wide = wide_encoding(file.read(4))
        file.seek(0)
        found = wide or guess_encoding(iter(partial(file.read, 1 << 20), b""))
    return "utf-8-sig" if found == "utf-8" else found


def _delimiter(path: Path, sample: str, text: str) -> str:
    """The first of the usual delimiters under which the heading has the column of comments."""
    usual = sorted(DELIMITERS, key=lambda mark: mark != "\t") if path.suffix.lower() == ".tsv" else DELIMITERS
    for mark in usual:
        if text in next(csv.reader(io.StringIO(sample, newline=""), delimiter=mark), []):
            return mark
    return usual[0]
