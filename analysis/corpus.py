"""The comments of a run as every step of it sees them: their distinct texts, and the vectors of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.clusters import number_threads, number_writers
from analysis.embed import embed_texts
from analysis.low_content import is_low_content
from analysis.word_count import count_words
from comments.model import text_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from analysis.embed import Embedder, VectorCache
    from analysis.settings import Settings


@dataclass(frozen=True, slots=True)
class Corpus:
    """Comments, their distinct texts in canonical order, and what reads them.

    Attributes:
        comments: columns ``comment_id``, ``page_id``, ``clean_text``, ``author`` and ``parent_id``; n rows.
        texts: the distinct texts, ordered by hash; m of them.
        keys: hash of each text.
        text_vectors: unit vectors of the texts, shape (m, d).
        short: which texts have too few words to be clustered, shape (m,).
        low: which texts say nothing of their own, shape (m,).
        text_of: the text of each comment as its row among the texts, shape (n,).
        vectors: unit vectors of the comments, shape (n, d).
        settings: of the run.
        embedder: the model.
        cache: where vectors are kept.
    """

    comments: pd.DataFrame
    texts: Sequence[str]
    keys: Sequence[str]
    text_vectors: NDArray[np.float32]
    short: NDArray[np.bool_]
    low: NDArray[np.bool_]
    text_of: NDArray[np.int64]
    vectors: NDArray[np.float32]
    settings: Settings
    embedder: Embedder
    cache: VectorCache | None

    @property
    def aside(self) -> NDArray[np.bool_]:
        """Which texts no theme is looked for in."""
        return self.short | self.low

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors of further texts by the same model."""
        return embed_texts(texts, self.embedder, self.cache)


def read_corpus(
    comments: pd.DataFrame, settings: Settings, embedder: Embedder, cache: VectorCache | None = None
) -> Corpus:
    """Return comments with their distinct texts and the vectors of these.

    Args:
        comments: columns as in :class:`Corpus`.
        settings: ``min_words`` says which texts are too short.
        embedder: the model.
        cache: where vectors are kept.
    """
    import numpy as np

    key_of = {text: text_key(text) for text in comments["clean_text"].tolist()}
    texts = sorted(key_of, key=key_of.__getitem__)
    row_of = {text: row for row, text in enumerate(texts)}
    text_of = np.asarray([row_of[text] for text in comments["clean_text"].tolist()], dtype=np.int64)
    vectors = embed_texts(texts, embedder, cache)
    return Corpus(
        comments=comments,
        texts=texts,
        keys=[key_of[text] for text in texts],
        text_vectors=vectors,
        short=np.asarray([count_words(text) < settings.min_words for text in texts], dtype=bool),
        low=np.asarray([is_low_content(text) for text in texts], dtype=bool),
        text_of=text_of,
        vectors=vectors[text_of],
        settings=settings,
        embedder=embedder,
        cache=cache,
    )


def draw_units(corpus: Corpus) -> NDArray[np.int64]:
    """Return what each text is drawn with: its author, else its thread, named by its first text; shape (m,)."""
    import numpy as np

    comments = corpus.comments
    known = comments["author"].map(lambda name: isinstance(name, str)).to_numpy(dtype=bool)
    threads = number_threads(comments)
    unit = np.where(known, number_writers(comments), threads + len(comments))
    first = np.full(2 * len(comments), len(comments), dtype=np.int64)
    np.minimum.at(first, unit, corpus.text_of)
    units = np.full(int(corpus.text_of.max(initial=-1)) + 1, len(comments), dtype=np.int64)
    np.minimum.at(units, corpus.text_of, first[unit])
    return units


def parent_rows(comments: pd.DataFrame) -> list[int]:
    """Return for each comment the row of the one it answers, -1 where that is not among them."""
    rows = {name: row for row, name in enumerate(comments["comment_id"])}
    return [rows.get(parent, -1) if isinstance(parent, str) else -1 for parent in comments["parent_id"]]
