"""Finding elements by short patterns: ``tag.class#id[attribute=value]``.

In a class or id, ``*`` stands for anything and ``9`` for a number. A pattern matches an element that
meets all its parts. Every part is looked up in an index of the page, so patterns cost next to nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from comments.split.html_nodes import Marks
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
        by_marks: places of the elements by their attributes.
        written: all attributes of the page as written, each once: much shorter than the page.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.written = "\n".join(tree.known)
        by_marks: dict[Marks, list[int]] = {}
        names: dict[str, list[int]] = {}
        for place, (name, marks) in enumerate(zip(tree.names, tree.marks, strict=True)):
            if name in names:
                names[name].append(place)
            else:
                names[name] = [place]
            if marks in by_marks:
                by_marks[marks].append(place)
            else:
                by_marks[marks] = [place]
        self._tags = names
        self.by_marks = by_marks
        self._by_class: dict[str, list[Marks]] = {}
        self._by_id: dict[str, list[Marks]] = {}
        for marks in by_marks:
            for word in marks.classes:
                self._by_class.setdefault(word.lower(), []).append(marks)
            if marks.id:
                self._by_id.setdefault(marks.id.lower(), []).append(marks)
        self._shapes = (_by_shape(self._by_class), _by_shape(self._by_id))
        self._attributes: dict[str, list[tuple[str, Marks]]] = {}
        self._found: dict[str, list[Node]] = {}

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
            return [self.tree.node(i) for i in self._tags.get(tag, ())]
        kinds: list[Marks] | None = None
        for word in classes:
            kinds = _both(kinds, self._words(0, word))
        if ident:
            kinds = _both(kinds, self._words(1, ident))
        if attribute and kinds != []:
            kinds = _both(kinds, self._by_attribute(attribute, value))
        names = self.tree.names
        places = [i for marks in kinds or () for i in self.by_marks[marks] if not tag or names[i] == tag]
        return [self.tree.node(i) for i in sorted(places)]

    def find_all(self, patterns: Iterable[str]) -> list[Node]:
        """Return the elements that match any of the patterns, in page order, each once."""
        found = {node.index: node for pattern in patterns for node in self.find(pattern)}
        return [found[i] for i in sorted(found)]

    def _words(self, which: int, word: str) -> list[Marks]:
        table = self._by_id if which else self._by_class
        if "*" not in word:
            if "9" not in word:
                return table.get(word, [])
            return [marks for key in self._shapes[which].get(word, ()) for marks in table[key]]
        match = _glob(word)
        return list(dict.fromkeys(marks for key in table if match(key) for marks in table[key]))

    def _by_attribute(self, attribute: str, value: str) -> list[Marks]:
        rows = self._attributes.get(attribute)
        if rows is None:
            rows = self._attributes[attribute] = []
            if attribute in self.written:
                for marks in self.by_marks:
                    if attribute in marks.raw:
                        held = self.tree.read_attributes(marks.raw).get(attribute)
                        if held is not None:
                            rows.append((held, marks))
        if not value:
            return [marks for _, marks in rows]
        if "*" in value:
            match = _glob(value)
            return [marks for held, marks in rows if match(held)]
        return [marks for held, marks in rows if value in held.split()]


def _by_shape(table: dict[str, list[Marks]]) -> dict[str, list[str]]:
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


def _both(found: list[Marks] | None, more: list[Marks]) -> list[Marks]:
    if found is None or not more:
        return more
    kept = set(more)
    return [marks for marks in found if marks in kept]
