"""Which lines before the comments are the article, and which are furniture."""

from __future__ import annotations

import re

from comments.split.headings import plain
from comments.split.text_bylines import Piece
from comments.split.text_patterns import Pattern

# Lines that open what stands between an article and its comments; beginnings of a line.
ENDINGS: dict[str, str] = {
    "author": "about the author|written by|about [A-Z][a-z]+ [A-Z][a-z]+$|über den autor|à propos de l['’]auteur|"
    "sobre el autor|sull['’]autore|sobre o autor|over de auteur|author bio|meet the author",
    "filing": "tags?\\s*:|tagged|filed under|posted in|categor(?:y|ies)\\s*:|labels?\\s*:|posted by|topics?\\s*:|"
    "kategorien?\\s*:|schlagw|veröffentlicht in|étiquettes|classé dans|publié dans|mots-clés|"
    "etiquetas|categorías?\\s*:|"
    "publicado en|archiviato|kenmerk|geplaatst in",
    "sharing": "share (?:this|on|via|the)|share:|tweet|click to (?:share|email|print)|like this:|e-?mail this|"
    "print this|"
    "teilen|partager|compartir|condividi|compartilhe|delen|facebook$|twitter$|pinterest$|linkedin$|whatsapp$|"
    "twitter digg|bookmark",
    "more": "related (?:posts?|articles?|content|stories|news|reading)|you (?:may|might) also|more from|read next|"
    "recommended|similar posts|popular posts|recent (?:posts|articles|comments)|latest (?:posts|news|articles)|"
    "also read|keep reading|more (?:articles|stories|on|in)|up next|trending|most (?:read|popular)|"
    "artículos relacionados|entradas relacionadas|ähnliche|articles (?:similaires|liés)|articoli correlati|"
    "gerelateerd|previous (?:post|article)|next (?:post|article)|«|←|sign up|subscribe|newsletter|"
    "join our|follow (?:us|me)|copyright|©|all rights reserved|listed below are links",
}
GAP = 8.0
"""What a stretch without prose (a table, a listing, a list of names) may cost inside an article."""

_ENDING = Pattern(rf"^(?:{'|'.join(ENDINGS.values())})", re.IGNORECASE)
_PROSE = frozenset(["text", "dated", "says", "closer"])
_FURNITURE = ("control", "rule", "avatar", "form", "pingback", "reply to")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_STOPS = (".", "!", "?", "…", "”", '"', "»", ":", ")", "’", "。")


def find_article(pieces: list[Piece], stop: int) -> set[int]:
    """Return the indices of the pieces before ``stop`` that are the article's.

    The article is the stretch in which prose outweighs short lines most, as in text-density
    extractors; at its end, lines about the author, tags and further reading are cut off.
    """
    start, end = _densest([_weight(p) for p in pieces[:stop]])
    start, end = _with_title(pieces, start), _with_list(pieces, end, stop)
    end = _without_ending(pieces, start, end)
    return {k for k in range(start, end) if not _is_furniture(pieces[k])}


def _weight(piece: Piece) -> float:
    """How much a line speaks for being inside an article: above zero for prose."""
    size, text = piece.line.size, piece.line.text
    if piece.kind in _PROSE and (size >= 90 or (size >= 45 and text.endswith(_STOPS))):
        return min(size, 600) / 60
    if text.endswith(_STOPS[:3]) and size >= 20:
        return 0.1
    if piece.kind in ("form", "closer"):
        return -2.0
    return -0.3 if size >= 30 or text.startswith("#") else -0.5


def _densest(weights: list[float]) -> tuple[int, int]:
    """Return the bounds of the run with the largest sum; a gap costs no more than :data:`GAP`."""
    best, bounds, run, first, gap = 0.0, (0, 0), 0.0, 0, 0.0
    for at, weight in enumerate(weights):
        if run <= 0:
            run, first = 0.0, at
        if weight >= 1:
            gap = 0.0
        elif weight < 0:
            gap -= weight
        if gap <= GAP:
            run += weight
        if run > best:
            best, bounds = run, (first, at + 1)
    return bounds


def _with_title(pieces: list[Piece], start: int) -> int:
    """Move ``start`` up to the title: the page's first line, or a line of some words close above."""
    if start <= 3:
        return 0
    near = [
        k
        for k in range(max(0, start - 4), start)
        if len(_WORD.findall(pieces[k].text)) >= 4 and not pieces[k].line.marker
    ]
    return min((k for k in near if pieces[k].kind == "text"), default=start)


def _with_list(pieces: list[Piece], end: int, stop: int) -> int:
    """Move ``end`` down over a list that the article's last words announce."""
    if end < stop and pieces[end].text.endswith(":") and pieces[end].kind == "text" and end + 1 < stop:
        end += 1 if pieces[end + 1].line.marker else 0
    if not end or not pieces[end - 1].text.endswith(":"):
        return end
    while end < stop and pieces[end].line.marker and pieces[end].kind == "text":
        end += 1
    return end


def _without_ending(pieces: list[Piece], start: int, end: int) -> int:
    """Move ``end`` up before what is about the author, the tags, or other articles."""
    total = sum(p.line.size for p in pieces[start:end])
    seen = 0
    for at in range(start, end):
        if at > start and seen >= 0.72 * total and (_opens_ending(pieces[at]) or _is_bio(pieces, at, end)):
            return at
        seen += pieces[at].line.size
    return end


def _opens_ending(piece: Piece) -> bool:
    return piece.line.size < 120 and bool(_ENDING.match(plain(piece.text)))


def _is_bio(pieces: list[Piece], at: int, end: int) -> bool:
    """Whether a name stands here and the next paragraph begins with it."""
    if at + 1 >= end or pieces[at].line.size > 50 or not pieces[at].short:
        return False
    name = plain(pieces[at].text)
    return len(name.split()) >= 2 and plain(pieces[at + 1].text).startswith(name + " ")


def _is_furniture(piece: Piece) -> bool:
    if piece.kind in _FURNITURE:
        return True
    return piece.kind in ("date", "dated") and piece.line.size < 90
