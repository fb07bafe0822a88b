"""Splitting an HTML page: rules of known platforms first, then whatever repeats like comments."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import attrgetter

from comments.model import Comment, Page, ParentEvidence, Span, Split, SplitReason, partition
from comments.split.decode import page_text
from comments.split.html_article import find_article, subtract
from comments.split.html_bodies import Part, dissect_named, dissect_rest
from comments.split.html_columns import NONE, Columns, find_columns
from comments.split.html_confidence import confidence_of, weigh_page
from comments.split.html_counts import Declared, find_declared, reason_for
from comments.split.html_detect import GENERAL, detect_units
from comments.split.html_facts import add_facts
from comments.split.html_furniture import Place
from comments.split.html_names import add_names
from comments.split.html_parents import read_answer, tie_parents
from comments.split.html_signs import find_signs
from comments.split.html_units import CrowdedError, Unit, find_units, unit_end
from comments.split.json_ld import PageData, read_json_ld
from comments.split.json_ld_fill import fill_in, notes_on, reason_with
from comments.split.marks import Index
from comments.split.platform_rule import Platform
from comments.split.platforms import PLATFORMS
from comments.split.tokens import unit_width
from comments.split.tree import Tree

BODY_NAMED, LEFT_OVER, UNNAMED = 0.99, 0.97, 0.94
"""How often a comment is whole whose text has an element of its own, is what a rule leaves of one, or was found by
what repeats: rounded down from docs/evaluation.md."""
MANY = 0.6
"""Part of the comments that a page declares which a rule has to find, or else what repeats is asked as well."""

CROWDED: SplitReason = "more comments than a page of its length can hold"
LOOKED_FOR = frozenset(["itemprop", "rel", "role"]).union(*(platform.attributes for platform in PLATFORMS))
"""Names of attributes that decide which rules are tried, or that all pages are searched for."""
_ATTRIBUTES = {platform.name: platform.attributes for platform in PLATFORMS}


@dataclass(frozen=True, slots=True)
class Found:
    """The comments of a page, by which rule, and how many pingbacks were set aside."""

    platform: Platform | None
    parts: list[Part]
    units: list[Unit]
    pings: int = 0


@dataclass(frozen=True, slots=True)
class Taken:
    """A page taken apart, in code units, with what each decision rests on."""

    tree: Tree
    found: Found
    article: list[Place]
    why_article: str
    declared: Declared
    index: Index
    data: PageData


def split_html(page: Page) -> Split:
    """Take an HTML page apart into article, comments and furniture."""
    try:
        taken = _take_apart(page)
    except CrowdedError:
        return Split(page, partition(len(page.data), []), "", (), reason=CROWDED, method="html")
    if taken is None:
        return Split(page, partition(len(page.data), []), "", (), confidence=1.0, reason="page is empty", method="html")
    data, found, tree = taken.data, taken.found, taken.tree
    width, src, count, article = tree.width, tree.src, taken.declared.count, taken.article
    answers = [read_answer(tree, part) for part in found.parts]
    facts = list(_read_facts(found.parts, by_rule=found.platform is not GENERAL))
    confidence = confidence_of(weigh_page(found.platform, found.parts, found.pings, taken.declared))
    reason = None if facts else reason_with(tree, data, reason_for(taken.index, taken.declared))
    notes = tuple(_notes(taken))
    method = f"html: {found.platform.name}" if found.platform else "html"
    tree.forget_nodes()
    # Texts are made when nothing is left but the page and what was found in it.
    del taken, found, tree
    filled = fill_in(tuple(_make_comments(page, src, facts)), data)
    comments = tie_parents(answers, filled.comments)
    notes += notes_on(data, filled)
    del answers, facts, filled, data
    texts = {place: page_text(src, page.data, page.encoding, *place) for place in article}
    del src
    pieces = [Span(a * width, b * width, "article") for (a, b), text in texts.items() if text]
    spans = [Span(c.start, c.end, "comment") for c in comments]
    return Split(
        page,
        partition(len(page.data), spans + pieces),
        "\n".join(text for text in texts.values() if text),
        comments,
        declared_count=count,
        confidence=confidence,
        reason=reason,
        method=method,
        notes=notes,
    )


def _notes(taken: Taken) -> Iterator[str]:
    if taken.found.pings:
        yield f"{taken.found.pings} pingbacks or trackbacks set aside"
    if taken.tree.passed:
        yield f"more mark-up than any page of its length: {taken.tree.passed} tags, classes or ids not heeded"


def explain_html(page: Page) -> list[tuple[int, int, str, str]]:
    """Return every span of a page as ``(start, end, role, why)``."""
    try:
        taken = _take_apart(page)
    except CrowdedError:
        return [(0, len(page.data), "furniture", CROWDED)]
    if taken is None:
        return [(0, len(page.data), "furniture", "the page holds no text")] if page.data else []
    rows: dict[int, str] = {}
    width = taken.tree.width
    platform = taken.found.platform
    for part in taken.found.parts:
        if platform is not None:
            place = part.body or "what is left of it without names, dates and buttons"
            rows[part.start * width] = f"{platform.name}: {part.unit.node!r}, text in {place}"
    for start, _ in taken.article:
        rows[start * width] = taken.why_article
    split = split_html(page)
    at = taken.data.start * width
    told = next((s.start for s in split.spans if s.start <= at < s.end and s.role == "furniture"), None)
    if told is not None and split.notes:
        rows[told] = "in no article and no comment; " + "; ".join(split.notes)
    return [(s.start, s.end, s.role, rows.get(s.start, "in no article and no comment")) for s in split.spans]


def _take_apart(page: Page) -> Taken | None:
    tree = Tree(page.data, page.encoding, LOOKED_FOR)
    data = read_json_ld(page, tree.src)
    if not tree.text_owner and not data.comments:
        return None
    index = Index(tree)
    found = _find_comments(index)
    places = _places(tree, found)
    declared = find_declared(index, places)
    if found.platform not in (None, GENERAL) and _too_few(found, declared):
        # A rule may know the outside of a theme that has changed its inside.
        other = _find_repeated(index)
        if len(found.parts) < len(other.parts) <= (declared.count or 0):
            found, places = other, _places(tree, other)
    if declared.count is None and not found.parts:
        declared = replace(declared, count=data.count)
    article, why = find_article(index, places)
    if found.parts:
        # A unit is taken as a whole; this holds even where mark-up overlaps in ways no rule foresees.
        article = [rest for a, b in article for rest in subtract(a, b, _between(found.parts, a, b))]
    return Taken(tree, found, article, why, declared, index, data)


def _places(tree: Tree, found: Found) -> list[Place]:
    """Return where comments stand; those between which there is no text as one."""
    places: list[Place] = []
    last = -1
    for unit in found.units:
        if _stands_alone(unit):
            start = tree.start[unit.lo]
            if places and last == unit.text_lo and start >= places[-1][1]:
                start = places.pop()[0]
            places.append((start, unit_end(tree, unit)))
            last = unit.text_hi
    return places


def _too_few(found: Found, declared: Declared) -> bool:
    """Whether a page says that it has far more comments than were found."""
    return declared.count is not None and len(found.parts) + found.pings < MANY * declared.count


def _stands_alone(unit: Unit) -> bool:
    """Whether a unit lies in no other one: a reply may also follow what it answers."""
    return unit.parent is None or unit.lo >= unit.parent.hi


def _between(parts: list[Part], start: int, end: int) -> list[Place]:
    """Return where those of ordered, separate comments stand that reach into ``[start, end)``."""
    first = bisect_right(parts, start, key=attrgetter("end"))
    return [(part.start, part.end) for part in parts[first : bisect_left(parts, end, key=attrgetter("start"))]]


def _find_comments(index: Index) -> Found:
    pings: Found | None = None
    for platform in PLATFORMS:
        if index.may_hold(platform.needle, _ATTRIBUTES[platform.name], in_names=platform.named):
            found = _dissect_all(index, find_units(index, platform), platform)
            if found.parts:
                return found
            pings = pings or (found if found.pings else None)
    found = _find_repeated(index)
    if pings is not None and not _beside(found, pings):
        return pings
    return found


def _find_repeated(index: Index) -> Found:
    signs = find_signs(index.tree)
    units = detect_units(index, signs)
    return _dissect_all(index, units, GENERAL, find_columns(index.tree, units, signs))


def _columns_of(index: Index, units: list[Unit]) -> Columns:
    """Return what the units of a rule that knows no element for their text have in the same places."""
    ends = max(unit.text_hi for unit in units)
    return find_columns(index.tree, units, find_signs(index.tree, units[0].text_lo, ends))


def _beside(found: Found, pings: Found) -> bool:
    """Whether comments were found, and all of them outside of what is known to be pingbacks."""
    taken = [(unit.lo, unit.hi) for unit in pings.units]
    return bool(found.parts) and not any(lo <= part.unit.lo < hi for part in found.parts for lo, hi in taken)


def _dissect_all(index: Index, units: list[Unit], platform: Platform, columns: Columns = NONE) -> Found:
    named = [dissect_named(index, unit, platform, columns) for unit in units]
    if platform is not GENERAL and not platform.needs_body and 1 < len(units) < 2 * named.count(None):
        columns = _columns_of(index, units)
    parts = [
        part
        for unit, held in zip(units, named, strict=True)
        if (part := held or dissect_rest(index, unit, platform, columns)) is not None
    ]
    if not parts:
        return Found(None, [], [])
    kept: list[Part] = []
    for part in sorted(parts, key=lambda p: (p.start, p.end)):
        if not part.ping and part.start < part.end and (not kept or part.start >= kept[-1].end):
            add_facts(index, part, platform)
            kept.append(part)
    if len(kept) > 1 and 2 * sum(part.author is None for part in kept) > len(kept):
        add_names(index.tree, kept)
    return Found(platform, kept, units, sum(part.ping for part in parts))


Facts = tuple[
    int, int, str | None, str | None, str | None, int, int | None, ParentEvidence, str | None, int | None, float
]
"""What a comment is beside its text, in the order of :class:`Comment`."""


def _read_facts(parts: list[Part], *, by_rule: bool) -> Iterator[Facts]:
    """Yield what each comment is beside its text; places are in code units."""
    nested = any(part.unit.parent is not None for part in parts)
    places = {id(part.unit): i for i, part in enumerate(parts)} if nested else {}
    for place, part in enumerate(parts):
        depth, parent, up = 1, None, part.unit.parent
        while up is not None:
            depth += 1
            if parent is None:
                # Where the mark-up puts a reply above the text it answers, the two are not tied.
                parent = above if (above := places.get(id(up), place)) < place else None
            up = up.parent
        evidence: ParentEvidence = "nesting" if parent is not None else "none"
        confidence = BODY_NAMED if part.plain else LEFT_OVER if by_rule else UNNAMED
        yield (
            part.start, part.end, part.author, part.posted_at, part.created_at, depth, parent, evidence,
            part.permalink, part.likes, confidence,
        )  # fmt: skip


def _make_comments(page: Page, src: str, facts: list[Facts]) -> Iterator[Comment]:
    """Yield the comments, each letting go of its facts."""
    width = unit_width(page.encoding)
    facts.reverse()
    while facts:
        start, end, author, posted_at, created_at, depth, parent, evidence, permalink, likes, confidence = facts.pop()
        text = page_text(src, page.data, page.encoding, start, end)
        if width > 1:
            start, end = start * width, end * width
        yield Comment(
            text, start, end, author, posted_at, created_at, depth, parent, evidence, permalink, likes, confidence
        )
