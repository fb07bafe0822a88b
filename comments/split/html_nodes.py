"""An element of an HTML page that knows the bytes it stands on."""

from __future__ import annotations

import re
from sys import intern
from typing import TYPE_CHECKING

from comments.split.html_tags import IS_SHUT, IS_VOID, KINDS, LOOSE
from comments.split.tokens import tag_name

if TYPE_CHECKING:
    from comments.split.tree import Tree


class Tag:
    """What the start tags of a page say that are alike in name and classes.

    Attributes:
        name: the name in lower case.
        kind: what is true of the name, as in :data:`comments.split.html_tags.KINDS`.
        classes: the classes in their order.
        named: whether they have an id, each its own.
        furniture: what they say of a comment's part, once that was asked, where all of them say the same; else -1.
        latest: the last element that one of them opened, -1 before the first; ``Tree.before`` leads to the others.
    """

    __slots__ = ("classes", "furniture", "kind", "latest", "name", "named")

    def __init__(self, name: str, classes: str, *, named: bool, shut: bool) -> None:
        self.name, self.kind = _PLAIN.get(name) or (intern(name), 0)
        if shut and not self.kind & IS_VOID:
            self.kind |= IS_SHUT
        self.classes = tuple(classes.split())
        self.named = named
        self.furniture = self.latest = -1


Written = tuple[str, str, bool, bool]
"""Name and classes in a start tag, as written but for the case of the name, whether it has an id, and whether it ends
in a slash."""


def read_tag(written: str) -> Written:
    """Return what a start tag says that it shares with others."""
    # Half of all tags on a page are the only ones written as they are, so this is worth some care.
    head, _, more = written.partition(" ")
    plain = head in _PLAIN
    if plain and not more:
        return head, "", False, False
    name = head if plain else tag_name(written).lower()
    classes = ""
    if "class" in written or "CLASS" in written:
        _, found, rest = written.partition(' class="')
        classes, ended, _ = rest.partition('"')
        if not (found and ended):
            classes = _value("class", written)
    # An id in double quotes, with a letter in it, is the rule.
    at = written.find(' id="')
    if at >= 0 and written[at + 5 : at + 6].isalnum():
        named = True
    else:
        named = ("id" in written or "ID" in written) and bool(read_id(written))
    return name, classes, named, written[-1:] == "/"


def read_id(written: str) -> str:
    """Return the id in a start tag, empty where it has none."""
    at = written.find(' id="')
    if at >= 0:
        value, ended, _ = written[at + 5 :].partition('"')
        if ended:
            return value.strip()
    return _value("id", written).strip() if "id" in written or "ID" in written else ""


_PLAIN = {name: (name, kind) for name, kind in KINDS.items()} | {name: (name, 0) for name in LOOSE - KINDS.keys()}


_VALUE = r"""\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_BEFORE = "[ \\t\\n\\r\\f\"'/]"
# The first letters come before the look back at what is before them: a search begins with letters that it can skip to.
_LOWER = {name: re.compile(rf"{name}(?<={_BEFORE}{name}){_VALUE}") for name in ("class", "id")}
_EITHER = {
    name: re.compile(rf"(?:{name}|{name.upper()})(?<={_BEFORE}.{{{len(name)}}}){_VALUE}", re.DOTALL) for name in _LOWER
}


def _value(name: str, written: str) -> str:
    """Return the value of the first attribute of a name in ``written``, empty where there is none."""
    usual = f' {name}="'
    at = written.find(usual)
    if at >= 0:
        end = written.find('"', at + len(usual))
        if end >= 0:
            return written[at + len(usual) : end]
    found = (_EITHER if name.upper() in written else _LOWER)[name].search(written)
    return found[1] or found[2] or found[3] or "" if found else ""


class Node:
    """An element: a name for one row of a :class:`Tree`, whose arrays hold what it says.

    The same element may have several nodes, which are equal by ``index``.
    """

    __slots__ = ("index", "tree")

    def __init__(self, tree: Tree, index: int) -> None:
        self.tree = tree
        self.index = index

    @property
    def name(self) -> str:
        """Tag name in lower case."""
        return self.tree.tags[self.index].name

    @property
    def tag(self) -> Tag:
        """What its start tag says that others say too."""
        return self.tree.tags[self.index]

    @property
    def raw(self) -> str:
        """Its attributes as written."""
        return self.tree.written(self.index)[len(self.tree.tags[self.index].name) :]

    @property
    def classes(self) -> tuple[str, ...]:
        """Its classes in their order."""
        return self.tree.tags[self.index].classes

    @property
    def id(self) -> str:
        """Its id, empty where it has none."""
        return self.tree.id_of(self.index) if self.tree.tags[self.index].named else ""

    @property
    def names(self) -> tuple[str, ...]:
        """Its classes and its id, those that are not empty."""
        tag = self.tree.tags[self.index]
        return (*tag.classes, self.tree.id_of(self.index)) if tag.named else tag.classes

    @property
    def start(self) -> int:
        """First unit of the start tag."""
        return self.tree.start[self.index]

    @property
    def inner(self) -> int:
        """Unit after the start tag."""
        return self.start + len(self.tree.written(self.index)) + 2 if self.index else 0

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
