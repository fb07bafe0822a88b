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

START, END, LEAF, RAW, OTHER, LAST = range(6)
CUT = -1

RAW_ELEMENTS = frozenset(["script", "style", "textarea", "title", "noscript", "xmp", "iframe", "noembed", "noframes"])
"""Elements whose inside is no mark-up (HTML standard, 13.2.5.1, with scripting on)."""
_SKIPPED = frozenset([*RAW_ELEMENTS, "svg"])

_NAME = r"[A-Za-z][^\s/>\x00]*+"
# A quote counts only after "=", so a stray one ends with its tag; possessive, so never tried twice.
_QUOTING, _BLIND = r"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+", r"[^>]*+"
_RAW = rf"(?=[sStTnNxXiI])(?i:{'|'.join(sorted(_SKIPPED))})[\s/>\x00]"
_TAG = rf"[^<]*+<(?:/({_NAME})@>|(?!{_RAW})(({_NAME})@)>(?:[^<]*+(</\3>))?+)"
_ENDED, _OPENED = 1, 2
"""Last group of a match: of an end tag, and of a start tag whose end tag does not follow on nothing but text."""
_PIECE, _BLIND_PIECE = (re.compile(_TAG.replace("@", inside), re.ASCII) for inside in (_QUOTING, _BLIND))
_RAW_TAG, _BLIND_RAW_TAG = (re.compile(rf"<(({_NAME}){inside})>", re.ASCII) for inside in (_QUOTING, _BLIND))
_TAG_NAME = re.compile(_NAME, re.ASCII)
_IN_DRAWING = re.compile(r"<(?:div|p|li|ul|td|form|section|article|body)\b", re.IGNORECASE)
_WIDE = (("utf16", 2, "H"), ("utf32", 4, "I"))


Piece = tuple[int, int, int, str, int]
"""A text and the tag after it: where the text begins, where it ends and the tag begins, what the tag is
(``LEAF`` for an element that holds nothing but text, as a whole; ``LAST`` for none), what stands in the start tag or
the name in the end tag, where it ends."""


def tag_name(tag: str) -> str:
    """Return the name in what stands in a tag, as written."""
    found = _TAG_NAME.match(tag)
    return found[0] if found else ""


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


def start_tag(src: str, at: int, *, blind: bool) -> str:
    """Return what stands in the start tag at ``at``: name and attributes as written.

    Args:
        src: the page.
        at: where a start tag begins, as :func:`pieces` gave it.
        blind: whether it was read without regard to quotes, as is all behind a cut.
    """
    found = (_BLIND_RAW_TAG if blind else _RAW_TAG).match(src, at)
    return found[1] if found is not None else ""


def pieces(src: str, at: int = 0, stop: int | None = None, *, cuts: list[int] | None = None) -> Iterator[Piece]:
    """Yield the pieces of a page, or of the part of it from ``at`` to ``stop``, in order; together they cover it.

    The inside of a raw element is a piece of its own, of kind ``RAW`` and without text.

    Args:
        src: the page.
        at: where the part begins.
        stop: where it ends.
        cuts: gets the place of a tag without an end, from which on quotes are not heeded, if there is one.
    """
    pos = at
    stop = len(src) if stop is None else stop
    match, match_raw = _PIECE.match, _RAW_TAG.match
    open_ended: set[str] = set()
    while True:
        found = match(src, pos, stop)
        if found is not None:
            pos = found.end()
            last = found.lastindex
            if last == _ENDED:
                yield at, found.start(_ENDED) - 2, END, found[_ENDED], pos
            elif last == _OPENED:
                tag = found[_OPENED]
                yield at, pos - len(tag) - 2, START, tag, pos
            else:
                yield at, found.start(_OPENED) - 1, LEAF, found[_OPENED], pos
            at = pos
            continue
        lt = src.find("<", pos, stop)
        if lt < 0:
            break
        raw = match_raw(src, lt, stop)
        if raw is not None:
            yield at, lt, START, raw[1], raw.end()
            at = raw.end()
            pos = _raw_end(src, raw[2].lower(), at, stop, open_ended)
            if pos > at:
                yield at, at, RAW, "", pos
                at = pos
            continue
        pos = _other_end(src, lt, stop, open_ended)
        if pos == CUT and match == _PIECE.match:
            match, match_raw, pos = _BLIND_PIECE.match, _BLIND_RAW_TAG.match, lt
            if cuts is not None:
                cuts.append(lt)
        elif pos <= lt:
            pos = lt + 1
        else:
            yield at, lt, OTHER, "", pos
            at = pos
    if at < stop:
        yield at, stop, LAST, "", stop


def _other_end(src: str, lt: int, stop: int, open_ended: set[str]) -> int:
    """End of what begins at ``lt`` and is no whole tag; ``lt`` where it is text, ``CUT`` for a cut tag."""
    mark = src[lt + 1 : min(lt + 2, stop)]
    second = src[lt + 2 : min(lt + 3, stop)] if mark == "/" else mark
    if second.isascii() and second.isalpha():
        # No end up to the last byte. Quotes are ignored from here on, else each "<" would read the
        # rest of the page again; a tag that even then has no end is cut off with its page.
        if "tag" in open_ended:
            return stop
        open_ended.add("tag")
        return CUT
    if mark and mark in "!?/":
        return _skip(src, lt, stop, open_ended)
    return lt


def _skip(src: str, lt: int, stop: int, open_ended: set[str]) -> int:
    """End of the comment, CDATA section, doctype or processing instruction at ``lt``; ``lt`` if none."""
    if src.startswith("<!--", lt, stop):
        if src.startswith(("<!-->", "<!--->"), lt, stop):
            return src.index(">", lt) + 1
        closing = "-->"
    elif src.startswith("<![CDATA[", lt, stop):
        closing = "]]>"
    else:
        closing = ">"
    if closing in open_ended:
        return lt
    end = src.find(closing, lt + 2, stop)
    if end < 0:
        # A comment cut off with its page hides the rest, as in a browser; the others do not.
        open_ended.add(closing)
        return stop if closing == "-->" else lt
    return end + len(closing)


_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE | re.ASCII) for name in _SKIPPED}


def _raw_end(src: str, name: str, at: int, stop: int, open_ended: set[str]) -> int:
    """Where the inside of a raw element ends; ``at`` where it is to be read as mark-up."""
    if name not in open_ended:
        found = _RAW_ENDS[name].search(src, at, stop)
        if found is not None:
            # A drawing is passed over as a whole, unless it was never closed and this is another's end.
            drawn = name == "svg" and (src[at - 2] == "/" or _IN_DRAWING.search(src, at, found.start()))
            return at if drawn else found.start()
        open_ended.add(name)
    return stop if name in ("script", "style") else at
