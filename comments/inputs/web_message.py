"""What a server sent (HTTP, RFC 9110 and 9112), as a web archive keeps it: status, fields and the page itself."""

from __future__ import annotations

import codecs
import io
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comments.inputs.packed import PACKED_ERRORS, PAGE_ALLOWANCE, RATIO, ExpansionError, check_ratio
from comments.inputs.warc_records import named_fields

if TYPE_CHECKING:
    from collections.abc import Callable

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})")
_END = re.compile(rb"\r?\n\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]{2,40})", re.IGNORECASE)
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,1000}\r?\n")


@dataclass(frozen=True, slots=True)
class Message:
    """A server's answer.

    Attributes:
        status: its status code.
        fields: its header fields, names in lower case.
        body: the content with the codings of transfer and content taken off.
    """

    status: int
    fields: dict[str, str]
    body: bytes


def parse_message(block: bytes) -> Message:
    """Take an answer apart.

    Raises:
        ValueError: where it is none, is cut, is packed in a way that is not known, or gives more than
            a hundred times its size.
    """
    status = _STATUS.match(block)
    end = _END.search(block)
    if not status or not end:
        raise ValueError(f"no answer of a server begins with {block[:40]!r}")
    fields = named_fields(block[: end.start()])
    return Message(int(status[1]), fields, _decode(block[end.end() :], fields))


def media_type(field: str) -> str:
    """Return ``text/html`` of ``text/html; charset=utf-8``."""
    return field.partition(";")[0].strip().lower()


def charset(field: str) -> str | None:
    """Return the codec that a content type names, or None where it names none that is known."""
    found = _CHARSET.search(field)
    try:
        return codecs.lookup(found[1]).name if found else None
    except LookupError:
        return None


def _decode(body: bytes, fields: dict[str, str]) -> bytes:
    """Take the codings off, the last first; where a crawler did that already and kept the fields, nothing."""
    if "chunked" in fields.get("transfer-encoding", "").lower():
        body = _unchunk(body)
    for coding in reversed(fields.get("content-encoding", "").split(",")):
        unpack = _CODINGS.get(coding.strip().lower())
        if unpack is None:
            continue
        room = PAGE_ALLOWANCE + RATIO * len(body)
        try:
            plain = unpack(body, room + 1)
        except ExpansionError:
            raise
        except PACKED_ERRORS as error:
            if b"<" in body[:1000]:
                return body
            raise ValueError(f"its content cannot be unpacked ({error})") from error
        check_ratio(len(plain), len(body), PAGE_ALLOWANCE)
        body = plain
    return body


def _unchunk(body: bytes) -> bytes:
    """Join the chunks (RFC 9112, 7.1); a body that has none is returned as it is."""
    pieces: list[bytes] = []
    at = 0
    while head := _SIZE.match(body, at):
        size = int(head[1], 16)
        if not size:
            return b"".join(pieces)
        at = head.end() + size
        if at > len(body):
            raise ValueError("the last chunk of the answer is cut")
        pieces.append(body[head.end() : at])
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    if not pieces:
        return body
    raise ValueError("the chunks of the answer have no end")


def _gzip(body: bytes, room: int) -> bytes:
    return _inflate(body, room, 31)


def _deflate(body: bytes, room: int) -> bytes:
    """Both meanings that servers have given the word."""
    try:
        return _inflate(body, room, 15)
    except zlib.error:
        return _inflate(body, room, -15)


def _inflate(body: bytes, room: int, window: int) -> bytes:
    codec = zlib.decompressobj(window)
    plain = codec.decompress(body, room)
    if not codec.eof and len(plain) < room:
        raise EOFError("it is cut")
    return plain


def _brotli(body: bytes, room: int) -> bytes:
    from fastwarc.stream_io import BrotliReader

    return bytes(BrotliReader(io.BytesIO(body)).read(room))


def _zstandard(body: bytes, room: int) -> bytes:
    import zstandard

    try:
        return bytes(zstandard.ZstdDecompressor().stream_reader(io.BytesIO(body)).read(room))
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from error


_CODINGS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstandard,
}
