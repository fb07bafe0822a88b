"""Whether texts hold together more closely than chance would have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.neighbours import nearest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CLOSEST = 5
DRAWS = 3


def excess_closeness(vectors: NDArray[np.float32]) -> float:
    """Return how much closer the nearest neighbours are than in shuffled data, 0 for no structure.

    The shuffled data have the same principal components and the same values along each, but no ties
    between them, as in the reference distribution of Tibshirani et al. (2001). The excess of the mean
    cosine to the five nearest is divided by what is left up to 1.

    Args:
        vectors: unit vectors, shape (n, d).
    """
    import numpy as np

    found = _mean_closeness(vectors)
    by_chance = float(np.mean([_mean_closeness(_shuffled(vectors, seed)) for seed in range(DRAWS)]))
    return (found - by_chance) / max(1 - by_chance, 1e-9)


def _mean_closeness(vectors: NDArray[np.float32]) -> float:
    _, cosines = nearest(vectors, vectors, CLOSEST, skip_self=True)
    return float(cosines.mean())


def _shuffled(vectors: NDArray[np.float32], seed: int) -> NDArray[np.float32]:
    import numpy as np
    from threadpoolctl import threadpool_limits

    generator = np.random.default_rng(seed)
    mean = vectors.mean(axis=0, dtype=np.float64)
    with threadpool_limits(1):
        left, size, right = np.linalg.svd(vectors.astype(np.float64) - mean, full_matrices=False)
        scores = generator.permuted(left * size, axis=0)
        shuffled = scores @ right + mean
    return np.asarray(shuffled / np.linalg.norm(shuffled, axis=1, keepdims=True), dtype=np.float32)
