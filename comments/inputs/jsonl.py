"""JSON Lines, plain or packed, to pages or to comment rows."""

from __future__ import annotations

import gzip
import io
import json
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from comments.inputs.rows import TableRow, row_from_record
from comments.model import Page, Reject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Meaning = Literal["auto", "pages"]
LINE_LIMIT = 256 * 1024 * 1024
_COMMENT_MARKS = {"comment_id", "parent_id", "article_id", "created_at"}
_PAGE_MARKS = {"html", "url", "title"}


def open_lines(path: Path) -> BinaryIO:
    """Open a ``.jsonl``, ``.jsonl.gz`` or ``.jsonl.zst`` file as a stream of bytes."""
    if path.suffix == ".gz":
        return gzip.open(path)  # type: ignore[return-value]
    if path.suffix == ".zst":
        import zstandard

        stream = zstandard.ZstdDecompressor().stream_reader(path.open("rb"), closefd=True)
        return io.BufferedReader(stream)  # type: ignore[type-var]
    return path.open("rb")


def read_jsonl(
    stream: BinaryIO, source: str, address: str, meaning: Meaning = "auto"
) -> Iterator[Page | TableRow | Reject]:
    """Read one page or comment a line.

    An object with ``html`` is a page; one with ``text`` is a comment where it has ``comment_id``,
    ``parent_id``, ``article_id`` or ``created_at`` and neither ``url`` nor ``title``, else a page.

    Args:
        stream: the lines.
        source: the file, for people.
        address: what pages and rows stand under that name nothing themselves.
        meaning: ``pages`` to take every object for a page.

    Yields:
        Pages and rows, and a reject for each line that is neither.
    """
    number = 0
    try:
        while line := stream.readline(LINE_LIMIT + 1):
            number += 1
            if line.strip():
                yield _from_line(line, source, f"line {number}", address, meaning)
    except Exception as error:
        yield Reject(source, f"after line {number}", "broken archive", f"{type(error).__name__}: {error}")
    if number == 0:
        yield Reject(source, "", "empty file")


def _from_line(line: bytes, source: str, place: str, address: str, meaning: Meaning) -> Page | TableRow | Reject:
    if len(line) > LINE_LIMIT:
        return Reject(source, place, "malformed line", f"longer than {LINE_LIMIT >> 20} MB")
    try:
        record = json.loads(line.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        return Reject(source, place, "malformed line", str(error)[:200])
    if not isinstance(record, dict):
        return Reject(source, place, "malformed line", "not an object")
    is_row = _COMMENT_MARKS & set(record) and not _PAGE_MARKS & set(record)
    if meaning == "auto" and is_row:
        return row_from_record(record, source, place, address) or Reject(source, place, "row without text")
    return page_from_record(record, source, place, address)


def page_from_record(record: dict[str, Any], source: str, place: str, address: str) -> Page | Reject:
    """Return the page that a crawled object holds, or a reject where it has no text."""
    kind: Literal["html", "text"] = "html" if isinstance(record.get("html"), str) else "text"
    body = record.get(kind)
    if not isinstance(body, str):
        names = ", ".join(map(str, list(record)[:12]))
        return Reject(source, place, "line without text or html", f"it has: {names}")
    given = record.get("id")
    url = record.get("url") if isinstance(record.get("url"), str) else None
    title = record.get("title") if isinstance(record.get("title"), str) else None
    return Page(
        source=f"{source}:{place.removeprefix('line ')}",
        address=url or (str(given) if given is not None else f"{address}:{place.removeprefix('line ')}"),
        kind=kind,
        data=body.encode("utf-8", "replace"),
        id=None if given is None else str(given),
        url=url,
        title=title,
    )
