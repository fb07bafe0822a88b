"""Where readers' words begin on a page that marks no comment: a change of voice, found by a learned model.

A rendering that keeps neither names nor dates nor list markers is an article and then, without a sign, its
readers. Every line may be the first of theirs; a conditional logit model (McFadden 1974) over these candidates
and over "there are none" weighs the voice of the lines below against that of the lines above.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from comments.split.headings import counted_last
from comments.split.line_model import WEIGHTS
from comments.split.text_voices import MOST, Voices, candidate_rows, mean_voice, read_voices

if TYPE_CHECKING:
    from comments.split.text_bylines import Piece
    from comments.split.text_voices import Numbers

_OPENERS = frozenset(["text", "says", "dated"])
_ENDS = (".", "!", "?")
_CLOSERS = frozenset(["form", "closer", "heading", "rule"])
BRIEF, MOST_BRIEF, MOST_LISTED = 30, 0.45, 0.3
"""Bytes below which a line without an end is of a menu; how much of a bare page may be such lines, or list items."""
PROSE, SOME, LAID_OUT = 40, 0.4, 1.75
"""Bytes from which on a line is more than a title; which part of such lines makes a page laid out, and by how much the
signs must be stronger then."""
PARAGRAPH, ARTICLE, MOST_READERS = 60, 200, 12
"""Bytes of a line of an article's, of all such lines without which there is nothing to comment on, and how many times
as much readers may say where lines are laid out, so that most of a page is none of theirs."""
LISTED = 3
"""How often a list of articles counts comments at least."""
LEAST = 3
"""Lines without which a page is not looked at."""
LAST, QUIET = 6, -1.0
"""Readers have the last word: a page whose last lines are this unlike them is not looked at further."""
EARLY = 0.35
"""Part of the probability that may lie before the line that is taken as the first."""


TINY_LINES, TINY_SIZE, TINY = 2, 200, 3.0
"""A region no larger than this is an article's last words as easily as a comment: what its strength loses for it."""
SIZE = 0.6
"""What a region's strength gains when it is e times as large: more words are lost if it is passed over."""


class RegionModel(NamedTuple):
    """What `bench/fit_lines.py` learned about candidates.

    Attributes:
        weights: weight of each of :data:`comments.split.text_voices.CANDIDATE`, as an array.
        bias: constant, against "there are none".
        floor: strength from which on a region is taken.
    """

    weights: Numbers
    bias: float
    floor: float


@cache
def load_region() -> RegionModel:
    """Return the committed model; it is read once."""
    return parse_region(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def parse_region(held: dict[str, Any]) -> RegionModel:
    """Return the model in what `bench/fit_lines.py` wrote."""
    import numpy as np

    return RegionModel(np.array(held["region"]), held["region_bias"], held["floor"])


@dataclass(frozen=True, slots=True)
class Region:
    """The lines ``first`` to ``stop`` (exclusive) in which readers speak, and how likely there are any."""

    first: int
    stop: int
    strength: float


def find_region(pieces: list[Piece]) -> Region | None:
    """Return the region of comments that the change of voice shows, or None.

    Args:
        pieces: the lines of a page without marked comments.
    """
    if not is_bare([(p.text, p.line.size, p.line.marker) for p in pieces]):
        return None
    if mean_voice(pieces[:MOST][-LAST:]) < QUIET:
        return None
    first, strength = place_readers(read_voices(pieces), load_region())
    first = _after_pingback(pieces, _below_heading(pieces, first))
    if strength < load_region().floor or _lists_posts(pieces, first):
        return None
    laid_out = _is_laid_out(pieces)
    floor = load_region().floor + (LAID_OUT if laid_out else 0)
    least = _prose(pieces[first:]) / MOST_READERS if laid_out else 0
    return Region(first, len(pieces), strength) if strength >= floor and _prose(pieces[:first]) >= least else None


def _below_heading(pieces: list[Piece], first: int) -> int:
    """Return the first line of readers: below the last heading of comments above it, if an article stands over that."""
    heading = next((at for at in range(first - 1, 0, -1) if pieces[at].kind == "heading"), None)
    return heading + 1 if heading and _prose(pieces[:heading]) >= ARTICLE else first


def _after_pingback(pieces: list[Piece], first: int) -> int:
    """Return the first line of readers: none of them speaks later than below the first pingbacks."""
    found = next((at for at in range(1, first) if pieces[at].kind == "pingback"), None)
    while found is not None and found < first and pieces[found].kind == "pingback":
        found += 1
    return first if found is None else found


def _lists_posts(pieces: list[Piece], first: int) -> bool:
    """Whether comments are counted time and again, or both above a line and below it: each count is of another article.

    Args:
        pieces: the lines of a page.
        first: index of the line.
    """
    above, below = (Counter(filter(None, (counted_last(p.text) for p in s))) for s in (pieces[:first], pieces[first:]))
    return bool(above & below) or any(count >= LISTED for count in (above + below).values())


def _prose(pieces: list[Piece]) -> int:
    """Return the bytes in lines that are long enough to be an article's."""
    return sum(piece.line.size for piece in pieces if piece.line.size >= PARAGRAPH)


def _is_laid_out(pieces: list[Piece]) -> bool:
    """Whether a renderer laid the page out, with lines moved in or broken within sentences.

    The voice is learned of whole paragraphs, and such renderers keep the marks of comments where there are any.
    """
    prose = [at for at, piece in enumerate(pieces[:MOST]) if piece.line.size >= PROSE]
    moved = sum(pieces[at].line.indent > 0 for at in prose)
    broken = sum(
        not pieces[at].text.endswith(_ENDS) and not pieces[at + 1].gap and pieces[at + 1].text[:1].islower()
        for at in prose
        if at + 1 < len(pieces)
    )
    return max(moved, broken) > SOME * len(prose)


def place_readers(voices: Voices, model: RegionModel) -> tuple[int, float]:
    """Return the first line of readers and how strong the signs are that there is one.

    The last words of an article often speak to its readers, so that the strength is no more than without the last line.
    """
    first, strength = place_region(candidate_rows(voices) @ model.weights + model.bias, voices.spoken)
    if strength >= model.floor and len(voices.sizes) > LEAST:
        shorter = Voices(voices.values[:-1], voices.sizes[:-1])
        strength = min(strength, place_region(candidate_rows(shorter) @ model.weights + model.bias, shorter.spoken)[1])
    return first, strength


def find_first(pieces: list[Piece], start: int, stop: int) -> int:
    """Return which of the lines from ``start`` to ``stop`` (exclusive) is the likeliest to be the readers' first."""
    start = max(1, start)
    scores = candidate_rows(read_voices(pieces))[start - 1 : stop - 1] @ load_region().weights
    return start + int(scores.argmax()) if len(scores) else stop


def place_region(scores: Numbers, sizes: Numbers) -> tuple[int, float]:
    """Return the first line of readers and the log odds that there is one.

    Args:
        scores: of all candidates, that is of every line but the first.
        sizes: bytes of every line, 0 where nobody speaks.
    """
    import numpy as np

    top = scores.max()
    odds = np.cumsum(np.exp(scores - top))
    first = 1 + int(np.searchsorted(odds, EARLY * odds[-1]))
    strength = float(np.log(odds[-1]) + top)
    below = float(sizes[first:].sum())
    tiny = len(sizes) - first <= TINY_LINES or below < TINY_SIZE
    return first, strength - TINY * tiny + SIZE * float(np.log(max(1.0, below) / 1000))


def is_bare(lines: list[tuple[str, int, str]]) -> bool:
    """Whether a page is little else than prose: no menus and no long lists, as an extractor leaves it.

    Args:
        lines: text, size and list marker of each.
    """
    brief = sum([size < BRIEF and not text.endswith(_ENDS) for text, size, _ in lines])
    if len(lines) < LEAST or brief > MOST_BRIEF * len(lines):
        return False
    listed = sum([marker != "" or text.startswith(("[", "#", "* ")) for text, _, marker in lines])
    return listed <= MOST_LISTED * len(lines)


def find_marked_region(pieces: list[Piece], top: int, start: int, stop: int) -> Region | None:
    """Return what stands under a heading that counts comments, where there are words and an article above.

    Args:
        pieces: the lines of the page.
        top: index of the heading.
        start: index of the line after it.
        stop: index of the next heading or form.
    """
    stop = next((at for at in range(start, stop) if pieces[at].kind in _CLOSERS), stop)
    first = next((at for at in range(start, stop) if pieces[at].kind in _OPENERS), stop)
    while stop > first and pieces[stop - 1].kind not in _OPENERS:
        stop -= 1
    words = sum(
        p.line.size for p in pieces[first:stop] if p.kind == "text" and (p.line.size >= BRIEF or p.text.endswith(_ENDS))
    )
    return Region(first, stop, 0.0) if words > 80 and _prose(pieces[:top]) >= ARTICLE else None
