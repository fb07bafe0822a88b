"""Keyphrases of themes, and whether a label of an earlier run still holds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from analysis.function_words import is_function_word
from analysis.phrases import WIDE, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from analysis.phrases import Phrase

OFTEN = 2  # keyphrases of a theme that one word may be in


def choose_keyphrases(phrases: Sequence[Phrase], count: int) -> list[Phrase]:
    """Return the best phrases, each with half of its words or more that no better one has.

    Args:
        phrases: of a theme, best first.
        count: how many at most.
    """
    kept: list[Phrase] = []
    said: Counter[int] = Counter()
    for phrase in phrases:
        new = all(2 * len(phrase.words & own.words) <= len(phrase.words) for own in kept)
        if len(kept) < count and new and max(said[word] for word in phrase.words) < OFTEN:
            kept.append(phrase)
            said.update(phrase.words)
    return kept


def label_holds(label: str, keyphrases: Sequence[str]) -> bool:
    """Whether a label of an earlier run is still one: a phrase among the keyphrases, none that says nothing."""
    phrases = label.casefold().split(", ")
    return bool(set(phrases) & {phrase.casefold() for phrase in keyphrases}) and all(
        _is_telling(phrase) for phrase in phrases
    )


def _is_telling(phrase: str) -> bool:
    """Whether a phrase may stand in a report: no function words at its ends, and a word of three letters or more."""
    words = phrase.split()
    if max(map(width, words), default=0) < WIDE:
        return False
    return not is_function_word(words[0]) and not is_function_word(words[-1])
