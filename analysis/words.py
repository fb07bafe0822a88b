"""Words for themes: keyphrases, and labels made of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from analysis.function_words import find_words, is_function_word
from analysis.phrases import WIDE, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from analysis.phrases import Phrase

ALONE = 0.25  # share of a theme's writers who use a phrase that is its whole label
OFTEN = 2  # keyphrases of a theme that one word may be in
SAME = 4, 0.65  # letters, and share of the shorter of two words, that both begin with where they are forms of one word
APART = "No words in common"  # label of a theme of which no two texts share a phrase
THIN = 0.2  # share of a theme's texts with one of the phrases of its label below which there is one more
NEAR = 0.5  # what is left of the worth of a label's second phrase where the same writers use both


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


def make_labels(phrases: Sequence[Sequence[Phrase]], taken: Sequence[str] = ()) -> list[str]:
    """Return a label a theme: one of its keyphrases, or two where one alone says too little.

    The second is the best that other writers use than the first (maximal marginal relevance; Carbonell and Goldstein
    1998). No theme is called by a phrase of another's label; one whose texts share no phrase has a label that says so.

    Args:
        phrases: keyphrases of each theme, best first.
        taken: labels that others have already.
    """
    used = {label.casefold() for label in taken}
    labels: list[str] = []
    for number, own in enumerate(phrases, 1):
        options = _options([phrase for phrase in own if phrase.text.casefold() not in used])
        fallback = f"{own[0].text} ({number})" if own else f"Unnamed theme {number}"
        if own and not any(_is_common(phrase) for phrase in own):
            options, fallback = iter([APART]), f"{APART} ({number})"
        labels.append(next((o for o in options if o.casefold() not in used), fallback))
        used |= {labels[-1].casefold(), *labels[-1].casefold().split(", ")}
    return labels


def _is_common(phrase: Phrase) -> bool:
    """Whether two texts of the theme hold a phrase, or its one text does."""
    return len(phrase.users) > 1 or phrase.share >= 1


def _options(phrases: Sequence[Phrase]) -> Iterator[str]:
    """Labels that a theme may have, best first."""
    if phrases and len(phrases[0].words) > 1 and phrases[0].share >= ALONE:
        yield phrases[0].text
    for first in phrases:
        yield from _join(first, phrases)
    yield from (phrase.text for phrase in phrases)


def _join(first: Phrase, phrases: Sequence[Phrase]) -> Iterator[str]:
    """Labels that begin with a phrase; of three phrases where two say what few of the texts say."""
    others = [second for second in phrases if not _overlap(first.text, second.text)]
    others.sort(key=lambda second: -second.weight * (1 - NEAR * _same_users(first, second)))
    for place, second in enumerate(others):
        third = next((other for other in others[place + 1 :] if not _overlap(second.text, other.text)), None)
        if third and _union_share(first, second) < THIN:
            yield f"{first.text}, {second.text}, {third.text}"
        yield f"{first.text}, {second.text}"


def _union_share(first: Phrase, second: Phrase) -> float:
    """Share of the theme's texts that hold one of two phrases."""
    texts = len(first.users) / first.share
    return len(first.users | second.users) / texts


def _same_users(first: Phrase, second: Phrase) -> float:
    return len(first.users & second.users) / max(1, len(first.users | second.users))


def label_holds(label: str, keyphrases: Sequence[str]) -> bool:
    """Whether a label of an earlier run is still one: a phrase among the keyphrases, none that says nothing."""
    phrases = label.split(", ")
    return bool(set(phrases) & set(keyphrases)) and all(_is_telling(phrase) for phrase in phrases)


def _is_telling(phrase: str) -> bool:
    """Whether a phrase may stand in a report: no function words at its ends, and a word of three letters or more."""
    words = phrase.split()
    if max(map(width, words), default=0) < WIDE:
        return False
    return not is_function_word(words[0]) and not is_function_word(words[-1])


def _overlap(first: str, second: str) -> bool:
    """Whether two phrases share a word, or a word in another form ("dirham", "dirhams"; "e-autos", "autos")."""
    return any(_is_form(a, b) for a in find_words(first) for b in find_words(second))


def _is_form(first: str, second: str) -> bool:
    """Whether two words are likely forms of one, or one a compound of the other."""
    short, long = sorted((first, second), key=len)
    least, part = SAME
    alike = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return (
        (alike >= least and alike >= part * len(short))
        or short == long
        or (len(short) >= least and long.endswith(short))
    )
