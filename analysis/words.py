"""Words for themes: keyphrases by class-based TF-IDF, and labels made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.function_words import content_words, find_words, is_function_word
from analysis.nouns import rate_name
from analysis.phrases import weigh_phrases

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

CANDIDATES = 5000
LONGEST = 3  # words of a phrase
WIDE = 3  # letters that its longest word must have
USUAL = (0.1, 0.4)  # share of the writers of one word, and of two, who must use a longer form for it to stand instead
LOOKED_AT = 1000  # texts of a group in which a phrase is looked for
ALONE = 0.25  # share of a theme's texts that hold a phrase which is its whole label


# Words that hardly tell one theme from another; a phrase of nothing else is a label only where there is no other.
_WEAK = """
    ago answer ask asked asking came comment comments day days gave god guess happen happened happens hear hold home
    keep kept left line live long look looked looking looks man men million minute month months morning mother father
    new nice night old open people place please post read remember says seen sit sleep start started stop talk tell
    thank thanks till time times today told tomorrow took tried try wait waiting week weeks went word words work world
    wrong year years yesterday
"""


def find_keyphrases(
    groups: Sequence[Sequence[str]],
    rest: Sequence[str],
    count: int,
    writers: Sequence[Sequence[str]] | None = None,
) -> list[list[str]]:
    """Return the phrases that set each group of texts apart from the others.

    One to three words that stand together in the texts, without function words but for "of", weighed by
    class-based TF-IDF (see ``analysis.phrases``). A phrase must stand in texts by two writers of the group, so
    that it is not one writer's; one will do where no phrase is shared. A phrase that only repeats the words of a
    better one is left out.

    Args:
        groups: texts of each group; a text may be in several.
        rest: texts in no group, for contrast.
        count: phrases a group.
        writers: who wrote each text of each group; each text has its own where left out.

    Returns:
        At most ``count`` phrases a group, best first; none where its texts hold no word.
    """
    if not any(len(group) for group in groups):
        return [[] for _ in groups]
    same: dict[str, str] = {}  # each word once in memory
    *inside, outside = ([same.setdefault(w, w) for t in some for w in _words_of(t)] for some in (*groups, rest))
    weighed = weigh_phrases(inside, outside, CANDIDATES)
    shared = [_shared(group[:LOOKED_AT], people) for group, people in zip(groups, writers or groups, strict=True)]
    return [
        _distinct([phrase for phrase, _ in phrases if phrase in own], own, count)
        for phrases, own in zip(weighed, shared, strict=True)
    ]


def _words_of(text: str) -> list[str]:
    """Words of meaning in their order, and "of", which may join them."""
    content = set(content_words(text))
    return [word for word in find_words(text) if word in content or word == "of"]


def _phrases_of(text: str) -> list[str]:
    """Phrases of one to three words as they stand; of words that carry only grammar, "of" may join the others."""
    words, content = find_words(text), set(content_words(text))
    phrases = []
    for start, first in enumerate(words):
        if first not in content:
            continue
        phrase, long = "", False
        for word in words[start : start + LONGEST]:
            if word not in content and word != "of":
                break
            phrase, long = f"{phrase} {word}" if phrase else word, long or _width(word) >= WIDE
            if long and word in content:
                phrases.append(phrase)
    return phrases


def _shared(texts: Sequence[str], writers: Sequence[str]) -> dict[str, int]:
    """Phrases in texts by two writers, with the number of these; all where there are none."""
    people: dict[str, set[str]] = {}
    for text, writer in zip(texts, writers, strict=False):
        for phrase in _phrases_of(text):
            people.setdefault(phrase, set()).add(writer)
    counts = {phrase: len(some) for phrase, some in people.items()}
    return {phrase: count for phrase, count in counts.items() if count > 1} or counts


def _spaced(text: str) -> str:
    return f" {' '.join(find_words(text))} "


def _is_telling(phrase: str) -> bool:
    """Whether a phrase may stand in a report: no function words at its ends, and a word of three letters or more."""
    words = phrase.split()
    if max(map(_width, words), default=0) < WIDE:
        return False
    return not is_function_word(words[0]) and not is_function_word(words[-1])


def _width(word: str) -> int:
    """Letters of a word; one sign of the scripts of East Asia says as much as two letters."""
    return len(word) if word.isascii() else sum(2 if letter > "\u2e80" else 1 for letter in word)


def _distinct(candidates: Sequence[str], writers: Mapping[str, int], count: int) -> list[str]:
    """Keep phrases of which half of the words are new; a longer form replaces its part where enough writers use it."""
    kept: list[tuple[str, set[str]]] = []
    for phrase in candidates:
        words = _telling(phrase)
        inside = next((i for i, (_, own) in enumerate(kept) if own < words), None)
        if inside is not None and _is_usual(phrase, kept[inside][0], writers):
            kept[inside] = phrase, words
        elif len(kept) < count and not any(2 * len(words & own) > len(words) for _, own in kept):
            kept.append((phrase, words))
    return [phrase for phrase, _ in kept]


def _is_usual(phrase: str, part: str, writers: Mapping[str, int]) -> bool:
    """Whether a phrase is how its part is mostly meant: one word says little, two may well be the whole name."""
    words = len(_telling(part))
    return len(_telling(phrase)) == words + 1 and writers[phrase] >= USUAL[min(words, 2) - 1] * writers[part]


def _telling(phrase: str) -> set[str]:
    return set(phrase.split()) - {"of"}


def make_labels(
    keyphrases: Sequence[Sequence[str]],
    taken: Sequence[str] = (),
    texts: Sequence[Sequence[str]] | None = None,
    nouns: Mapping[str, float] | None = None,
) -> list[str]:
    """Return a label a theme: one of its keyphrases, or two where one alone says too little.

    Args:
        keyphrases: of each theme, best first.
        taken: labels that others have already.
        texts: of each theme; phrases that stand in many of them come first.
        nouns: how much each word stands like a noun, see :func:`analysis.nouns.score_nouns`.
    """
    used = {label.casefold() for label in taken}
    labels: list[str] = []
    for number, phrases in enumerate(keyphrases, 1):
        ranked, alone = _rank(phrases, texts[number - 1] if texts else (), used, nouns or {})
        pairs = [f"{first}, {second}" for first in ranked for second in ranked if not _overlap(first, second)]
        options = [*ranked[:alone], *pairs, *ranked]
        fallback = f"{(options or list(phrases))[0]} ({number})" if phrases else f"Unnamed theme {number}"
        labels.append(next((o for o in options if o.casefold() not in used), fallback))
        # No sibling is called by a phrase of another's label.
        used |= {labels[-1].casefold(), *labels[-1].casefold().split(", ")}
    return labels


def label_holds(label: str, keyphrases: Sequence[str]) -> bool:
    """Whether a label of an earlier run is still one: a phrase among the keyphrases, none that says nothing."""
    phrases = label.split(", ")
    return bool(set(phrases) & set(keyphrases)) and all(_is_telling(phrase) for phrase in phrases)


def _rank(
    phrases: Sequence[str], texts: Sequence[str], used: Collection[str], nouns: Mapping[str, float]
) -> tuple[list[str], int]:
    """Phrases that may be in a label, best first, and how many of the first (none or one) can stand alone."""
    looked = [_spaced(text) for text in texts[:LOOKED_AT]]
    value: dict[str, float] = {}
    often = set()
    dull = set(_WEAK.split())
    for place, phrase in enumerate(p for p in phrases if p.casefold() not in used):
        words = phrase.split()
        share = sum(f" {phrase} " in text for text in looked) / len(looked) if looked else 0.0
        weak = set(words) <= dull
        worth = rate_name(phrase, nouns) * (1.5 if len(words) > 1 else 1.0) * (0.1 if weak else 1.0)
        value[phrase] = (share + 0.1) * worth / (place + 4)
        if len(words) > 1 and share >= ALONE and not weak:
            often.add(phrase)
    ranked = sorted(value, key=lambda phrase: -value[phrase])
    return ranked, int(bool(ranked) and ranked[0] in often)


def _overlap(first: str, second: str) -> bool:
    """Whether two phrases share a word, or one of them a word in another form ("dirham", "dirhams")."""
    return any(a.startswith(b) or b.startswith(a) for a in first.split() for b in second.split())
