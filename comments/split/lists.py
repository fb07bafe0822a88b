"""Lists whose items are comments: markers that stand for them, and how deep each lies."""

from __future__ import annotations

from comments.split.text_bylines import Piece
from comments.split.text_names import clean_name
from comments.split.text_units import Unit

_STOPS = (".", "!", "?", "…", ":)", ";)", "。", "！", "？")
REACH = 200
"""Lines that are looked through for a second item."""
PROSE = 40
"""Bytes from which on a nested item is a reply rather than an entry of a list inside a comment."""


def find_items(pieces: list[Piece], start: int, stop: int) -> tuple[list[Unit], int]:
    """Return a unit for each item of the first list in ``pieces[start:stop]``, and where the list ends.

    The list ends before the first line that is not indented below its items, and where its
    numbers start again.
    """
    at = start
    while at < stop and not pieces[at].line.marker:
        at += 1
    if at == stop:
        return [], stop
    base = pieces[at].line
    items: list[Unit] = []
    last, here = -1, at
    for here in range(at, stop):
        line = pieces[here].line
        if not line.marker:
            if line.indent <= min(base.indent, 1) or line.indent < base.indent:
                break
            continue
        level = line.indent - base.indent
        if level < -1:
            break
        if level <= 1:
            if (line.marker == "1") != (base.marker == "1"):
                break
            if line.value is not None and line.value <= last:
                break
            last = line.value or 0
            base = line
        elif not _is_reply(pieces, here, items):
            continue
        items.append(Unit(here, here, indent=line.indent, marker=line.marker, value=line.value, inline=True))
    else:
        here = stop
    return items, max(here, at + 1)


def _is_reply(pieces: list[Piece], at: int, items: list[Unit]) -> bool:
    """Whether a nested item is a reply, not an entry of a list that a comment holds."""
    piece, before = pieces[at], pieces[at - 1]
    if piece.kind in ("pingback", "marker"):
        return piece.gap
    if items and items[-1].indent == piece.line.indent and items[-1].marker == piece.line.marker:
        return piece.gap or before.kind == "control"
    if before.text.endswith(":") or not (piece.gap or before.kind == "control"):
        return False
    more = at + 1 < len(pieces) and not pieces[at + 1].line.marker and pieces[at + 1].line.indent > piece.line.indent
    return piece.line.size >= PROSE or more or (piece.text.endswith(_STOPS) and _is_lone(pieces, at))


def _is_lone(pieces: list[Piece], at: int) -> bool:
    """Whether no other item stands at the same column before the list returns to an outer one: a list has two."""
    line = pieces[at].line
    for piece in pieces[at + 1 : at + REACH]:
        if piece.line.marker and piece.line.indent <= line.indent:
            return piece.line.indent < line.indent - 1
        if piece.line.indent < line.indent:
            return True
    return True


def add_items(pieces: list[Piece], units: list[Unit], start: int, stop: int) -> list[Unit]:
    """Return ``units`` and those items of their list that kept no name and no date.

    Only where the bodies hang below their markers: elsewhere a list inside a comment looks the same.
    """
    marked = [u for u in units if u.marker]
    if len(marked) < 0.6 * len(units) or not is_hanging(pieces, units, stop):
        return units
    taken = {at for u in units for at in range(u.first, u.body)}
    places = {(u.marker == "1", u.indent + shift) for u in marked for shift in (-1, 0, 1)}
    extra = []
    for at in range(start, stop):
        line = pieces[at].line
        if at not in taken and line.marker and (line.marker == "1", line.indent) in places:
            extra.append(Unit(at, at, indent=line.indent, marker=line.marker, value=line.value, inline=True))
    inner = [u for u in extra if u.first < units[-1].first]
    # Behind the last name only where names were lost before: what follows may be a menu.
    tail = [u for u in extra if u.first > units[-1].first and pieces[u.first].line.size >= PROSE]
    return sorted(units + inner + (tail if len(inner) >= 0.1 * len(units) else []), key=lambda u: u.first)


def adopt_units(items: list[Unit], units: list[Unit]) -> list[Unit]:
    """Return ``items`` with the header block in place of the item that it opens."""
    known = {u.first: u for u in units}
    return [known.get(item.first, item) for item in items]


def is_hanging(pieces: list[Piece], units: list[Unit], stop: int) -> bool:
    """Whether what follows a list marker is indented below it."""
    seen = hung = 0
    for unit in units:
        after = max(unit.body, unit.first + 1)
        if unit.marker and after < stop and not pieces[after].line.marker:
            seen += 1
            hung += pieces[after].line.indent > unit.indent
    return hung >= 0.8 * seen


def name_items(pieces: list[Piece], units: list[Unit], stop: int) -> None:
    """Read the first line of an item as a name where most items begin with nothing but a short line."""
    open_ = [u for u in units if u.inline and _only_name(pieces, u, stop)]
    whole = [u for u in units if u.inline and pieces[u.first].kind not in ("pingback", "marker")]
    if len(open_) < 0.5 * len(whole) or (len(whole) == 1 and len(pieces[open_[0].first].text) > 30):
        return
    for unit in open_:
        if pieces[unit.first].kind == "text":
            unit.author = clean_name(pieces[unit.first].text)
        unit.body, unit.inline = unit.first + 1, False


def _only_name(pieces: list[Piece], unit: Unit, stop: int) -> bool:
    piece, after = pieces[unit.first], unit.first + 1
    if after >= stop or pieces[after].line.marker or not pieces[after].gap:
        return False
    return (piece.short or piece.kind == "avatar") and pieces[after].line.indent > unit.indent


def set_depths(units: list[Unit]) -> list[int]:
    """Return the depth of each unit, from the columns at which they open.

    A number is set flush right by some renderers, so that a step of one column says nothing.
    """
    depths: list[int] = []
    stack: list[int] = []
    for unit in units:
        while stack and unit.indent < stack[-1] - 1:
            stack.pop()
        if stack and unit.indent <= stack[-1] + 1:
            stack[-1] = unit.indent
        else:
            stack.append(unit.indent)
        depths.append(len(stack))
    return depths
