"""Header blocks: the lines of name, date and buttons that stand over (or under) one comment."""

from __future__ import annotations

from dataclasses import dataclass

from comments.split.headings import reply_to
from comments.split.text_bylines import Piece
from comments.split.text_names import clean_name

ANCHORS = ("says", "dated", "date")
_BACK, _AHEAD = 4, 6
ROLES = frozenset([
    "guest", "author", "member", "admin", "editor", "gast", "autor", "mitglied", "invité", "auteur", "invitado",
    "ospite", "autore", "convidado", "lid", "gość", "гость", "автор",
])  # fmt: skip
"""What wpDiscuz puts under a writer's name."""
LONGEST_ROLE = max(len(role.encode()) for role in ROLES)
LONGEST_NAME = 80
"""Signs of a title that somebody goes by."""
NARROWEST, WIDEST = 60, 82
"""Columns in which renderers break lines."""
_ENDS = '.!?…:;)"”»]'


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
    width = page_width(pieces)
    roles = {at for at, p in enumerate(pieces) if p.line.size <= LONGEST_ROLE and p.line.text.lower() in ROLES}
    while at < len(pieces):
        unit = _read_profile(pieces, at) if at + 1 in roles else None
        if unit is None and (pieces[at].kind not in ANCHORS or goes_on(pieces, at, width)):
            at += 1
            continue
        unit = unit or _assemble(pieces, at, floor, width)
        units.append(unit)
        floor = at = max(unit.body, at + 1)
    return units


def _read_profile(pieces: list[Piece], at: int) -> Unit | None:
    """Return the beginning of a comment whose writer's name stands above and below his role, as in wpDiscuz."""
    names = pieces[at], pieces[at + 2 if at + 2 < len(pieces) else at]
    name = clean_name(names[1].text) if names[0] is not names[1] and names[1].short else None
    if name is None or names[0].text not in (names[1].text, 2 * names[1].text):
        return None
    line = pieces[at].line
    return Unit(at, at + 3, name, says=True, indent=line.indent, marker=line.marker, value=line.value)


def page_width(pieces: list[Piece]) -> int:
    """Return the column at which a renderer broke the lines of a page, 0 where none did."""
    lines = [piece.line for piece in pieces]
    ends = sorted([line.column + len(line.text) for line in lines])
    width = ends[len(ends) * 49 // 50] if ends else 0
    return width if NARROWEST <= width <= WIDEST else 0


def goes_on(pieces: list[Piece], at: int, width: int) -> bool:
    """Whether a renderer broke a sentence before a line: its first word had no room above.

    Args:
        pieces: the lines of a page.
        at: index of the line.
        width: what :func:`page_width` says.
    """
    piece = pieces[at]
    if not width or piece.gap or not at or piece.line.marker or piece.line.column != pieces[at - 1].line.column:
        return False
    above = pieces[at - 1]
    room = width - above.line.column - len(above.text)
    return above.text[-1:] not in _ENDS and len(piece.text.partition(" ")[0]) >= room


def _assemble(pieces: list[Piece], at: int, floor: int, width: int) -> Unit:
    anchor = pieces[at]
    unit = Unit(at, at + 1, anchor.author, anchor.date, anchor.clock, anchor.kind == "says" or anchor.said)
    unit.replies_to = anchor.replies_to
    _look_back(pieces, at, floor, unit, width)
    _look_ahead(pieces, at, unit)
    opening = pieces[unit.first].line
    unit.indent, unit.marker, unit.value = opening.indent, opening.marker, opening.value
    return unit


def _look_back(pieces: list[Piece], at: int, floor: int, unit: Unit, width: int) -> None:
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
        elif unit.author is None and (piece.short or _heads_item(piece, here)) and not goes_on(pieces, back, width):
            unit.first, unit.author = back, clean_name(piece.text)
            if piece.line.marker and not here.line.marker:
                break
        else:
            break
        here = piece


def _heads_item(piece: Piece, below: Piece) -> bool:
    """Whether a line of more words than most names have opens a list item, right above its date."""
    text = piece.text
    return (
        piece.kind == "text" and piece.line.marker != "" and below.kind in ("date", "dated") and not below.gap
        and len(text) <= LONGEST_NAME and text[-1] not in ".!?…,:"
    )  # fmt: skip


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
