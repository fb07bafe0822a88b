"""A tolerant tree of an HTML page whose nodes know the bytes they stand on.

It is kept as arrays, a row an element and a row a text, because pages have thousands of both: that takes a
tenth of the memory of objects, and the passes over all of them run over numbers.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from heapq import merge
from html import unescape
from io import StringIO
from itertools import chain

from comments.split.decode import decode_slice
from comments.split.html_build import Builder
from comments.split.html_nodes import Node, Tag
from comments.split.tokens import code_units, start_tag, unit_width

__all__ = ["Node", "Tree", "trim"]

MOST_NODES = 1024
"""Nodes that are kept for the next who asks for them."""
_ATTR = re.compile(r"([^\s=/>\"'][^\s=/>]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>][^\s>]*)))?")


class Tree:
    """All elements and texts of a page, in page order.

    Attributes:
        src: the page, one character a code unit.
        tags: name and classes of each element; equal ones are the same object. The first is a root around everything.
        kinds: those objects.
        before: the element before each that has the same, -1 where it is the first.
        named: the elements with an id.
        blind: where the part of the page begins in whose tags quotes are not heeded.
        asked: letters of which was asked whether they stand in a start tag.
        told: those of them that do.
        passed: how many start tags, classes and ids were passed over, because no page has so many.
        start, inner_end, end: where each element's start tag begins, and where its end tag begins and ends.
        last: the place after each element's last descendant among all elements.
        parent: the element around each; the root's is the root.
        text_lo, text_hi: the texts in each element, as places among all texts.
        text_start, text_end: where each text that is not blank stands.
        text_owner: the element it stands in.
        text_linked: 1 where it stands in a link.
        weight: sum of the lengths of the texts before each text (one more than there are texts).
        links: the same for the text inside links.
    """

    def __init__(self, data: bytes, encoding: str, asked: Iterable[str] = ()) -> None:
        self.data = data
        self.encoding = encoding
        self.width = unit_width(encoding)
        self.src = code_units(data, encoding)
        self.tags: list[Tag] = []
        self.kinds: list[Tag] = []
        self.named = array("i")
        self.ids, self._id_ends = "", array("i")
        self.blind = len(self.src)
        self.asked = frozenset(asked)
        self.told: set[str] = set()
        self.passed = 0
        self.before, self.start, self.parent, self.text_lo = (array("i") for _ in range(4))
        self.inner_end, self.end, self.last, self.text_hi = (array("i") for _ in range(4))
        self.text_start, self.text_end, self.text_owner = (array("i") for _ in range(3))
        self.text_linked = bytearray()
        self.weight, self.links = array("i", [0]), array("i", [0])
        self._nodes: dict[int, Node] = {}
        Builder(self).run()

    @property
    def root(self) -> Node:
        """The element around everything."""
        return self.node(0)

    def forget_nodes(self) -> None:
        """Let go of the nodes given so far, which hold on to the tree and it to them."""
        self._nodes.clear()

    def node(self, index: int) -> Node:
        """Return the element at a place."""
        node = self._nodes.get(index)
        if node is None:
            if len(self._nodes) >= MOST_NODES:
                self._nodes.clear()
            node = self._nodes[index] = Node(self, index)
        return node

    def places(self, tag: Tag) -> array[int]:
        """Return the elements that have a name and classes, in page order."""
        found = array("i")
        at, before = tag.latest, self.before
        while at >= 0:
            found.append(at)
            at = before[at]
        found.reverse()
        return found

    def places_of(self, tags: Iterable[Tag]) -> array[int]:
        """Return the elements that have one of several names and classes, in page order."""
        rows = [self.places(tag) for tag in tags]
        if len(rows) < 2:
            return rows[0] if rows else array("i")
        # Few are faster sorted, many take less room merged.
        many = sum(map(len, rows)) > MOST_NODES
        return array("i", merge(*rows) if many else sorted(chain(*rows)))

    def written(self, index: int) -> str:
        """Return what stands in an element's start tag."""
        start = self.start[index]
        return start_tag(self.src, start, blind=start >= self.blind) if index else ""

    def set_ids(self, ids: str) -> None:
        """Note the ids of the elements that have one, a line each."""
        self.ids = ids
        self._id_ends = array("i", [found.start() for found in re.finditer("\n", ids)])

    def given_ids(self) -> Iterator[tuple[int, str]]:
        """Yield the elements that have an id, with it."""
        return zip(self.named, (line[:-1] for line in StringIO(self.ids, newline="\n")), strict=True)

    def id_of(self, index: int) -> str:
        """Return an element's id, empty where it has none."""
        line = bisect_left(self.named, index)
        if line == len(self.named) or self.named[line] != index:
            return ""
        return self.ids[self._id_ends[line - 1] + 1 if line else 0 : self._id_ends[line]]

    def owner(self, place: int) -> Node:
        """Return the element that a text stands in."""
        return self.node(self.text_owner[place])

    def text(self, start: int, end: int) -> str:
        """Return the characters of one text or attribute value, entities resolved."""
        text = decode_slice(self.data[start * self.width : end * self.width], self.encoding)
        return unescape(text) if "&" in text else text

    def text_at(self, place: int, limit: int = 1 << 30) -> str:
        """Return a text, up to ``limit`` code units, entities resolved."""
        start = self.text_start[place]
        return self.text(start, min(self.text_end[place], start + limit))

    def line_at(self, place: int) -> str:
        """Return a text on one line."""
        return " ".join(self.text_at(place).split())

    def span(self, place: int) -> int:
        """Return how many code units a text takes, white space included."""
        return self.text_end[place] - self.text_start[place]

    def words(self, node: Node, limit: int = 2000) -> str:
        """Return the text in an element on one line, up to about ``limit`` code units."""
        parts: list[str] = []
        for place in range(node.text_lo, node.text_hi):
            parts.append(self.text_at(place, limit))
            limit -= self.span(place)
            if limit <= 0:
                break
        return " ".join(" ".join(parts).split())

    def words_between(self, place: int, end: int, limit: int) -> str:
        """Return the texts from one up to a place in the page on one line, up to about ``limit`` code units."""
        parts: list[str] = []
        while place < len(self.text_owner) and self.text_start[place] < end and limit > 0:
            parts.append(self.text_at(place, limit))
            limit -= self.span(place)
            place += 1
        return " ".join(" ".join(parts).split())

    def attributes(self, node: Node) -> dict[str, str]:
        """Return the attributes of an element, names in lower case, the first of equal names."""
        return self.read_attributes(node.raw)

    def attribute(self, index: int, name: str) -> str | None:
        """Return one attribute of an element, None where it has none of that name."""
        written = self.written(index)
        usual = f' {name}="'
        at = written.find(usual)
        if at >= 0 and "'" not in written[:at] and not written.count('"', 0, at) % 2:
            value, ended, _ = written[at + len(usual) :].partition('"')
            if ended:
                return self._value(value)
        return self.read_attributes(written[len(self.tags[index].name) :]).get(name)

    def _value(self, value: str) -> str:
        if not value.isascii():
            value = decode_slice(value.encode("latin-1", "replace"), self.encoding)
        return unescape(value) if "&" in value else value

    def read_attributes(self, raw: str) -> dict[str, str]:
        """Return attributes as written by their names."""
        found: dict[str, str] = {}
        for key, double, single, bare in _ATTR.findall(raw):
            found.setdefault(key.lower(), self._value(double or single or bare))
        return found

    def size(self, node: Node) -> int:
        """Return how much text stands in an element."""
        return self.size_of(node.index)

    def size_of(self, index: int) -> int:
        """Return how much text stands in the element at a place."""
        return self.weight[self.text_hi[index]] - self.weight[self.text_lo[index]]

    def link_size(self, node: Node) -> int:
        """Return how much of the text in an element stands in links."""
        return self.links[node.text_hi] - self.links[node.text_lo]


def trim(src: str, start: int, end: int) -> tuple[int, int]:
    """Return a place in a page without the white space at its two ends."""
    while start < end and src[start].isspace():
        start += 1
    while end > start and src[end - 1].isspace():
        end -= 1
    return start, end
