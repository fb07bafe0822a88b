"""Sentences and passages of a text, each as a slice of it; offsets count characters, an end is one past the last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = 60  # of a passage, about three sentences
FEWEST = 8  # words; less is a headline, a caption or a button
HEADLINE = 20  # words; a line of fewer without a full stop is one
MOST = 40  # passages of an article; those of a longer one are longer
# A line break ends a sentence unless the next line goes on in small letters: text that was wrapped.
_END = re.compile(r"(?<=[.!?…。！？])[\"'”’)\]]*\s+|\n\s*\n\s*|\n(?![^\S\n]*[a-zß-ÿа-яα-ω])|(?<=[。！？])")
# A full stop after these ends no sentence; after a single letter neither (initials, U.S.).
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Rev|Jr|Sr|vs|etc|e\.g|i\.e|cf|No|Inc|Ltd|Co|approx)|\b[A-Z])\.$"
)
SHORT = 4


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a text stand; what has fewer than four words goes with its neighbour.

    Args:
        text: any text; each slice begins and ends with a sign that is not a space.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _pieces(text):
        if spans and "\n" not in text[spans[-1][1] : start]:
            last = text[slice(*spans[-1])]
            if _ABBREVIATION.search(last) or min(len(last.split()), len(text[start:end].split())) < SHORT:
                spans[-1] = spans[-1][0], end
                continue
        spans.append((start, end))
    return spans


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Slices between ends of sentences and lines, without the spaces around them."""
    at = 0
    for match in [*_END.finditer(text), None]:
        # Quotation marks and brackets after the full stop belong to the sentence that they close.
        stop = len(text) if match is None else match.start() + len(match[0].rstrip())
        piece = text[at:stop]
        if piece.strip():
            start = at + len(piece) - len(piece.lstrip())
            yield start, at + len(piece.rstrip())
        at = len(text) if match is None else match.end()


def cut_passages(article: str) -> list[tuple[int, int]]:
    """Return passages of some sixty words that hold every sentence of an article of eight words or more.

    They are never more than forty: those of a long article are longer. A passage ends where a paragraph does.

    Args:
        article: text of an article, its paragraphs on lines of their own.
    """
    room = max(WORDS, -(-len(article.split()) // MOST) + WORDS // 2)
    passages: list[tuple[int, int]] = []
    held = 0
    for start, end in sentence_spans(article):
        words = len(article[start:end].split())
        if _is_no_prose(article[start:end], words) and (not passages or "\n" in article[passages[-1][1] : start]):
            held = room  # a line of its own; what follows begins anew
        elif passages and held + words <= room and "\n" not in article[passages[-1][1] : start]:
            passages[-1] = passages[-1][0], end
            held += words
        else:
            passages.append((start, end))
            held = words
    return _merge(passages)


def _is_no_prose(sentence: str, words: int) -> bool:
    """A caption, a button, or a headline: short, or not so long and without a full stop."""
    return words < FEWEST or (
        words < HEADLINE and not sentence.rstrip("\"'”’)]").endswith((".", "!", "?", "…", ":", "。"))
    )


def _merge(passages: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbours together until there are few enough: an article of many short paragraphs."""
    while len(passages) > MOST:
        pairs = [passages[i : i + 2] for i in range(0, len(passages), 2)]
        passages = [(pair[0][0], pair[-1][1]) for pair in pairs]
    return passages
