"""What a text without a declaration is written in."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ASTRAY = re.compile("[\udc80-\udcff]")
_BELOW = bytes(range(0xC0))
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def wide_encoding(head: bytes) -> str | None:
    """Return ``utf-16`` or ``utf-32`` where the first bytes are its mark, else None."""
    return next((name for mark, name in _WIDE if head.startswith(mark)), None)


def guess_encoding(chunks: Iterable[bytes]) -> str:
    """Return ``utf-8``, or ``cp1252`` where most of what is not ASCII cannot be UTF-8.

    Args:
        chunks: the bytes, in pieces cut anywhere.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    astray = high = 0
    for chunk in chunks:
        if not chunk.isascii():
            high += len(chunk.translate(None, _BELOW))
        astray += len(_ASTRAY.findall(decoder.decode(chunk)))
    # A character cut off at the end is no sign against UTF-8, so the decoder is not closed.
    return "cp1252" if astray * 4 > high else "utf-8"
