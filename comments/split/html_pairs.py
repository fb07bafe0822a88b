"""Comments without an element of their own: a line of name and date, and beside it the elements of its text.

Definition lists (``dt``, ``dd``), headings with paragraphs under them, and paragraphs with a line of who wrote them
below.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from comments.split.html_sections import Section
from comments.split.html_signs import Signs, count_between
from comments.split.html_units import Unit, number_of
from comments.split.tree import Node, Tree

LINE_TAGS = frozenset(["dt", "p", "div", "h2", "h3", "h4", "h5", "h6", "cite", "table"])
LONGEST_LINE = 140
"""Signs of text that a line of name and date may hold."""
MOST = 0.7
"""Part of a group that have to be such lines, and of the gaps between them that have to hold text."""


def find_pairs(tree: Tree, group: Sequence[Node], signs: Signs, section: Section) -> list[Unit]:
    """Return the comments whose lines of name and date are a group's elements, none where it is no such group.

    Args:
        tree: the page.
        group: elements that stand side by side, in page order.
        signs: dates and buttons on the page.
        section: where the group was looked for.
    """
    lines = [node for node in group if _is_line(tree, node, signs)]
    if len(lines) < 2 or len(lines) < MOST * len(group):
        return []
    gaps = [_siblings(tree, a.last, b.index) for a, b in pairwise(lines)]
    kinds = {_kind(tree, at) for gap in gaps for at in gap}
    if sum(_holds_text(tree, gap) for gap in gaps) < MOST * len(gaps) or _kind(tree, lines[0].index) in kinds:
        return []
    parent = lines[0].parent
    before = _while_of(tree, _siblings(tree, section.lo, lines[0].index)[::-1], kinds)[::-1]
    after = _while_of(tree, _siblings(tree, lines[-1].last, min(section.hi, parent.last if parent else 0)), kinds)
    if _holds_text(tree, after) or not _holds_text(tree, before):
        rests = [*gaps, after]
        return [_unit(tree, line, [line.index, *rest]) for line, rest in zip(lines, rests, strict=True)]
    rests = [before, *gaps]
    return [_unit(tree, line, [*rest, line.index]) for line, rest in zip(lines, rests, strict=True)]


def value_pairs(tree: Tree, units: Sequence[Unit], signs: Signs, section: Section) -> float:
    """Return how much pairs look like comments, in the measure of elements that hold one comment each."""
    told = section.count is not None and 0.75 * section.count <= len(units) <= section.count
    if section.strict and not told:
        return 0.0
    good = 0.0
    for unit in units:
        if count_between(signs.dates, unit.text_lo, unit.text_hi) <= 3:
            good += 1.0 if count_between(signs.replies, unit.text_lo, unit.text_hi) else 0.9
    covered = sum(tree.weight[unit.text_hi] - tree.weight[unit.text_lo] for unit in units)
    total = tree.weight[tree.text_hi[section.hi - 1]] - tree.weight[tree.text_lo[section.lo]] or 1
    return good * (0.3 + min(1.0, covered / total)) if good >= MOST * len(units) else 0.0


def _is_line(tree: Tree, node: Node, signs: Signs) -> bool:
    return tree.size(node) <= LONGEST_LINE and count_between(signs.dates, node.text_lo, node.text_hi) == 1


def _siblings(tree: Tree, lo: int, hi: int) -> list[int]:
    """Return the elements that begin in ``[lo, hi)`` and stand in none of the others there."""
    found = []
    while lo < hi:
        found.append(lo)
        lo = tree.last[lo]
    return found


def _while_of(tree: Tree, places: Sequence[int], kinds: set[tuple[str, tuple[str, ...]]]) -> list[int]:
    """Return the first elements that are of the kinds which stand between lines."""
    found = []
    for at in places:
        if _kind(tree, at) not in kinds:
            break
        found.append(at)
    return found


def _kind(tree: Tree, at: int) -> tuple[str, tuple[str, ...]]:
    tag = tree.tags[at]
    return tag.name, tag.classes


def _holds_text(tree: Tree, places: Sequence[int]) -> bool:
    return any(tree.text_hi[at] > tree.text_lo[at] for at in places)


def _unit(tree: Tree, line: Node, places: Sequence[int]) -> Unit:
    lo, hi = places[0], tree.last[places[-1]]
    first = tree.text_lo[lo]
    return Unit(tree.node(lo), lo, hi, first, max(first, tree.text_hi[places[-1]]), number_of(line))
