"""An element of an HTML page that knows the bytes it stands on."""

from __future__ import annotations

import re

_CLASS = re.compile(r"(?:class|CLASS)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_ID = re.compile(r"(?:id|ID)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


NO_MARKS: tuple[tuple[str, ...], str] = ((), "")


def marks_in(raw: str) -> tuple[tuple[str, ...], str]:
    """Return the classes and the id among attributes as written."""
    classes = tuple(_value(_CLASS, raw).split()) if "class" in raw or "CLASS" in raw else ()
    return classes, _value(_ID, raw).strip() if "id" in raw or "ID" in raw else ""


def _value(attribute: re.Pattern[str], raw: str) -> str:
    """Return the value of the first attribute of a name in ``raw``, empty where there is none."""
    for found in attribute.finditer(raw):
        if found.start() == 0 or raw[found.start() - 1] in " \t\n\r\f\"'/":
            return found[1] or found[2] or found[3] or ""
    return ""


class Node:
    """An element.

    Attributes:
        name: tag name in lower case.
        raw: the attributes as written.
        start, inner: first unit of the start tag, and the unit after it.
        inner_end, end: first unit of the end tag, and the unit after it (equal where it is implied).
        parent: the element around it.
        index, last: its place among all elements, and the place after its last descendant.
        text_lo, text_hi: the texts in it, as places among all texts.
        depth: how many elements are around it.
    """

    __slots__ = ("classes", "dead", "depth", "end", "id", "index", "inner", "inner_end", "kind", "last",
                 "name", "parent", "raw", "start", "text_hi", "text_lo")  # fmt: skip

    def __init__(
        self,
        name: str,
        raw: str,
        start: int,
        inner: int,
        parent: Node | None,
        index: int,
        text_lo: int = 0,
        kind: int = 0,
        marks: tuple[tuple[str, ...], str] = NO_MARKS,
    ) -> None:
        self.name = name
        self.raw = raw
        self.start = start
        self.inner = self.inner_end = self.end = inner
        self.parent = parent
        self.index = index
        self.last = index + 1
        self.depth: int = parent.depth + 1 if parent is not None else 0
        self.text_lo = self.text_hi = text_lo
        self.dead = False
        self.kind = kind
        self.classes, self.id = marks

    def __repr__(self) -> str:
        return f"<{self.name}{'#' + self.id if self.id else ''}{''.join('.' + c for c in self.classes)}>"

    def within(self, other: Node) -> bool:
        """Whether this is ``other`` or stands in it."""
        return other.index <= self.index < other.last
