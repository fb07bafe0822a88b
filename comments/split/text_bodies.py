"""From the beginnings of comments to their bodies: where the words of each start and stop."""

from __future__ import annotations

import re
from collections import Counter
from itertools import takewhile
from typing import NamedTuple

from comments.split.headings import is_reply
from comments.split.lists import is_hanging
from comments.split.text_bylines import Piece
from comments.split.text_names import clean_name, is_label
from comments.split.text_patterns import has_digit
from comments.split.text_units import Unit

MOST_NAMED = 0.7
"""Part of the comments over which a short line stands if it is a name."""
BROKEN, _SENTENCE_ENDS = 60, '.!?…:)"”»'
"""Signs from which on a line may have been broken by a renderer, if it ends in the middle of a sentence."""
COLUMN, WORDS = 6, 24
"""How many lines of how many bytes at most are a column of a menu rather than lines of a comment."""
TITLE = 5
"""Lines in which the title of a page that links here is over, broken into lines as it may be."""
_CUT_OFF = ("[…]", "[...]")
_DIGITS = re.compile(r"\d+")
_RE = re.compile(r"(?:#\s*)?re:\s", re.IGNORECASE)
_TRIM = ("control", "date", "avatar", "marker", "rule", "pingback", "reply to", "heading", "form")


class Body(NamedTuple):
    """The pieces ``first`` to ``stop`` (exclusive) that hold one comment's words; none if equal."""

    unit: Unit
    first: int
    stop: int


def find_bodies(pieces: list[Piece], units: list[Unit], stop: int) -> list[Body]:
    """Return the body of every unit; the last one ends at ``stop`` or where the section ends.

    Args:
        pieces: the page's lines.
        units: the beginnings, in order.
        stop: index of the piece that no comment reaches.
    """
    hanging = is_hanging(pieces, units, stop)
    ranges = [(u, u.body, units[k + 1].first if k + 1 < len(units) else stop) for k, u in enumerate(units)]
    routine = _routine(pieces, ranges)
    wide = any(_wide_gap(pieces, at) for _, a, b in ranges[:-1] for at in range(a + 1, b))
    linked = bool(units) and "pingback" in [piece.kind for piece in pieces[units[0].first : stop]]
    bodies = []
    for k, (unit, first, end) in enumerate(ranges):
        if pieces[unit.first].kind == "pingback" or (linked and _is_linking(pieces, unit.first, end)):
            bodies.append(Body(unit, first, first))
            continue
        while first < end and not unit.inline and _is_routine(pieces[first], routine):
            first += 1
        cut = _cut(pieces, unit, first, end, routine, hanging=hanging, last=k + 1 == len(ranges), wide=wide)
        bodies.append(Body(unit, first, _trim(pieces, first, cut, routine)))
    return _without_names(pieces, _without_titles(pieces, bodies))


def _is_linking(pieces: list[Piece], first: int, end: int) -> bool:
    """Whether lines are no more than the title of a page that links here, and what is cut out of that page."""
    lines = [piece for piece in pieces[first:end] if piece.kind not in ("control", "marker")]
    opening = takewhile(lambda piece: piece.kind != "says" and not (piece.line.marker and piece.gap), lines[1:TITLE])
    return any(piece.kind == "pingback" for piece in opening) and lines[-1].text.endswith(_CUT_OFF)


def find_bodies_above(pieces: list[Piece], units: list[Unit], start: int) -> list[Body]:
    """Return the body of every unit where name and date stand under the comment."""
    bodies = []
    for unit in units:
        first = start
        while first < unit.first and pieces[first].kind in ("control", "rule", "avatar"):
            first += 1
        if first + 1 < unit.first and unit.author and clean_name(pieces[first].text) == unit.author:
            first += 1
        bodies.append(Body(unit, first, _trim(pieces, first, unit.first, frozenset())))
        start = unit.body
    return _without_names(pieces, _without_titles(pieces, _from_markers(pieces, bodies)))


def _from_markers(pieces: list[Piece], bodies: list[Body]) -> list[Body]:
    """Let the first comment begin at its list marker where all others do: what stands above it is no part of it."""
    first, *others = bodies
    if not others or not all(pieces[b.first].line.marker for b in others if b.stop > b.first):
        return bodies
    begin = next((at for at in range(first.first, first.stop) if pieces[at].line.marker), first.first)
    return [first._replace(first=begin), *others]


def _without_titles(pieces: list[Piece], bodies: list[Body]) -> list[Body]:
    """Take the article's title off comments most of which begin with "Re:" and that."""
    titled = [b for b in bodies if b.stop > b.first + 1 and _RE.match(pieces[b.first].text)]
    if len(titled) < max(2.0, MOST_NAMED * len(bodies)):
        return bodies
    over = {id(b) for b in titled}
    return [b._replace(first=b.first + 1) if id(b) in over else b for b in bodies]


def _without_names(pieces: list[Piece], bodies: list[Body]) -> list[Body]:
    """Take the names that stand over most comments off them, where what opens or closes them is a date alone."""
    dated = [b for b in bodies if b.unit.date and not b.unit.author and b.stop > b.first + 1]
    named = [b for b in dated if pieces[b.first].short and pieces[b.first + 1].gap]
    alone = len(bodies) == len(named) == 1 and named[0].first > 0 and pieces[named[0].first - 1].line.marker != ""
    if not alone and len(named) < max(2.0, MOST_NAMED * len(bodies)):
        return bodies
    for body in named:
        body.unit.author = clean_name(pieces[body.first].text)
    over = {id(b) for b in named}
    return [b._replace(first=b.first + 1) if id(b) in over else b for b in bodies]


def _routine(pieces: list[Piece], ranges: list[tuple[Unit, int, int]]) -> frozenset[str]:
    """Short lines that stand in most units word for word: buttons and labels that no table knows."""
    if len(ranges) < 2:
        return frozenset()
    seen: Counter[str] = Counter()
    for _, first, end in ranges:
        seen.update({_norm(pieces[at]) for at in range(first, min(end, first + 200)) if pieces[at].line.size <= 60})
    floor = max(3.0, 0.5 * len(ranges))
    floors = max(2.0, 0.3 * len(ranges))
    often = {t for t, n in seen.items() if t and n >= floors}
    if not often:
        return frozenset()
    controls = {_norm(pieces[at]) for _, a, b in ranges for at in range(a, b) if pieces[at].kind == "control"}
    return frozenset(t for t in often if seen[t] >= floor or t in controls)


def _norm(piece: Piece) -> str:
    text = piece.text.lower()
    return " ".join((_DIGITS.sub("0", text) if has_digit(text) else text).strip(" |*_.…:↓").split())


def _is_routine(piece: Piece, routine: frozenset[str]) -> bool:
    return piece.line.size <= 60 and (piece.kind == "control" or (bool(routine) and _norm(piece) in routine))


def _cut(
    pieces: list[Piece],
    unit: Unit,
    first: int,
    end: int,
    routine: frozenset[str],
    *,
    hanging: bool,
    last: bool,
    wide: bool,
) -> int:
    """Return where the body that begins at ``first`` is over."""
    # A reply's text may stand flush with its marker where that of other comments hangs below theirs.
    edge = unit.indent - (first < end and unit.author is not None and pieces[first].line.indent == unit.indent)
    for at in range(first, end):
        piece = pieces[at]
        own = at == unit.first
        if routine and not own and piece.line.size <= 60 and _norm(piece) in routine:
            return at
        if piece.kind in ("form", "rule") and not own:
            return at
        if hanging and unit.marker and not own and piece.line.indent <= edge:
            return at
        if last and at > first and _closes(pieces, at):
            return at
        if last and at > first and (_opens_menu(pieces, at) or _leads_on(piece.text) or _opens_column(pieces, at)):
            return at
        if last and at > first and not wide and _wide_gap(pieces, at):
            return at
    return end


def _closes(pieces: list[Piece], at: int) -> bool:
    """Whether a line behind a comment opens what stands below the comments, or is the button to answer it."""
    piece, above = pieces[at], pieces[at - 1]
    if piece.kind == "control":
        return is_reply(piece.text)
    if piece.kind not in ("closer", "heading") and not piece.text.startswith(("# ", "##")):
        return False
    # A word that opens a footer may also begin a line where a renderer broke a sentence.
    return piece.gap or above.line.size < BROKEN or above.text[-1] in _SENTENCE_ENDS


def _opens_menu(pieces: list[Piece], at: int) -> bool:
    """Whether a short line stands over a list of short lines: a box beside or below the comments."""
    if pieces[at].line.marker or not pieces[at].gap or at + 2 >= len(pieces):
        return False
    items = pieces[at + 1 : at + 3]
    listed = all(p.line.marker and 0 < p.line.size <= 60 and p.text[-1] not in ".!?" for p in items)
    return listed and pieces[at].short


def _leads_on(text: str) -> bool:
    """Whether a line leads to the article before or after, by an arrow at one end of its title."""
    if text[:1] in ("«", "‹", "←"):
        return not any(mark in text for mark in "»›") and len(text) > 1
    return text[-1:] in ("»", "›", "→") and not any(mark in text for mark in "«‹")


def _opens_column(pieces: list[Piece], at: int) -> bool:
    """Whether a line begins a column of lines of a word or a few, such as a menu, where no line stands apart."""
    column = pieces[at : at + COLUMN]
    return len(column) == COLUMN and all(
        not p.gap and p.line.size <= WORDS and p.text[:1].isalnum() and (p.text[-1].isalnum() or p.text[-1] == ")")
        for p in column
    )


def _wide_gap(pieces: list[Piece], at: int) -> bool:
    """Whether two or more empty lines stand before the piece."""
    return pieces[at].at - pieces[at - 1].at > 2


def _trim(pieces: list[Piece], first: int, stop: int, routine: frozenset[str]) -> int:
    while stop > first and (
        pieces[stop - 1].kind in _TRIM or _is_routine(pieces[stop - 1], routine) or is_label(pieces[stop - 1].text)
    ):
        if stop - 1 == first and pieces[first].kind in ("control", "date") and pieces[first].line.size > 8:
            break
        stop -= 1
    return stop
