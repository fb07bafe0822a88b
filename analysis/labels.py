"""Labels of themes, made of their keyphrases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.function_words import find_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from analysis.phrases import Phrase

ALONE = 0.4  # share of a theme's texts with a phrase that is its whole label
THIN = 0.2  # share of them with one of two phrases below which there is a third
FULLER = 0.3  # share of the texts with a word that must hold a longer phrase for that to stand in its place
NEAR = 0.5  # part of its worth that a second phrase loses where the same texts hold it as the first
UNLIKE = 0.8  # the same where it means the same
UNKNOWN = 0.35  # likeness of meaning of phrases that were not looked at
OWNED = 3  # times its weight for one theme that a phrase must have for another to be left to that
SAME = 4, 0.65  # letters, and share of the shorter of two words, that both begin with where they are forms of one word
APART = "No words in common"  # label of a theme of which no two texts share a phrase


def make_labels(phrases: Sequence[Sequence[Phrase]], taken: Sequence[str] = ()) -> list[str]:
    """Return a label a theme: one of its keyphrases, or two where one alone says too little.

    The second is the best that other texts hold and that means something else (maximal marginal relevance; Carbonell
    and Goldstein 1998). No theme is called by a phrase of another's label, nor by what another is called by first; one
    whose texts share no phrase has a label that says so.

    Args:
        phrases: keyphrases of each theme, best first.
        taken: labels that others have already.
    """
    used = {label.casefold() for label in taken}
    owners = _find_owners(phrases)
    labels: list[str] = []
    for number, own in enumerate(phrases, 1):
        free = [phrase for phrase in own if phrase.text.casefold() not in used]
        left = [phrase for phrase in free if not _is_owned(phrase, number, owners)]
        options = _options(left or free)
        fallback = f"{own[0].text} ({number})" if own else f"Unnamed theme {number}"
        if own and not any(_is_common(phrase) for phrase in own):
            options, fallback = iter([APART]), f"{APART} ({number})"
        labels.append(next((o for o in options if o.casefold() not in used), fallback))
        used |= {labels[-1].casefold(), *labels[-1].casefold().split(", ")}
    return labels


def _find_owners(phrases: Sequence[Sequence[Phrase]]) -> dict[str, tuple[float, int]]:
    """For each first phrase the theme for which it weighs most, and how much."""
    best: dict[str, tuple[float, int]] = {}
    for number, own in enumerate(phrases, 1):
        if own:
            text, claim = own[0].text.casefold(), (own[0].weight, -number)
            best[text] = max(claim, best.get(text, claim))
    return {text: (weight, -number) for text, (weight, number) in best.items()}


def _is_owned(phrase: Phrase, number: int, owners: Mapping[str, tuple[float, int]]) -> bool:
    """Whether a phrase is left to another theme, of which it says far more."""
    weight, owner = owners.get(phrase.text.casefold(), (0.0, number))
    return owner != number and weight >= OWNED * phrase.weight


def _is_common(phrase: Phrase) -> bool:
    """Whether two texts of the theme hold a phrase, or its one text does."""
    return len(phrase.users) > 1 or phrase.share >= 1


def _options(phrases: Sequence[Phrase]) -> Iterator[str]:
    """Labels that a theme may have, best first."""
    texts = len(phrases[0].users) / phrases[0].share if phrases else 0.0
    phrases = _spell_out(phrases)
    if phrases and len(phrases[0].words) > 1 and phrases[0].share >= ALONE:
        yield phrases[0].text
    for first in phrases:
        yield from _join(first, phrases, texts)
    yield from (phrase.text for phrase in phrases)


def _join(first: Phrase, phrases: Sequence[Phrase], texts: float) -> Iterator[str]:
    """Labels that begin with a phrase; of three phrases where two say what few of the texts say."""
    others = [second for second in phrases if not _overlap(first.text, second.text)]
    others.sort(key=lambda second: -_add_to(first, second))
    for place, second in enumerate(others):
        third = next((other for other in others[place + 1 :] if not _overlap(second.text, other.text)), None)
        if third and len(first.users | second.users) < THIN * texts:
            yield f"{first.text}, {second.text}, {third.text}"
        yield f"{first.text}, {second.text}"


def _add_to(first: Phrase, second: Phrase) -> float:
    """What a second phrase is worth beside a first: less where the same texts hold it, or it means the same."""
    return second.weight * (1 - NEAR * _same_users(first, second)) * (1 - UNLIKE * _same_meaning(first, second))


def _spell_out(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Phrases with a longer one in the place of a single word of it, where enough of the texts with that hold it."""
    longer: dict[str, Phrase] = {}
    for phrase in phrases:
        fuller = [p for p in phrases if p.words > phrase.words and p.share >= FULLER * phrase.share]
        best = fuller[0] if fuller and len(phrase.words) == 1 else phrase
        held = phrase.users | best.users
        longer.setdefault(best.text, replace(best, weight=max(best.weight, phrase.weight), users=held))
    return list(longer.values())


def _same_meaning(first: Phrase, second: Phrase) -> float:
    if first.meaning is None or second.meaning is None:
        return UNKNOWN
    return max(0.0, round(float(first.meaning @ second.meaning), 6))


def _same_users(first: Phrase, second: Phrase) -> float:
    return len(first.users & second.users) / max(1, len(first.users | second.users))


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
