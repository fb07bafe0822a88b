"""Where the comment section of a page is: the stretch of lines with the best evidence."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from comments.split.text_bodies import Body, find_bodies, find_bodies_above
from comments.split.text_bylines import Piece
from comments.split.headings import Heading, is_reply
from comments.split.lists import add_items, adopt_units, find_items, name_items
from comments.split.text_units import Unit, find_units

NEAR = 15
"""Pieces that a form or a second heading may hold between a heading and the first comment."""

FLOOR = 3.0
"""Evidence from which on a section is taken to be one of comments."""

# What speaks for a section being one of comments; each row is one observation.
WEIGHTS: dict[str, float] = {
    "a heading counts its comments": 2.5,
    "a heading names comments": 1.5,
    "names are followed by 'says'": 2.0,
    "a button to reply follows": 2.0,
    "dates have a time of day": 1.0,
    "names come with dates": 0.5,
    "a comment form or its closing follows": 1.5,
    "as many as the heading says": 1.0,
    "three or more": 0.5,
    "items of a list": 0.5,
    "replies are nested": 1.0,
    "items are paragraphs": 1.5,
    "items talk to someone": 1.0,
    "the list ends the page": 0.5,
    "bodies are empty or very short": -2.5,
    "heading says that there are none": -4.0,
    "the list was announced": -3.0,
    "a title stands over the list": -1.5,
    "a single item": -1.0,
    "a single name and no heading": -1.5,
    "items are short": -2.0,
    "items look like sources": -3.0,
    "only dates": -1.0,
}
_TALK = re.compile(
    r"\b(?:i|i'm|i’m|i've|i’ve|my|me|you|your|we|thanks|thank|ich|mich|mein|du|sie|wir|danke|je|j'ai|j’ai|moi|mon|vous|"
    r"merci|yo|mi|me|usted|gracias|io|mio|grazie|eu|meu|obrigad[oa]|ik|mijn|jij|bedankt|jag|jeg|tack|takk|tak|я|мне|"
    r"спасибо|ja|dziękuję)\b|[?!]",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", "…", "”", '"', "»", ")", "’")
_SOURCE = re.compile(r"\b(?:et al|doi|https?://|www\.|pp\.|vol\.|isbn|retrieved|ibid|journal of|press,)", re.IGNORECASE)


@dataclass(slots=True)
class Section:
    """A stretch of lines that may be a comment section.

    Attributes:
        start: index of the first piece that belongs to it (its heading, if it has one).
        stop: index of the piece after it.
        bodies: the comments.
        heading: what announced it, if anything did.
        form: ``dump`` (names and dates over the comments), ``foot`` (under them) or ``list``.
        evidence: what speaks for it and against it, with its weight.
    """

    start: int
    stop: int
    bodies: list[Body]
    heading: Heading | None
    form: str
    evidence: dict[str, float] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """Sum of the evidence."""
        return sum(self.evidence.values())


@dataclass(slots=True)
class Zone:
    """Lines between two headings or forms."""

    top: int
    start: int
    stop: int
    heading: Heading | None


def find_sections(pieces: list[Piece]) -> tuple[list[Section], list[Zone]]:
    """Return the candidates for the comment section, and the zones that a heading opens."""
    units = find_units(pieces)
    zones = _zones(pieces, units)
    found: list[Section] = []
    for zone in zones:
        found.extend(_zone_sections(pieces, units, zone))
    if not any(s.score >= FLOOR for s in found):
        found.extend(_last_list(pieces, zones))
    return found, zones


def _zones(pieces: list[Piece], units: list[Unit]) -> list[Zone]:
    firsts = sorted(u.first for u in units)
    zones = [Zone(0, 0, len(pieces), None)]
    known = 0
    for at, piece in enumerate(pieces):
        if piece.kind not in ("heading", "form"):
            continue
        while known < len(firsts) and firsts[known] < at:
            known += 1
        zone = zones[-1]
        busy = (known > 0 and firsts[known - 1] >= zone.start) or any(
            p.line.marker or p.line.size > 100 for p in pieces[zone.start : min(at, zone.start + NEAR)]
        )
        heading = piece.heading
        if not busy and at - zone.start <= NEAR and zone.heading:
            heading = _stronger(zone.heading, heading)
            zones[-1] = Zone(zone.top, at + 1, len(pieces), heading)
            continue
        zone.stop = at
        zones.append(Zone(at, at + 1, len(pieces), heading))
    return zones


def _stronger(old: Heading, new: Heading | None) -> Heading:
    return new if new and (new.strong or not old.strong) else old


def _zone_sections(pieces: list[Piece], units: list[Unit], zone: Zone) -> list[Section]:
    inside = [u for u in units if zone.start <= u.first < zone.stop]
    out = []
    if inside:
        section = _dump(pieces, _main_units(inside), zone)
        if section:
            out.append(section)
    if zone.heading and not any(s.score >= FLOOR for s in out):
        items = adopt_units(find_items(pieces, zone.start, zone.stop), inside)
        if items and not _far(pieces, zone.start, items[0].first):
            name_items(pieces, items, zone.stop)
            bodies = find_bodies(pieces, items, zone.stop)
            section = Section(zone.top, zone.stop, bodies, zone.heading, "list")
            _weigh_list(pieces, section)
            out.append(section)
    return out


def _main_units(units: list[Unit]) -> list[Unit]:
    """Leave out dates under a comment, and what does not look like most of the units."""
    says = [u for u in units if u.says or (u.author and u.date)]
    lone = [u for u in units if not u.says and not (u.author and u.date)]
    if any(u.says for u in units) and len(says) >= 2 and len(lone) <= len(says) + 1:
        named = {id(u) for u in units if u.says}
        if len(named) >= 0.5 * len(says):
            units = [u for u in units if id(u) in named or u.date and u.marker]
    look = Counter((u.says, u.date is not None, bool(u.marker)) for u in units).most_common(1)[0][0]

    def alike(unit: Unit) -> bool:
        mine = (unit.says, unit.date is not None, bool(unit.marker))
        return sum(a == b for a, b in zip(mine, look, strict=True)) >= 2

    first = next((k for k, u in enumerate(units) if alike(u)), 0)
    last = next((k for k in range(len(units) - 1, -1, -1) if alike(units[k])), len(units) - 1)
    return units[first : last + 1]


def _dump(pieces: list[Piece], units: list[Unit], zone: Zone) -> Section | None:
    if not units:
        return None
    below = _prose(pieces, zone.start, units[0].first)
    after = _prose(pieces, units[-1].body, _content_end(pieces, units[-1].body, zone.stop))
    if zone.heading and below and not after and not any(u.marker or u.says for u in units):
        bodies = find_bodies_above(pieces, units, zone.start)
        section = Section(zone.top, zone.stop, bodies, zone.heading, "foot")
    else:
        if zone.heading and _far(pieces, zone.start, units[0].first):
            zone = Zone(units[0].first, units[0].first, zone.stop, None)
        start = zone.start if zone.heading else units[0].first
        units = add_items(pieces, units, start, zone.stop)
        name_items(pieces, units, zone.stop)
        bodies = find_bodies(pieces, units, zone.stop)
        section = Section(zone.top if zone.heading else units[0].first, zone.stop, bodies, zone.heading, "dump")
    _weigh_dump(pieces, section)
    return section


def _prose(pieces: list[Piece], start: int, stop: int) -> bool:
    return any(p.kind == "text" and (not p.short or p.line.size > 25) for p in pieces[start:stop][:40])


def _far(pieces: list[Piece], start: int, stop: int) -> bool:
    """Whether an article lies between a heading and the first comment."""
    return stop - start > 40 or sum(p.line.size > 200 for p in pieces[start:stop]) > 2


def _content_end(pieces: list[Piece], start: int, stop: int) -> int:
    for at in range(start, stop):
        if pieces[at].kind in ("form", "closer", "heading", "rule"):
            return at
    return stop


def _last_list(pieces: list[Piece], zones: list[Zone]) -> list[Section]:
    """Return the list that ends the page, where nothing announces comments."""
    at, best = 0, None
    while at < len(pieces):
        if not pieces[at].line.marker:
            at += 1
            continue
        items = find_items(pieces, at, len(pieces))
        end = _list_end(pieces, items)
        best = (at, items, end)
        at = max(end, at + 1)
    if best is None:
        return []
    start, items, end = best
    rest = [p for p in pieces[end:] if p.kind == "text"]
    if sum(p.line.size for p in rest) > 300 or any(p.line.size > 120 for p in rest):
        return []
    name_items(pieces, items, end)
    section = Section(start, end, find_bodies(pieces, items, end), None, "list")
    _weigh_list(pieces, section)
    return [section]


def _list_end(pieces: list[Piece], items: list[Unit]) -> int:
    """Return the index after the last item: its hanging lines belong to it."""
    at = items[-1].first + 1
    base = items[0].indent
    while at < len(pieces) and not pieces[at].line.marker and pieces[at].line.indent > base:
        at += 1
    return at


def _weigh_common(pieces: list[Piece], section: Section) -> int:
    """Weigh what both forms share; return how many comments have a body."""
    heading, bodies = section.heading, section.bodies
    filled = [b for b in bodies if b.stop > b.first]
    if heading:
        _say(section, "a heading counts its comments" if heading.strong else "a heading names comments")
        if heading.count == 0:
            _say(section, "heading says that there are none")
        elif heading.count is not None and heading.count in (len(filled), len(bodies)):
            _say(section, "as many as the heading says")
    if any(p.kind == "form" for p in pieces[section.stop : section.stop + 12]):
        _say(section, "a comment form or its closing follows")
    if len(filled) >= 3:
        _say(section, "three or more")
    if len({b.unit.indent // 2 for b in filled}) > 1:
        _say(section, "replies are nested")
    return len(filled)


def _weigh_dump(pieces: list[Piece], section: Section) -> None:
    filled = _weigh_common(pieces, section)
    bodies = section.bodies
    half = 0.5 * len(bodies)
    if sum(b.unit.says for b in bodies) >= half:
        _say(section, "names are followed by 'says'")
    if sum(b.unit.clock for b in bodies) >= half:
        _say(section, "dates have a time of day")
    if sum(b.unit.author is not None and b.unit.date is not None for b in bodies) >= half:
        _say(section, "names come with dates")
    if not any(b.unit.author for b in bodies):
        _say(section, "only dates")
    if sum(_has_control(pieces, b) for b in bodies) >= half:
        _say(section, "a button to reply follows")
    if sum(bool(b.unit.marker) for b in bodies) >= half:
        _say(section, "items of a list")
    if len(bodies) == 1 and not section.heading:
        _say(section, "a single name and no heading")
    if filled < 0.6 * len(bodies) or _median_size(pieces, bodies) < 15:
        _say(section, "bodies are empty or very short")


def _has_control(pieces: list[Piece], body: Body) -> bool:
    near = pieces[body.stop : body.stop + 2] + pieces[body.unit.first : body.first]
    return any(p.kind == "reply to" or (p.kind == "control" and is_reply(p.text)) for p in near)


def _weigh_list(pieces: list[Piece], section: Section) -> None:
    _weigh_common(pieces, section)
    bodies = section.bodies
    sizes = [sum(p.line.size for p in pieces[b.first : b.stop]) for b in bodies if b.stop > b.first]
    own = [p for b in bodies for p in pieces[b.first : b.stop]]
    texts = [" ".join(p.text for p in pieces[b.first : b.stop]) for b in bodies if b.stop > b.first]
    if not sizes:
        _say(section, "bodies are empty or very short")
        return
    longest = [max(p.line.size for p in pieces[b.first : b.stop]) for b in bodies if b.stop > b.first]
    opening = [pieces[b.first].line.size for b in bodies if b.stop > b.first]
    if sum(s >= 100 and o >= 60 for s, o in zip(longest, opening, strict=True)) >= 0.6 * len(longest):
        _say(section, "items are paragraphs")
    brief = sum(p.line.size < 45 and not p.text.endswith((".", "!", "?", "…")) for p in own)
    if sorted(sizes)[len(sizes) // 2] < 45 or (len(own) > 4 and brief > 0.6 * len(own)):
        _say(section, "items are short")
    if sum(bool(_TALK.search(t)) for t in texts) >= 0.6 * len(texts):
        _say(section, "items talk to someone")
    if sum(bool(_SOURCE.search(t)) for t in texts) >= 0.5 * len(texts):
        _say(section, "items look like sources")
    if section.heading is None and section.start:
        above = pieces[section.start - 1]
        if above.text.endswith(":"):
            _say(section, "the list was announced")
        elif above.line.size < 70 and not above.text.endswith(_ENDS):
            _say(section, "a title stands over the list")
    if len(sizes) == 1 and not (section.heading and section.heading.count):
        _say(section, "a single item")
    if section.stop >= len(pieces) or pieces[section.stop].kind in ("form", "closer", "heading"):
        _say(section, "the list ends the page")


def _median_size(pieces: list[Piece], bodies: list[Body]) -> int:
    sizes = sorted(sum(p.line.size for p in pieces[b.first : b.stop]) for b in bodies)
    return sizes[len(sizes) // 2] if sizes else 0


def _say(section: Section, what: str) -> None:
    section.evidence[what] = WEIGHTS[what]
