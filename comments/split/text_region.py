"""Where readers' words begin on a page that marks no comment: a change of voice, found by a learned model.

A rendering that keeps neither names nor dates nor list markers is an article and then, without a sign, its
readers. Every line may be the first of theirs; a conditional logit model (McFadden 1974) over these candidates
and over "there are none" weighs the voice of the lines below against that of the lines above.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise, repeat
from math import copysign, exp, log, log1p, sqrt, tanh
from operator import itemgetter, mul
from typing import TYPE_CHECKING

from comments.split.line_model import FEATURES, line_features, line_score, load_model, words_of

if TYPE_CHECKING:
    from comments.split.line_model import LineModel
    from comments.split.text_bylines import Piece

PROSE = frozenset(["text", "says", "dated", "closer", "heading"])
_OPENERS = frozenset(["text", "says", "dated"])
_ENDS = (".", "!", "?")
_CLOSERS = frozenset(["form", "closer", "heading", "rule"])
MOST = 400
"""Lines that are looked at; a voice that has not changed by then does not."""
BRIEF, MOST_BRIEF, MOST_LISTED = 30, 0.45, 0.4
"""Bytes below which a line without an end is of a menu; how much of a bare page may be such lines, or list items."""
EARLY = 0.3
"""Part of the probability that may lie before the line that is taken as the first."""
TINY_LINES, TINY_SIZE = 2, 200
"""A region no larger than this is an article's last words as easily as a comment."""
_WIDE, _NEAR, _CLOSE = 8, 5, 3

RATES = (
    "exclamation marks", "question marks", "trailing dots", "emoticon", "calls a name", "i", "you", "thanks", "hello",
    "post", "said", "any thanks", "any i", "any you", "opens with hello", "opens with i", "opens with thanks",
    "no full stop at the end", "begins with a small letter", "capitals inside", "commas", "digits", "quotation marks",
)  # fmt: skip
EDGES = (
    "length", "very short", "no full stop at the end", "begins with a small letter", "exclamation marks",
    "question marks", "emoticon", "address of a page", "calls a name", "one sentence or less", "any thanks",
    "any post", "any said", "any you", "any i", "opens with hello", "opens with i", "opens with thanks",
)  # fmt: skip
CANDIDATE = (
    "voice below", "voice above", "voice below less above", "voice of the line", "voice of the line above",
    "voice of 3 below less 3 above", "voice of 3 below", "voice of 3 above", "voice of 8 below less 8 above",
    "voice of 8 above", "voice of the first 6", "sum below less sum above", "sum below by root of lines",
    "gain over the voice above, small", "gain over the voice above, large", "root of the gain", "root of the sum below",
    "sum below, bounded", "lines below, bounded", "lines above, bounded", "root of the sum above", "sum above, bounded",
    "length below less above", "part of the text above", "size above", "size below", "lines below", "lines above",
    "up to 3 lines below", "one line below", "two lines below", "few words below", "words below, bounded",
    "words above, bounded", "few words above", "words of 4 below known above", "words of 4 above known before",
    "words below known above", "line above is no prose", "line above has a date", "line has a date",
    "dates below", "dates above", "lines above that are no prose",
    *(f"{name}: below less above" for name in RATES), *(f"{name}: 5 below less 5 above" for name in RATES),
    *(f"line: {name}" for name in EDGES), *(f"line above: {name}" for name in EDGES),
)  # fmt: skip
_RATES = tuple(FEATURES.index(name) for name in RATES)
_EDGES = tuple(FEATURES.index(name) for name in EDGES)


@dataclass(frozen=True, slots=True)
class Voice:
    """What one line says about who speaks.

    Attributes:
        score: log odds that a reader and not the article speaks, bounded; 0 for what is no prose.
        size: length of the line in bytes.
        values: the line's :data:`FEATURES`.
        words: its longer words.
        prose: whether it is prose at all.
        dated: whether it holds a date or "X says".
    """

    score: float
    size: int
    values: list[float]
    words: list[str]
    prose: bool
    dated: bool


@dataclass(frozen=True, slots=True)
class Region:
    """The lines ``first`` to ``stop`` (exclusive) in which readers speak, and how likely there are any."""

    first: int
    stop: int
    strength: float


def read_voices(pieces: list[Piece]) -> list[Voice]:
    """Return the voice of every line, of the first :data:`MOST` ones."""
    voices = []
    for piece in pieces[:MOST]:
        words = words_of(piece.text)
        values = line_features(piece.text, piece.line.size, words)
        prose = piece.kind in PROSE
        score = max(-3.0, min(3.0, line_score(values, words))) if prose else 0.0
        dated = piece.kind in ("date", "dated", "says")
        voices.append(Voice(score, piece.line.size, values, [w for w in words if len(w) > 4], prose, dated))
    return voices


def find_region(pieces: list[Piece]) -> Region | None:
    """Return the region of comments that the change of voice shows, or None.

    Args:
        pieces: the lines of a page without marked comments.
    """
    if not is_bare([(p.text, p.line.size, p.line.marker) for p in pieces]):
        return None
    voices = read_voices(pieces)
    model = load_model()
    scores = score_candidates(voices, model)
    top = max(scores)
    odds = [exp(s - top) for s in scores]
    total = sum(odds)
    first = next(k for k, mass in enumerate(accumulate(odds), 1) if mass >= EARLY * total)
    strength = log(total) + top
    if len(voices) - first <= TINY_LINES or sum(v.size for v in voices[first:]) < TINY_SIZE:
        strength -= model.tiny
    return Region(first, len(pieces), strength) if strength >= model.floor else None


def is_bare(lines: list[tuple[str, int, str]]) -> bool:
    """Whether a page is little else than prose: no menus and no long lists, as an extractor leaves it.

    Args:
        lines: text, size and list marker of each.
    """
    brief = sum(size < BRIEF and not text.endswith(_ENDS) for text, size, _ in lines)
    listed = sum(marker != "" or text.startswith(("[", "#", "* ")) for text, _, marker in lines)
    return len(lines) >= 3 and brief <= MOST_BRIEF * len(lines) and listed <= MOST_LISTED * len(lines)


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
    above = sum(p.line.size for p in pieces[:top] if p.line.size >= 60)
    return Region(first, stop, 0.0) if words > 80 and above >= 200 else None


def candidate_rows(voices: list[Voice]) -> list[list[float]]:
    """Return the values of :data:`CANDIDATE` for every line but the first as the first one of readers."""
    sums, n = _Sums(voices), len(voices)
    rates = [sums.project([v.values[at] for v in voices]) for at in _RATES]
    return [
        [float(value) for value in base]
        + [sums.mean(k, n, of) - sums.mean(0, k, of) for of in rates]
        + [sums.mean(k, k + _NEAR, of) - sums.mean(k - _NEAR, k, of) for of in rates]
        + [voices[k].values[at] for at in _EDGES]
        + [voices[k - 1].values[at] for at in _EDGES]
        for k, base in enumerate(_base_rows(voices, sums), 1)
    ]


def score_candidates(voices: list[Voice], model: LineModel) -> list[float]:
    """Return the scores of all candidates: the rows of :func:`candidate_rows` times the weights, in few steps.

    Means of features weigh the same before and after they are added up, so that each line is weighed once.
    """
    sums = _Sums(voices)
    base, rates, edges = len(CANDIDATE) - 2 * len(RATES) - 2 * len(EDGES), len(RATES), len(EDGES)
    weights = model.region
    cuts = [0, base, base + rates, base + 2 * rates, base + 2 * rates + edges, len(weights)]
    own, wide, near, line, above = (weights[a:b] for a, b in pairwise(cuts))
    of_rates, of_edges = itemgetter(*_RATES), itemgetter(*_EDGES)
    start = model.bias - sum(map(mul, weights, model.means))
    wides, nears = (sums.project([sum(map(mul, part, of_rates(v.values))) for v in voices]) for part in (wide, near))
    lines = [sum(map(mul, line, of_edges(v.values))) for v in voices]
    aboves = [sum(map(mul, above, of_edges(v.values))) for v in voices]
    n = len(voices)
    return [
        start + sum(map(mul, own, row))
        + sums.mean(k, n, wides) - sums.mean(0, k, wides)
        + sums.mean(k, k + _NEAR, nears) - sums.mean(k - _NEAR, k, nears) + lines[k] + aboves[k - 1]
        for k, row in enumerate(_base_rows(voices, sums), 1)
    ]  # fmt: skip


class _Sums:
    """Running sums over the lines, so that any stretch is weighed in one step."""

    def __init__(self, voices: list[Voice]) -> None:
        def running(values: list[float]) -> list[float]:
            return list(accumulate(values, initial=0.0))

        weights = [min(v.size, 400) / 100 + 0.2 for v in voices]
        self.count, self.weights = len(voices), weights
        self.weight = running(weights)
        self.score = running([v.score for v in voices])
        self.weighted = running([v.score * w for v, w in zip(voices, weights, strict=True)])
        self.size = running([float(v.size) for v in voices])
        self.log_size = running([log1p(v.size) for v in voices])
        self.dates = running([float(v.dated) for v in voices])
        self.bare = running([float(not v.prose) for v in voices])
        self.born: dict[str, int] = {}
        for at, voice in enumerate(voices):
            for word in voice.words:
                self.born.setdefault(word, at)
        # How many words of the lines from k on stood already before k.
        reach: list[float] = [0.0] * (self.count + 1)
        # And how many words of each line stood already before it, and before each of the three lines above it.
        self.ages: list[list[int]] = [[], [], [], []]
        for at, voice in enumerate(voices):
            born = [self.born[word] for word in voice.words]
            reach[at + 1] -= len(born)
            for first in born:
                reach[first + 1] += 1
            older = len(born)
            for back in range(4):
                older -= born.count(at - back)
                self.ages[back].append(older)
        for known in self.ages:
            known += [0] * 4
        self.known = list(accumulate(reach))
        self.words = running([float(len(v.words)) for v in voices])

    def project(self, values: list[float]) -> list[float]:
        """Return the running sum of one value a line, weighted by length."""
        return list(accumulate(map(mul, values, self.weights), initial=0.0))

    def mean(self, start: int, stop: int, of: list[float] | None = None) -> float:
        """Return the mean of a running sum (the score's) over a stretch, weighted by length."""
        start, stop = max(0, start), min(self.count, stop)
        of = self.weighted if of is None else of
        return (of[stop] - of[start]) / max(self.weight[stop] - self.weight[start], 1e-6)

    def between(self, reach: int) -> list[float]:
        """Return, for every line from the second on, the mean score of the ``reach`` lines from it on."""
        total, weight, n = self.weighted, self.weight, self.count
        return [
            (total[stop] - total[k]) / max(weight[stop] - weight[k], 1e-6)
            for k, stop in zip(range(1, n), chain(range(1 + reach, n), repeat(n)), strict=False)
        ]

    def before(self, reach: int) -> list[float]:
        """Return, for every line from the second on, the mean score of the ``reach`` lines before it."""
        total, weight = self.weighted, self.weight
        return [
            (total[k] - total[start]) / max(weight[k] - weight[start], 1e-6)
            for k, start in zip(range(1, self.count), chain(repeat(0, reach - 1), range(self.count)), strict=False)
        ]

    def known_parts(self) -> tuple[list[float], list[float]]:
        """Return what part of the words of 4 lines below stood above, and of 4 lines above before these."""
        n, total = self.count, self.words
        at, one, two, three = self.ages
        below = [
            (at[k] + one[k + 1] + two[k + 2] + three[k + 3]) / (total[min(k + 4, n)] - total[k] + 3)
            for k in range(1, n)
        ]
        above = [
            (at[k - 4] + one[k - 3] + two[k - 2] + three[k - 1] if k > 4 else 0) / (total[k] - total[max(1, k - 4)] + 3)
            for k in range(1, n)
        ]
        return below, above


def _base_rows(voices: list[Voice], sums: _Sums) -> Iterator[tuple[float, ...]]:
    """Yield the first values of :data:`CANDIDATE`, up to the rates, for every line but the first."""
    n, at = sums.count, range(1, sums.count)
    score, weighted, weight, sizes = sums.score, sums.weighted, sums.weight, sums.size
    below, above, near, close = sums.between(n), sums.before(n), sums.between(_CLOSE), sums.before(_CLOSE)
    wide, before = sums.between(_WIDE), sums.before(_WIDE)
    opening = sums.mean(0, 6)
    fresh, old = sums.known_parts()
    every = zip(
        at, below, above, sums.between(1), sums.before(1), near, close, wide, before, fresh, old, voices[1:], voices,
        strict=False,
    )  # fmt: skip
    for k, under_mean, over_mean, own, last, first, final, ahead, behind, known, known_above, voice, previous in every:
        rest_weighted, left = weighted[n] - weighted[k], n - k
        gain = rest_weighted - over_mean * (weight[n] - weight[k])
        under, over, heavy_over = score[n] - score[k], score[k], weighted[k]
        size, rest = sizes[k], sizes[n] - sizes[k]
        yield (
            under_mean, over_mean, under_mean - over_mean, own, last, first - final, first, final,
            ahead - behind, behind, opening,
            (under - over) / sqrt(n), under / sqrt(left),
            tanh(gain / 3), tanh(gain / 10), _root(gain) / 3, _root(rest_weighted) / 3,
            tanh(rest_weighted / 10), tanh(under / 6), tanh(-over / 6), _root(heavy_over) / 3, tanh(heavy_over / 10),
            (sums.log_size[n] - sums.log_size[k]) / left - sums.log_size[k] / k,
            size / (size + rest if size + rest > 1.0 else 1.0), log1p(size) / 5, log1p(rest) / 5,
            log1p(left) / 3, log1p(k) / 3, (left if left < 3 else 3) / 3, left == 1, left == 2,
            rest < 150, rest / 1000 if rest < 1000 else 1.0, size / 600 if size < 600 else 1.0, size < 200,
            known, known_above, sums.known[k] / (sums.words[n] - sums.words[k] + 5),
            not previous.prose, previous.dated, voice.dated,
            (sums.dates[n] - sums.dates[k]) / left, sums.dates[k] / k, sums.bare[k] - sums.bare[k - 3 if k > 3 else 0],
        )  # fmt: skip


def _root(value: float) -> float:
    return copysign(sqrt(abs(value)), value)
