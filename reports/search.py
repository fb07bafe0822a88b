"""Words looked for in every file below a folder, however the file packs them."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from comments.forms import written_forms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

CODECS = ("utf-8", "cp1252")
_PACKED = re.compile(rb"[A-Za-z0-9+/]{60,}={0,2}")
"""A run of base 64, as a report packs its details."""
DEPTH = 3
"""Packings within packings that are opened."""


def find_words(folder: Path, needles: Iterable[str]) -> Iterator[Path]:
    """Yield the files below a folder in which any of the texts stands.

    Parquet, zip, gzip and Zstandard files are unpacked, and so are deflated data in base 64 within a page. A text is
    looked for as it is and as HTML, JSON and addresses write it, in the encodings in which pages are kept.

    Args:
        folder: looked through with all below it; nothing where it is not there.
        needles: the texts.
    """
    forms = {form for needle in needles if needle for form in written_forms(needle)}
    wanted = {form.encode(codec, "ignore") for form in forms for codec in CODECS} - {b""}
    for file in sorted(folder.rglob("*")) if folder.is_dir() and wanted else ():
        if file.is_file() and any(_holds(data, wanted) for data in _unpacked(file.read_bytes(), DEPTH)):
            yield file


def _unpacked(data: bytes, depth: int) -> Iterator[bytes]:
    """The bytes, and what is packed in them."""
    yield data
    if not depth:
        return
    for inner in _parts(data):
        yield from _unpacked(inner, depth - 1)


def _parts(data: bytes) -> Iterator[bytes]:
    if data[:4] == b"PAR1":
        yield from _cells(data)
    elif zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())
    elif data[:2] == b"\x1f\x8b":
        yield from _tried(gzip.decompress, data)
    elif data[:4] == b"\x28\xb5\x2f\xfd":
        yield from _tried(_zstandard, data)
    else:
        for found in _PACKED.finditer(data):
            yield from _tried(_deflated, found[0])


def _cells(data: bytes) -> Iterator[bytes]:
    """Values of a table, text and bytes as they are."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        for column in pq.read_table(pa.BufferReader(data)).columns:
            values = column.to_pylist()
            yield from (value for value in values if isinstance(value, bytes))
            yield "\n".join(str(v) for v in values if not isinstance(v, bytes)).encode("utf-8", "replace")
    except pa.ArrowInvalid:
        return


def _tried(unpack: Callable[[bytes], bytes], data: bytes) -> Iterator[bytes]:
    try:
        yield unpack(data)
    except (OSError, ValueError, EOFError, zlib.error, binascii.Error):
        return


def _deflated(data: bytes) -> bytes:
    return zlib.decompress(base64.b64decode(data, validate=True), -15)


def _zstandard(data: bytes) -> bytes:
    import pyarrow as pa

    with pa.CompressedInputStream(pa.BufferReader(data), "zstd") as stream:
        return bytes(stream.read())


def _holds(data: bytes, needles: Iterable[bytes]) -> bool:
    return any(needle in data for needle in needles)
