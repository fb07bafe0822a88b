"""How alike two texts are within one corpus: by what the model reads, and by the words they share.

A sentence model draws together whatever is about the corpus' own subject. Taking away the mean of the vectors leaves
what sets the texts apart there; words and parts of words (latent semantic analysis, Deerwester et al. 1990) add
what a small model blurs. Measured in docs/evaluation.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from sklearn.feature_extraction.text import TfidfVectorizer

    from analysis.settings import ClusterSettings

CHARACTERS = 2000  # of a text that are looked at
PARTS = 30_000  # parts of words that are kept, the most frequent
WORD = r"(?u)\b\w[\w']+\b"
DIMENSIONS = 100
TEXTS_A_DIMENSION = 3


def blend_words(
    vectors: NDArray[np.float32], texts: Sequence[str] | None, settings: ClusterSettings
) -> NDArray[np.float32]:
    """Return vectors whose cosine is the likeness within this corpus.

    Args:
        vectors: unit vectors of the texts, shape (n, d).
        texts: the texts; without them the words have no say.
        settings: ``wording`` is the share of the words, half of it by parts of words.

    Returns:
        Unit vectors, shape (n, d + the dimensions of the words).
    """
    import numpy as np

    meaning = _unit(vectors - vectors.mean(axis=0, dtype=np.float64))
    blocks = [b for b in _word_blocks(texts, settings) if b is not None] if texts is not None else []
    if not blocks:
        return meaning.astype(np.float32)
    part = settings.wording / len(blocks)
    joined = np.hstack([np.sqrt(1 - settings.wording) * meaning, *(np.sqrt(part) * block for block in blocks)])
    return _unit(joined).astype(np.float32)


def _word_blocks(texts: Sequence[str], settings: ClusterSettings) -> list[NDArray[np.float64] | None]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    if not settings.wording:
        return []
    cut = [text[:CHARACTERS] for text in texts]
    size = min(DIMENSIONS, len(cut) // TEXTS_A_DIMENSION)
    words = TfidfVectorizer(sublinear_tf=True, min_df=2, token_pattern=WORD)
    parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2, max_features=PARTS)
    return [_latent(vectorizer, cut, size) for vectorizer in (words, parts)]


def _latent(vectorizer: TfidfVectorizer, texts: Sequence[str], size: int) -> NDArray[np.float64] | None:
    """Unit vectors in the leading dimensions; None where no two texts share a word."""
    from sklearn.decomposition import TruncatedSVD
    from threadpoolctl import threadpool_limits

    try:
        weights = vectorizer.fit_transform(texts)
    except ValueError:  # an empty vocabulary
        return None
    size = min(size, min(weights.shape) - 2)
    if size < 1 or (weights.max(axis=0) - weights.min(axis=0)).max() == 0:
        return None
    with threadpool_limits(1):
        scores = TruncatedSVD(size, random_state=0, n_iter=4).fit_transform(weights)
        return _unit(scores - scores.mean(axis=0))


def _unit(vectors: NDArray[Any]) -> NDArray[np.float64]:
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float64)
