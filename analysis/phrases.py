"""Phrases of one to three words, weighed by class-based TF-IDF (Grootendorst 2022).

The weights are BERTopic's (``ClassTfidfTransformer`` with ``reduce_frequent_words``), to the last bit (held by a
test). They are computed here with a whole number for each phrase, because a dictionary of all phrases of 200,000
comments takes gigabytes, and importing BERTopic takes longer than a run that only assigns.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

BITS = 21
"""Bits of a word's number: three words fill 63. Of more than two million distinct words the rarest are passed over."""


def weigh_phrases(groups: Sequence[Sequence[str]], rest: Sequence[str], most: int) -> list[list[tuple[str, float]]]:
    """Return the phrases of each group that weigh most, best first, with their weights.

    A phrase's weight in a group is the square root of its share of the group's phrases, times the logarithm of one
    more than the phrases of an average group over its number in all of them.

    Args:
        groups: the words of each group, its texts one after another.
        rest: the words of what is in no group; it is one more group of which nothing is returned.
        most: phrases to return of each; of equals those of fewer and more frequent words.
    """
    import numpy as np

    every = [*groups, rest] if rest else list(groups)
    numbers = _number_words(every)
    words = list(numbers)
    counted = [_count_phrases([numbers[word] for word in own if word in numbers]) for own in every]
    sizes = [int(counts.sum()) for _, counts in counted]
    average = sum(sizes) / len(sizes) if sizes else 0.0
    codes, totals = _add_up(counted)
    found = []
    for (own, counts), size in zip(counted[: len(groups)], sizes, strict=False):
        weights = np.sqrt(counts / max(1, size)) * np.log(int(average) / totals[codes.searchsorted(own)] + 1)
        top = _largest(weights, own, most)
        found.append([(_spell(int(own[i]), words), float(weights[i])) for i in top])
    return found


def _number_words(groups: Sequence[Sequence[str]]) -> dict[str, int]:
    """A number from 1 for each word, the most frequent first, whatever the order of the groups."""
    counts = Counter(word for own in groups for word in own)
    ranked = sorted(counts, key=lambda word: (-counts[word], word))[: (1 << BITS) - 1]
    return {word: number for number, word in enumerate(ranked, 1)}


def _count_phrases(words: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Codes of the phrases of a group in order, and how often each stands there."""
    import numpy as np

    one = np.asarray(words, dtype=np.int64)
    two = one[:-1] << BITS | one[1:]
    three = two[:-1] << BITS | one[2:] if len(one) > 2 else one[:0]
    codes, counts = np.unique(np.concatenate([one, two, three]), return_counts=True)
    return codes, counts


def _add_up(
    counted: Sequence[tuple[NDArray[np.int64], NDArray[np.int64]]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All codes in order, and how often each stands in all groups together."""
    import numpy as np

    if not counted:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    codes = np.unique(np.concatenate([own for own, _ in counted]))
    totals = np.zeros(len(codes), dtype=np.int64)
    for own, counts in counted:
        totals[codes.searchsorted(own)] += counts
    return codes, totals


def _largest(weights: NDArray[np.float64], codes: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Rows of the largest weights, of equals the smallest codes, in order."""
    import numpy as np

    rows = np.arange(len(weights))
    if len(weights) > most:
        rows = np.flatnonzero(weights >= np.partition(weights, -most)[-most])
    return np.asarray(rows[np.lexsort((codes[rows], -weights[rows]))[:most]])


def _spell(code: int, words: Sequence[str]) -> str:
    numbers = [part for shift in (2 * BITS, BITS, 0) if (part := code >> shift & ((1 << BITS) - 1))]
    return " ".join(words[number - 1] for number in numbers)
