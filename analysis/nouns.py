"""Which words stand where nouns stand: read off the comments themselves, so that labels name things.

A label "grew" or "knew" tells nothing, and no tagger of words is needed to see why: nobody writes "the knew of". What
stands before a word, and whether anything of meaning follows it, is counted over all comments. The lists are
English; words of other languages have no evidence for or against them and stay as they are.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from analysis.function_words import find_words, is_function_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
PLAIN = 0.5  # what is said of a word without evidence
VERBLIKE = 0.36


def score_nouns(texts: Iterable[str]) -> dict[str, float]:
    """Return for each word how much it stands like a noun, 0 to 1; 0.5 where nothing speaks for or against it.

    Counted are "the", "my", "of" and their like before a word that nothing of meaning follows, against pronouns,
    "to", "will" and their like, and forms of "to be" and degrees ("very"), before it.

    Args:
        texts: all comments, each distinct text once.
    """
    naming, other = set(DETERMINERS.split()), {*BEFORE_VERBS.split(), *BEFORE_ADJECTIVES.split()}
    nouns: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for text in texts:
        words = ["", *find_words(text), ""]
        for before, word, after in zip(words, words[1:], words[2:], strict=False):
            if before in other:
                others[word] += 1
            elif before in naming and (not after or is_function_word(after)):
                nouns[word] += 1
    return {
        word: (nouns[word] + 1) / (nouns[word] + others[word] + 2)
        for word in nouns.keys() | others.keys()
        if not is_function_word(word)
    }


def rate_name(phrase: str, nouns: Mapping[str, float]) -> float:
    """Return what a phrase is worth as a name: by its last word, and less where its first is like a verb."""
    words = phrase.split()
    worth = nouns.get(words[-1], PLAIN) / PLAIN
    return worth if nouns.get(words[0], PLAIN) >= VERBLIKE else worth / 2
