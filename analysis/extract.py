"""Sentences that speak for a group of comments: central to it, unlike each other, from different people and pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.passages import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

FEWEST, LONGEST = 5, 40  # words of a sentence that is shown
PER_COMMENT = 8  # sentences that are looked at
NEAR_COPY = 0.9
BALANCE = 0.7  # weight of centrality against likeness to what is chosen (lambda of MMR)
_LEANING = re.compile(
    r"^(?:this|that|these|those|it|he|she|they|his|her|and|but|so|or|because|which|also|then|such)\b", re.I
)
_STOPPED = re.compile(r"(?<!\.\.)[.!。！][\"'”’)\]]*$")
_UNFIT = re.compile(r"https?://|www\.|^[>@]|\[deleted\]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a comment: the row of the comment, and where the sentence stands in its text."""

    row: int
    start: int
    end: int


def find_candidates(texts: Sequence[str], rows: Sequence[int]) -> list[Candidate]:
    """Return the sentences of some comments that can stand alone.

    Args:
        texts: all texts, as they stand in their sources.
        rows: rows of the comments to look at.
    """
    found = []
    for row in rows:
        for start, end in sentence_spans(texts[row])[:PER_COMMENT]:
            sentence = texts[row][start:end]
            if FEWEST <= len(sentence.split()) <= LONGEST and not _UNFIT.search(sentence):
                found.append(Candidate(row, start, end))
    return found


def sentence_of(one: Candidate, texts: Sequence[str]) -> str:
    """The words of a candidate on one line."""
    return " ".join(texts[one.row][one.start : one.end].split())


def pick_sentences(
    candidates: Sequence[Candidate],
    texts: Sequence[str],
    centre: Vectors,
    embed: Callable[[Sequence[str]], Vectors],
    *,
    most: int,
    authors: Sequence[object],
    pages: Sequence[object],
) -> list[Candidate]:
    """Return the sentences that best speak for a group, best first.

    Centrality is the mean cosine to the group's other sentences, the degree of LexRank (Erkan and Radev 2004),
    and the cosine to the group's centre; diversity is maximal marginal relevance (Carbonell and Goldstein 1998). No
    two come from one comment or one known author or are near-copies (cosine of 0.9 or more), and none from a page
    that has one while another page is left.

    Args:
        candidates: sentences to choose from.
        texts: all texts.
        centre: mean vector of the group, shape (d,).
        embed: texts to unit vectors.
        most: how many to return.
        authors: of all comments; not a string where unknown.
        pages: of all comments.
    """
    import numpy as np

    if not candidates:
        return []
    sentences = [sentence_of(one, texts) for one in candidates]
    vectors = embed(sentences).astype(np.float64)
    like = vectors @ vectors.T
    degree = (like.sum(axis=1) - 1) / max(1, len(candidates) - 1)
    leaning = np.asarray([_lean(sentence) for sentence in sentences])
    scores = (degree + vectors @ centre.astype(np.float64)) / 2 - leaning
    chosen: list[int] = []
    for same_page in (False, True):
        while len(chosen) < most:
            closest = like[:, chosen].max(axis=1) if chosen else np.zeros(len(candidates))
            gains = np.round(BALANCE * scores - (1 - BALANCE) * closest, 6)
            free = [
                i
                for i in range(len(candidates))
                if closest[i] < NEAR_COPY
                and not _taken(candidates[i], [candidates[j] for j in chosen], authors, pages, same_page=same_page)
            ]
            if not free:
                break
            chosen.append(min(free, key=lambda i: (-gains[i], sentences[i], candidates[i].row)))
    return [candidates[i] for i in chosen]


def _lean(sentence: str) -> float:
    """What a sentence loses because it leans on others, asks, or breaks off."""
    leans = _LEANING.match(sentence) or sentence.endswith("?") or not sentence[0].isupper()
    return (0.1 if leans else 0.0) + (0.0 if _STOPPED.search(sentence) or sentence.endswith("?") else 0.1)


def _taken(
    one: Candidate, chosen: Sequence[Candidate], authors: Sequence[object], pages: Sequence[object], *, same_page: bool
) -> bool:
    """Its comment, its author or, unless ``same_page``, its page has spoken already."""
    for other in chosen:
        if one.row == other.row or (not same_page and pages[one.row] == pages[other.row]):
            return True
        if isinstance(authors[one.row], str) and authors[one.row] == authors[other.row]:
            return True
    return False
