"""Split a plain-text page: article, comments, furniture."""

from __future__ import annotations

from dataclasses import dataclass, replace

from comments.model import Comment, Page, Role, Span, Split, SplitReason, partition
from comments.split.confidence import (
    bare_confidence,
    comment_confidence,
    comment_facts,
    page_confidence,
    page_facts,
)
from comments.split.lines import MOST, decode, read_lines
from comments.split.lists import set_depths
from comments.split.text_article import find_article
from comments.split.text_bodies import Body
from comments.split.text_bylines import Piece, read_pieces
from comments.split.text_evidence import FLOOR, Section
from comments.split.text_quiet import SMALL
from comments.split.text_region import Region, find_marked_region, find_region
from comments.split.text_sections import find_sections
from comments.split.text_units import Unit
from comments.split.thread import find_places

REGIONS = {
    "region": "stands under a heading that announces comments; nothing tells them apart",
    "voice": "below the line at which the voice changes from an article's to readers'; nothing tells them apart",
}
"""Why a line belongs to a stretch of comments whose boundaries are unknown."""
UNDIVIDED: SplitReason = "comment section found, but the boundaries of its comments are unknown"
WHY: dict[str, str] = {
    "marker": "list marker",
    "says": "a name and a verb of saying: opens a comment",
    "dated": "a name and a date: belongs to a comment or to the article's byline",
    "date": "a date",
    "avatar": "an avatar's text",
    "control": "a button or label",
    "reply to": "says who is answered",
    "pingback": "a pingback, not a comment",
    "heading": "announces comments",
    "form": "belongs to the comment form, or says that comments are closed",
    "closer": "opens what stands after the comments",
    "rule": "a drawn line or an input field",
}
"""What a line outside article and comments looked like."""
LISTED = "nothing but a picture, or a link's address listed under the page"


def split_text(page: Page) -> Split:
    """Return the article, the comments and the furniture of a plain-text page.

    Args:
        page: any page; its bytes are read as text, whatever they are.
    """
    if page.data.count(b"\n") > MOST:
        reason: SplitReason = "no comment section found"
        return Split(page, partition(len(page.data), []), "", (), reason=reason, method="text", notes=("too long",))
    lines = read_lines(page)
    pieces = read_pieces(lines)
    if not pieces:
        return Split(page, partition(len(page.data), []), "", (), reason="page is empty", confidence=1.0, method="text")
    found = decide(pieces)
    comments = make_comments(page, pieces, found)
    outcome = found.form if found.region else found.reason
    confidence = bare_confidence(outcome)
    if found.section and comments:
        facts = page_facts(found.section, comments)
        confidence = page_confidence(facts)
        sure = [comment_confidence(comment_facts(facts, comments, at)) for at in range(len(comments))]
        comments = tuple(replace(c, confidence=chance) for c, chance in zip(comments, sure, strict=True))
    article = find_article(pieces, found.stop)
    spans = _article_spans(pieces, article, found.stop)
    text = "".join(decode(page, s.start, s.end) for s in spans)
    spans += [Span(c.start, c.end, "comment") for c in comments]
    return Split(
        page, partition(len(page.data), spans), text.strip(), comments, declared_count=found.count,
        confidence=confidence, reason=found.reason if not found.section or not comments else None,
        method=f"text {found.form}" if comments else "text",
    )  # fmt: skip


def explain_text(page: Page) -> list[tuple[int, Role, str]]:
    """Return number, role and reason of every line of the page."""
    if page.data.count(b"\n") > MOST:
        return [(1, "furniture", "too long to be a page")]
    lines = read_lines(page)
    kinds = {p.line.number: p for p in read_pieces(lines)}
    split = split_text(page)
    starts = {c.start: k for k, c in enumerate(split.comments, 1)}
    told = REGIONS.get(split.method.removeprefix("text "))
    at = 0
    out: list[tuple[int, Role, str]] = []
    for line in lines:
        while at + 1 < len(split.spans) and split.spans[at].end <= line.start:
            at += 1
        role = (
            split.spans[at].role
            if split.spans[at].start <= line.start or line.end > split.spans[at].start
            else "furniture"
        )
        piece = kinds.get(line.number)
        why = told if told and piece and role == "comment" else _why(piece, role, starts.get(line.start))
        out.append((line.number, role, why if piece or line.blank else LISTED))
    return out


def _why(piece: Piece | None, role: Role, ordinal: int | None) -> str:
    """Say why a line was taken as what it is."""
    if piece is None:
        return "empty line"
    if role == "comment":
        return f"comment {ordinal} begins here" if ordinal else "goes on with the comment above"
    if role == "article":
        return "stands in the stretch with the most prose, before the comments"
    return WHY.get(piece.kind, "stands outside the article and the comments")


@dataclass(frozen=True, slots=True)
class Decision:
    """Where the comments of a page are, or why there are none.

    Attributes:
        reason: why there are no single comments.
        stop: index of the piece at which the article has ended.
        count: how many comments the page declares, or None.
        section: the single comments.
        region: a stretch of comments whose boundaries are unknown.
        form: what the comments were told by.
    """

    reason: SplitReason
    stop: int
    count: int | None = None
    section: Section | None = None
    region: Region | None = None
    form: str = ""


def decide(pieces: list[Piece]) -> Decision:
    """Take the section with the most evidence, else a region, else say why there is none."""
    found, zones = find_sections(pieces)
    none: SplitReason = "no comment section found"
    good = [s for s in found if s.score >= FLOOR and any(b.stop > b.first for b in s.bodies)]
    if good:
        best = max(good, key=lambda s: (s.score, len(s.bodies)))
        count = best.heading.count if best.heading else None
        return Decision(none, best.start, count, best, form=best.form)
    for zone in zones:
        if zone.heading and zone.heading.strong and zone.heading.count:
            count = zone.heading.count
            region = find_marked_region(pieces, zone.top, zone.start, zone.stop)
            if region:
                return Decision(UNDIVIDED, zone.top, count, region=region, form="region")
            # Some pages count their comments under them.
            region = find_region(pieces[: zone.top])
            if region and sum(p.line.size for p in pieces[region.first : region.stop]) <= SMALL * count:
                return Decision(UNDIVIDED, region.first, count, region=region, form="voice")
            return Decision("comment section found, but it is empty", zone.top, count)
    for zone in zones:
        # "Comments" alone may stand in any menu; between it and a comment form are comments.
        if zone.heading and zone.stop < len(pieces) and pieces[zone.stop].kind == "form":
            region = find_marked_region(pieces, zone.top, zone.start, zone.stop)
            if region:
                return Decision(UNDIVIDED, zone.top, region=region, form="region")
    region = find_region(pieces)
    if region:
        return Decision(UNDIVIDED, region.first, region=region, form="voice")
    if found:
        return Decision("too little evidence that the list is made of comments", len(pieces))
    return Decision(none, len(pieces))


def make_comments(page: Page, pieces: list[Piece], found: Decision) -> tuple[Comment, ...]:
    """Return the comments that were decided on, each with its place; how sure they are is not yet said."""
    if found.region:
        start, end = pieces[found.region.first].line.start, pieces[found.region.stop - 1].line.end
        return (Comment(decode(page, start, end), start, end, confidence=0.0, whole=False),)
    return _single_comments(page, pieces, found.section) if found.section else ()


def _single_comments(page: Page, pieces: list[Piece], section: Section) -> tuple[Comment, ...]:
    depths = set_depths([b.unit for b in section.bodies])
    kept = [(b, d) for b, d in zip(section.bodies, depths, strict=True) if b.stop > b.first]
    ends = [_body_span(pieces, b) for b, _ in kept]
    texts = [decode(page, a, b) for a, b in ends]
    units = [b.unit for b, _ in kept]
    _split_names(units, [d for _, d in kept])
    places = find_places([d for _, d in kept], [u.author for u in units], [u.replies_to for u in units], texts)
    return tuple(
        Comment(text, start, end, unit.author, unit.date, depth=place.depth, parent=place.parent,
                parent_evidence=place.evidence)
        for text, (start, end), unit, place in zip(texts, ends, units, places, strict=True)
    )  # fmt: skip


def _split_names(units: list[Unit], depths: list[int]) -> None:
    """Take the parent's name off a reply's byline: some systems print both in one line."""
    path: list[str | None] = []
    for unit, depth in zip(units, depths, strict=True):
        del path[depth - 1 :]
        above = path[-1] if path else None
        if unit.author and above and unit.author.endswith(" " + above):
            unit.author = unit.author[: -len(above)].strip(" \t>→▶»-–—")
        path.append(unit.author)


def _body_span(pieces: list[Piece], body: Body) -> tuple[int, int]:
    return pieces[body.first].line.start, pieces[body.stop - 1].line.end


def _article_spans(pieces: list[Piece], article: set[int], stop: int) -> list[Span]:
    """Return the spans of runs of article lines; empty lines between two of them belong to both."""
    inside = sorted(at for at in article if at < stop)
    firsts = [at for at in inside if at - 1 not in article]
    lasts = [at for at in inside if at + 1 not in article or at + 1 == stop]
    return [
        Span(pieces[first].line.first, pieces[last].line.last, "article")
        for first, last in zip(firsts, lasts, strict=True)
    ]
