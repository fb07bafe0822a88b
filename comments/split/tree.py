"""A tolerant tree of an HTML page whose nodes know the bytes they stand on.

It is kept as arrays, a row an element and a row a text, because pages have thousands of both: that takes a
tenth of the memory of objects, and the passes over all of them run over numbers.
"""

from __future__ import annotations

import re
from array import array
from html import unescape

from comments.split.decode import decode_slice
from comments.split.html_build import Builder
from comments.split.html_nodes import Node, Tag
from comments.split.tokens import code_units, unit_width

__all__ = ["Node", "Tree"]

_ATTR = re.compile(r"([^\s=/>\"'][^\s=/>]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>][^\s>]*)))?")


class Tree:
    """All elements and texts of a page, in page order.

    Attributes:
        src: the page, one character a code unit.
        names: tag name of each element in lower case; the first element is a root around everything.
        tags: start tag of each element; equal ones are the same object.
        known: those objects by how they are written.
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

    def __init__(self, data: bytes, encoding: str) -> None:
        self.data = data
        self.encoding = encoding
        self.width = unit_width(encoding)
        self.src = code_units(data, encoding)
        self.names: list[str] = []
        self.tags: list[Tag] = []
        self.known: dict[str, Tag] = {}
        self.start, self.parent, self.text_lo = (array("i") for _ in range(3))
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
        """Let go of the elements given so far, which hold on to the tree and it to them."""
        self._nodes.clear()

    def node(self, index: int) -> Node:
        """Return the element at a place."""
        node = self._nodes.get(index)
        if node is None:
            node = self._nodes[index] = Node(self, index)
        return node

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

    def read_attributes(self, raw: str) -> dict[str, str]:
        """Return attributes as written by their names."""
        found: dict[str, str] = {}
        for key, double, single, bare in _ATTR.findall(raw):
            value = double or single or bare
            if not value.isascii():
                value = decode_slice(value.encode("latin-1", "replace"), self.encoding)
            found.setdefault(key.lower(), unescape(value) if "&" in value else value)
        return found

    def size(self, node: Node) -> int:
        """Return how much text stands in an element."""
        return self.weight[node.text_hi] - self.weight[node.text_lo]

    def link_size(self, node: Node) -> int:
        """Return how much of the text in an element stands in links."""
        return self.links[node.text_hi] - self.links[node.text_lo]
