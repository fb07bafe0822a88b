"""Packed files as streams of bytes: gzip and Zstandard, bounded, and where each member of them begins."""

from __future__ import annotations

import io
import zlib
from collections import deque
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RATIO = 100
ALLOWANCE = 64 * 1024 * 1024
"""Bytes that a file may give however well it is packed: a small file of one repeated line is no bomb."""
PAGE_ALLOWANCE = 1024 * 1024
"""The same of what holds a single page, which is unpacked in memory."""
ZST_WINDOW = 1 << 31
"""What ``zstd --long=31`` needs, with which the large public comment dumps are packed."""
PACKED_ERRORS = (EOFError, OSError, ValueError, zlib.error)
"""What reading a packed file raises when it is broken, cut or a bomb; zstandard's own error is no more than that."""
_PIECE = 1 << 20
_STEPS = {".gz": 1 << 16, ".zst": 1 << 11}
"""Packed bytes taken at a time: Zstandard cannot be told to stop, and gives 32,000 times as many at worst."""


class ExpansionError(ValueError):
    """A packed file gives more than 100 bytes for each of its own: made to fill memory or disk."""

    def __init__(self, given: int, taken: int) -> None:
        super().__init__(f"{taken:,} packed bytes give more than {given:,}; {RATIO} to 1 is the limit")


def check_ratio(given: int, taken: int, allowance: int = ALLOWANCE) -> None:
    """Raise :class:`ExpansionError` where ``taken`` packed bytes gave too many.

    Args:
        given: bytes that came out so far.
        taken: packed bytes that went in so far.
        allowance: bytes that may come out in any case.
    """
    if given > allowance + RATIO * taken:
        raise ExpansionError(given, taken)


def open_packed(path: Path, at: int = 0) -> BinaryIO:
    """Open a file as a stream of bytes; ``.gz``, ``.tgz`` and ``.zst`` are unpacked, whatever their number of members.

    Args:
        path: the file.
        at: where in the file to begin, at the head of a member.

    Returns:
        A stream that raises one of :data:`PACKED_ERRORS` where the file is broken, cut or a bomb.
    """
    file = path.open("rb")
    if at:  # a pipe cannot be sought in, and need not be
        file.seek(at)
    suffix = path.suffix.lower().replace(".tgz", ".gz")
    return io.BufferedReader(Unpacked(file, suffix), 1 << 16) if suffix in _STEPS else file


class Unpacked(io.RawIOBase):
    """The members of a packed file one after another, as one stream.

    Args:
        file: the packed file, closed with this stream.
        suffix: ``.gz`` or ``.zst``.
    """

    def __init__(self, file: BinaryIO, suffix: str) -> None:
        self._file = file
        self._step = _STEPS[suffix]
        self._new: Callable[[], Any] = _gzip_member if suffix == ".gz" else _zst_frames()
        self._member: Any = None
        self._packed = b""
        self._ready = memoryview(b"")
        self._first = file.tell()
        self._given = 0
        self._members: deque[tuple[int, int]] = deque()

    def readable(self) -> bool:
        """It can be read."""
        return True

    def close(self) -> None:
        """Close the packed file too."""
        self._file.close()
        super().close()

    def member_at(self, offset: int) -> int:
        """Return where in the packed file the member begins that holds an offset of this stream.

        Args:
            offset: not before that of the last call, for members that were passed are forgotten.
        """
        while len(self._members) > 1 and self._members[1][0] <= offset:
            self._members.popleft()
        return self._members[0][1] if self._members else self._first

    @property
    def last_member(self) -> int:
        """Where in the packed file the member begins that was opened last."""
        return self._members[-1][1] if self._members else self._first

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401
        """Fill ``buffer`` as far as one piece goes."""
        while not self._ready:
            if not self._advance():
                return 0
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _advance(self) -> bool:
        """Unpack one piece more; False at the end of the file."""
        packed = self._packed or self._file.read(self._step)
        self._packed = b""
        if self._member is None:
            if not packed:
                return False
            if self._members:
                packed = packed.lstrip(b"\0")  # what pads the end of an archive on tape
            if not packed:
                return True
            self._members.append((self._given, self._file.tell() - len(packed)))
            self._member = self._new()
        self._ready = memoryview(self._member.decompress(packed, _PIECE))
        if not packed and not self._ready and not self._member.eof:
            raise EOFError("the archive ends in the middle")
        self._packed = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        self._given += len(self._ready)
        check_ratio(self._given, self._file.tell() - len(self._packed) - self._first)
        if self._member.eof:
            self._member = None
        return True


def _gzip_member() -> Any:  # noqa: ANN401
    return zlib.decompressobj(31)


class _ZstFrame:
    """One frame, with the names that zlib's has."""

    unconsumed_tail = b""

    def __init__(self, codec: Any) -> None:  # noqa: ANN401
        self._frame = codec.decompressobj()

    def decompress(self, data: bytes, _: int, /) -> bytes:
        import zstandard

        try:
            return bytes(self._frame.decompress(data))
        except zstandard.ZstdError as error:
            raise ValueError(str(error)) from error

    @property
    def eof(self) -> bool:
        return bool(self._frame.eof)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._frame.unused_data)


def _zst_frames() -> Callable[[], _ZstFrame]:
    import zstandard

    codec = zstandard.ZstdDecompressor(max_window_size=ZST_WINDOW)
    return lambda: _ZstFrame(codec)
