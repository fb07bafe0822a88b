"""JSON Lines, plain or packed, to pages or to comment rows."""

from __future__ import annotations

import gzip
import io
import json
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from comments.inputs.rows import TableRow, row_from_record
from comments.model import Page, Reject, sound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Meaning = Literal["auto", "pages"]
LINE_LIMIT = 256 * 1024 * 1024
_COMMENT_MARKS = {"comment_id", "parent_id", "article_id", "article_url", "article_title", "created_at"}
_PAGE_MARKS = {"html", "url", "title"}
ZST_WINDOW = 1 << 31
"""What ``zstd --long=31`` needs, with which the large public comment dumps are packed."""


def open_lines(path: Path) -> BinaryIO:
    """Open a ``.jsonl``, ``.jsonl.gz`` or ``.jsonl.zst`` file as a stream of bytes."""
    if path.suffix == ".gz":
        return gzip.open(path)  # type: ignore[return-value]
    if path.suffix == ".zst":
        return io.BufferedReader(_ZstFile(path.open("rb")), 1 << 16)
    return path.open("rb")


class _ZstFile(io.RawIOBase):
    """The frames of a ``.zst`` file one after another; unlike zstandard's own reader, it says when the last is cut."""

    def __init__(self, file: BinaryIO) -> None:
        import zstandard

        self._file = file
        self._codec = zstandard.ZstdDecompressor(max_window_size=ZST_WINDOW)
        self._frame: Any = None
        self._packed = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self._file.close()
        super().close()

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401
        while not self._ready:
            packed = self._packed or self._file.read(1 << 16)
            if not packed:
                if self._frame is not None:
                    raise EOFError("the archive ends in the middle")
                return 0
            self._frame = self._frame or self._codec.decompressobj()
            self._ready = memoryview(self._frame.decompress(packed))
            self._packed = b""
            if self._frame.eof:
                self._packed, self._frame = self._frame.unused_data, None
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size


def read_jsonl(
    stream: BinaryIO, source: str, address: str, meaning: Meaning = "auto"
) -> Iterator[Page | TableRow | Reject]:
    """Read one page or comment a line.

    An object with ``html`` is a page; one with ``text`` is a comment where it has ``comment_id``, or
    ``parent_id``, ``created_at`` or a column of an article and neither ``url`` nor ``title``, else a page.

    Args:
        stream: the lines.
        source: the file, for people.
        address: what pages and rows stand under that name nothing themselves.
        meaning: ``pages`` to take every object for a page.

    Yields:
        Pages and rows, and a reject for each line that is neither.
    """
    number = taken = 0
    try:
        while line := stream.readline(LINE_LIMIT + 1):
            number += 1
            _skip_rest(stream, line)
            if line.strip():
                taken += 1
                yield _from_line(line, source, f"line {number}", address, meaning)
    except Exception as error:
        yield Reject(source, f"after line {number}", "broken archive", f"{type(error).__name__}: {error}")
        return
    if taken == 0:
        yield Reject(source, "", "empty file")


def _skip_rest(stream: BinaryIO, line: bytes) -> None:
    """Pass over what is left of a line that is longer than the limit."""
    while len(line) > LINE_LIMIT and not line.endswith(b"\n"):
        line = stream.readline(LINE_LIMIT + 1)


def _from_line(line: bytes, source: str, place: str, address: str, meaning: Meaning) -> Page | TableRow | Reject:
    if len(line) > LINE_LIMIT:
        return Reject(source, place, "malformed line", f"longer than {LINE_LIMIT >> 20} MB")
    try:
        record = json.loads(line.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        return Reject(source, place, "malformed line", str(error)[:200])
    if not isinstance(record, dict):
        return Reject(source, place, "malformed line", "not an object")
    if meaning == "auto" and _is_comment(record):
        return row_from_record(record, source, place, address) or Reject(source, place, "row without text")
    return page_from_record(record, source, place, address)


def _is_comment(record: dict[str, Any]) -> bool:
    names = set(record)
    if "comment_id" in names and "html" not in names:
        return True
    return bool(_COMMENT_MARKS & names) and not _PAGE_MARKS & names


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
