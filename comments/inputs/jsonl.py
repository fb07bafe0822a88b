"""JSON Lines, plain or packed, to pages or to comment rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from comments.inputs.columns import DEFAULT_COLUMNS, ColumnMap
from comments.inputs.packed import ExpansionError
from comments.inputs.rows import RowReader, TableRow
from comments.model import Page, Reject, sound

if TYPE_CHECKING:
    from collections.abc import Iterator

Meaning = Literal["auto", "pages"]
LINE_LIMIT = 256 * 1024 * 1024
_COMMENT_MARKS = ("comment_id", "parent_id", "article_id", "article_url", "article_title", "created_at")
_PAGE_MARKS = {"html", "url", "title"}


def read_jsonl(
    stream: BinaryIO, source: str, address: str, meaning: Meaning = "auto", columns: ColumnMap = DEFAULT_COLUMNS
) -> Iterator[Page | TableRow | Reject]:
    """Read one page or comment a line.

    An object with ``html`` is a page; one with ``text`` is a comment where it has ``comment_id``, or
    ``parent_id``, ``created_at`` or a column of an article and neither ``url`` nor ``title``, else a page.
    Where the column of the text is mapped, every object that has it is a comment.

    Args:
        stream: the lines.
        source: the file, for people.
        address: what pages and rows stand under that name nothing themselves.
        meaning: ``pages`` to take every object for a page.
        columns: what the columns of comments are called.

    Yields:
        Pages and rows, and a reject for each line that is neither.
    """
    reader = RowReader(source, address, columns)
    number = taken = 0
    try:
        while line := stream.readline(LINE_LIMIT + 1):
            number += 1
            _skip_rest(stream, line)
            if line.strip():
                taken += 1
                yield _from_line(line, source, f"line {number}", address, reader if meaning == "auto" else None)
    except ExpansionError as error:
        taken = taken or 1
        yield Reject(source, f"after line {number}", "archive expands too far", str(error))
    except Exception as error:
        taken = taken or 1
        yield Reject(source, f"after line {number}", "broken archive", f"{type(error).__name__}: {error}")
    if taken == 0:
        yield Reject(source, "", "empty file")
    yield from reader.finish()


def _skip_rest(stream: BinaryIO, line: bytes) -> None:
    """Pass over what is left of a line that is longer than the limit."""
    while len(line) > LINE_LIMIT and not line.endswith(b"\n"):
        line = stream.readline(LINE_LIMIT + 1)


def _from_line(
    line: bytes, source: str, place: str, address: str, reader: RowReader | None
) -> Page | TableRow | Reject:
    if len(line) > LINE_LIMIT:
        return Reject(source, place, "malformed line", f"longer than {LINE_LIMIT >> 20} MB")
    try:
        record = json.loads(line.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        return Reject(source, place, "malformed line", str(error)[:200])
    if not isinstance(record, dict):
        return Reject(source, place, "malformed line", "not an object")
    if reader and _is_comment(record, reader.columns):
        return reader.read(record, place)
    return page_from_record(record, source, place, address)


def _is_comment(record: dict[str, Any], columns: ColumnMap) -> bool:
    if columns.text != "text":
        return "html" not in record and columns.value(record, "text") is not None
    if columns.value(record, "comment_id") is not None or columns.comment_id in record:
        return "html" not in record
    marks = {getattr(columns, name) for name in _COMMENT_MARKS}
    return not marks.isdisjoint(record) and not _PAGE_MARKS & set(record)


def page_from_record(record: dict[str, Any], source: str, place: str, address: str) -> Page | Reject:
    """Return the page that a crawled object holds, or a reject where it has no text."""
    kind: Literal["html", "text"] = "html" if isinstance(record.get("html"), str) else "text"
    body = record.get(kind)
    if not isinstance(body, str):
        names = ", ".join(map(str, list(record)[:12]))
        return Reject(source, place, "line without text or html", f"it has: {names}")
    given = None if record.get("id") is None else sound(str(record["id"]))
    url, title = (sound(value) if isinstance(value := record.get(name), str) else None for name in ("url", "title"))
    line = place.removeprefix("line ")
    return Page(
        source=f"{source}:{line}",
        address=url or given or f"{address}:{line}",
        kind=kind,
        data=body.encode("utf-8", "replace"),
        id=given,
        url=url,
        title=title,
    )
