"""Header blocks: the lines of name, date and buttons that stand over (or under) one comment."""

from __future__ import annotations

from dataclasses import dataclass

from comments.split.headings import reply_to
from comments.split.text_bylines import Piece, clean_name

ANCHORS = ("says", "dated", "date")
_BACK, _AHEAD = 4, 6


@dataclass(slots=True)
class Unit:
    """The beginning of one comment.

    Attributes:
        first: index of the piece that opens it (a list marker, a name, a date).
        body: index of the first piece that may be its body.
        author: name as written, or None.
        date: date as written, or None.
        clock: whether the date has a time of day.
        says: whether its name is followed by a verb of saying.
        indent: column of its opening line.
        marker: its list marker, or empty.
        value: its number in the list.
        replies_to: name after "in reply to".
        inline: whether the body begins on the opening line itself.
    """

    first: int
    body: int
    author: str | None = None
    date: str | None = None
    clock: bool = False
    says: bool = False
    indent: int = 0
    marker: str = ""
    value: int | None = None
    replies_to: str | None = None
    inline: bool = False


def find_units(pieces: list[Piece]) -> list[Unit]:
    """Return a unit for every header block among ``pieces``, in order."""
    units: list[Unit] = []
    floor = 0
    at = 0
    while at < len(pieces):
        if pieces[at].kind not in ANCHORS:
            at += 1
            continue
        unit = _assemble(pieces, at, floor)
        units.append(unit)
        floor = at = max(unit.body, at + 1)
    return units


def _assemble(pieces: list[Piece], at: int, floor: int) -> Unit:
    anchor = pieces[at]
    unit = Unit(at, at + 1, anchor.author, anchor.date, anchor.clock, anchor.kind == "says" or anchor.said)
    unit.replies_to = anchor.replies_to
    _look_back(pieces, at, floor, unit)
    _look_ahead(pieces, at, unit)
    opening = pieces[unit.first].line
    unit.indent, unit.marker, unit.value = opening.indent, opening.marker, opening.value
    return unit


def _look_back(pieces: list[Piece], at: int, floor: int, unit: Unit) -> None:
    """Move the unit's first piece up over its marker, its avatar and its name."""
    here = pieces[at]
    for back in range(at - 1, max(floor, at - _BACK) - 1, -1):
        piece = pieces[back]
        if here.line.marker and not (piece.kind == "marker" or piece.line.marker == here.line.marker):
            break
        if piece.kind == "marker":
            unit.first = back
            break
        if piece.kind == "avatar":
            unit.first = back
            if piece.line.marker:
                break
        elif unit.author is None and piece.kind == "reply to":
            # Between the name and the date; without a name above it the date opens the comment.
            unit.replies_to = reply_to(piece.text)
        elif unit.author is None and piece.short:
            unit.first, unit.author = back, clean_name(piece.text)
            if piece.line.marker and not here.line.marker:
                break
        else:
            break
        here = piece


def _look_ahead(pieces: list[Piece], at: int, unit: Unit) -> None:
    """Move the unit's body down over date, buttons and a name that follows the date."""
    for ahead in range(at + 1, min(len(pieces), at + 1 + _AHEAD)):
        piece = pieces[ahead]
        if (piece.kind == "date" and unit.date is None) or (
            piece.kind == "dated" and unit.date is None and piece.author == unit.author
        ):
            unit.date, unit.clock = piece.date, piece.clock
        elif piece.kind == "reply to":
            unit.replies_to = reply_to(piece.text)
        elif unit.author is None and piece.short and not piece.gap and _gap_after(pieces, ahead):
            unit.author = clean_name(piece.text)
        elif piece.kind not in ("control", "avatar"):
            break
        unit.body = ahead + 1


def _gap_after(pieces: list[Piece], at: int) -> bool:
    return at + 1 < len(pieces) and pieces[at + 1].gap
