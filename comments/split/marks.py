"""Finding elements by short patterns: ``tag.class#id[attribute=value]``.

In a class or id, ``*`` stands for anything and ``9`` for a number. A pattern matches an element that
meets all its parts. Every part is looked up in an index of the page, so patterns cost next to nothing.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import merge

from comments.split.html_nodes import Tag
from comments.split.name_lines import NameLines, line_pattern, word_pattern
from comments.split.tree import Node, Tree

FEW = 1024
"""Elements that are put in order as a whole; more take less room one by one."""
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


class Index:
    """Elements of a page by class, id and attribute.

    Attributes:
        tree: the page.
    """

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._by_name: dict[str, list[Tag]] = {}
        for tag in tree.kinds:
            if tag.name in self._by_name:
                self._by_name[tag.name].append(tag)
            else:
                self._by_name[tag.name] = [tag]
        self._classes = NameLines((i, " ".join(tag.classes).lower()) for i, tag in enumerate(tree.kinds) if tag.classes)
        self._ids = NameLines((at, name.lower()) for at, name in tree.given_ids())
        self._values: dict[str, NameLines] = {}
        self._found: dict[str, array[int]] = {}

    def may_hold(self, needle: str, attributes: Iterable[str] = (), *, in_names: bool) -> bool:
        """Whether a word stands in a start tag, or only ``in_names``: in a class or an id.

        Where there is neither such a name nor one of some ``attributes``, it is not looked for.
        """
        small = needle.lower()
        named = small in self._classes.text or small in self._ids.text
        if in_names or not (named or any(map(self._stands_in_tag, attributes))):
            return named
        return self._stands_in_tag(needle)

    def find(self, pattern: str) -> array[int]:
        """Return the elements that match one pattern, in page order; a space means "inside of"."""
        known = self._found.get(pattern)
        if known is None:
            outer, _, inner = pattern.rpartition(" ")
            known = self._match(inner)
            if outer and known:
                around = set(self.find(outer))
                known = array("i", [at for at in known if _is_inside(self.tree.parent, at, around)])
            self._found[pattern] = known
        return known

    def inside(self, pattern: str, lo: int, hi: int) -> Iterator[Node]:
        """Return the elements that match one pattern and have an index in ``[lo, hi)``."""
        places = self.find(pattern)
        if not places:
            return iter(())
        first = bisect_left(places, lo)
        return map(self.tree.node, places[first : bisect_left(places, hi, lo=first)])

    def first(self, pattern: str, lo: int, hi: int) -> Node | None:
        """Return the first of them, None where there is none."""
        places = self.find(pattern)
        at = bisect_left(places, lo)
        return self.tree.node(places[at]) if at < len(places) and places[at] < hi else None

    def find_all(self, patterns: Iterable[str]) -> Iterator[Node]:
        """Yield the elements that match any of the patterns, in page order, each once."""
        rows = [places for pattern in patterns if (places := self.find(pattern))]
        if sum(map(len, rows)) <= FEW:
            yield from map(self.tree.node, sorted(set().union(*rows)))
            return
        last = -1
        for at in merge(*rows):
            if at != last:
                yield self.tree.node(at)
            last = at

    def _match(self, pattern: str) -> array[int]:
        name, classes, ident, attribute, value = _parse(pattern)
        kinds = self._by_name.get(name, []) if name else None
        for word in classes:
            found = self._classes.find(word_pattern(word))
            if not found:
                return found
            kinds = _both(kinds, [self.tree.kinds[i] for i in found])
        places = self._ids.find(line_pattern(ident)) if ident else None
        if attribute and kinds != []:
            places = _shared(places, self._by_attribute(attribute, value))
        if places is None or not kinds:
            return places if places is not None and kinds is None else self.tree.places_of(kinds or ())
        wanted, tags = set(kinds), self.tree.tags
        return array("i", [at for at in places if tags[at] in wanted])

    def _by_attribute(self, attribute: str, value: str) -> array[int]:
        held = self._values.get(attribute)
        if held is None:
            held = self._values[attribute] = NameLines(self._read_values(attribute))
        if not value:
            return held.owners
        return held.find(line_pattern(value) if "*" in value else word_pattern(value, numbers=False))

    def _read_values(self, attribute: str) -> Iterator[tuple[int, str]]:
        """Yield the elements that have an attribute, with its value."""
        tree = self.tree
        if not self._stands_in_tag(attribute):
            return
        for at in self._holding(attribute, before=" =\t\n\r\f>/"):
            value = tree.attribute(at, attribute)
            if value is not None:
                yield at, value

    def _stands_in_tag(self, letters: str) -> bool:
        if letters in self.tree.asked:
            return letters in self.tree.told
        return next(self._holding(letters), None) is not None

    def _holding(self, needle: str, *, before: str = "") -> Iterator[int]:
        """Yield the elements in whose start tag some letters stand, ``before`` some sign if given, each once."""
        tree = self.tree
        src, starts = tree.src, tree.start
        size = len(needle)
        place, last = src.find(needle), 0
        while place >= 0:
            if not before or src[place + size : place + size + 1] in before:
                at = bisect_right(starts, place) - 1
                # Where no ">" stands between, the tag is still open; else it may be one in quotes.
                if at > last and (src.find(">", starts[at], place) < 0 or place - starts[at] < len(tree.written(at))):
                    yield at
                    last = at
            place = src.find(needle, place + size)


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


def _shared(places: array[int] | None, more: array[int]) -> array[int]:
    return more if places is None else array("i", sorted(set(places) & set(more)))
