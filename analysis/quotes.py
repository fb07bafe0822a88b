"""A comment's own words: without what it quotes from the comments above it, its page's article, or in quote marks.

Quoted words are another's. Left in, a rebuttal that repeats its target lies nearer to the target's
theme than to its own, and the same passage speaks twice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

RUN = 10  # words in a row that stand in a source: fewer are an idiom, as many are a quotation
CHAIN = 8  # comments above that are looked through
WHOLE = 0.9  # a text that stands in its source almost whole is a copy of it, which is no quotation
BLOCK = re.compile(r"\[quote[^\]]*\].*?\[/quote\]", re.IGNORECASE | re.DOTALL)
MARKED = re.compile(r"^[ \t]*(?:>|&gt;).*$", re.MULTILINE)
WORD = re.compile(r"\w+")
# What is left of a quotation on the words after it and before it.
OPEN, CLOSE = " \t\n\"“”’'«»,;:.?!)]", " \t\n\"“‘'«,;:(["


def own_texts(
    texts: Sequence[str],
    parents: Sequence[int],
    pages: Sequence[str] = (),
    articles: Mapping[str, str] | None = None,
) -> list[str]:
    """Return each text without its quotations.

    A quotation is a line that begins with ``>``, a ``[quote]`` block, or ten or more words in a row
    that stand in a comment above in its thread or in the article of its page. What would leave nothing,
    or stands in its source almost whole, is left as it is: a copy is no quotation.

    Args:
        texts: tidied comments.
        parents: for each comment the row of the comment it answers, or -1.
        pages: for each comment the id of its page.
        articles: text of the article by page id.

    Returns:
        As many texts, equal ones for equal texts: the shortest that a copy of it was left with.
    """
    shingled: dict[object, set[tuple[str, ...]]] = {}

    def source(key: object, text: str) -> set[tuple[str, ...]]:
        if key not in shingled:
            shingled[key] = _shingles([m[0].lower() for m in WORD.finditer(text)])
        return shingled[key]

    shortest: dict[str, str] = {}
    for row, text in enumerate(texts):
        own = _without_marked(text)
        known = [source(above, texts[above]) for above in _chain(row, parents)]
        if articles and (article := articles.get(pages[row])):
            known.append(source(pages[row], article))
        own = _without_runs(own, known)
        if len(own) < len(shortest.get(text, text)):
            shortest[text] = own
    return [shortest.get(text, text) for text in texts]


def _chain(row: int, parents: Sequence[int]) -> Iterator[int]:
    """Rows of the comments above, nearest first."""
    seen = {row}
    for _ in range(CHAIN):
        row = parents[row]
        if row < 0 or row in seen:
            return
        seen.add(row)
        yield row


def _without_marked(text: str) -> str:
    """Drop lines and blocks that are marked as quoted, unless nothing else is there."""
    if ">" not in text and "&gt;" not in text and "[" not in text:
        return text
    own = re.sub(r"\n{2,}", "\n", MARKED.sub("", BLOCK.sub("", text))).strip()
    return own if WORD.search(own) else text


def _shingles(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def _without_runs(text: str, known: Sequence[set[tuple[str, ...]]]) -> str:
    """Cut the runs of words that stand in one of the sources."""
    places = list(WORD.finditer(text)) if known else []
    words = [place[0].lower() for place in places]
    quoted = [False] * len(words)
    for i in range(len(words) - RUN + 1):
        run = tuple(words[i : i + RUN])
        if any(run in one for one in known):
            quoted[i : i + RUN] = [True] * RUN
    if not any(quoted) or sum(quoted) >= WHOLE * len(words):
        return text
    parts, at = [], 0
    for i, place in enumerate(places):
        if quoted[i]:
            parts.append(text[at : place.start()] if not (i and quoted[i - 1]) else "")
            at = place.end()
    parts.append(text[at:])
    last = len(parts) - 1
    trimmed = [part.lstrip(OPEN if n else None).rstrip(CLOSE if n < last else None) for n, part in enumerate(parts)]
    return " ".join(part for part in trimmed if part)
