"""Where the comment section of a page is: the stretch of lines with the best evidence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from comments.split.headings import Heading
from comments.split.lists import add_items, adopt_units, find_items, name_items
from comments.split.text_bodies import find_bodies, find_bodies_above
from comments.split.text_bylines import Piece
from comments.split.text_evidence import FLOOR, Section, weigh_dump, weigh_list, weigh_voice
from comments.split.text_quiet import quiet_units
from comments.split.text_region import find_first
from comments.split.text_units import Unit, find_units
from comments.split.text_voices import MOST

LEAST_UNDER = 3
"""Bylines from which on they are taken to stand under comments where no heading stands over the first one."""
TIMED = 0.6
"""Part of the bylines with a time of day from which on one without it at the end is none."""
NEAR = 15
"""Pieces that a form or a second heading may hold between a heading and the first comment."""


_COUNTED = re.compile(r"\(\d+\)$")


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
    firsts = [u.first for u in units]
    found: list[Section] = []
    for zone in zones:
        inside = units[bisect_left(firsts, zone.start) : bisect_left(firsts, zone.stop)]
        found.extend(_zone_sections(pieces, inside, zone))
    if not any(s.score >= FLOOR for s in found):
        for section in found:
            if section.form in ("dump", "foot"):
                weigh_voice(pieces, section)
    if not any(s.score >= FLOOR for s in found):
        found.extend(_last_list(pieces))
    return found, zones


def _zones(pieces: list[Piece], units: list[Unit]) -> list[Zone]:
    units = sorted(units, key=lambda u: u.first)
    firsts = [u.first for u in units]
    zones = [Zone(0, 0, len(pieces), None)]
    known = 0
    for at, piece in enumerate(pieces):
        if piece.kind not in ("heading", "form"):
            continue
        while known < len(firsts) and firsts[known] < at:
            known += 1
        if _counts_on(units[max(0, known - 1) : known + 1]) or _is_category(pieces, at):
            continue
        zone = zones[-1]
        between = pieces[zone.start : min(at, zone.start + NEAR)]
        busy = (known > 0 and firsts[known - 1] >= zone.start) or any(
            p.line.marker or p.line.size > 100 or (piece.kind == "form" and p.kind == "text" and not p.short)
            for p in between
        )
        heading = piece.heading
        if not busy and at - zone.start <= NEAR and zone.heading:
            heading = _stronger(zone.heading, heading)
            zones[-1] = Zone(zone.top, at + 1, len(pieces), heading)
            continue
        zone.stop = at
        zones.append(Zone(at, at + 1, len(pieces), heading))
    return zones


def _counts_on(beside: list[Unit]) -> bool:
    """Whether the numbered comments above and below a line follow each other, so that it stands in the one above."""
    before, after = (beside[0].value, beside[-1].value) if len(beside) > 1 else (None, None)
    return before is not None and after == before + 1 and before > 1 and beside[0].indent == beside[1].indent


def _is_category(pieces: list[Piece], at: int) -> bool:
    """Whether a line is an item of a list whose items count other things too: "Life (8)", "Thoughts (66)"."""
    beside = pieces[max(0, at - 1) : at + 2]
    return bool(pieces[at].line.marker) and sum(_COUNTED.search(p.text) is not None for p in beside) > 1


def _stronger(old: Heading, new: Heading | None) -> Heading:
    return new if new and (new.strong or not old.strong) else old


def _zone_sections(pieces: list[Piece], inside: list[Unit], zone: Zone) -> list[Section]:
    """Return what the zone may hold."""
    out: list[Section] = []
    if inside:
        units = _main_units(inside)
        timed = _timed_units(pieces, units)
        end = units[len(timed)].first if len(timed) < len(units) else zone.stop
        section = _dump(pieces, timed, Zone(zone.top, zone.start, end, zone.heading))
        if section:
            out.append(section)
    if zone.heading and not any(s.score >= FLOOR for s in out):
        items = adopt_units(find_items(pieces, zone.start, zone.stop)[0], inside)
        if items and not _far(pieces, zone.start, items[0].first):
            name_items(pieces, items, zone.stop)
            bodies = find_bodies(pieces, items, zone.stop)
            section = Section(zone.top, zone.stop, bodies, zone.heading, "list")
            weigh_list(pieces, section)
            out.append(section)
    if zone.heading and not any(s.score >= FLOOR for s in out):
        out.extend(_quiet(pieces, zone))
    return out


def _quiet(pieces: list[Piece], zone: Zone) -> list[Section]:
    """Return the section of a zone whose comments have no date, where an article stands above it."""
    heading = zone.heading
    units = quiet_units(pieces, zone.start, zone.stop, heading.count if heading else None)
    if not units or (heading and heading.count == 0):
        return []
    if sum(p.line.size for p in pieces[: zone.top] if p.line.size >= 60) < 200:
        return []
    section = Section(zone.top, zone.stop, find_bodies(pieces, units, zone.stop), heading, "quiet")
    weigh_dump(pieces, section)
    return [section]


def _main_units(units: list[Unit]) -> list[Unit]:
    """Leave out dates under a comment, and what does not look like most of the units."""
    says = [u for u in units if u.says or (u.author and u.date)]
    lone = [u for u in units if not u.says and not (u.author and u.date)]
    if any(u.says for u in units) and len(says) >= 2 and len(lone) <= len(says) + 1:
        named = {id(u) for u in units if u.says}
        if len(named) >= 0.5 * len(says):
            units = [u for u in units if id(u) in named or (u.date and u.marker)]
    look = Counter(_look(u) for u in units).most_common(1)[0][0]

    def alike(unit: Unit) -> bool:
        return sum(a == b for a, b in zip(_look(unit), look, strict=True)) >= len(look) - 1

    first = next((k for k, u in enumerate(units) if alike(u)), 0)
    last = next((k for k in range(len(units) - 1, -1, -1) if alike(units[k])), len(units) - 1)
    return units[first : last + 1]


def _timed_units(pieces: list[Piece], units: list[Unit]) -> list[Unit]:
    """Return units without the last ones that say a day alone, behind comments that say at what time they were written.

    Lists of articles stand there.
    """
    timed, last = sum(u.clock for u in units), len(units)
    while last > 1 and timed >= TIMED * last and _is_day_alone(pieces, units[last - 1]):
        last -= 1
    return units[:last]


def _is_day_alone(pieces: list[Piece], unit: Unit) -> bool:
    """Whether a byline is a day without a time, on a line without a name."""
    return not unit.clock and not unit.says and not any(p.author for p in pieces[unit.first : unit.body])


def _look(unit: Unit) -> tuple[bool, bool, str, bool, bool]:
    return unit.says, unit.date is not None, unit.marker, unit.clock, unit.author is not None


def _dump(pieces: list[Piece], units: list[Unit], zone: Zone) -> Section | None:
    if not units:
        return None
    below = _prose(pieces, zone.start, units[0].first)
    after = _prose(pieces, units[-1].body, _content_end(pieces, units[-1].body, zone.stop))
    under = below and not after and not any(u.marker or u.says for u in units)
    if under and zone.heading:
        bodies = find_bodies_above(pieces, units, zone.start)
        section = Section(zone.top, zone.stop, bodies, zone.heading, "foot")
    elif under and len(units) >= LEAST_UNDER and units[0].first < MOST:
        # Nothing says where the article ends and the first comment begins but the voice, and how long the others are.
        longest = max(after.first - before.body for before, after in pairwise(units))
        start = find_first(pieces, units[0].first - 2 * longest, units[0].first)
        section = Section(start, zone.stop, find_bodies_above(pieces, units, start), None, "foot")
    else:
        if zone.heading and _far(pieces, zone.start, units[0].first):
            zone = Zone(units[0].first, units[0].first, zone.stop, None)
        start = zone.start if zone.heading else units[0].first
        units = add_items(pieces, units, start, zone.stop)
        name_items(pieces, units, zone.stop)
        bodies = find_bodies(pieces, units, zone.stop)
        section = Section(zone.top if zone.heading else units[0].first, zone.stop, bodies, zone.heading, "dump")
    weigh_dump(pieces, section)
    return section


def _prose(pieces: list[Piece], start: int, stop: int) -> bool:
    near = [p for p in pieces[start:stop][:40] if p.kind == "text"]
    return any(p.line.size > 25 or not (p.short or p.text.endswith(":")) for p in near)


def _far(pieces: list[Piece], start: int, stop: int) -> bool:
    """Whether an article lies between a heading and the first comment."""
    return stop - start > 40 or sum(p.line.size > 200 for p in pieces[start:stop]) > 2


def _content_end(pieces: list[Piece], start: int, stop: int) -> int:
    for at in range(start, stop):
        if pieces[at].kind in ("form", "closer", "heading", "rule"):
            return at
    return stop


def _last_list(pieces: list[Piece]) -> list[Section]:
    """Return the list that ends the page, where nothing announces comments."""
    at, best = 0, None
    while at < len(pieces):
        if not pieces[at].line.marker:
            at += 1
            continue
        items, scanned = find_items(pieces, at, len(pieces))
        best = (at, items, _list_end(pieces, items))
        at = scanned
    if best is None:
        return []
    start, items, end = best
    rest = [p for p in pieces[end:] if p.kind == "text"]
    if sum(p.line.size for p in rest) > 300 or any(p.line.size > 120 for p in rest):
        return []
    name_items(pieces, items, end)
    section = Section(start, end, find_bodies(pieces, items, end), None, "list")
    weigh_list(pieces, section)
    return [section]


def _list_end(pieces: list[Piece], items: list[Unit]) -> int:
    """Return the index after the last item: its hanging lines belong to it."""
    at = items[-1].first + 1
    base = items[0].indent
    while at < len(pieces) and not pieces[at].line.marker and pieces[at].line.indent > base:
        at += 1
    return at
