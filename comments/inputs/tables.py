"""Comment tables (CSV, TSV, Parquet) to rows, a batch at a time."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from comments.inputs.rows import TableRow, row_from_record
from comments.model import Reject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODO = "rename the column that holds the comments to `text`"
csv.field_size_limit(1 << 30)


def read_table(path: Path, address: str) -> Iterator[TableRow | Reject]:
    """Read a CSV, TSV or Parquet file with a ``text`` column.

    Args:
        path: the file; its suffix says the format.
        address: the file's name for people, and what rows stand under that name no article.

    Yields:
        A row a comment, and a reject for each row without text, or one for the whole file where it
        cannot be read or has no ``text`` column.
    """
    records = _parquet(path) if path.suffix.lower() == ".parquet" else _delimited(path)
    number = 0
    try:
        for number, record in enumerate(records, 1):
            if "text" not in record:
                found = ", ".join(map(str, record)) or "none"
                yield Reject(address, "", "table without text column", f"columns: {found}; {TODO}")
                return
            place = f"row {number}"
            row = row_from_record(record, address, place, address)
            yield row or Reject(address, place, "row without text")
    except Exception as error:
        line = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield Reject(address, f"after row {number}" if number else "", "unreadable table", line)
        return
    if number == 0:
        yield Reject(address, "", "empty file", "the table has no rows")


def _parquet(path: Path) -> Iterator[dict[str, object]]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        if "text" not in file.schema_arrow.names:
            yield dict.fromkeys(file.schema_arrow.names)
            return
        for batch in file.iter_batches(batch_size=8192):
            yield from batch.to_pylist()


def _delimited(path: Path) -> Iterator[dict[str, object]]:
    tab = path.suffix.lower() == ".tsv"
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        sample = file.read(64 * 1024)
        file.seek(0)
        head = csv.reader(io.StringIO(sample), delimiter="\t" if tab else ",")
        names = next(head, [])
        delimiter = "\t" if tab else ";" if len(names) == 1 and ";" in names[0] else ","
        for record in csv.DictReader(file, delimiter=delimiter, strict=True):
            record.pop(None, None)  # type: ignore[call-overload]
            yield {name: value if value != "" else None for name, value in record.items()}
