"""Comments without an element of their own: a line of name and date, and beside it the elements of its text.

Definition lists (``dt``, ``dd``), headings with paragraphs under them, and paragraphs with a line of who wrote them
below.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from comments.split.html_sections import Section
from comments.split.html_signs import Signs, count_between
from comments.split.html_units import Unit, number_of
from comments.split.tree import Tree

LINE_TAGS = frozenset(["dt", "p", "div", "h2", "h3", "h4", "h5", "h6", "cite", "table"])
LONGEST_LINE = 140
"""Signs of text that a line of name and date may hold."""
MOST = 0.7
"""Part of a group that have to be such lines, and of the gaps between them that have to hold text."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Lines of name and date, each with where the elements of its comment end or begin.

    Attributes:
        lines: the lines.
        rests: the last element of each comment, or its first where the line stands below the text.
        below: whether it does.
    """

    lines: array[int]
    rests: array[int]
    below: bool


def find_pairs(tree: Tree, group: Sequence[int], signs: Signs, section: Section) -> Pairs | None:
    """Return the comments whose lines of name and date are a group's elements, None where it is no such group.

    Args:
        tree: the page.
        group: elements that stand side by side, in page order.
        signs: dates and buttons on the page.
        section: where the group was looked for.
    """
    lines = array("i", [at for at in group if _is_line(tree, at, signs)])
    if len(lines) < 2 or len(lines) < MOST * len(group):
        return None
    kinds: set[tuple[str, tuple[str, ...]]] = set()
    filled = 0
    for a, b in pairwise(lines):
        gap = _siblings(tree, tree.last[a], b)
        kinds.update(_kind(tree, at) for at in gap)
        filled += _holds_text(tree, gap)
    if filled < MOST * (len(lines) - 1) or _kind(tree, lines[0]) in kinds:
        return None
    before = _while_of(tree, _siblings(tree, section.lo, lines[0])[::-1], kinds)[::-1]
    end = min(section.hi, tree.last[tree.parent[lines[0]]])
    after = _while_of(tree, _siblings(tree, tree.last[lines[-1]], end), kinds)
    below = not (_holds_text(tree, after) or not _holds_text(tree, before))
    rests = array("i")
    for i, line in enumerate(lines):
        if below:
            gap = _siblings(tree, tree.last[lines[i - 1]], line) if i else before
            rests.append(gap[0] if gap else line)
        else:
            gap = _siblings(tree, tree.last[line], lines[i + 1]) if i + 1 < len(lines) else after
            rests.append(gap[-1] if gap else line)
    return Pairs(lines, rests, below)


def make_units(tree: Tree, pairs: Pairs) -> list[Unit]:
    """Return pairs as comments."""
    return [
        Unit(tree.node(lo), number_of(tree.node(line)), None, (hi, last))
        for line, lo, hi, last in _reaches(tree, pairs)
    ]


def _reaches(tree: Tree, pairs: Pairs) -> Iterator[tuple[int, int, int, int]]:
    """Yield the line of each pair, its first element, and the places after its last element and text."""
    for line, rest in zip(pairs.lines, pairs.rests, strict=True):
        lo, end = (rest, line) if pairs.below else (line, rest)
        yield line, lo, tree.last[end], max(tree.text_lo[lo], tree.text_hi[end])


def value_pairs(tree: Tree, pairs: Pairs, signs: Signs, section: Section) -> float:
    """Return how much pairs look like comments, in the measure of elements that hold one comment each."""
    count = len(pairs.lines)
    told = section.count is not None and 0.75 * section.count <= count <= section.count
    if section.strict and not told:
        return 0.0
    good = 0.0
    covered = 0
    for _, first, _, text_hi in _reaches(tree, pairs):
        text_lo = tree.text_lo[first]
        if count_between(signs.dates, text_lo, text_hi) <= 3:
            good += 1.0 if count_between(signs.replies, text_lo, text_hi) else 0.9
        covered += tree.weight[text_hi] - tree.weight[text_lo]
    total = tree.weight[tree.text_hi[section.hi - 1]] - tree.weight[tree.text_lo[section.lo]] or 1
    return good * (0.3 + min(1.0, covered / total)) if good >= MOST * count else 0.0


def _is_line(tree: Tree, at: int, signs: Signs) -> bool:
    return tree.size_of(at) <= LONGEST_LINE and count_between(signs.dates, tree.text_lo[at], tree.text_hi[at]) == 1


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
