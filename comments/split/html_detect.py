"""Comments of pages that no rule knows: what repeats, under a heading or a name that says comments.

A section is asked for first (an element named after comments, or a heading such as "12 comments"); only
inside of one are repeated elements with a date or an author and a text taken for comments. Lists of
teasers, reviews and products repeat in the same way, but not in such a section.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import chain
from operator import itemgetter

from comments.split.html_pairs import LINE_TAGS, Pairs, find_pairs, make_units, value_pairs
from comments.split.html_sections import Section, find_sections, said_sections
from comments.split.html_signs import Signs, count_between
from comments.split.html_units import CrowdedError, Unit, most_units, nest_units
from comments.split.html_words import HEAD, IS_FORM, IS_ONE, IS_RIM, furniture_kind, says
from comments.split.marks import Index
from comments.split.platform_rule import Platform
from comments.split.tree import Node, Tree

MEMBER_TAGS = frozenset(["li", "div", "article", "section", "tr", "dl", "dt", "blockquote", "table", "p"])
MOST_GROUPS = 60
MOST_MARKS = 2000
"""Classes and ids, numbers left out, by which elements of a section are put into groups."""

GENERAL = Platform(
    name="repeated elements",
    source="no platform: elements that repeat in a section of comments",
    needle="",
    unit=(),
    body=(
        "[itemprop=text]", ".comment-content", ".comment-text", ".comment-body",
        ".comment__text", ".comment__body",
        ".comment__content", ".commenttext", ".comment_text", ".commentbody", ".comment-message",
        ".message-body", ".message",
        ".*comment*text", ".*comment*body", ".*comment*message",
        ".text", ".body", ".content", ".post-body", ".description",
    ),
    author=(
        "[itemprop=author]", "[rel=author]", ".author", ".username", ".user-name", ".user",
        ".nickname", ".nick", ".name",
        ".comment-author", ".comment__author", ".commentauthor", ".*author*", ".*user*name*",
        ".*nick*", ".fn", "cite",
    ),
    date=("time", ".date", ".time", ".timestamp", ".datetime", ".comment-date", ".comment__date", ".*date*", ".*time*"),
    permalink=(".permalink",),
    likes=(".likes", ".like-count", ".votes", ".vote-count", ".upvotes", ".score"),
    sure=0.7,
)  # fmt: skip


def detect_units(index: Index, signs: Signs) -> list[Unit]:
    """Return the units of the best group of repeated elements in a section of comments.

    Raises:
        CrowdedError: when there are more than a page of its length can hold.
    """
    tree = index.tree
    sections = find_sections(index) + said_sections(index)
    if len(signs.replies) > 1:
        sections.append(Section(1, len(tree.tags), strict=True))
    best: tuple[float, Sequence[int], Pairs | None] = (0.0, (), None)
    for section in sections:
        for group in _groups(tree, section):
            value = _value_of(tree, group, signs, section)
            if value > best[0] or (value == best[0] > 0 and len(group) == 1):
                best = value, group, None
        for row in _rows(tree, section):
            pairs = find_pairs(tree, row, signs, section)
            value = value_pairs(tree, pairs, signs, section) if pairs else 0.0
            if value > best[0]:
                best = value, (), pairs
    if max(len(best[1]), len(best[2].lines) if best[2] else 0) > most_units(tree):
        raise CrowdedError
    return make_units(tree, best[2]) if best[2] else nest_units([tree.node(at) for at in best[1]])


Ranked = tuple[int, int, int, Sequence[int]]
"""A group of elements behind what it is ordered by: the largest first, then the one that begins first."""


def _longest(groups: Iterable[Ranked]) -> list[Sequence[int]]:
    return [group for *_, group in nsmallest(MOST_GROUPS, groups, key=itemgetter(0, 1, 2))]


def _families(tree: Tree, section: Section) -> Iterator[Iterator[int]]:
    """Yield the elements of a section that stand side by side, for each element around some."""
    if section.lo >= section.hi:
        return
    around = [tree.parent[section.lo]]
    while around[-1]:
        around.append(tree.parent[around[-1]])
    for parent in chain(reversed(around), range(section.lo, section.hi)):
        if tree.last[parent] > parent + 1:
            yield _kids(tree, parent, section)


def _kids(tree: Tree, parent: int, section: Section) -> Iterator[int]:
    at, end = parent + 1, min(tree.last[parent], section.hi)
    while at < end:
        if at >= section.lo:
            yield at
        at = tree.last[at]


def _rows(tree: Tree, section: Section) -> list[Sequence[int]]:
    """Return the elements of a section that stand side by side, equal by tag and classes, from two on."""

    def rows() -> Iterator[Ranked]:
        for family in _families(tree, section):
            held: dict[tuple[str, tuple[str, ...]], array[int]] = {}
            for at in family:
                tag = tree.tags[at]
                if tag.name in LINE_TAGS and tree.text_hi[at] > tree.text_lo[at]:
                    held.setdefault((tag.name, tag.classes), array("i")).append(at)
            for row in held.values():
                if len(row) > 1:
                    yield -len(row), row[0], 0, row

    return _longest(rows())


def _groups(tree: Tree, section: Section) -> list[Sequence[int]]:
    """Return the elements of a section by tag and classes, groups that might be comments only."""
    fits = bytearray(section.hi - section.lo)
    named: dict[tuple[str, str], tuple[int, array[int]]] = {}
    for at in range(section.lo, section.hi):
        tag = tree.tags[at]
        if tag.name in MEMBER_TAGS and tree.text_hi[at] > tree.text_lo[at]:
            node = tree.node(at)
            if says(node, IS_FORM):
                continue
            fits[at - section.lo] = 1
            for rank, mark in enumerate(_marks(node)):
                key = tag.name, mark
                if key in named or len(named) < MOST_MARKS:
                    named.setdefault(key, (rank, array("i")))[1].append(at)

    def groups() -> Iterator[Ranked]:
        for rank, group in named.values():
            yield -len(group), group[0], rank, group
        for family in _families(tree, section):
            held: dict[str, array[int]] = {}
            for at in family:
                if fits[at - section.lo]:
                    held.setdefault(tree.tags[at].name, array("i")).append(at)
            for group in held.values():
                yield -len(group), group[0], MOST_MARKS, group

    return _longest(groups())


def _marks(node: Node) -> Iterable[str]:
    """Return classes and id of an element without the numbers in them, each once."""
    marks = dict.fromkeys(map(_plain, node.classes))
    return (*marks, "#" + _plain(node.id)) if node.id else marks


def _plain(name: str) -> str:
    return re.sub(r"\d+", "", name)


def _value_of(tree: Tree, group: Sequence[int], signs: Signs, section: Section) -> float:
    """Return how much a group looks like comments: the number of its members that do, or 0."""
    good = 0.0
    alike = 0
    first = tree.node(group[0])
    singular = says(first, IS_ONE)
    sure_of_name = 0.8 if singular and section.named else 0.5 if section.named else 0.0
    told = section.count is not None and 0.75 * section.count <= len(group) <= section.count
    answered = 0
    for i, at in enumerate(group):
        own, own_end = tree.text_lo[at], tree.text_hi[at]
        if i + 1 < len(group) and group[i + 1] < tree.last[at]:
            own_end = tree.text_lo[group[i + 1]]
        if tree.weight[own_end] - tree.weight[own] <= 20:
            continue
        dated = 0 < count_between(signs.dates, own, own_end) <= 3
        named = _names_author(tree, at, own_end)
        reply = 0 < count_between(signs.replies, own, own_end) <= 2
        answered += reply
        alike += dated or named or reply
        if section.strict and not (told and dated):
            good += 1.0 if reply and (dated or named) else 0.0
        elif dated:
            good += 1.0 if named or reply else 0.75
        elif named:
            good += 0.75 if reply or told else sure_of_name
        elif reply and not section.strict:
            good += 0.5
    alone = len(group) == 1
    enough = 0.75 if section.count == 1 else 1.0 if answered or section.named else 2.0
    single = alone and not section.strict and good >= enough
    linked = 2 * tree.link_size(first) > tree.size(first) and not answered and section.count != 1
    if alone and (linked or says(first, IS_RIM)):
        return 0.0
    if good < 0.6 * len(group) or (alone and not singular and not single):
        return 0.0
    if good < (0.75 if singular or single else 1.4):
        return 0.0
    if alone and not singular and _holds_form(tree, first):
        return 0.0
    covered = sum(tree.size_of(at) for i, at in enumerate(group) if i == 0 or at >= tree.last[group[i - 1]])
    total = tree.weight[tree.text_hi[section.hi - 1]] - tree.weight[tree.text_lo[section.lo]] or 1
    good *= (1.5 if singular else 1.0) * alike / len(group)
    return good * (0.3 + min(1.0, covered / total))


def _holds_form(tree: Tree, node: Node) -> bool:
    """Whether there is a field to write in."""
    return any(tree.tags[i].name in ("form", "textarea") for i in range(node.index, node.last))


def _names_author(tree: Tree, at: int, text_hi: int) -> bool:
    """Whether a short text in the head of an element is marked as a name."""
    for place in range(tree.text_lo[at], min(text_hi, tree.text_lo[at] + 6)):
        up: Node | None = tree.owner(place)
        for _ in range(3):
            if up is None or up.index == at:
                break
            if tree.span(place) < 80 and furniture_kind(up) == HEAD:
                return True
            up = up.parent
    return False
