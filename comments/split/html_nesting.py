"""Which comment answers which, where a reply's element does not stand in that of the comment it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from comments.split.tree import Node

if TYPE_CHECKING:
    from comments.split.html_units import Unit

_DEPTH = re.compile(r"""[-_ "'=a-z](?:depth|level|indent)[-_]?(\d{1,2})(?![\w-])""")
_INDENT = re.compile(r"(?:margin|padding)-left\s*:\s*(\d{1,3})")
_DIGITS = re.compile(r"\d+")
_REPLIES = re.compile(r"indent|child|repl|nest|answer|respon|subcomm|antwort|respuest|r[eé]pons", re.IGNORECASE)
"""Names of an element that holds replies."""
UNENDED = 6
"""Comments each in the one before: from so many on it is an end tag that is missing, not a thread."""

Kind = tuple[str, str]


def nest_apart(units: Sequence[Unit]) -> None:
    """Give units that stand in no other one their parents, where the page shows them.

    Tried in turn: a level in a class or an inline style; an element around each comment and its replies; an element
    beside a comment that holds its replies.

    Args:
        units: comments in page order, none of them in another.
    """
    if len(units) < 2:
        return
    for levels in (_shown_levels(units, _DEPTH), _shown_levels(units, _INDENT), _levels_by_homes(units),
                   _levels_beside(units)):  # fmt: skip
        if len(set(levels)) > 1 and not _unended(levels):
            put_under(units, levels)
            return


def put_under(units: Sequence[Unit], levels: Sequence[int]) -> None:
    """Give each unit the last one above it that lies less deep as its parent."""
    path: list[tuple[int, Unit]] = []
    for unit, level in zip(units, levels, strict=True):
        while path and path[-1][0] >= level:
            path.pop()
        unit.parent = path[-1][1] if path else None
        path.append((level, unit))


def _unended(levels: Sequence[int]) -> bool:
    return len(levels) >= UNENDED and all(a < b for a, b in pairwise(levels))


def _shown_levels(units: Sequence[Unit], pattern: re.Pattern[str]) -> list[int]:
    """Return the level that each unit's start tag gives, none where one gives none."""
    found = [pattern.search(unit.node.raw) for unit in units]
    return [] if None in found else [int(level[1]) for level in found if level]


def _levels_by_homes(units: Sequence[Unit]) -> list[int]:
    """Return how many threads each unit lies in: elements of one kind, each of which some unit opens."""
    homes: list[dict[Kind, Node]] = []
    for place in range(len(units)):
        homes.append({})
        for node in _opened(units, place):
            homes[-1].setdefault(_kind(node), node)
        if place and not homes[-1]:
            return []
    shared = set(homes[1]).intersection(*homes)
    levels = ([_count_around([home[kind] for home in homes])] for kind in sorted(shared))
    return next((found[0] for found in levels if len(set(found[0])) > 1), [])


def _count_around(nodes: Sequence[Node]) -> list[int]:
    """Return in how many of the others each element stands; they are in page order."""
    levels, around = [], list[Node]()
    for node in nodes:
        while around and node.index >= around[-1].last:
            around.pop()
        levels.append(len(around))
        around.append(node)
    return levels


def _levels_beside(units: Sequence[Unit]) -> list[int]:
    """Return in how many elements of replies each unit lies: those that follow a comment and are named so."""
    levels, around, beside = [], list[Node](), set[int]()
    for place, unit in enumerate(units):
        while around and unit.lo >= around[-1].last:
            around.pop()
        opened = [node for node in _opened(units, place) if place and _holds_replies(node, beside)]
        around += reversed(opened)
        levels.append(len(around))
        if unit.node.parent is not None:
            beside.add(unit.node.parent.index)
    return levels


def _holds_replies(node: Node, beside: set[int]) -> bool:
    """Whether an element stands beside a comment and is named after replies."""
    return node.parent is not None and node.parent.index in beside and _REPLIES.search(node.raw) is not None


def _opened(units: Sequence[Unit], place: int) -> Iterator[Node]:
    """Yield the elements around a unit in which no unit stands before it, from the inside out."""
    before = units[place - 1].lo if place else -1
    node = units[place].node.parent
    while node is not None and node.index > before and node.index:
        yield node
        node = node.parent


def _kind(node: Node) -> Kind:
    return node.name, _DIGITS.sub("", node.classes[0]) if node.classes else ""
