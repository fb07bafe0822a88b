"""Elements that hold one comment each: which they are and how they nest."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice

from comments.split.html_nesting import nest_apart, put_under
from comments.split.marks import Index
from comments.split.platform_rule import Platform
from comments.split.tree import Node, Tree

_LEVEL = re.compile(r"(?:^|depth-|level-)(\d{1,3})(?!\d)")
_NUMBER = re.compile(r"(?:^|[-_])(?:comment|c|post|cmt|message)?[-_]?(\d+)$", re.IGNORECASE)


FREE_UNITS, PER_UNIT = 1_000, 350
"""Comments that a page may have whatever its length, and how many code units each further one has to bring: what real
pages never reach keeps memory in proportion to the page. The densest of the development pages has a comment every 1,068
units, and none has more than 139."""
MOST_EACH = 2
"""Elements that may be named as one comment's, in the mean."""
_NO_UNIT = frozenset(["body", "html", "form", "main", "input", "a", "link"])


class Unit:
    """One comment's element.

    Attributes:
        tree: the page.
        lo: its first element, as a place among all elements.
        number: the comment's number in the page, as its id gives it.
        parent: the unit around it.
        kids: the units in it.
    """

    __slots__ = ("_reach", "kids", "lo", "number", "parent", "tree")

    def __init__(
        self, node: Node, number: str | None, parent: Unit | None, reach: tuple[int, int] | None = None
    ) -> None:
        """Note an element as a comment's, ``reach`` being the places after its last element and text if not its own."""
        self.tree = node.tree
        self.lo = node.index
        self._reach = reach
        self.number = number
        self.parent = parent
        self.kids: Sequence[Unit] = ()

    @property
    def node(self) -> Node:
        """The element (for a flat platform, the one that begins it)."""
        return self.tree.node(self.lo)

    @property
    def hi(self) -> int:
        """The place among all elements after its last one."""
        return self._reach[0] if self._reach else self.tree.last[self.lo]

    @property
    def text_lo(self) -> int:
        """Its first text, as a place among all texts."""
        return self.tree.text_lo[self.lo]

    @property
    def text_hi(self) -> int:
        """The place among all texts after its last one."""
        return self._reach[1] if self._reach else self.tree.text_hi[self.lo]

    def add(self, kid: Unit) -> None:
        """Note a unit in this one."""
        # Most comments have no answer, and a list for each would be a fifth of what they take.
        if isinstance(self.kids, list):
            self.kids.append(kid)
        else:
            self.kids = [kid]


def find_units(index: Index, platform: Platform) -> list[Unit]:
    """Return the units of a platform in page order, each comment once."""
    most = MOST_EACH * most_units(index.tree)
    nodes = list(islice((n for n in index.find_all(platform.unit) if n.name not in _NO_UNIT), most + 1))
    if len(nodes) > most:
        raise CrowdedError
    if platform.within:
        around = list(index.find_all(platform.within))
        nodes = [n for n in nodes if any(n.within(a) and n.index != a.index for a in around)]
    if platform.flat:
        return checked(index.tree, _flat_units(nodes))
    units = nest_units(nodes, each=platform.each)
    if platform.level:
        pattern, _, attribute = platform.level.partition("@")
        put_under(units, [_level_of(index, unit, pattern, attribute) for unit in units])
    return checked(index.tree, units)


class CrowdedError(Exception):
    """A page holds more comments than one of its length honestly can."""


def most_units(tree: Tree) -> int:
    """Return how many comments a page may hold."""
    return FREE_UNITS + len(tree.src) // PER_UNIT


def checked(tree: Tree, units: list[Unit]) -> list[Unit]:
    """Return the units of a page.

    Raises:
        CrowdedError: when there are more than a page of its length can hold.
    """
    if len(units) > most_units(tree):
        raise CrowdedError
    return units


def _level_of(index: Index, unit: Unit, pattern: str, attribute: str) -> int:
    for node in index.inside(pattern, unit.lo, unit.hi):
        found = _LEVEL.search(index.tree.attributes(node).get(attribute, ""))
        if found is not None:
            return int(found[1])
    return 0


def _flat_units(nodes: list[Node]) -> list[Unit]:
    """Return a unit for each heading element: it reaches to the next one beside it, and holds those nested in it."""
    units: list[Unit] = []
    ends: dict[int, tuple[int, int]] = {}
    reach: list[tuple[int, int]] = []
    for node in reversed(nodes):
        parent = node.parent
        after = ends.get(parent.index) if parent is not None else None
        reach.append(after or ((parent.last, parent.text_hi) if parent is not None else (node.last, node.text_hi)))
        if parent is not None:
            ends[parent.index] = node.index, node.text_lo
    stack: list[Unit] = []
    for node, (hi, text_hi) in zip(nodes, reversed(reach), strict=True):
        if node.parent is None:
            continue
        while stack and node.index >= stack[-1].hi:
            stack.pop()
        outer = stack[-1] if stack else None
        unit = Unit(node, number_of(node), outer, (hi, text_hi))
        if outer is not None:
            outer.add(unit)
        units.append(unit)
        stack.append(unit)
    return units


def number_of(node: Node) -> str | None:
    """Return the number in an element's id."""
    found = _NUMBER.search(node.id) if node.id else None
    return found[1] if found else None


def nest_units(nodes: list[Node], *, each: bool = False) -> list[Unit]:
    """Return one unit a comment: elements inside each other with one number are one comment."""
    crowded = set() if each else _containers(nodes)
    units: list[Unit] = []
    stack: list[Unit] = []
    for node in nodes:
        if node.index in crowded:
            continue
        while stack and node.index >= stack[-1].hi:
            stack.pop()
        number = number_of(node)
        outer = stack[-1] if stack else None
        if each and outer is not None and not outer.kids and node.text_lo == outer.text_lo:
            continue  # a thread's element and that of the comment which opens it
        if outer is not None and not each and _same_comment(outer, node, number):
            outer.number = outer.number or number
            continue
        unit = Unit(node, number, outer)
        if outer is not None:
            outer.add(unit)
        units.append(unit)
        stack.append(unit)
    if all(unit.parent is None for unit in units):
        nest_apart(units)
    return units


def _same_comment(outer: Unit, node: Node, number: str | None) -> bool:
    if number is None:
        first = node.classes[:1]
        return not (node.name == outer.node.name and first == outer.node.classes[:1] and first)
    return outer.number is None or outer.number == number


def _containers(nodes: list[Node]) -> set[int]:
    """Indices of unnumbered elements that hold several comments side by side."""
    numbers: dict[int, set[str]] = {}
    stack: list[Node] = []
    for node in nodes:
        while stack and node.index >= stack[-1].last:
            stack.pop()
        number = number_of(node)
        if number is None:
            stack.append(node)
        elif stack:
            numbers.setdefault(stack[-1].index, set()).add(number)
    return {place for place, found in numbers.items() if len(found) > 1}


def own_texts(unit: Unit) -> Sequence[int]:
    """Return the texts of a unit that are in none of its replies."""
    if not unit.kids:
        return range(unit.text_lo, unit.text_hi)
    found = array("i")
    at = unit.text_lo
    for kid in unit.kids:
        found.extend(range(at, max(at, kid.text_lo)))
        at = max(at, kid.text_hi)
    found.extend(range(at, unit.text_hi))
    return found


def in_reply(unit: Unit, node: Node) -> bool:
    """Whether an element stands in one of the replies nested in a unit."""
    at = bisect_right(unit.kids, node.index, key=_first) - 1
    return at >= 0 and node.index < unit.kids[at].hi


def _first(unit: Unit) -> int:
    return unit.lo


def unit_end(tree: Tree, unit: Unit) -> int:
    """Return the place after a unit."""
    if unit.hi == unit.node.last:
        return unit.node.end
    return tree.start[unit.hi] if unit.hi < len(tree.tags) else len(tree.src)
