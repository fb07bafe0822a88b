"""The records of a web archive (WARC 1.0 and 1.1, ISO 28500), one after another, whatever lies between them.

The frame is read here and not by a library: the one at hand holds a record of any size in memory
before it can be refused, and stops at the first that is broken.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from comments.inputs.packed import PACKED_ERRORS, ExpansionError, Unpacked, open_packed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD_LIMIT = 256 * 1024
BODY_LIMIT = 256 * 1024 * 1024
BROKEN_LIMIT = 100
"""Broken places after which a file is given up: looking for the next record costs a pass over the file."""
WITH_PAGES = frozenset({"response", "resource", "conversion"})
_VERSION = re.compile(rb"WARC/1\.\d\s*$")
_HEADS = {
    ".gz": re.compile(rb"\x1f\x8b\x08"),
    ".zst": re.compile(rb"\x28\xb5\x2f\xfd"),
    "": re.compile(rb"(?<=\n)WARC/1\.\d\r?\n"),
}
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Record:
    """One record.

    Attributes:
        offset: where it begins in the file; of a packed file, where its member begins.
        headers: its named fields, names in lower case.
        body: its block; None where it was passed over: a kind without pages, or larger than 256 MB.
    """

    offset: int
    headers: dict[str, str]
    body: bytes | None

    @property
    def kind(self) -> str:
        """Its ``WARC-Type``."""
        return self.headers.get("warc-type", "").lower()


@dataclass(frozen=True, slots=True)
class Broken:
    """A place in the file where no record could be read.

    Attributes:
        offset: where it begins, as far as that can be told.
        detail: what was wrong.
        is_bomb: the file unpacks to far more than it is, and is not read further.
    """

    offset: int
    detail: str
    is_bomb: bool = False


def read_records(path: Path) -> Iterator[Record | Broken]:
    """Read the records of a ``.warc``, ``.wet``, ``.warc.gz`` or ``.warc.zst`` file in one pass and flat memory.

    After a broken record the next one that can be found is taken: in a packed file the next member, in a
    plain one the next line that opens a record.

    Args:
        path: the file.

    Yields:
        Records, and the places where there was none.

    Raises:
        OSError: when the file cannot be opened.
    """
    at = 0
    for _ in range(BROKEN_LIMIT):
        broken: Broken | None = None
        for item in _read_from(path, at):
            yield item
            broken = item if isinstance(item, Broken) else None
        following = None if broken is None or broken.is_bomb else _find_next(path, broken.offset + 1)
        if following is None:
            return
        at = following
    yield Broken(at, f"given up after {BROKEN_LIMIT} broken records")


def _read_from(path: Path, at: int) -> Iterator[Record | Broken]:
    """Records from a place on; at the first broken one that place, and no more."""
    with open_packed(path, at) as stream:
        frames = _Frames(stream, at)
        try:
            while (record := frames.read()) is not None:
                yield record
        except ExpansionError as error:
            yield Broken(frames.offset, str(error), is_bomb=True)
        except PACKED_ERRORS as error:
            yield Broken(frames.offset, str(error) or type(error).__name__)


class _Frames:
    """A stream of records, and where the one being read began."""

    def __init__(self, stream: BinaryIO, at: int) -> None:
        self._stream = stream
        raw = getattr(stream, "raw", None)
        self._unpacked = raw if isinstance(raw, Unpacked) else None
        self._first = at
        self._at = 0
        self.offset = at

    def read(self) -> Record | None:
        """Return the next record, or None at the end.

        Raises:
            ValueError: where what comes next is no record.
            EOFError: where the file ends within it.
        """
        line = self._opening()
        if not line:
            return None
        begin = self._at - len(line)
        self.offset = self._unpacked.member_at(begin) if self._unpacked else self._first + begin
        if not _VERSION.match(line):
            raise ValueError(f"no record begins with {line[:40]!r}")
        headers = self._headers()
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 19):
            raise ValueError(f"its Content-Length is {length[:40]!r}")
        record = Record(self.offset, headers, None)
        if record.kind not in WITH_PAGES or int(length) > BODY_LIMIT:
            self._skip(int(length))
            return record
        return Record(self.offset, headers, self._body(int(length)))

    def _opening(self) -> bytes:
        """The first line that is not empty."""
        try:
            line = self._line(HEAD_LIMIT)
            while line and not line.strip():
                line = self._line(HEAD_LIMIT)
        except PACKED_ERRORS:
            # The fault is in the member that follows the last record.
            self.offset = self._unpacked.last_member if self._unpacked else self._first + self._at
            raise
        return line

    def _line(self, room: int) -> bytes:
        line = self._stream.readline(room)
        self._at += len(line)
        return line

    def _headers(self) -> dict[str, str]:
        lines = []
        room = HEAD_LIMIT
        while (line := self._line(room)).strip():
            lines.append(line)
            room -= len(line)
            if room <= 0:
                raise ValueError(f"its header is longer than {HEAD_LIMIT >> 10} kB")
        if not line:
            raise EOFError("the file ends in the header of a record")
        return named_fields(b"".join(lines))

    def _body(self, length: int) -> bytes:
        # In pieces: a length that is stated is not yet one that is there.
        pieces = []
        while length:
            piece = self._stream.read(min(length, _PIECE))
            if not piece:
                raise EOFError("the file ends within a record")
            pieces.append(piece)
            length -= len(piece)
            self._at += len(piece)
        return b"".join(pieces)

    def _skip(self, length: int) -> None:
        while length:
            piece = len(self._stream.read(min(length, _PIECE)))
            if not piece:
                raise EOFError("the file ends within a record")
            length -= piece
            self._at += piece


def named_fields(head: bytes) -> dict[str, str]:
    """Return the fields of a header block, names in lower case; the first of equal names counts."""
    fields: dict[str, str] = {}
    for line in re.sub(rb"\r?\n[ \t]+", b" ", head).splitlines():
        name, colon, value = line.partition(b":")
        if colon:
            fields.setdefault(name.strip().decode("latin-1").lower(), value.strip().decode("utf-8", "replace"))
    return fields


def _find_next(path: Path, at: int) -> int | None:
    """Return where the next record may begin at or after a place, or None."""
    suffix = path.suffix.lower() if path.suffix.lower() in _HEADS else ""
    with path.open("rb") as file:
        file.seek(max(0, at - 1))
        begin, held = file.tell(), b""
        while piece := file.read(_PIECE):
            held += piece
            for found in _HEADS[suffix].finditer(held):
                if begin + found.start() >= at and _opens_record(file, begin + found.start(), suffix):
                    return begin + found.start()
            begin += max(0, len(held) - 16)
            held = held[-16:]
    return None


def _opens_record(file: BinaryIO, at: int, suffix: str) -> bool:
    """Whether a member that seems to begin at a place of the file holds a record; leaves the file where it was."""
    if suffix != ".gz":
        return True
    here = file.tell()
    file.seek(at)
    head = file.read(1024)
    file.seek(here)
    try:
        return zlib.decompressobj(31).decompress(head, 5) == b"WARC/"
    except zlib.error:
        return False
