"""A tolerant tree of an HTML page whose nodes know the bytes they stand on."""

from __future__ import annotations

import re
from html import unescape

from comments.split.decode import decode_slice
from comments.split.html_build import Builder
from comments.split.html_nodes import Node
from comments.split.tokens import code_units, unit_width

__all__ = ["Node", "Tree"]

_ATTR = re.compile(r"([^\s=/>\"'][^\s=/>]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>][^\s>]*)))?")


class Tree:
    """All elements and texts of a page, in page order.

    Attributes:
        src: the page, one character a code unit.
        nodes: the elements; the first is a root around everything.
        texts: ``(start, end, parent, in_link)`` of each text that is not blank.
        weight: sum of the lengths of the texts before each text (one more than there are texts).
        links: the same for the text inside links.
    """

    def __init__(self, data: bytes, encoding: str) -> None:
        self.data = data
        self.encoding = encoding
        self.width = unit_width(encoding)
        self.src = code_units(data, encoding)
        self.root = Node("", "", 0, 0, None, 0)
        self.nodes: list[Node] = [self.root]
        self.texts: list[tuple[int, int, Node, bool]] = []
        self.weight: list[int] = [0]
        self.links: list[int] = [0]
        Builder(self.src, self.nodes, self.texts, self.weight, self.links).run()

    def text(self, start: int, end: int) -> str:
        """Return the characters of one text or attribute value, entities resolved."""
        text = decode_slice(self.data[start * self.width : end * self.width], self.encoding)
        return unescape(text) if "&" in text else text

    def words(self, node: Node, limit: int = 2000) -> str:
        """Return the text in an element on one line, up to about ``limit`` code units."""
        parts: list[str] = []
        for start, end, _, _ in self.texts[node.text_lo : node.text_hi]:
            parts.append(self.text(start, min(end, start + limit)))
            limit -= end - start
            if limit <= 0:
                break
        return " ".join(" ".join(parts).split())

    def attributes(self, node: Node) -> dict[str, str]:
        """Return the attributes of an element, names in lower case, the first of equal names."""
        found: dict[str, str] = {}
        for key, double, single, bare in _ATTR.findall(node.raw):
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
