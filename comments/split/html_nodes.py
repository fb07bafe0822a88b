"""An element of an HTML page that knows the bytes it stands on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from comments.split.tree import Tree

_CLASS = re.compile(r"(?:class|CLASS)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_ID = re.compile(r"(?:id|ID)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")


class Marks:
    """The attributes of a start tag, shared by all tags of a page that are written alike.

    Attributes:
        raw: the attributes as written.
        classes: its classes in their order.
        id: its id, empty where it has none.
        names: classes and id, those that are not empty.
    """

    __slots__ = ("classes", "id", "names", "raw")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.classes = tuple(_value(_CLASS, ' class="', raw).split()) if "class" in raw or "CLASS" in raw else ()
        self.id = _value(_ID, ' id="', raw).strip() if "id" in raw or "ID" in raw else ""
        self.names = (*self.classes, self.id) if self.id else self.classes


def _value(attribute: re.Pattern[str], usual: str, raw: str) -> str:
    """Return the value of the first attribute of a name in ``raw``, empty where there is none.

    Nearly all are written as in ``usual``; the pattern is for the others.
    """
    at = raw.find(usual)
    if at >= 0:
        end = raw.find('"', at + len(usual))
        if end >= 0:
            return raw[at + len(usual) : end]
    for found in attribute.finditer(raw):
        if found.start() == 0 or raw[found.start() - 1] in " \t\n\r\f\"'/":
            return found[1] or found[2] or found[3] or ""
    return ""


class Node:
    """An element: a name for one row of a :class:`Tree`, whose arrays hold what it says.

    Two nodes of one tree are the same object where they are the same element.
    """

    __slots__ = ("index", "tree")

    def __init__(self, tree: Tree, index: int) -> None:
        self.tree = tree
        self.index = index

    @property
    def name(self) -> str:
        """Tag name in lower case."""
        return self.tree.names[self.index]

    @property
    def marks(self) -> Marks:
        """Its attributes."""
        return self.tree.marks[self.index]

    @property
    def raw(self) -> str:
        """Its attributes as written."""
        return self.tree.marks[self.index].raw

    @property
    def classes(self) -> tuple[str, ...]:
        """Its classes in their order."""
        return self.tree.marks[self.index].classes

    @property
    def id(self) -> str:
        """Its id, empty where it has none."""
        return self.tree.marks[self.index].id

    @property
    def start(self) -> int:
        """First unit of the start tag."""
        return self.tree.start[self.index]

    @property
    def inner(self) -> int:
        """Unit after the start tag."""
        return self.tree.inner[self.index]

    @property
    def inner_end(self) -> int:
        """First unit of the end tag (equal to ``end`` where that is implied)."""
        return self.tree.inner_end[self.index]

    @property
    def end(self) -> int:
        """Unit after the end tag."""
        return self.tree.end[self.index]

    @property
    def last(self) -> int:
        """The place among all elements after its last descendant."""
        return self.tree.last[self.index]

    @property
    def text_lo(self) -> int:
        """Its first text, as a place among all texts."""
        return self.tree.text_lo[self.index]

    @property
    def text_hi(self) -> int:
        """The place after its last text."""
        return self.tree.text_hi[self.index]

    @property
    def parent(self) -> Node | None:
        """The element around it, None for the root."""
        return self.tree.node(self.tree.parent[self.index]) if self.index else None

    def __repr__(self) -> str:
        return f"<{self.name}{'#' + self.id if self.id else ''}{''.join('.' + c for c in self.classes)}>"

    def within(self, other: Node) -> bool:
        """Whether this is ``other`` or stands in it."""
        return other.index <= self.index < other.last
