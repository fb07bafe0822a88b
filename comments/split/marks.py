"""Finding elements by short patterns: ``tag.class#id[attribute=value]``.

In a class or id, ``*`` stands for anything and ``9`` for a number. A pattern matches an element that
meets all its parts. Every part is looked up in an index of the page, so patterns cost next to nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from comments.split.tree import Node, Tree

_PATTERN = re.compile(r"([.#]?)([A-Za-z0-9_*:\-]+)|\[([a-z\-]+)(?:=([^\]]*))?\]")


@lru_cache(maxsize=4096)
def _parse(pattern: str) -> tuple[str, tuple[str, ...], str, str, str]:
    """Return tag, classes, id, attribute and its value of a pattern."""
    tag, classes, ident, attribute, value = "", [], "", "", ""
    for sign, word, key, val in _PATTERN.findall(pattern):
        if key:
            attribute, value = key, val
        elif sign == ".":
            classes.append(word.lower())
        elif sign == "#":
            ident = word.lower()
        else:
            tag = word
    return tag, tuple(classes), ident, attribute, value


@lru_cache(maxsize=4096)
def _glob(word: str) -> re.Pattern[str]:
    return re.compile(re.escape(word).replace(r"\*", ".*").replace("9", r"\d+"), re.DOTALL)


class Index:
    """Elements of a page by class, id and attribute."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.classes: dict[str, list[Node]] = {}
        self.ids: dict[str, list[Node]] = {}
        self.names: dict[str, list[Node]] = {}
        for node in tree.nodes:
            self.names.setdefault(node.name, []).append(node)
            for name in node.classes:
                self.classes.setdefault(name.lower(), []).append(node)
            if node.id:
                self.ids.setdefault(node.id.lower(), []).append(node)
        self.attributes: dict[str, list[tuple[str, Node]]] = {}
        self._found: dict[str, list[Node]] = {}
        self._globs: dict[tuple[int, str], list[Node]] = {}

    def find(self, pattern: str) -> list[Node]:
        """Return the elements that match one pattern, in page order; a space means "inside of"."""
        known = self._found.get(pattern)
        if known is None:
            outer, _, inner = pattern.rpartition(" ")
            known = self._match(inner)
            if outer and known:
                around = {node.index for node in self.find(outer)}
                known = [node for node in known if _has_ancestor(node, around)]
            self._found[pattern] = known
        return known

    def inside(self, pattern: str, lo: int, hi: int) -> list[Node]:
        """Return the elements that match one pattern and have an index in ``[lo, hi)``."""
        nodes = self.find(pattern)
        if not nodes:
            return nodes
        first = bisect_left(nodes, lo, key=_place)
        return nodes[first : bisect_left(nodes, hi, lo=first, key=_place)]

    def _match(self, pattern: str) -> list[Node]:
        tag, classes, ident, attribute, value = _parse(pattern)
        found: list[Node] | None = None
        for word in classes:
            found = _both(found, self._words(self.classes, 0, word))
        if ident:
            found = _both(found, self._words(self.ids, 1, ident))
        if attribute:
            found = _both(found, self._by_attribute(attribute, value))
        if tag:
            found = self.names.get(tag, []) if found is None else [n for n in found if n.name == tag]
        return found or []

    def find_all(self, patterns: Iterable[str]) -> list[Node]:
        """Return the elements that match any of the patterns, in page order, each once."""
        found = {node.index: node for pattern in patterns for node in self.find(pattern)}
        return [found[i] for i in sorted(found)]

    def _words(self, table: dict[str, list[Node]], which: int, word: str) -> list[Node]:
        if "*" not in word and "9" not in word:
            return table.get(word, [])
        known = self._globs.get((which, word))
        if known is None:
            match = _glob(word).fullmatch
            nodes = {n.index: n for key, group in table.items() if match(key) for n in group}
            known = self._globs[which, word] = [nodes[i] for i in sorted(nodes)]
        return known

    def _by_attribute(self, attribute: str, value: str) -> list[Node]:
        if attribute not in self.attributes:
            groups: dict[str, list[tuple[str, Node]]] = {attribute: []}
            if attribute in self.tree.src:
                for node in self.tree.nodes:
                    if attribute in node.raw:
                        held = self.tree.attributes(node).get(attribute)
                        if held is not None:
                            groups[attribute].append((held, node))
            self.attributes.update(groups)
        rows = self.attributes[attribute]
        if not value:
            return [node for _, node in rows]
        if "*" in value:
            match = _glob(value).fullmatch
            return [node for held, node in rows if match(held)]
        return [node for held, node in rows if value in held.split()]


def _place(node: Node) -> int:
    return node.index


def _has_ancestor(node: Node, indices: set[int]) -> bool:
    up = node.parent
    while up is not None:
        if up.index in indices:
            return True
        up = up.parent
    return False


def _both(found: list[Node] | None, more: list[Node]) -> list[Node]:
    if found is None:
        return more
    indices = {node.index for node in more}
    return [node for node in found if node.index in indices]
