"""Tags, texts and comments of an HTML page with their exact places, whatever the bytes are.

The scanner works on a string of one character a code unit (a byte as latin-1 for every encoding that
keeps ASCII), so that a place in the string is a place in the page. It never fails and never looks at
a character more than a fixed number of times.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from sys import byteorder

TEXT, START, END, RAW, OTHER = range(5)
CUT = -1

RAW_ELEMENTS = frozenset(["script", "style", "textarea", "title", "noscript", "xmp", "iframe", "noembed", "noframes"])
"""Elements whose inside is no mark-up (HTML standard, 13.2.5.1, with scripting on)."""

# A quote counts only after "=", so a stray one ends with its tag; possessive, so never tried twice.
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>\x00]*+)((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)>")
_BLIND_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>\x00]*+)([^>]*+)>")
_WIDE = (("utf16", 2, "H"), ("utf32", 4, "I"))


Token = tuple[int, str, str, int, int]
"""One piece of a page: what it is, its lower-case name, its attributes as written, its place."""


def unit_width(encoding: str) -> int:
    """Return how many bytes one code unit of ``encoding`` takes."""
    plain = encoding.lower().replace("-", "").replace("_", "")
    return next((width for name, width, _ in _WIDE if plain.startswith(name)), 1)


def code_units(data: bytes, encoding: str) -> str:
    """Return ``data`` as one character a code unit: latin-1 but for UTF-16 and UTF-32."""
    width = unit_width(encoding)
    if width == 1:
        return data.decode("latin-1")
    units = array(next(code for _, w, code in _WIDE if w == width))
    units.frombytes(data[: len(data) - len(data) % width])
    if encoding.lower().endswith("be") == (byteorder == "little"):
        units.byteswap()
    return "".join([chr(u) if u < 0x110000 else "\ufffd" for u in units])


def tokens(src: str) -> Iterator[Token]:
    """Yield the pieces of ``src`` in order; together they cover it, raw elements' insides included."""
    at = pos = 0
    find, match = src.find, _TAG.match
    open_ended: set[str] = set()
    while (lt := find("<", pos)) >= 0:
        found = match(src, lt)
        if found is not None:
            if at < lt:
                yield TEXT, "", "", at, lt
            slash, name, raw = found.groups()
            name = name.lower()
            at = pos = found.end()
            if slash:
                yield END, name, raw, lt, at
                continue
            yield START, name, raw, lt, at
            if name in RAW_ELEMENTS:
                end = _raw_end(src, name, at, open_ended)
                if end > at:
                    yield RAW, name, "", at, end
                    at = pos = end
            continue
        end = _other_end(src, lt, open_ended)
        if end == CUT and match == _TAG.match:
            match = _BLIND_TAG.match
        elif end <= lt:
            pos = lt + 1
        else:
            if at < lt:
                yield TEXT, "", "", at, lt
            yield OTHER, "", "", lt, end
            at = pos = end
    if at < len(src):
        yield TEXT, "", "", at, len(src)


def _other_end(src: str, lt: int, open_ended: set[str]) -> int:
    """End of what begins at ``lt`` and is no whole tag; ``lt`` where it is text, ``CUT`` for a cut tag."""
    mark = src[lt + 1 : lt + 2]
    second = src[lt + 2 : lt + 3] if mark == "/" else mark
    if second.isascii() and second.isalpha():
        # No end up to the last byte. Quotes are ignored from here on, else each "<" would read the
        # rest of the page again; a tag that even then has no end is cut off with its page.
        if "tag" in open_ended:
            return len(src)
        open_ended.add("tag")
        return CUT
    if mark and mark in "!?/":
        return _skip(src, lt, open_ended)
    return lt


def _skip(src: str, lt: int, open_ended: set[str]) -> int:
    """End of the comment, CDATA section, doctype or processing instruction at ``lt``; ``lt`` if none."""
    if src.startswith("<!--", lt):
        if src.startswith(("<!-->", "<!--->"), lt):
            return src.index(">", lt) + 1
        closing = "-->"
    elif src.startswith("<![CDATA[", lt):
        closing = "]]>"
    else:
        closing = ">"
    if closing in open_ended:
        return lt
    end = src.find(closing, lt + 2)
    if end < 0:
        # A comment cut off with its page hides the rest, as in a browser; the others do not.
        open_ended.add(closing)
        return len(src) if closing == "-->" else lt
    return end + len(closing)


_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW_ELEMENTS}


def _raw_end(src: str, name: str, at: int, open_ended: set[str]) -> int:
    """Where the inside of a raw element ends; ``at`` where it is to be read as mark-up."""
    if name not in open_ended:
        found = _RAW_ENDS[name].search(src, at)
        if found is not None:
            return found.start()
        open_ended.add(name)
    return len(src) if name in ("script", "style") else at
