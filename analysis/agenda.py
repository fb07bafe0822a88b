"""What the articles said against what readers raised: themes that no article holds, passages that nobody took up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis.passages import cut_passages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

# Chosen on 125 real pages with labelled articles and comments, half of the sites at a time (docs/methods.md).
SPOKEN_OF = 0.45  # closeness of a passage to a theme's centre from which its article speaks of the theme
TAKEN_UP = 0.32  # closeness of a comment to a passage from which it takes the passage up
ALONE = 0.25  # a theme is the readers' own where less of its comments stand under an article that speaks of it
WORDS = 0.25  # and where the articles hold less of its keyphrases, on average
ENOUGH = 5  # comments under known articles, of a theme or a page; below it nothing is said
MOST_PASSAGES = 20_000  # of all articles together; those with most comments go first
THEME_COLUMNS = ("theme_id", "reader_introduced", "closeness", "page_id", "passage", "start", "end")
ARTICLE_COLUMNS = ("page_id", "passage", "start", "end", "closeness", "comment_id", "taken_up")


@dataclass(frozen=True, slots=True)
class Agenda:
    """What articles and readers have in common, and what only one of them has.

    Attributes:
        themes: one row a theme; ``reader_introduced`` is null where too few of its articles are known.
        articles: one row a passage of the articles under which themes stand.
    """

    themes: pd.DataFrame
    articles: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _Passages:
    """All passages: page, place in its article, unit vector, shape (n, d)."""

    pages: NDArray[np.str_]
    spans: Sequence[tuple[int, int]]
    vectors: Vectors
    articles: dict[str, str]

    def rows_of(self, page: str) -> NDArray[np.int64]:
        """Rows of a page's passages, which lie together."""
        import numpy as np

        return np.arange(np.searchsorted(self.pages, page), np.searchsorted(self.pages, page, side="right"))

    def slice_of(self, row: int) -> tuple[str, int, int]:
        """A passage and its place."""
        start, end = self.spans[row]
        return self.articles[str(self.pages[row])][start:end], start, end


def compare_agenda(
    comments: pd.DataFrame,
    pages: pd.DataFrame,
    themes: pd.DataFrame,
    assignments: pd.DataFrame,
    vectors: Vectors,
    embed: Callable[[Sequence[str]], Vectors],
) -> Agenda:
    """Compare articles with the comments below them, passage by passage.

    Nothing is embedded where there are no themes, and at most 20,000 passages are.

    Args:
        comments: ``comment_id``, ``page_id``, and ``language`` where it is known.
        pages: ``page_id`` and ``article``, empty or null where unknown.
        themes: ``theme_id`` and ``keyphrases``.
        assignments: ``comment_id`` and ``theme_id``.
        vectors: unit vectors of the comments in the order of their rows, shape (n, d).
        embed: texts to unit vectors by the same model.

    Returns:
        Tables ordered by theme, and by page and place.
    """
    import pandas as pd

    rows = {name: row for row, name in enumerate(comments["comment_id"])}
    members: dict[str, list[int]] = {}
    for comment_id, theme_id in zip(assignments["comment_id"], assignments["theme_id"], strict=True):
        members.setdefault(theme_id, []).append(rows[comment_id])
    passages = _passages(comments, pages, members, embed)
    facts = _Facts(comments, vectors, passages)
    said = [
        facts.judge(theme_id, sorted(members.get(theme_id, ())), list(keyphrases) if keyphrases is not None else [])
        for theme_id, keyphrases in sorted(zip(themes["theme_id"], themes["keyphrases"], strict=True), key=_first)
    ]
    integers = {"start": "Int64", "end": "Int64"}
    return Agenda(
        pd.DataFrame(said, columns=list(THEME_COLUMNS)).astype({**integers, "closeness": "float64"}),
        pd.DataFrame(list(facts.passages_taken()), columns=list(ARTICLE_COLUMNS)).astype(integers),
    )


def _first(pair: tuple[str, Any]) -> str:
    return pair[0]


def _passages(
    comments: pd.DataFrame,
    pages: pd.DataFrame,
    members: dict[str, list[int]],
    embed: Callable[[Sequence[str]], Vectors],
) -> _Passages:
    """Passages of the articles under which themes stand, as many as the bound allows."""
    import numpy as np

    of_comments = comments["page_id"].tolist()
    counts: dict[str, int] = {}
    for page in of_comments:
        counts[page] = counts.get(page, 0) + 1
    wanted = {of_comments[row] for some in members.values() for row in some}
    texts = {page: text for page, text in zip(pages["page_id"], pages["article"], strict=True) if isinstance(text, str)}
    found: dict[str, list[tuple[int, int]]] = {}
    left = MOST_PASSAGES
    for page in sorted(wanted & set(texts), key=lambda p: (-counts[p], p)):
        spans = cut_passages(texts[page])
        if spans and len(spans) <= left:
            found[page] = spans
            left -= len(spans)
    order = [(page, span) for page in sorted(found) for span in found[page]]
    vectors = embed([texts[page][start:end] for page, (start, end) in order])
    return _Passages(np.asarray([page for page, _ in order], dtype=np.str_), [s for _, s in order], vectors, texts)


class _Facts:
    """Comments and passages with their closeness, page by page."""

    def __init__(self, comments: pd.DataFrame, vectors: Vectors, passages: _Passages) -> None:
        self.ids = comments["comment_id"].tolist()
        self.pages = comments["page_id"].tolist()
        self.languages = comments["language"].tolist() if "language" in comments else [None] * len(comments)
        self.vectors, self.passages = vectors, passages
        self.known = set(passages.pages.tolist())

    def judge(self, theme_id: str, members: Sequence[int], keyphrases: Sequence[str]) -> tuple[object, ...]:
        """The row of a theme: whether readers introduced it, and the passage that comes nearest."""
        import numpy as np

        under = [row for row in members if self.pages[row] in self.known]
        if not under:
            return (theme_id, None, None, None, None, None, None)
        centre = self.vectors[members].astype(np.float64).sum(axis=0)
        centre /= max(float(np.linalg.norm(centre)), 1e-12)
        nearest = {page: self._nearest(page, centre) for page in sorted({self.pages[row] for row in under})}
        close, row = max(nearest.values(), key=lambda one: (one[0], -one[1]))
        passage, start, end = self.passages.slice_of(row)
        verdict: bool | None = None
        if len(under) >= ENOUGH and 2 * len(under) >= len(members) and not self._foreign(members):
            spoken = sum(nearest[self.pages[row]][0] >= SPOKEN_OF for row in under) / len(under)
            verdict = spoken < ALONE and self._held(under, keyphrases) < WORDS
        return (theme_id, verdict, close, str(self.passages.pages[row]), passage, start, end)

    def _nearest(self, page: str, centre: NDArray[np.float64]) -> tuple[float, int]:
        rows = self.passages.rows_of(page)
        values = (self.passages.vectors[rows].astype("float64") @ centre).round(6)
        best = int(values.argmax())
        return float(values[best]), int(rows[best])

    def _held(self, under: Sequence[int], keyphrases: Sequence[str]) -> float:
        """Mean share of the keyphrases that stand in the articles of these comments."""
        if not keyphrases:
            return 0.0
        patterns = [re.compile(rf"\b{re.escape(phrase.casefold())}") for phrase in keyphrases]
        shares = {}
        for page in {self.pages[row] for row in under}:
            text = " ".join(self.passages.articles[page].casefold().split())
            shares[page] = sum(bool(pattern.search(text)) for pattern in patterns) / len(patterns)
        return sum(shares[self.pages[row]] for row in under) / len(under)

    def _foreign(self, members: Sequence[int]) -> bool:
        """Most comments are known to be in a language that the default model does not compare with English."""
        known = [self.languages[row] for row in members if isinstance(self.languages[row], str)]
        return 2 * sum(language not in ("en", "und") for language in known) > len(members)

    def passages_taken(self) -> Iterator[tuple[object, ...]]:
        """Rows of the passages on pages with enough comments, each with the comment nearest to it."""
        import numpy as np

        below: dict[str, list[int]] = {}
        for row, page in enumerate(self.pages):
            if page in self.known:
                below.setdefault(page, []).append(row)
        for page in sorted(below):
            if len(below[page]) < ENOUGH:
                continue
            here = sorted(below[page], key=self.ids.__getitem__)
            rows = self.passages.rows_of(page)
            values = (self.passages.vectors[rows].astype(np.float64) @ self.vectors[here].astype(np.float64).T).round(6)
            for row, best, value in zip(rows, values.argmax(axis=1), values.max(axis=1), strict=True):
                passage, start, end = self.passages.slice_of(int(row))
                taken = bool(value >= TAKEN_UP)
                yield (page, passage, start, end, float(value), self.ids[here[int(best)]], taken)
