"""Phrases whose meaning is near to what their theme is about, and not to what the others are about, come first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.phrases import Phrase

LOOKED_AT = 6  # phrases of a theme whose vectors are compared
LEAST = 0.02  # closeness that counts where there is less


def put_near_first(
    phrases: Sequence[Sequence[Phrase]],
    centres: NDArray[np.float64],
    embed: Callable[[Sequence[str]], NDArray[np.float32]],
) -> list[list[Phrase]]:
    """Weigh the best phrases of each theme by how near they are to its centre, and order them anew.

    The weight is multiplied by the cosine of a phrase with the centre of its theme, less the mean of its cosines with
    the other centres (the phrase nearest to a text stands for it: KeyBERT, Grootendorst 2020).

    Args:
        phrases: of each theme, best first.
        centres: unit vector of each theme, shape (themes, d).
        embed: turns texts into unit vectors.
    """
    import numpy as np

    texts = sorted({phrase.text for own in phrases for phrase in own[:LOOKED_AT]})
    meanings = embed(texts) if texts else np.zeros((0, centres.shape[1]), dtype=np.float32)
    cosines = np.round(meanings.astype(np.float64) @ centres.T, 6) if texts else np.zeros((0, len(centres)))
    row_of = {text: row for row, text in enumerate(texts)}
    found = []
    for number, own in enumerate(phrases):
        rows = cosines[[row_of[phrase.text] for phrase in own[:LOOKED_AT]]]
        others = np.delete(rows, number, axis=1)
        nearer = rows[:, number] - (others.mean(axis=1) if others.size else 0.0)
        weighed = np.maximum(nearer, LEAST).tolist()
        held = [
            replace(phrase, weight=phrase.weight * near, meaning=meanings[row_of[phrase.text]])
            for phrase, near in zip(own, weighed, strict=False)
        ]
        rest = [replace(phrase, weight=phrase.weight * min(weighed)) for phrase in own[LOOKED_AT:]]
        found.append([*sorted(held, key=lambda phrase: (-phrase.weight, phrase.text)), *rest])
    return found
