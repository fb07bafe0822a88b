"""Finding elements by short patterns: ``tag.class#id[attribute=value]``.

In a class or id, ``*`` stands for anything and ``9`` for a number. A pattern matches an element that
meets all its parts. Every part is looked up in an index of the page, so patterns cost next to nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from comments.split.html_nodes import Tag
from comments.split.tree import Node, Tree

_DIGITS = re.compile(r"\d+")
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
def _glob(word: str) -> Callable[[str], object]:
    """Return what tells whether a word fits a pattern with ``*`` in it."""
    inner = word.strip("*")
    if "*" not in inner and "9" not in inner and word.startswith("*") and word.endswith("*"):
        return lambda held: inner in held
    return re.compile(re.escape(word).replace(r"\*", ".*").replace("9", r"\d+"), re.DOTALL).fullmatch


class Index:
    """Elements of a page by class, id and attribute.

    Attributes:
        tree: the page.
        written: all start tags of the page as written, each once: much shorter than the page.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.written = "\n".join(tree.known)
        self._by_name: dict[str, list[Tag]] = {}
        classes: dict[tuple[str, ...], list[Tag]] = {}
        ids: dict[str, list[Tag]] = {}
        for tag in tree.known.values():
            name = tag.name
            if name in self._by_name:
                self._by_name[name].append(tag)
            else:
                self._by_name[name] = [tag]
            if tag.classes:
                classes.setdefault(tag.classes, []).append(tag)
            if tag.id:
                ids.setdefault(tag.id, []).append(tag)
        self._by_class: dict[str, list[Tag]] = {}
        self._by_id: dict[str, list[Tag]] = {}
        for words, tags in classes.items():
            for word in words:
                self._by_class.setdefault(word.lower(), []).extend(tags)
        for word, tags in ids.items():
            self._by_id.setdefault(word.lower(), []).extend(tags)
        self._held = "\n".join((*self._by_class, *self._by_id))
        self._shapes = (_by_shape(self._by_class), _by_shape(self._by_id))
        self._attributes: dict[str, list[tuple[str, Tag]]] = {}
        self._found: dict[str, list[Node]] = {}

    def may_hold(self, needle: str, *, in_names: bool) -> bool:
        """Whether a word stands in a start tag, or only ``in_names``: in a class or an id."""
        return needle.lower() in self._held if in_names else needle in self.written

    def find(self, pattern: str) -> list[Node]:
        """Return the elements that match one pattern, in page order; a space means "inside of"."""
        known = self._found.get(pattern)
        if known is None:
            outer, _, inner = pattern.rpartition(" ")
            known = self._match(inner)
            if outer and known:
                around = {node.index for node in self.find(outer)}
                known = [node for node in known if _is_inside(self.tree.parent, node.index, around)]
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
        if not classes and not ident and not attribute:
            return self._nodes(self._by_name.get(tag, ()))
        kinds: list[Tag] | None = None
        for word in classes:
            kinds = _both(kinds, self._words(0, word))
        if ident:
            kinds = _both(kinds, self._words(1, ident))
        if attribute and kinds != []:
            kinds = _both(kinds, self._by_attribute(attribute, value))
        return self._nodes([kind for kind in kinds or () if not tag or kind.name == tag])

    def _nodes(self, kinds: Iterable[Tag]) -> list[Node]:
        return [self.tree.node(i) for i in sorted([i for kind in kinds for i in kind.places])]

    def find_all(self, patterns: Iterable[str]) -> list[Node]:
        """Return the elements that match any of the patterns, in page order, each once."""
        found = {node.index: node for pattern in patterns for node in self.find(pattern)}
        return [found[i] for i in sorted(found)]

    def _words(self, which: int, word: str) -> list[Tag]:
        table = self._by_id if which else self._by_class
        if "*" not in word:
            if "9" not in word:
                return table.get(word, [])
            return [tag for key in self._shapes[which].get(word, ()) for tag in table[key]]
        match = _glob(word)
        return list(dict.fromkeys(tag for key in table if match(key) for tag in table[key]))

    def _by_attribute(self, attribute: str, value: str) -> list[Tag]:
        rows = self._attributes.get(attribute)
        if rows is None:
            rows = self._attributes[attribute] = []
            if attribute in self.written:
                for tag in self.tree.known.values():
                    if attribute in tag.written:
                        held = self.tree.read_attributes(tag.raw).get(attribute)
                        if held is not None:
                            rows.append((held, tag))
        if not value:
            return [tag for _, tag in rows]
        if "*" in value:
            match = _glob(value)
            return [tag for held, tag in rows if match(held)]
        return [tag for held, tag in rows if value in held.split()]


def _by_shape(table: dict[str, list[Tag]]) -> dict[str, list[str]]:
    """Return the names that hold numbers by what they are with a 9 for each number."""
    shapes: dict[str, list[str]] = {}
    keys = [key for key in table if "\n" not in key]
    for key, shape in zip(keys, _DIGITS.sub("9", "\n".join(keys)).split("\n"), strict=False):
        if key != shape or "9" in key:
            shapes.setdefault(shape, []).append(key)
    return shapes


def _place(node: Node) -> int:
    return node.index


def _is_inside(parents: Sequence[int], index: int, around: set[int]) -> bool:
    """Whether one of the elements around an element is among ``around``."""
    while index:
        index = parents[index]
        if index in around:
            return True
    return False


def _both(found: list[Tag] | None, more: list[Tag]) -> list[Tag]:
    if found is None or not more:
        return more
    kept = set(more)
    return [tag for tag in found if tag in kept]
