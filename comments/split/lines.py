"""Lines of a plain-text page: their bytes, their indentation and their list marker."""

from __future__ import annotations

import codecs
import re
from array import array
from collections.abc import Iterator
from functools import partial
from io import StringIO
from string import ascii_letters, digits, punctuation
from typing import NamedTuple

from comments.model import Page
from comments.split.dates import opens_date

HEAD = 600
"""Characters of a line that are looked at; what makes a line furniture stands in its beginning."""

MOST = 100_000
"""Line breaks above which a text is no page; it is not looked at, so that memory stays bounded."""

LONG = 4096
"""Bytes from which on a line is only decoded at its two ends."""

# A line that begins and ends with these has neither indentation nor marker nor white space behind it.
_UNMARKED = frozenset(ascii_letters.replace("o", "") + "\"'([<>@#_|=&$%!?")
_PRINTED = frozenset(ascii_letters + digits + punctuation)

_BREAK_TEXT = re.compile("\r\n|\n|\r")
_NUMBER = re.compile(r"(\d{1,4})([.)])(?:[ \t\xa0]+|$)")
_BULLET = re.compile(r"([•*+o□■▪◦●○☆★◎△▲◇◆·–-])(?:[ \t\xa0]+|$)")
_TAB = 8

# Encodings in which the bytes of a line break never occur inside another character, and in which a
# character is always written the same way, so that a decoded prefix tells its length in bytes.
_PLAIN = re.compile(r"^(utf-?8|ascii|us-ascii|latin-?1|iso-?8859-?\d+|cp\d+|windows-?\d+|koi8-?[rut]|mac-?\w+)$")


class Line(NamedTuple):
    """One line of a page.

    Attributes:
        number: 1 for the first line.
        start: first byte of what the line says, after indentation and list marker.
        end: byte after its last character that is not white space; ``start`` on an empty line.
        indent: columns of white space before everything else.
        column: column at which the line's own words begin, after the list marker.
        marker: kind of list marker: ``1`` for a number, the bullet itself, or empty.
        value: the number of a numbered item.
        text: what the line says after the marker, at most :data:`HEAD` characters.
        size: length of what it says, in bytes.
        first: byte at which the whole line starts.
        last: byte after the whole line and its line break.
    """

    number: int
    start: int
    end: int
    indent: int
    column: int
    marker: str
    value: int | None
    text: str
    size: int
    first: int
    last: int

    @property
    def blank(self) -> bool:
        """Neither words nor a marker."""
        return not self.text and not self.marker


# Made without the keyword handling of a named tuple's own call, which takes three times as long: pages are many lines.
_new_line = partial(tuple.__new__, Line)


def read_lines(page: Page) -> list[Line]:
    """Return the lines of ``page``; together they cover every byte."""
    codec = _codec(page)
    return list(_plain_lines(page.data, codec) if _PLAIN.match(codec) else _other_lines(page.data, codec))


def decode(page: Page, start: int, end: int) -> str:
    """Return the decoded slice of the page; an unknown encoding is read as UTF-8."""
    return page.data[start:end].decode(_codec(page), "replace")


def _codec(page: Page) -> str:
    """Return the codec to read with; one that wants a byte order mark is replaced by one that does not."""
    try:
        name = codecs.lookup(page.encoding).name
    except LookupError:
        return "utf-8"
    if name in ("utf-16", "utf-32"):
        big = page.data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE))
        return f"{name}-be" if big else f"{name}-le"
    return name


def _plain_lines(data: bytes, codec: str) -> Iterator[Line]:
    last = 0
    for number, raw in enumerate(data.splitlines(keepends=True), 1):
        first, last = last, last + len(raw)
        bare = raw.rstrip(b"\r\n")
        size = len(bare)
        if not size:
            yield _new_line((number, first, first, 0, 0, "", None, "", 0, first, last))
        elif size > LONG or number == 1:
            yield _long_line(data, codec, number, first, first + size, last)
        else:
            text = bare.decode(codec, "replace")
            # Most lines have neither indentation nor a marker nor white space behind them.
            if text[0] in _UNMARKED and text[-1] in _PRINTED:
                said = text if size <= HEAD else text[:HEAD].rstrip()
                yield _new_line((number, first, first + size, 0, 0, "", None, said, size, first, last))
            else:
                yield _short_line(text, codec, number, first, first + size, last)


def _short_line(text: str, codec: str, number: int, first: int, stop: int, last: int) -> Line:
    said = text.lstrip()
    at = len(text) - len(said)
    indent = column = at if "\t" not in text else _width(text[:at])
    marker, value = "", None
    if said and not _is_unmarked(said):
        size, marker, value = _marker(said)
        if size:
            at += size
            said, column = said[size:], _width(text[:at])
    start, end, words = first + _size(text[:at], codec), stop, said.strip()
    if len(words) < len(said):
        after = len(said) - len(said.rstrip())
        end = stop - _size(text[len(text) - after :], codec)
    if start > stop or end < start:
        start = min(start, stop)
        end = max(start, end)
    words = words if len(said) <= HEAD else said[:HEAD].strip()
    return _new_line((number, start, end, indent, column, marker, value, words, end - start, first, last))


def _is_unmarked(said: str) -> bool:
    """Whether the first character shows that no list marker opens these words."""
    first = said[0]
    return first in _UNMARKED or (first.isalpha() and (first != "o" or said[1:2].isalpha()))


def _long_line(data: bytes, codec: str, number: int, first: int, stop: int, last: int) -> Line:
    """Return a line of which only the two ends are decoded, or the first one, which may hold a byte order mark."""
    if stop - first <= LONG:
        text = tail = data[first:stop].decode(codec, "replace")
    else:
        text = data[first : first + LONG].decode(codec, "replace")
        tail = data[stop - LONG : stop].decode(codec, "replace")
    if number == 1:
        text = text.removeprefix("\ufeff")
    blank = len(tail) - len(tail.rstrip())
    end = stop - (_size(tail[len(tail) - blank :], codec) if blank else 0)
    indent, at, marker, value = _open(text)
    column = _width(text[:at])
    start = first + _size(text[:at], codec)
    if number == 1 and data.startswith(codecs.BOM_UTF8) and codec == "utf-8":
        start += len(codecs.BOM_UTF8)
    start, end = min(start, stop), max(min(start, stop), end)
    said = text[at : at + HEAD].strip()
    return Line(number, start, end, indent, column, marker, value, said, end - start, first, last)


def _size(text: str, codec: str) -> int:
    """Bytes of a piece of text in the page's encoding."""
    return len(text) if text.isascii() else len(text.encode(codec, "replace"))


def _other_lines(data: bytes, codec: str) -> Iterator[Line]:
    """Lines of an encoding whose characters have to be read one by one to know their bytes."""
    decoder = codecs.getincrementaldecoder(codec)("replace")
    buffer, ends = StringIO(newline=""), array("Q")
    for at in range(len(data)):
        said = decoder.decode(data[at : at + 1], at + 1 == len(data))
        buffer.write(said)
        ends.extend([at + 1] * len(said))
    chars = buffer.getvalue().replace("\ufeff", " ")
    first, number, at = 0, 0, 0
    while at < len(chars):
        found = _BREAK_TEXT.search(chars, at)
        stop, after = found.span() if found else (len(chars), len(chars))
        number += 1
        last = len(data) if after >= len(chars) else ends[after - 1]
        yield _other_line(chars[at:stop], ends, at, number, first, last)
        first, at = last, after
    if first < len(data):
        yield Line(number + 1, len(data), len(data), 0, 0, "", None, "", 0, first, len(data))


def _other_line(text: str, ends: array[int], begin: int, number: int, first: int, last: int) -> Line:
    indent, at, marker, value = _open(text)
    stop = max(at, len(text.rstrip()))
    start = ends[begin + at - 1] if begin + at else 0
    end = ends[begin + stop - 1] if begin + stop else 0
    start = max(first, start)
    end = max(start, end)
    said = text[at : at + HEAD].strip()
    return Line(number, start, end, indent, _width(text[:at]), marker, value, said, end - start, first, last)


def _open(text: str) -> tuple[int, int, str, int | None]:
    """Return indentation, where the words begin, the kind of marker, and its number."""
    bare = text.lstrip()
    at = len(text) - len(bare)
    size, marker, value = _marker(bare) if bare else (0, "", None)
    return _width(text[:at]), at + size, marker, value


def _marker(bare: str) -> tuple[int, str, int | None]:
    """Return how long the list marker is that opens a text, its kind, and its number."""
    if bare[0].isdecimal():
        found = _NUMBER.match(bare)
        if found is None or opens_date(bare[: found.end() + 16]):
            return 0, "", None
        return found.end(), "1", int(found[1])
    found = _BULLET.match(bare)
    return (found.end(), found[1], None) if found else (0, "", None)


def _width(blank: str) -> int:
    """Columns of a prefix, tabs filled up."""
    if "\t" not in blank:
        return len(blank)
    return len(blank.expandtabs(_TAB))
