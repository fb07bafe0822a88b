"""From bytes to text: which encoding a page is in, and what a slice of it says."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from itertools import chain

from comments.split.html_tags import BLOCKS
from comments.split.tokens import LEAF, START, pieces, tag_name, unit_width

_SPACES = re.compile(r"[ \t\n\r\f]+")
_PLAIN_SPACES = re.compile(r"(?:[^ \t\n\r\f]++ ?+)*+").fullmatch
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MOST_NAMES = 256
"""Tags as written whose names are remembered while a text is read."""
SHORT = 50_000
"""Code units up to which a part of a page is decoded as a whole."""
MOST_PARTS = 1024
"""Parts of a text that are kept one by one."""
_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE)
# What browsers read when a page says one of these (Encoding standard, 4.2).
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030",
            "shift_jis": "cp932", "euc_kr": "cp949", "iso8859-9": "cp1254", "tis-620": "cp874",
            "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8", "utf-7": "utf-8"}  # fmt: skip


def detect_encoding(data: bytes, declared: str | None = None) -> str:
    """Return the codec in which a page is written: byte order mark, what is said of it, UTF-8, cp1252.

    Args:
        data: the page.
        declared: the encoding that its server named, which goes before what the page says itself.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return "utf-8" if name == "utf-8-sig" else name
    head = data[:4096]
    said = _META.search(head) or _XML.search(head)
    found = declared or (said and said[1].decode("ascii"))
    if found is not None:
        try:
            codec = codecs.lookup(found).name
        except LookupError:
            codec = ""
        codec = _READ_AS.get(codec, codec)
        if codec and codec != "utf-8" and _is_text_codec(codec):
            return "utf-8" if codec == "cp1252" and _is_long_utf8(data) else codec
    return "utf-8" if found is not None and _mostly_utf8(data) else _guess(data)


def _guess(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A page cut inside a character is still UTF-8.
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return "utf-8"
        return "cp1252"
    return "utf-8"


def _mostly_utf8(data: bytes) -> bool:
    """Whether a page that says UTF-8 holds more good than bad sequences."""
    bad = data.decode("utf-8", "replace").count("\ufffd")
    return bad * 4 <= sum(byte >= 0xC0 for byte in data[:200_000]) or bad == 0


def _is_long_utf8(data: bytes) -> bool:
    """Whether a page that says latin-1 is plainly UTF-8: it holds whole characters outside ASCII."""
    text = data.decode("utf-8", "ignore")
    return not text.isascii() and _guess(data) == "utf-8"


def _is_text_codec(name: str) -> bool:
    try:
        b"a".decode(name)
    except (LookupError, UnicodeError):
        return False
    return "a".encode(name) == b"a"


def decode_slice(data: bytes | memoryview, encoding: str) -> str:
    """Return ``data`` as text; never fails."""
    try:
        return str(data, encoding, "replace")
    except LookupError:
        return str(data, "utf-8", "replace")


def html_text(data: bytes | memoryview, encoding: str) -> str:
    """Return the text of a slice of a page: its text nodes in order.

    Entities are resolved, scripts and styles left out; a block element and ``<br>`` break the line;
    white space is folded as on the screen, save in ``<pre>``.
    """
    src = decode_slice(data, encoding)
    return _text_between(src, 0, len(src), None)


def page_text(src: str, data: bytes, encoding: str, start: int, end: int) -> str:
    """Return what :func:`html_text` gives for the code units ``start`` to ``end`` of a page.

    Args:
        src: the page's code units (:func:`comments.split.tokens.code_units`).
        data: its bytes.
        encoding: the codec in which they are written.
        start: the first unit.
        end: the unit after the last one.
    """
    width = unit_width(encoding)
    if end - start < SHORT or not _keeps_ascii(encoding):
        return html_text(data[start * width : end * width], encoding)

    def read(first: int, last: int) -> str:
        text = src[first:last]
        return text if text.isascii() else decode_slice(data[first * width : last * width], encoding)

    # Mark-up is ASCII here, so the page has the same pieces as its text, of which no second copy is needed.
    return _text_between(src, start, end, read)


@lru_cache(maxsize=64)
def _keeps_ascii(encoding: str) -> bool:
    """Whether a byte below 128 is the same sign wherever it stands, or a letter within another sign."""
    if unit_width(encoding) > 1:
        return True
    try:
        name = codecs.lookup(encoding).name
        signs = bytes(range(128))
        return not name.startswith(_WITH_STATES) and signs.decode(name, "replace") == signs.decode("ascii")
    except (LookupError, UnicodeError):
        return False


_WITH_STATES = ("iso2022", "hz", "utf-7", "utf_7", "unicode", "raw", "punycode", "idna")


def _text_between(src: str, start: int, end: int, read: Callable[[int, int], str] | None) -> str:
    if src.find("<", start, end) < 0:
        text = read(start, end) if read else src[start:end]
        return _fold(unescape(text) if "&" in text else text).strip()
    out: list[str] = []
    done: list[str] = []
    gap = ""
    pre = False
    names: dict[str, str] = {}
    for at, lt, kind, tag, after in pieces(src, start, end):
        if at < lt:
            gap = _add_text(out, read(at, lt) if read else src[at:lt], gap, pre)
        if kind > LEAF:
            continue
        name = names.get(tag)
        if name is None:
            if len(names) >= MOST_NAMES:
                names.clear()
            name = names[tag] = tag_name(tag).lower()
        if kind == LEAF:
            gap = _gap_at(name, gap)
            inner, inner_end = lt + len(tag) + 2, after - len(name) - 3
            if inner < inner_end:
                text = read(inner, inner_end) if read else src[inner:inner_end]
                gap = _add_text(out, text, gap, pre or name == "pre")
        gap = _gap_at(name, gap)
        if name == "pre":
            pre = kind == START
        if len(out) > MOST_PARTS:
            done.append("".join(out))
            out = [""]
    return "".join(chain(done, out) if done else out).strip()


def _gap_at(name: str, gap: str) -> str:
    """Return what stands between the texts before and after a tag, ``gap`` being there already."""
    if name == "br":
        return "\n\n" if "\n" in gap else "\n"
    if name in BLOCKS:
        return gap if "\n" in gap else "\n"
    if name in ("td", "th"):
        return gap or " "
    return gap


def _add_text(out: list[str], text: str, gap: str, pre: bool) -> str:
    """Add a text after its gap to ``out``; return the gap after it."""
    if "&" in text:
        text = unescape(text)
    body = text
    if not pre:
        text = _fold(text)
        body = text.strip(" ")
        gap = gap or text[: text.startswith(" ")]
    if not body:
        return gap
    out += (gap, body) if out else (body,)
    return "" if pre else text[len(text) - text.endswith(" ") :]


def _fold(text: str) -> str:
    """Return a text with each stretch of white space as one space."""
    return text if _PLAIN_SPACES(text) else _SPACES.sub(" ", text)
