"""What in a comment's element is its text, and what is its head and tail: names, dates, buttons."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from comments.split.html_columns import Columns
from comments.split.html_trim import PARAGRAPHS, trim_run
from comments.split.html_units import Unit, in_reply, own_texts
from comments.split.html_words import HEAD, OWN, furniture_kind, is_quote
from comments.split.marks import Index
from comments.split.platform_rule import Platform
from comments.split.tree import Node, Tree, trim

_PING = re.compile(r"^(?:pingback|trackback|trackbacks|ping|pings)$", re.IGNORECASE)
_PING_TEXT = re.compile(r"^\s*(?:pingback|trackback|pingbacks|trackbacks)\b\s*(?:by|from|de|von|:)", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_CUT_START = re.compile(r"\[(?:…|\.\.\.)\]|.{0,300}\n\s*\[(?:…|\.\.\.)\]", re.DOTALL)
_CUT_END = re.compile(r"\[(?:…|\.\.\.)\]$")
_AWAITING = re.compile(
    r"(?:comment is awaiting|awaiting (?:moderation|approval)|wartet auf (?:Moderation|Freischaltung|"
    r"Freigabe)|"
    r"en attente de modération|pendiente de moderación|in attesa di moderazione|wacht op moderatie)",
    re.IGNORECASE,
)


MOST_TEXTS = 2_000
"""Texts of a comment: what has more is none. The longest of the development pages has 133."""


@dataclass(slots=True)
class Part:
    """What was found in a unit: the comment's own text, and the facts around it."""

    unit: Unit
    start: int
    end: int
    author: str | None = None
    posted_at: str | None = None
    created_at: str | None = None
    permalink: str | None = None
    likes: int | None = None
    ping: bool = False
    plain: bool = False
    body: str = ""


def dissect_named(index: Index, unit: Unit, platform: Platform, columns: Columns) -> Part | None:
    """Return the parts of a unit whose text stands in an element that the rule knows, None where there is none.

    Args:
        index: the page.
        unit: the comment's element.
        platform: which elements hold what.
        columns: what all units have in the same places.
    """
    tree = index.tree
    own = own_texts(unit)
    if len(own) > MOST_TEXTS:
        return None
    for pattern in platform.body:
        for node in index.inside(pattern, unit.lo, unit.hi):
            if tree.size(node) and node.index != unit.lo and not in_reply(unit, node):
                span = _body_span(tree, unit, node, own, columns.labels)
                if span is not None:
                    part = Part(unit, span[0], span[1], plain=span[2], body=pattern)
                    part.ping = is_ping(tree, part)
                    return part
    return None


def dissect_rest(index: Index, unit: Unit, platform: Platform, columns: Columns) -> Part | None:
    """Return the parts of a unit whose text is what stands in the same place of all, or else what is left of it."""
    if platform.needs_body:
        return None
    tree = index.tree
    own = own_texts(unit)
    if len(own) > MOST_TEXTS:
        return None
    place = columns.bodies.get(unit.lo)
    body = tree.node(place) if place is not None else None
    span = _body_span(tree, unit, body, own, columns.labels) if body is not None else None
    if span is not None and body is not None and span[:2] == (body.inner, body.inner_end):
        span = (body.start, body.end, span[2])
    span = span or _body_span(tree, unit, None, own, columns.labels)
    if span is None:
        return None
    part = Part(unit, span[0], span[1])
    part.ping = is_ping(tree, part) or (not platform.needle and _is_excerpt(tree, part))
    return part


def is_ping(tree: Tree, part: Part) -> bool:
    """Whether a unit is a pingback or trackback."""
    if any(_PING.match(c) for c in part.unit.node.classes):
        return True
    unit = part.unit
    if unit.text_lo < unit.text_hi:
        return _PING_TEXT.match(tree.text_at(unit.text_lo, 60)) is not None
    return False


def _is_excerpt(tree: Tree, part: Part) -> bool:
    """Whether a text is cut at both ends: what WordPress shows of a page that links here."""
    text = tree.text(part.start, min(part.end, part.start + 1000))
    plain = _TAG.sub("", text).strip()
    return len(text) < 1000 and _CUT_START.match(plain) is not None and _CUT_END.search(plain) is not None


def _body_span(
    tree: Tree, unit: Unit, body: Node | None, own: Sequence[int], labels: frozenset[int], *, named: bool = True
) -> tuple[int, int, bool] | None:
    """Return where the comment's text stands in ``body`` (or in the whole unit), and whether that is plain.

    Where everything is furniture by name (``named``), what holds paragraphs is not.
    """
    lo, hi = (body.text_lo, body.text_hi) if body is not None else (unit.text_lo, unit.text_hi)
    top = body.index if body is not None else unit.node.index
    verdicts: dict[int, int] = _in_quotes(body) if body is not None else {}
    if body is None:
        spared = _too_large(tree, top, unit, own) if named else _with_paragraphs(tree, top, own)
        verdicts = {node.index: OWN for node in spared}
    runs: list[range] = []
    headed = body is None
    for place in own:
        if not lo <= place < hi:
            continue
        kind = _furnished(tree.owner(place), top, verdicts)
        if kind or place in labels or (tree.span(place) < 200 and _AWAITING.search(tree.text_at(place))):
            headed = headed or kind == HEAD
            continue
        if runs and place == runs[-1].stop:
            runs[-1] = range(runs[-1].start, place + 1)
        else:
            runs.append(range(place, place + 1))
    if not headed:
        runs = _join_runs(tree, runs, own if isinstance(own, range) else set(own))
    runs = [run for run in (trim_run(tree, run, headed, top) for run in runs) if run]
    if not runs:
        return _body_span(tree, unit, None, own, labels, named=False) if body is None and named else None
    best = max(runs, key=lambda run: _run_weight(tree, run, top))
    return (*_widen(tree, best[0], best[-1], body, top), not headed)


def _in_quotes(body: Node) -> dict[int, int]:
    """Return that no element is furniture in the quotations of a comment's text but what says who is quoted."""
    tree = body.tree
    verdicts: dict[int, int] = {}
    if "quot" in tree.src[body.inner : body.inner_end]:
        for at in range(body.index + 1, body.last):
            if at not in verdicts and is_quote(tree.node(at)):
                inside = range(at, tree.last[at])
                verdicts |= {place: OWN for place in inside if furniture_kind(tree.node(place)) != HEAD}
    return verdicts


def _too_large(tree: Tree, top: int, unit: Unit, own: Sequence[int]) -> list[Node]:
    """Elements that hold most of a unit: furniture by name, but the text must be somewhere in them."""
    most = 0.7 * sum(tree.weight[place + 1] - tree.weight[place] for place in own)
    found: list[Node] = []
    at, end = top + 1, min(unit.hi, tree.last[top])
    kids = iter(unit.kids)
    kid = next(kids, None)
    while at < end:
        while kid is not None and kid.lo < at:
            kid = next(kids, None)
        if kid is not None and kid.lo == at:
            at = kid.hi
        elif tree.size_of(at) > most and most > 60:
            found.append(tree.node(at))
            at += 1
        else:
            at = tree.last[at]
    return found


def _with_paragraphs(tree: Tree, top: int, own: Sequence[int]) -> list[Node]:
    """Return the elements below ``top`` that hold a paragraph of a unit's own which is no link."""
    found: dict[int, Node] = {}
    seen: set[int] = set()
    for place in own:
        node: Node | None = tree.owner(place)
        while node is not None and node.index > top and node.index not in seen:
            seen.add(node.index)
            if node.name == "p" and furniture_kind(node) == OWN and tree.size(node) > 2 * tree.link_size(node):
                up: Node | None = node
                while up is not None and up.index > top and up.index not in found:
                    found[up.index] = up
                    up = up.parent
            node = node.parent
    return list(found.values())


def _run_weight(tree: Tree, run: range, top: int) -> int:
    """How much text a run holds; paragraphs count for more than loose words."""
    total = 0
    for place in run:
        node: Node | None = tree.owner(place)
        while node is not None and node.index > top and node.name not in PARAGRAPHS:
            node = node.parent
        size = tree.weight[place + 1] - tree.weight[place]
        total += size * 4 if node is not None and node.index > top else size
    return total


def _furnished(node: Node, top: int, verdicts: dict[int, int]) -> int:
    """Whether an element or one around it (below element ``top``) is furniture, and of which kind."""
    path: list[int] = []
    up: Node | None = node
    verdict = OWN
    while up is not None and up.index > top:
        known = verdicts.get(up.index)
        verdict = furniture_kind(up) if known is None else known
        path.append(up.index)
        if verdict or known is not None:
            break
        up = up.parent
    for place in path:
        verdicts[place] = verdict
    return verdict


def _join_runs(tree: Tree, runs: list[range], own: Container[int]) -> list[range]:
    """Join runs of texts between which only a little furniture of the same comment stands."""
    joined = runs[:1]
    for run in runs[1:]:
        between = range(joined[-1][-1] + 1, run[0])
        gap = tree.weight[run[0]] - tree.weight[joined[-1][-1] + 1]
        if gap <= 80 and all(place in own for place in between):
            joined[-1] = range(joined[-1].start, run.stop)
        else:
            joined.append(run)
    return joined


def _widen(tree: Tree, first: int, last: int, body: Node | None, top: int) -> tuple[int, int]:
    """Return the units from text ``first`` to text ``last`` with the elements that hold nothing else."""
    if body is not None and first == body.text_lo and last == body.text_hi - 1:
        start, end = body.inner, body.inner_end
    else:
        start = tree.text_start[first]
        node = _outermost(tree.owner(first), first, last, top)
        if node is not None:
            start = min(start, node.start)
        end = tree.text_end[last]
        node = _outermost(tree.owner(last), first, last, top)
        if node is not None:
            end = max(end, node.end)
    return trim(tree.src, start, end)


def _outermost(node: Node | None, first: int, last: int, top: int) -> Node | None:
    """Return the largest element around ``node`` that holds no text but ``first`` to ``last``."""
    found: Node | None = None
    while node is not None and node.index > top and node.text_lo >= first and node.text_hi <= last + 1:
        found = node
        node = node.parent
    return found
