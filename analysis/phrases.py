"""Phrases of one to three words that say what sets a group of texts apart, and which of its texts hold them.

A phrase weighs the share of a group's texts that hold it times the logarithm of how many times as often as other texts
they do: its part of the Kullback-Leibler divergence (the informativeness of Tomokiyo and Hurst 2003). So a phrase that
covers a group is worth more than one that is merely its own, which class-based TF-IDF (Grootendorst 2022) puts first.
That is raised or lowered by whether the phrase stands like a name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.lexicon import Lexicon
    from analysis.nouns import Standing

BITS = 21
"""Bits of a word's number: three words fill 63. Of more than two million distinct words the last are passed over."""
LONGEST = 3  # words of a phrase
WIDE = 3  # letters that its longest word must have
LOOKED_AT = 4000  # texts of a group, the first by their order
CANDIDATES = 40  # phrases of a group that are looked at closely
SYLLABLES = 4  # mean letters of words of matter below which words are likely syllables, as in Vietnamese
SYLLABLE = 0.3  # times that one of these alone is worth as a name
PART = 0.6  # share of a phrase's uses with one and the same word beside it that makes it a part of a longer one
SEVERAL = 1.5  # times that a phrase of several words is worth one of a single word
VERB = 0.5  # how much like a verb its first word may be
NAMING = 0.3  # how much like a noun the word after a phrase must be for that to be a part of a longer one
VERBAL = 0.4  # times that one is worth which begins more like a verb
CALLED = 0.25  # share of a word's uses alone between signs at which it calls somebody, if it is in a writer's name
SMOOTH = 0.5  # writers added to each count
CLEAR = 1.5  # times as often as others that a group must use a phrase for that to say much
FAINT = 0.1  # what is left of the worth of one that it uses less often
BEST = 1.2  # most that standing like a noun makes of a phrase, where nothing known makes 1
ASIDE = 0.2  # times that a name by which writers call each other is worth another word


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a group.

    Attributes:
        text: as most of its uses in the group are written.
        words: the words that it is made of, by their numbers, without "of".
        weight: how well it stands for the group.
        share: of the group's texts that hold it.
        users: these texts, by their numbers in the group.
        meaning: its unit vector, shape (d,), where it was looked at.
    """

    text: str
    words: frozenset[int]
    weight: float
    share: float
    users: frozenset[int]
    meaning: NDArray[np.float32] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class _Uses:
    """Uses of phrases in a group, ordered by phrase and writer.

    Attributes:
        at: place of each use's first token.
        texts: which text it stands in.
        codes: of the distinct phrases, in order.
        starts: where the uses of each begin, and the end of the last.
        counts: texts that hold each.
        people: who wrote these.
        size: texts that were looked at.
        times: texts of the group over those looked at.
        length: mean words of a writer.
    """

    at: NDArray[np.int64]
    texts: NDArray[np.int64]
    codes: NDArray[np.int64]
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]
    people: NDArray[np.int64]
    size: int
    times: float
    length: float


def weigh_phrases(
    lexicon: Lexicon,
    standing: Standing,
    groups: Sequence[NDArray[np.int64]],
    rest: NDArray[np.int64],
    writers: NDArray[np.int64],
    names: frozenset[str] = frozenset(),
) -> list[list[Phrase]]:
    """Return the phrases of each group that stand for it best, best first.

    A phrase must be used by two writers of a group; one will do where none is shared. What is mostly part of one
    longer phrase is left out for that ("supreme" for "supreme court"; Frantzi, Ananiadou and Mima 2000).

    Args:
        lexicon: words of all texts.
        standing: how they stand.
        groups: texts of each group, by number; a text may be in several.
        rest: texts in none, for contrast.
        writers: of each text.
        names: words of writers' names.
    """
    import numpy as np

    wide = np.asarray([width(form) >= WIDE for form in lexicon.forms])
    used = [_find_uses(lexicon, rows, writers, wide) for rows in (*groups, rest)]
    shared = [own.codes[own.people > 1] if (own.people > 1).any() else own.codes for own in used[:-1]]
    wanted = np.unique(np.concatenate([np.zeros(0, np.int64), *shared]))
    total = np.zeros(len(wanted))
    for own in used:
        total[_rows_of(wanted, own.codes)] += (own.counts * own.times)[np.isin(own.codes, wanted, assume_unique=True)]
    everybody = sum(own.size * own.times for own in used)
    worth = _rate_words(lexicon, standing, names)
    beside = standing.verbs <= VERB, (standing.nouns >= NAMING) | (np.arange(len(lexicon.forms)) == lexicon.joint)
    found = []
    for own, codes in zip(used, shared, strict=False):
        counts = own.counts[np.searchsorted(own.codes, codes)]
        before = total[np.searchsorted(wanted, codes)] - counts * own.times
        inside = (counts + SMOOTH) / (own.size + 2 * SMOOTH)
        outside = (before + SMOOTH) / (everybody - own.size * own.times + 2 * SMOOTH)
        usual = np.maximum(outside, _expect(codes, standing, own.length))
        weights = inside * _value(inside / usual) * _rate_names(codes, standing, worth)
        top = np.lexsort((codes, -weights))[:CANDIDATES]
        found.append(_describe(lexicon, own, codes[top], weights[top], beside))
    return found


def _value(times: NDArray[np.float64]) -> NDArray[np.float64]:
    """What it is worth that a group uses a phrase so many times as often as others do."""
    import numpy as np

    return np.asarray(np.maximum(np.log(np.maximum(times, 1.0)) * FAINT, np.log(np.maximum(times / CLEAR, 1.0))))


def _rows_of(wanted: NDArray[np.int64], codes: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows among the wanted of the codes that are wanted, in their order."""
    import numpy as np

    return np.searchsorted(wanted, codes[np.isin(codes, wanted, assume_unique=True)])


def _find_uses(
    lexicon: Lexicon, rows: NDArray[np.int64], writers: NDArray[np.int64], wides: NDArray[np.bool_]
) -> _Uses:
    import numpy as np

    looked = rows[:LOOKED_AT]
    at, of = lexicon.places(looked)
    who = writers[looked][of]
    words = lexicon.words[lexicon.tokens[at]]
    content = lexicon.content[at] & (words < 1 << BITS)
    joins = content | (lexicon.tokens[at] == lexicon.joint)
    wide = wides[words]
    first, second, third = words[:-2], words[1:-1], words[2:]
    two = content[:-1] & content[1:] & (wide[:-1] | wide[1:]) & (words[:-1] != words[1:])
    three = content[:-2] & joins[1:-1] & content[2:] & (wide[:-2] | wide[2:]) & (first != third) & (second != third)
    starts = [np.flatnonzero(content & wide), np.flatnonzero(two), np.flatnonzero(three & (first != second))]
    codes = np.concatenate(
        [
            words[starts[0]],
            words[:-1][starts[1]] << BITS | words[1:][starts[1]],
            first[starts[2]] << 2 * BITS | second[starts[2]] << BITS | third[starts[2]],
        ]
    )
    place = np.concatenate(starts)
    order = np.lexsort((at[place], who[place], codes))
    codes, place = codes[order], place[order]
    fresh = _changes(codes)
    begins = np.flatnonzero(fresh)
    counts, people = (_add_up(fresh | _changes(some[place]), begins) for some in (of, who))
    ends = np.concatenate([begins, [len(codes)]])
    times, length = len(rows) / max(1, len(looked)), len(at) / max(1, len(looked))
    return _Uses(at[place], of[place], codes[begins], ends, counts, people, len(looked), times, length)


def _changes(values: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where another value begins."""
    import numpy as np

    return np.concatenate([[True], values[1:] != values[:-1]])[: len(values)]


def _add_up(marks: NDArray[np.bool_], begins: NDArray[np.int64]) -> NDArray[np.int64]:
    import numpy as np

    return np.add.reduceat(marks.astype(np.int64), begins) if len(begins) else begins


def width(word: str) -> int:
    """Return the letters of a word; one sign of the scripts of East Asia says as much as two letters."""
    return len(word) if word.isascii() else sum(2 if letter > "\u2e80" else 1 for letter in word)


def _expect(codes: NDArray[np.int64], standing: Standing, length: float) -> NDArray[np.float64]:
    """Share of writers of so many words who would use a phrase were this any English talk; 0 for several words."""
    import numpy as np

    single = np.where(codes < 1 << BITS, codes, 0)
    return np.asarray(1 - np.exp(-standing.everyday[single] * 1e-6 * length))


def _rate_words(lexicon: Lexicon, standing: Standing, names: frozenset[str]) -> NDArray[np.float64]:
    """What each word is worth as a name, alone in the first column and beside others in the second."""
    import numpy as np

    worth = np.minimum(2 * standing.nouns, BEST)
    worth *= np.where(_find_called(lexicon, names), ASIDE, 1.0)
    own = lexicon.tokens[lexicon.content]
    lengths = np.asarray([width(form) for form in lexicon.forms])[own]
    syllables = len(own) > 0 and lengths.mean() < SYLLABLES
    return np.stack([worth * (SYLLABLE if syllables else 1.0), worth], axis=1)


def _find_called(lexicon: Lexicon, names: frozenset[str]) -> NDArray[np.bool_]:
    """Which words are names that writers are called by: parts of these that often stand alone between signs."""
    import numpy as np

    near = [np.concatenate([[0], lexicon.tokens[:-1]]), np.concatenate([lexicon.tokens[1:], [0]])]
    of = lexicon.words[lexicon.tokens]
    alone = (near[0] == 0) & (near[1] == 0) if len(of) else lexicon.content
    counts, all_counts = (np.bincount(some, minlength=len(lexicon.forms)) for some in (of[alone], of))
    return np.asarray([form in names for form in lexicon.forms]) & (counts >= CALLED * np.maximum(all_counts, 1))


def _rate_names(codes: NDArray[np.int64], standing: Standing, worth: NDArray[np.float64]) -> NDArray[np.float64]:
    """What phrases are worth as names: by their last word, less where the first is like a verb or calls a writer."""
    import numpy as np

    mask = (1 << BITS) - 1
    last, several, long = codes & mask, codes > mask, codes > (1 << 2 * BITS) - 1
    first = np.where(long, codes >> 2 * BITS, codes >> BITS & mask)
    together = SEVERAL * worth[last, 1] * np.where(standing.verbs[first] > VERB, VERBAL, 1.0)
    return np.asarray(np.where(several, together, worth[last, 0]))


def _describe(
    lexicon: Lexicon,
    own: _Uses,
    codes: NDArray[np.int64],
    weights: NDArray[np.float64],
    beside: tuple[NDArray[np.bool_], NDArray[np.bool_]],
) -> list[Phrase]:
    """The phrases of some codes, but those that are mostly part of one longer phrase."""
    phrases = []
    for code, weight in zip(codes.tolist(), weights.tolist(), strict=True):
        row = int(own.codes.searchsorted(code))
        uses = own.at[own.starts[row] : own.starts[row + 1]]
        words = [part for shift in (2 * BITS, BITS, 0) if (part := code >> shift & ((1 << BITS) - 1))]
        if weight <= 0 or _is_part(lexicon, uses, len(words), beside):
            continue
        text = lexicon.spell(uses, len(words))
        users = frozenset(own.texts[own.starts[row] : own.starts[row + 1]].tolist())
        share = len(users) / own.size
        phrases.append(Phrase(text, frozenset(words) - {lexicon.joint}, weight, share, users))
    return phrases


def _is_part(
    lexicon: Lexicon, uses: NDArray[np.int64], length: int, beside: tuple[NDArray[np.bool_], NDArray[np.bool_]]
) -> bool:
    """Whether most uses have one and the same word before or after them that may be in one phrase with them."""
    import numpy as np

    for places, apt in zip((np.maximum(uses - 1, 0), uses + length), beside, strict=True):
        words = lexicon.words[lexicon.tokens[places]]
        joins = (lexicon.tokens[places] == lexicon.joint) & (places > uses)
        near = words[apt[words] & (lexicon.content[places] | joins)]
        most = Counter(near.tolist()).most_common(1)
        if most and most[0][1] >= max(2, PART * len(uses)):
            return True
    return False
