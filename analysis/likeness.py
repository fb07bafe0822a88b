"""How alike two texts are within one corpus: by what the model reads, and by the words they share.

A sentence model draws together whatever is about the corpus' own subject. Taking away the mean of the vectors leaves
what sets the texts apart there, which helps with some corpora and harms with others, so both are looked at; words and
parts of words (latent semantic analysis, Deerwester et al. 1990) add what a small model blurs. Measured in
docs/evaluation.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix
    from sklearn.feature_extraction.text import CountVectorizer

    from analysis.settings import ClusterSettings

CHARACTERS = 2000  # of a text that are looked at
PARTS = 30_000  # parts of words that are kept, the most frequent
WORD = r"(?u)\b\w[\w']+\b"
SIGNS = (3, 5)  # in a part of a word, fewest and most
DIMENSIONS = 100
TEXTS_A_DIMENSION = 3
ROUNDS, SPARE = 4, 10  # of the randomised decomposition, and dimensions that it works with beyond those asked for


def blend_words(
    vectors: NDArray[np.float32], texts: Sequence[str] | None, settings: ClusterSettings
) -> list[NDArray[np.float32]]:
    """Return vectors whose cosine is the likeness within this corpus, once for each share of the words.

    Args:
        vectors: unit vectors of the texts, shape (n, d).
        texts: the texts; without them the words have no say.
        settings: ``wordings`` are the shares of the words, half of each by parts of words, and ``centred`` tells for
            which of them the mean of the vectors is taken away.

    Returns:
        Unit vectors, shape (n, d + the dimensions of the words); where no words are shared, of shape (n, d), once with
        the mean and once without if ``centred`` holds both.
    """
    import numpy as np

    mean = vectors.mean(axis=0, dtype=np.float64)
    meanings = {centred: _unit(vectors - mean if centred else vectors) for centred in settings.centred}
    blocks = [] if texts is None or not any(settings.wordings) else _word_blocks(texts)
    if not blocks:
        return [meaning.astype(np.float32) for meaning in meanings.values()]
    words = np.hstack(blocks) / len(blocks) ** 0.5
    pairs = zip(settings.wordings, settings.centred, strict=True)
    joined = (np.hstack([(1 - share) ** 0.5 * meanings[centred], share**0.5 * words]) for share, centred in pairs)
    return [_unit(both).astype(np.float32) for both in joined]


def count_words(texts: Sequence[str], counter: CountVectorizer | None = None) -> csr_matrix | None:
    """Return how often each text holds each word, shape (texts, words); None where there are no words.

    Args:
        texts: the texts, of which the beginning is looked at.
        counter: keeps the words; left out where nobody asks for them.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    try:
        counter = counter or CountVectorizer(token_pattern=WORD)
        return counter.fit_transform([text[:CHARACTERS] for text in texts])
    except ValueError:  # an empty vocabulary
        return None


def _word_blocks(texts: Sequence[str]) -> list[NDArray[np.float64]]:
    """Unit vectors by words and by parts of words; none of a kind that no two texts share."""
    from sklearn.feature_extraction.text import CountVectorizer

    counter = CountVectorizer(token_pattern=WORD)
    words = count_words(texts, counter)
    if words is None:
        return []
    # Parts are counted once a word, not once a text: most words come often.
    parts = CountVectorizer(analyzer="char_wb", ngram_range=SIGNS).fit_transform(counter.get_feature_names_out())
    size = min(DIMENSIONS, len(texts) // TEXTS_A_DIMENSION)
    blocks = [_latent(_shared(counts), size) for counts in (words, (words @ parts).tocsr())]
    return [block for block in blocks if block is not None]


def _shared(counts: csr_matrix) -> csr_matrix:
    """Columns that stand in two texts or more, of very many the most frequent."""
    import numpy as np

    texts = np.bincount(counts.indices, minlength=counts.shape[1])
    often = np.asarray(counts.sum(axis=0)).ravel()
    kept = np.flatnonzero(texts >= 2)
    return counts[:, np.sort(kept[np.argsort(-often[kept], kind="stable")[:PARTS]])]


def _latent(counts: csr_matrix, size: int) -> NDArray[np.float64] | None:
    """Unit vectors in the leading dimensions of TF-IDF; None where the texts do not differ."""
    from sklearn.feature_extraction.text import TfidfTransformer
    from threadpoolctl import threadpool_limits

    size = min(size, min(counts.shape) - 2)
    if size < 1:
        return None
    weights = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    if (weights.max(axis=0) - weights.min(axis=0)).max() == 0:
        return None
    with threadpool_limits(1):
        scores = _leading(weights, size)
        return _unit(scores - scores.mean(axis=0))


def _leading(weights: csr_matrix, size: int) -> NDArray[np.float64]:
    """Scores on the leading singular vectors, by randomised subspace iteration (Halko, Martinsson and Tropp 2011).

    It works on the side of the texts, of which there are far fewer than of the parts of words.
    """
    import numpy as np

    base = np.random.default_rng(0).normal(size=(weights.shape[0], min(size + SPARE, *weights.shape)))
    for _ in range(ROUNDS):
        base, _ = np.linalg.qr(weights @ (weights.T @ base))
    projected = weights.T @ base
    values, turn = np.linalg.eigh(projected.T @ projected)
    return np.asarray((base @ turn[:, ::-1][:, :size]) * np.sqrt(np.clip(values[::-1][:size], 0, None)))


def _unit(vectors: NDArray[Any]) -> NDArray[np.float64]:
    import numpy as np

    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float64)
