"""Which words stand where nouns stand, and which are everybody's: read off comments, so that labels name things.

A label "grew" or "knew" tells nothing, and no tagger of words is needed to see why: nobody writes "the knew of". What
stands before a word, and whether anything of meaning follows it, is counted over all comments. A few hundred comments
say little of a word; for English what 99,000 comments of five corpora say is added (``english_words.tsv``, made by
``bench.fit_words``). The lists of what comes before are English; German writes nouns with a capital letter. Words of
other languages have no evidence for or against them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.function_words import FUNCTION_WORDS, is_function_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from analysis.lexicon import Lexicon

DETERMINERS = """
    the an my your his her its our their these those some any every each no another of in on for with by from about
    against between without
"""
BEFORE_VERBS = """
    he she we they you who to will would can could should must may might cannot not don dont doesn didn wouldn couldn
    shouldn won ll ve never always just also lets let which and then
"""
BEFORE_ADJECTIVES = """
    is are was were be been being am so very too more most as how quite really seem seems pretty less rather
"""
TABLE = Path(__file__).with_name("english_words.tsv")
GIVEN = 8.0  # times that the table's word on a word counts
UNKNOWN = 2.0  # the same of a word that is not in it


@dataclass(frozen=True, slots=True)
class Standing:
    """How words stand, by their number in a lexicon.

    Attributes:
        nouns: how much like a noun, 0 to 1; 0.5 where nothing speaks for or against it, shape (forms,).
        verbs: how much like a verb, 0 to 1; 0 where nothing speaks for it, shape (forms,).
        everyday: how often of a million words English comments have it, 0 where that is less than ten, shape (forms,).
    """

    nouns: NDArray[np.float64]
    verbs: NDArray[np.float64]
    everyday: NDArray[np.float64]


def count_standing(lexicon: Lexicon) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return how often each word stands like a noun, a verb and an adjective.

    Counted are "the", "my", "of" and their like before a word that nothing of meaning follows, pronouns, "to", "will"
    and their like before it, and forms of "to be" and degrees ("very"); in German texts, capital and small letters.
    """
    import numpy as np

    of = lexicon.words[lexicon.tokens]
    before = np.concatenate([[0], lexicon.tokens[:-1]]) if len(of) else lexicon.tokens
    bare = ~np.concatenate([lexicon.content[1:], [False]]) if len(of) else lexicon.content
    size = len(lexicon.forms)
    naming, doing, being = (_which(lexicon, words)[before] for words in (DETERMINERS, BEFORE_VERBS, BEFORE_ADJECTIVES))
    german = lexicon.content & (before > 0) & _in_german(lexicon)
    capital = np.asarray([spelling[:1].isupper() for spelling in lexicon.spellings])[lexicon.spelt]
    return (
        np.bincount(of[lexicon.content & ((naming & bare) | (german & capital))], minlength=size),
        np.bincount(of[lexicon.content & doing], minlength=size),
        np.bincount(of[lexicon.content & (being | (german & ~capital))], minlength=size),
    )


def score_standing(lexicon: Lexicon) -> Standing:
    """Return how the words of all comments stand, by the comments and by the table of English words."""
    import numpy as np

    nouns, verbs, adjectives = (counts.astype(np.float64) for counts in count_standing(lexicon))
    table = _read_table()
    known = np.asarray(
        [table.get(form) or table.get(form.removesuffix("s"), (0.0, 0.5, 0.0)) for form in lexicon.forms]
    )
    weight = np.where(known[:, 0] > 0, GIVEN, UNKNOWN)
    every = nouns + verbs + adjectives + weight
    return Standing((nouns + weight * known[:, 1]) / every, (verbs + weight * known[:, 2]) / every, known[:, 0])


@cache
def _read_table() -> dict[str, tuple[float, float, float]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {word: (float(rate), int(noun) / 100, int(verb) / 100) for word, rate, noun, verb in rows}


def _which(lexicon: Lexicon, words: str | Iterable[str]) -> NDArray[np.bool_]:
    """Which forms are among some words."""
    import numpy as np

    wanted = set(words.split() if isinstance(words, str) else words)
    return np.asarray([form in wanted for form in lexicon.forms])


def _in_german(lexicon: Lexicon) -> NDArray[np.bool_]:
    """Which tokens stand in a text with three German words of grammar or more, and more than of English."""
    import numpy as np

    own = set(FUNCTION_WORDS["de"].split())
    german = np.asarray([form in own for form in lexicon.forms])[lexicon.tokens]
    english = np.asarray([is_function_word(form) and form not in own for form in lexicon.forms])[lexicon.tokens]
    ahead = np.concatenate([[0], np.cumsum(german)]), np.concatenate([[0], np.cumsum(english)])
    counts = [many[lexicon.starts[1:]] - many[lexicon.starts[:-1]] for many in ahead]
    texts = (counts[0] >= 3) & (counts[0] > counts[1])
    return np.repeat(texts, np.diff(lexicon.starts))
