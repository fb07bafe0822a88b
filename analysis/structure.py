"""Whether texts hold together more closely than chance would have it.

Text whose words were shuffled over the corpus has words in common too, and the more texts there are the nearer each
one's neighbours are. So what is found is compared with what chance gives for as many texts: in the vectors with a bound
that grows with their number, in the words with the corpus' own words dealt out anew (a permutation test).
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from analysis.likeness import count_words
from analysis.neighbours import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from analysis.settings import ClusterSettings

LIMIT = 1000  # texts that are looked at
CLOSEST = 5
DRAWS, DEALS = 3, 12
BASE, GROWTH = 300, 0.06
"""The bound holds for 300 texts, and grows by so much when their number grows e times."""
SURE = 4.0
"""Standard deviations by which words must draw texts together more than when they are dealt out anew."""
COMMON = 0.2  # share of the texts in which a word is too common to tell anything


def has_structure(vectors: NDArray[np.float32], texts: Sequence[str] | None, settings: ClusterSettings) -> bool:
    """Whether there is anything to cluster.

    Args:
        vectors: unit vectors in canonical order, shape (n, d); the first are looked at.
        texts: the texts; without them the vectors alone tell.
        settings: ``structure`` is the least excess closeness of 300 texts, 0 to take texts as they are.
    """
    if not settings.structure:
        return True
    looked = vectors[:LIMIT]
    if excess_closeness(looked) >= settings.structure + GROWTH * log(len(looked) / BASE):
        return True
    return texts is not None and excess_of_words(texts[:LIMIT]) >= SURE


def excess_closeness(vectors: NDArray[np.float32]) -> float:
    """Return how much closer the nearest neighbours are than in shuffled vectors.

    The shuffled vectors have the same principal components and the same values along each, but no ties
    between them, as in the reference distribution of Tibshirani et al. (2001). The excess of the mean
    cosine to the five nearest is divided by what is left up to 1.

    Args:
        vectors: unit vectors, shape (n, d).
    """
    import numpy as np
    from threadpoolctl import threadpool_limits

    mean = vectors.mean(axis=0, dtype=np.float64)
    with threadpool_limits(1):
        left, size, right = np.linalg.svd(vectors.astype(np.float64) - mean, full_matrices=False)
        by_chance = []
        for seed in range(DRAWS):
            shuffled = np.random.default_rng(seed).permuted(left * size, axis=0) @ right + mean
            shuffled /= np.linalg.norm(shuffled, axis=1, keepdims=True)
            by_chance.append(_mean_closeness(shuffled.astype(np.float32)))
    chance = float(np.mean(by_chance))
    return (_mean_closeness(vectors) - chance) / max(1 - chance, 1e-9)


def _mean_closeness(vectors: NDArray[np.float32]) -> float:
    _, cosines = nearest(vectors, vectors, CLOSEST, skip_self=True)
    return float(cosines.mean())


def excess_of_words(texts: Sequence[str]) -> float:
    """Return by how many standard deviations texts share more words than when these are dealt out anew.

    Each text keeps its number of words and each word its number of uses. What is measured is the mean cosine of each
    text to the five that share most of its words, weighed by how few texts hold them.

    Args:
        texts: distinct texts in canonical order.

    Returns:
        0 where no two texts share a word that is not common.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    counts = count_words(texts)
    if counts is None:
        return 0.0
    held = np.bincount(counts.indices, minlength=counts.shape[1])
    counts = counts[:, (held >= 2) & (held <= COMMON * len(texts))]
    if counts.nnz == 0:
        return 0.0
    words = np.repeat(counts.indices, counts.data)
    rows = np.repeat(np.repeat(np.arange(len(texts)), np.diff(counts.indptr)), counts.data)
    ones = np.ones(len(words))
    dealt = [
        _shared_words(csr_matrix((ones, (rows, np.random.default_rng(seed).permutation(words))), shape=counts.shape))
        for seed in range(DEALS)
    ]
    return (_shared_words(counts) - float(np.mean(dealt))) / max(float(np.std(dealt, ddof=1)), 1e-9)


def _shared_words(counts: csr_matrix) -> float:
    import numpy as np
    from sklearn.feature_extraction.text import TfidfTransformer

    held = counts.copy()
    held.sum_duplicates()
    held.data = np.ones(len(held.data))
    weights = TfidfTransformer().fit_transform(held)
    cosines = (weights @ weights.T).toarray()
    np.fill_diagonal(cosines, 0)
    return float(np.partition(cosines, -CLOSEST, axis=1)[:, -CLOSEST:].mean())
