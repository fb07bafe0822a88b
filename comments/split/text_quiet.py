"""Sections whose comments carry neither date nor "says": told apart by names, buttons, or the count."""

from __future__ import annotations

from comments.split.headings import is_reply, reply_to
from comments.split.text_bylines import Piece
from comments.split.text_names import clean_name
from comments.split.text_units import Unit

SMALL = 3000
"""Bytes up to which a stretch may be one single comment."""


def quiet_units(pieces: list[Piece], start: int, stop: int, count: int | None) -> list[Unit]:
    """Return the comments of ``pieces[start:stop]``, or nothing where their boundaries are unknown.

    Args:
        pieces: the page's lines.
        start: index of the piece after the heading.
        stop: index of the piece that no comment reaches.
        count: how many comments the heading declares.
    """
    stop = _content_stop(pieces, start, stop)
    return (
        _by_buttons(pieces, start, stop)
        or _by_names(pieces, start, stop, count)
        or _by_count(pieces, start, stop, count)
    )


def _content_stop(pieces: list[Piece], start: int, stop: int) -> int:
    for at in range(start, stop):
        if pieces[at].kind in ("form", "closer", "rule", "heading"):
            return at
    return stop


def _by_buttons(pieces: list[Piece], start: int, stop: int) -> list[Unit]:
    """Name, words, button to reply: the button ends a comment."""
    units: list[Unit] = []
    named = 0
    at, spoken = start, False
    for button in range(start, stop):
        piece = pieces[button]
        spoken = spoken or piece.kind not in ("control", "reply to", "avatar")
        if not spoken or piece.kind != "control" or not is_reply(piece.text):
            continue
        if reply_to(piece.text) or _is_label(pieces, button, stop):
            continue
        unit = _named_unit(pieces, at, button)
        named += unit.author is not None
        units.append(unit)
        at, spoken = button + 1, False
    return units if len(units) >= 2 and named >= 0.7 * len(units) else []


def _is_label(pieces: list[Piece], at: int, stop: int) -> bool:
    """Whether "Reply to X" stands over a comment, not under one: no name follows it."""
    return pieces[at].text.lower().startswith("reply to") and at + 1 < stop and not pieces[at + 1].short


def _named_unit(pieces: list[Piece], at: int, end: int) -> Unit:
    while at < end - 1 and pieces[at].kind in ("avatar", "control"):
        at += 1
    line = pieces[at].line
    unit = Unit(at, at, indent=line.indent, marker=line.marker, value=line.value)
    if not pieces[at].short or at + 1 >= end:
        return unit
    unit.author, unit.body = clean_name(pieces[at].text), at + 1
    while unit.body < end - 1 and pieces[unit.body].kind in ("control", "reply to", "avatar"):
        unit.replies_to = reply_to(pieces[unit.body].text) or unit.replies_to
        unit.body += 1
    return unit


def _by_names(pieces: list[Piece], start: int, stop: int, count: int | None) -> list[Unit]:
    """Short lines that stand alone over words, nearly as many as the heading declares."""
    if not count or start >= stop or not _is_name_line(pieces, start, stop):
        return []
    names = [at for at in range(start, stop) if _is_name_line(pieces, at, stop)]
    if not 0.6 * count <= len(names) <= count:
        return []
    return [
        Unit(
            at,
            at + 1,
            clean_name(pieces[at].text),
            indent=pieces[at].line.indent,
            marker=pieces[at].line.marker,
        )
        for at in names
    ]


def _is_name_line(pieces: list[Piece], at: int, stop: int) -> bool:
    if at + 1 >= stop or not pieces[at].short or not pieces[at].gap or not pieces[at + 1].gap:
        return False
    after = pieces[at + 1]
    return not _is_bare_name(after) and after.line.indent == pieces[at].line.indent


def _is_bare_name(piece: Piece) -> bool:
    return piece.short and piece.line.size <= 30 and not piece.text.endswith((".", "!", "?", "…", ")"))


def _by_count(pieces: list[Piece], start: int, stop: int, count: int | None) -> list[Unit]:
    """Exactly as many paragraphs as the heading declares, or one comment alone."""
    if not count or start >= stop or count > 10:
        return []
    if sum(p.line.size for p in pieces[start:stop]) > SMALL * count:
        return []
    blocks = [
        at for at in range(start, stop)
        if at == start or pieces[at].gap or pieces[at].line.indent != pieces[at - 1].line.indent
    ]  # fmt: skip
    if count == 1:
        blocks = blocks[:1]
    if len(blocks) != count or not all(pieces[at].kind == "text" for at in blocks):
        return []
    return [Unit(at, at, indent=pieces[at].line.indent, inline=True) for at in blocks]
