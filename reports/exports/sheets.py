"""Tables for spreadsheet programs: nothing in them runs, and nothing is cut without a word.

A cell of a spreadsheet holds 32,767 characters and a sheet 1,048,576 rows. What is longer goes on in a further column
(``text (2)``), what has more rows in a further sheet or file. Lists are joined by ``; ``; true and false are words.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from comments.errors import BelowTheLineError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    Cell = str | int | float | None

CELL = 32_767  # UTF-16 units, as Excel counts
ROWS = 1_048_576  # with the heading
COLUMNS = 16_384
# OWASP, "CSV injection": signs at the beginning of a cell that make a formula of it, full-width forms among them. An
# apostrophe is guarded too, so that taking one away gives every text back.
GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "'")


def csv_files(tables: Mapping[str, pa.Table]) -> dict[str, bytes]:
    """Return each table as CSV (UTF-8 with a byte order mark), texts guarded by an apostrophe where they need it."""
    files = {}
    for name, table in tables.items():
        heading, rows = _grid(table)
        for number, part in enumerate(_parts(rows, ROWS), 1):
            suffix = "" if number == 1 else f"-{number}"
            files[f"{name}{suffix}.csv"] = _csv(heading, part)
    return files


def _csv(heading: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guard_text(name) for name in heading])
    writer.writerows([[guard_text(cell) if isinstance(cell, str) else cell for cell in row] for row in rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def guard_text(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula.

    Args:
        text: any text; one that begins, spaces aside, with one of ``GUARDED`` gets an apostrophe before it.
    """
    bare = text.lstrip(" \u00a0\u200b\ufeff")
    return f"'{text}" if text.startswith(GUARDED) or bare.startswith(GUARDED) else text


def xlsx_file(tables: Mapping[str, pa.Table], *, cell: int = CELL, rows: int = ROWS) -> bytes:
    """Return tables as one workbook, a sheet each; texts are written as texts, never as formulas or links.

    Args:
        tables: tables by the names of their sheets.
        cell: most UTF-16 units of a cell.
        rows: most rows of a sheet, with the heading.
    """
    import datetime

    import xlsxwriter

    out = io.BytesIO()
    # Rows go to disk as they are written: a hundred thousand comments need no gigabyte.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # the same bytes every time
        plain = book.add_format({"quote_prefix": True})  # a text stays one when its cell is edited
        bold = book.add_format({"bold": True})
        for name, table in tables.items():
            heading, grid = _grid(table, cell)
            for number, part in enumerate(_parts(grid, rows), 1):
                sheet = book.add_worksheet(name if number == 1 else f"{name} ({number})")
                sheet.freeze_panes(1, 0)
                for column, title in enumerate(heading):
                    sheet.write_string(0, column, title, bold)
                for row, cells in enumerate(part, 1):
                    for column, value in enumerate(cells):
                        if isinstance(value, str):
                            sheet.write_string(row, column, value.replace("\0", "\ufffd"), plain)
                        elif value is not None:
                            sheet.write_number(row, column, value)
    return out.getvalue()


def _grid(table: pa.Table, limit: int = CELL) -> tuple[list[str], list[list[Cell]]]:
    """Heading and rows, long texts cut into as many columns as they need."""
    heading: list[str] = []
    columns: list[list[Cell]] = []
    for name in table.column_names:
        cut = [list(cut_cell(_plain(value), limit)) for value in table[name].to_pylist()]
        width = max((len(pieces) for pieces in cut), default=1)
        heading += [name if n == 1 else f"{name} ({n})" for n in range(1, width + 1)]
        columns += [[pieces[n] if n < len(pieces) else None for pieces in cut] for n in range(width)]
    if len(columns) > COLUMNS:
        raise BelowTheLineError(
            f"a table would need {len(columns)} columns, a sheet has {COLUMNS}", "use --format parquet or jsonl"
        )
    return heading, [list(row) for row in zip(*columns, strict=True)]


def _plain(value: object) -> Cell:
    """A value as a cell can hold it."""
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"  # LibreOffice makes a formula of a truth value
    if isinstance(value, int) and abs(value) > 2**53:
        return str(value)  # a number of a spreadsheet would lose its last digits
    if isinstance(value, float) and value - value != 0:
        return str(value)  # infinite, or no number
    return value if isinstance(value, str | int | float) or value is None else str(value)


def cut_cell(value: Cell, limit: int = CELL) -> Iterator[Cell]:
    """Yield a value in pieces that a cell can hold; joined they are the value.

    Args:
        value: any cell.
        limit: most UTF-16 units of a piece.
    """
    if not isinstance(value, str) or len(value) <= limit // 2:
        yield value
        return
    start = held = 0
    for at, sign in enumerate(value):
        size = 2 if ord(sign) > 0xFFFF else 1
        if held + size > limit:
            yield value[start:at]
            start, held = at, 0
        held += size
    yield value[start:]


def _parts(rows: list[list[Cell]], most: int) -> Iterator[list[list[Cell]]]:
    """Rows in parts that fit a sheet below its heading; one empty part where there are none."""
    for start in range(0, max(1, len(rows)), most - 1):
        yield rows[start : start + most - 1]


def read_guarded(text: str) -> str:
    """Return the text that :func:`guard_text` was given."""
    return text.removeprefix("'")


def joined(row: Mapping[str, str], name: str) -> str:
    """Return a text that was cut into several columns, whole."""
    pieces = [row.get(name) or ""]
    number = 2
    while f"{name} ({number})" in row:
        pieces.append(row[f"{name} ({number})"] or "")
        number += 1
    return "".join(read_guarded(piece) for piece in pieces)
