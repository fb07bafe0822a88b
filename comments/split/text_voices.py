"""Who speaks in each line of a page, and what every line says for being the first one of readers.

A line is a row of numbers: its tone (:data:`FEATURES`), its score, whether its words are new. A candidate is a line
that may be the readers' first: what stands from it on is set against what stands above, by differences of means.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from comments.split.line_model import FEATURES, line_features, line_score, words_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from comments.split.text_bylines import Piece

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64] | int

PROSE = frozenset(["text", "says", "dated", "closer", "heading"])
MOST = 400
"""Lines that are looked at; a voice that has not changed by then does not."""
BOUND = 3.0
"""Bound of a line's score, so that no single line decides."""
TRANSCRIBED, SPOKEN = 0.5, 3
"""Share of a page's lines that open with a speaker's name in a transcript; how often such a name comes at least."""
FRESH, RUN, FIRST = 0.25, 5, 3
"""Share of new words below which a line may quote; how many words on end are a quotation; lines that name the topic."""
_LONG_WORD = 5
_WIDE, _NEAR, _CLOSE = 8, 5, 3

COLUMNS = (
    *FEATURES, "voice", "voice squared", "speaks as a reader", "length squared", "new words", "no prose", "date",
    "said above", "opens as said above", "words of the first lines",
)  # fmt: skip
_VOICE, _PROSE, _DATE = COLUMNS.index("voice"), COLUMNS.index("no prose"), COLUMNS.index("date")
RATES = (
    "length", "exclamation marks", "question marks", "trailing dots", "emoticon", "address of a page", "calls a name",
    "i", "you", "thanks", "hello", "post", "said", "any thanks", "any i", "any you", "opens with hello", "opens with i",
    "opens with thanks", "no full stop at the end", "begins with a small letter", "capitals inside", "commas", "digits",
    "long words", "quotation marks", "contractions", "one sentence or less", "voice squared", "speaks as a reader",
    "length squared", "new words", "no prose", "date", "said above", "opens as said above",
    "words of the first lines",
)  # fmt: skip
EDGES = (
    "length", "very short", "no full stop at the end", "begins with a small letter", "exclamation marks",
    "question marks", "emoticon", "address of a page", "calls a name", "one sentence or less", "any thanks",
    "any post", "any said", "any you", "any i", "opens with hello", "opens with i", "opens with thanks",
    "capitals inside", "new words", "no prose", "date", "said above", "opens as said above",
    "words of the first lines",
)  # fmt: skip
# Three of them say as much as thirty.
COUNTED = ("calls a name", "said above", "opens as said above")
BASE = (
    "voice below", "voice above", "voice below less above", "voice of the line", "voice of the line above",
    "voice of 3 below", "voice of 3 above", "voice of 3 below less 3 above", "voice of 8 above",
    "voice of 8 below less 8 above", "voice of the first 6", "voice of the last 3", "sum below less sum above",
    "sum below by root of lines", "gain over the voice above, small", "gain over the voice above, large",
    "root of the gain", "root of the sum below", "sum below, bounded", "root of the sum above", "sum above, bounded",
    "lines below, bounded", "lines above, bounded", "part of the text above", "size above", "size below",
    "lines below", "lines above", "up to 3 lines below", "one line below", "two lines below", "few words below",
    "words below, bounded", "words above, bounded", "few words above",
)  # fmt: skip
CANDIDATE = (
    *BASE, *(f"{name}: below less above" for name in RATES), *(f"{name}: 5 below less 5 above" for name in RATES),
    *(f"line: {name}" for name in EDGES), *(f"line above: {name}" for name in EDGES),
    *(f"{name}: how many below" for name in COUNTED), *(f"{name}: how many above" for name in COUNTED),
)  # fmt: skip
_RATES = [COLUMNS.index(name) for name in RATES]
_EDGES = [COLUMNS.index(name) for name in EDGES]
_COUNTED = [COLUMNS.index(name) for name in COUNTED]


class Voices(NamedTuple):
    """The lines of a page as numbers.

    Attributes:
        values: :data:`COLUMNS` of each line, lines by columns.
        sizes: length of each line in bytes.
    """

    values: Numbers
    sizes: Numbers

    @property
    def spoken(self) -> Numbers:
        """Bytes of each line, 0 where nobody speaks."""
        spoken: Numbers = self.sizes * (1 - self.values[:, _PROSE])
        return spoken


def mark_prose(lines: list[tuple[str, str]]) -> list[bool]:
    """Return which lines hold words that someone speaks.

    No one does in an address alone, in mark-up, in what was said before, and in a transcript, where
    the same few names stand before most lines.

    Args:
        lines: kind and text of each line of a page.
    """
    said: set[str] = set()
    marked = []
    for kind, text in lines:
        alone = text.startswith("<") or (text.startswith(("http://", "https://", "www.")) and " " not in text)
        marked.append(kind in PROSE and not alone and text not in said)
        said.add(text)
    speakers = [_speaker(text) for _, text in lines]
    if sum(map(bool, speakers)) <= TRANSCRIBED * len(lines):
        return marked
    often = {name for name, count in Counter(filter(None, speakers)).items() if count >= SPOKEN}
    spoken = [name in often for name in speakers]
    if sum(spoken) <= TRANSCRIBED * len(lines):
        return marked
    return [prose and not other for prose, other in zip(marked, spoken, strict=True)]


def _speaker(text: str) -> str:
    """Return the name before a colon that opens a line, or nothing."""
    name, colon, _ = text[:32].partition(":")
    return name if colon and name[:1].isupper() else ""


def read_voices(pieces: list[Piece]) -> Voices:
    """Return the voices of the first :data:`MOST` lines."""
    pieces = pieces[:MOST]
    lines: list[tuple[list[float], float, list[str], int, bool, str]] = []
    for piece, prose in zip(pieces, mark_prose([(p.kind, p.text) for p in pieces]), strict=True):
        words = words_of(piece.text)
        values = line_features(piece.text, piece.line.size, words)
        score = line_score(values, words) if prose else 0.0
        lines.append((values, score, words, piece.line.size, prose, piece.kind))
    return make_voices(lines)


def mean_voice(pieces: list[Piece]) -> float:
    """Return the mean score of the lines in which someone speaks, weighted by length; 0 where nobody does."""
    total = weights = 0.0
    for piece, prose in zip(pieces, mark_prose([(p.kind, p.text) for p in pieces]), strict=True):
        if prose:
            words = words_of(piece.text)
            score = line_score(line_features(piece.text, piece.line.size, words), words)
            weight = min(piece.line.size, 400) / 100 + 0.2
            total, weights = total + max(-BOUND, min(BOUND, score)) * weight, weights + weight
    return total / weights if weights else 0.0


def make_voices(lines: list[tuple[list[float], float, list[str], int, bool, str]]) -> Voices:
    """Return the voices of lines.

    Args:
        lines: of each its features, its score, its words, its size in bytes, whether it is prose, and its kind.
    """
    import numpy as np

    rows, known, first = [], set[str](), set[str]()
    above: list[str] = []
    for at, (values, raw, words, _, prose, kind) in enumerate(lines):
        score = max(-BOUND, min(BOUND, raw)) if prose else 0.0
        long = {word for word in words if len(word) >= _LONG_WORD}
        fresh = len(long - known) / len(long) if long else 0.0
        known |= long
        opens, said = _repeats(words, above) if prose and fresh < FRESH else (0.0, 0.0)
        above.append(" ".join(words))
        old = len(long & first) / len(long) if long else 0.0
        if at < FIRST:
            first |= long
        dated = kind in ("date", "dated", "says")
        rows.append([
            *values, score, score * score, score > 0.5, values[0] ** 2, fresh, not prose, dated, said, opens, old,
        ])  # fmt: skip
    flat: Numbers = np.fromiter(chain.from_iterable(rows), float, len(rows) * len(COLUMNS))
    return Voices(flat.reshape(-1, len(COLUMNS)), np.array([line[3] for line in lines], dtype=float))


def _repeats(words: list[str], above: list[str]) -> tuple[float, float]:
    """Return whether a line opens with words that were said above, and how much of it was: readers quote.

    What the line next above says may be its title and does not count.
    """
    starts = sorted({0, (len(words) - RUN) // 2, len(words) - RUN})
    if starts[0] < 0:
        return 0.0, 0.0
    text = "\n".join(above[:-1])
    found = [" ".join(words[at : at + RUN]) in text for at in starts]
    return float(found[0]), sum(found) / len(found)


def candidate_rows(voices: Voices) -> Numbers:
    """Return the values of :data:`CANDIDATE` for every line but the first, lines by features."""
    import numpy as np

    values, sizes = voices
    n = len(sizes)
    at = np.arange(1, n)
    weights = np.minimum(sizes, 400) / 100 + 0.2
    heavy = _running(values * weights[:, None])
    rates, voice, weight = heavy[:, _RATES], heavy[:, _VOICE, None], _running(weights)

    def mean(sums: Numbers, start: Places, stop: Places) -> Numbers:
        means: Numbers = (sums[stop] - sums[start]) / np.maximum(weight[stop] - weight[start], 1e-6)[..., None]
        return means

    def around(sums: Numbers, reach: int) -> tuple[Numbers, Numbers]:
        return mean(sums, at, np.minimum(at + reach, n)), mean(sums, np.maximum(at - reach, 0), at)

    windows = np.column_stack([*around(voice, n), *around(voice, _CLOSE), *around(voice, _WIDE)])
    ends = [float(mean(voice, 0, min(6, n))[0]), float(mean(voice, max(0, n - 3), n)[0])]
    below, above = around(rates, n)
    near_below, near_above = around(rates, _NEAR)
    base = _base(voices, windows, ends, voice[:, 0], weight)
    edges = values[:, _EDGES]
    counts = _running(values[:, _COUNTED])
    under, over = np.minimum(counts[n] - counts[at], 3) / 3, np.minimum(counts[at], 3) / 3
    return np.column_stack((base, below - above, near_below - near_above, edges[1:], edges[:-1], under, over))


def _base(voices: Voices, windows: Numbers, ends: list[float], heavy: Numbers, weight: Numbers) -> Numbers:
    """Return the values of :data:`BASE`: the voice, and how much text there is, below and above.

    Args:
        voices: the lines.
        windows: mean voice below and above each candidate: over all lines, over 3, over 8.
        ends: mean voice of the first 6 lines and of the last 3.
        heavy: running sums of voice times weight.
        weight: running sums of weights.
    """
    import numpy as np

    n = len(voices.sizes)
    at = np.arange(1, n)
    left = n - at
    voice = voices.values[:, _VOICE]
    below, above, close_below, close_above, wide_below, wide_above = windows.T
    score, size = _running(voice), _running(voices.sizes)
    under, over = score[n] - score[at], score[at]
    heavy_under, heavy_over = heavy[n] - heavy[at], heavy[at]
    gain = heavy_under - above * (weight[n] - weight[at])
    past, rest = size[at], size[n] - size[at]
    flat = np.ones(n - 1)
    return np.column_stack((
        below, above, below - above, voice[1:], voice[:-1], close_below, close_above, close_below - close_above,
        wide_above, wide_below - wide_above, ends[0] * flat, ends[1] * flat, (under - over) / np.sqrt(n),
        under / np.sqrt(left), np.tanh(gain / 3), np.tanh(gain / 10), _root(gain) / 3, _root(heavy_under) / 3,
        np.tanh(heavy_under / 10), _root(heavy_over) / 3, np.tanh(heavy_over / 10), np.tanh(under / 6),
        np.tanh(-over / 6), past / np.maximum(1.0, past + rest), np.log1p(past) / 5, np.log1p(rest) / 5,
        np.log1p(left) / 3, np.log1p(at) / 3, np.minimum(left, 3) / 3, left == 1, left == 2, rest < 150,
        np.minimum(rest / 1000, 1.0), np.minimum(past / 600, 1.0), past < 200,
    ))  # fmt: skip


def _running(values: Numbers) -> Numbers:
    """Return sums of the first lines: of none, of one, of two, and so on."""
    import numpy as np

    return np.concatenate((np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)))


def _root(values: Numbers) -> Numbers:
    import numpy as np

    return np.copysign(np.sqrt(np.abs(values)), values)
