"""What stands in the same place of every repeated comment: its text, and its buttons and labels.

Comments that no rule knows were still printed by one template, so that each of its parts is an element of the same
kind at the same depth (after RoadRunner; Crescenzi, Mecca and Merialdo 2001). The part that is in nearly all of
them, once in each, without date and without a button to answer, and that holds most of the text, is the comment's
text. A short text that is the same in most of them is a button or a label.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from comments.split.html_signs import Signs, count_between
from comments.split.html_units import Unit, own_texts
from comments.split.html_words import HEAD, furniture_kind
from comments.split.tree import Tree

MOST = 0.9
"""Part of the comments in which the text's element has to be."""
SAME = 0.6
"""Part of the comments in which a text stands that is a label."""
LONGEST_LABEL, LONGEST_TITLE = 40, 80
LONGEST_HEADING, LONGEST_BYLINE = 60, 80
"""Signs of text, in the mean, of a heading and of a line with a date."""
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "dt"])
ELSEWHERE = 60
"""Signs of text a comment that may stand in other parts: names and titles."""
_WRITTEN = frozenset(["p", "blockquote", "dd"])
"""Elements in which several people may have written the same."""
_BLOCKS = frozenset((
    "div", "p", "ul", "ol", "li", "dl", "table", "tr", "td", "blockquote", "section", "article", "pre",
))  # fmt: skip
"""Elements that stand in no line of name and date."""
_BOXES = frozenset(["li", "div", "td"])
"""Elements in which a longer text may be what several people pasted."""
_DIGITS = re.compile(r"\d+")
DEEPEST = 12
"""Elements below a comment's own in which its parts are looked for."""
Path = tuple[str, ...]
Column = tuple[Sequence[int], Sequence[int]]
"""Elements in the same place of several comments: which comments, and which elements."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the comments of a page have in the same places.

    Attributes:
        bodies: the element that holds a comment's text by the comment's first element, as places among all elements.
        labels: texts that are the same in most comments, as places among all texts.
    """

    bodies: dict[int, int] = field(default_factory=dict)
    labels: frozenset[int] = frozenset()


NONE = Columns()


def find_columns(tree: Tree, units: Sequence[Unit], signs: Signs) -> Columns:
    """Return the columns of comments that stand in elements which repeat; none for a single one."""
    if len(units) < 2:
        return NONE
    texts = [own_texts(unit) for unit in units]
    labels = _find_labels(tree, units, texts)
    columns = regular_columns(tree, units)
    for _, places in sorted(columns.values(), key=lambda column: sum(map(tree.size_of, column[1]))):
        if _is_edge(tree, places, signs):
            more = labels.union(*(range(tree.text_lo[at], tree.text_hi[at]) for at in places))
            # Where next to nothing would be left, it was the text.
            if sum(not more.issuperset(own) for own in texts) >= MOST * len(units):
                labels = more
    sizes: dict[Path, int] = {}
    for path, (_, places) in columns.items():
        if furniture_kind(tree.node(places[0])) != HEAD and not _is_marked(tree, places, signs):
            size = sum(tree.size_of(at) - _label_size(tree, at, labels) for at in places)
            # Of two that hold the same text the one without labels counts for a little more.
            sizes[path] = 100 * size - sum(_label_size(tree, at, labels) > 0 for at in places)
    if not sizes:
        return Columns(labels=frozenset(labels))
    best = max(sizes, key=lambda path: (sizes[path], -len(path)))
    bodies = {units[i].lo: at for i, at in zip(*columns[best], strict=True)}
    return Columns(bodies if _holds_most(tree, units, texts, bodies, labels, signs) else {}, frozenset(labels))


def regular_columns(tree: Tree, units: Sequence[Unit]) -> dict[Path, Column]:
    """Return the elements that stand once in nearly every unit, by the tags and classes that lead to them.

    Args:
        tree: the page.
        units: the comments; a column tells them by their places here.
    """
    columns: dict[Path, tuple[array[int], array[int]]] = {}
    for i, unit in enumerate(units):
        for path, at in _paths(tree, unit):
            column = columns.get(path)
            if column is None:
                # What the first comments do not have cannot be in nearly all of them.
                if len(units) - i < MOST * len(units):
                    continue
                column = columns[path] = array("i"), array("i")
            column[0].append(i)
            column[1].append(at)
    return {
        path: column
        for path, column in columns.items()
        if len(column[0]) >= MOST * len(units) and all(a < b for a, b in pairwise(column[0]))
    }


def _paths(tree: Tree, unit: Unit) -> Iterator[tuple[Path, int]]:
    """Yield the elements of a unit that hold text and no reply, with the tags and classes that lead to each."""
    paths: dict[int, Path] = {}
    kids = [kid.lo for kid in unit.kids]
    at = unit.lo
    while at < unit.hi:
        node = tree.node(at)
        kid = bisect_left(kids, at)
        if kid < len(kids) and kids[kid] == at:
            at = unit.kids[kid].hi
            continue
        if at == unit.lo and node.last >= unit.hi:
            paths[at] = ()
        else:
            mark = node.name + "".join("." + _DIGITS.sub("", name) for name in sorted(node.classes)[:2])
            path = (*paths.get(tree.parent[at], ()), mark)
            if len(path) > DEEPEST:
                at = node.last
                continue
            paths[at] = path
            if node.text_lo < node.text_hi and not (kid < len(kids) and kids[kid] < node.last):
                yield path, at
        at += 1


def _is_edge(tree: Tree, places: Sequence[int], signs: Signs) -> bool:
    """Whether elements are lines with a date, or headings."""
    if any(tree.tags[at].name in _BLOCKS for place in places for at in range(place + 1, tree.last[place])):
        return False
    size = sum(map(tree.size_of, places)) / len(places)
    if tree.tags[places[0]].name in HEADINGS:
        return size < LONGEST_HEADING
    dated = sum(count_between(signs.dates, tree.text_lo[at], tree.text_hi[at]) > 0 for at in places)
    return size < LONGEST_BYLINE and dated >= MOST * len(places)


def _is_marked(tree: Tree, places: Sequence[int], signs: Signs) -> bool:
    """Whether half of the elements hold a date or a button to answer."""
    marked = sum(
        count_between(signs.dates, tree.text_lo[at], tree.text_hi[at]) > 0
        or count_between(signs.replies, tree.text_lo[at], tree.text_hi[at]) > 0
        for at in places
    )
    return 2 * marked >= len(places)


def _find_labels(tree: Tree, units: Sequence[Unit], texts: Sequence[Sequence[int]]) -> set[int]:
    places: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for i, own in enumerate(texts):
        for place in own:
            if tree.span(place) <= 2 * LONGEST_TITLE:
                line = _DIGITS.sub("0", tree.line_at(place))
                owner = tree.owner(place)
                most = LONGEST_LABEL if owner.name in _BOXES else LONGEST_TITLE
                if len(line) <= most and owner.name not in _WRITTEN and owner.index > units[i].node.index:
                    places.setdefault((line, owner.name, " ".join(owner.classes)), []).append((i, place))
    least = max(SAME * len(units), 3 if len(units) > 2 else 2)
    held = Counter({key: len({i for i, _ in found}) for key, found in places.items()})
    return {place for key, found in places.items() if held[key] >= least for _, place in found}


def _label_size(tree: Tree, at: int, labels: set[int]) -> int:
    if not labels:
        return 0
    return sum(tree.weight[p + 1] - tree.weight[p] for p in range(tree.text_lo[at], tree.text_hi[at]) if p in labels)


def _holds_most(
    tree: Tree, units: Sequence[Unit], texts: Sequence[Sequence[int]], bodies: dict[int, int], labels: set[int],
    signs: Signs,
) -> bool:  # fmt: skip
    """Whether little but names and titles stands outside of the texts found."""
    inside = outside = 0
    dated = set(signs.dates) | set(signs.replies) | labels
    for unit, own in zip(units, texts, strict=True):
        body = bodies.get(unit.lo)
        for place in own:
            size = tree.weight[place + 1] - tree.weight[place]
            if body is not None and tree.text_lo[body] <= place < tree.text_hi[body]:
                inside += size
            elif place not in dated:
                outside += size
    return outside <= min(inside, max(ELSEWHERE * len(units), inside / 4))
