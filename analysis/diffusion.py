"""Coordinates in which what hangs together over many steps lies together.

A walk over the graph of nearest neighbours spreads within a group long before it leaves it. In a diffusion map
(Coifman and Lafon 2006) two texts are near when walks from both are likely to end in the same places, so that chains
of like texts count and single chance likenesses do not. Edges are weighted as in UMAP (McInnes, Healy and Melville
2018): by what is near for that text, which differs between dense and thin places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.neighbours import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from analysis.settings import ClusterSettings

HALVINGS = 40
NARROWEST, WIDEST = 1e-4, 5.0
DENSE = 500  # texts up to which all eigenvectors are computed
TOLERANCE = 1e-5


def map_walks(likenesses: Sequence[NDArray[np.float32]], settings: ClusterSettings) -> NDArray[np.float32]:
    """Return the diffusion maps of several likenesses side by side.

    Each likeness is looked at with each size of neighbourhood. No single choice decides: the squared distance of two
    texts is the mean of their squared distances in all these maps.

    Args:
        likenesses: of the same texts, unit vectors, shape (n, d) each.
        settings: ``neighbours``, ``components`` and ``steps``.

    Returns:
        Unit vectors, shape (n, at most maps * ``components``).
    """
    import numpy as np
    from threadpoolctl import threadpool_limits

    n = len(likenesses[0])
    steps = settings.steps * n**0.5
    maps = []
    with threadpool_limits(1):
        for likeness in likenesses:
            rows, cosines = nearest(likeness, likeness, max(settings.neighbours), skip_self=True)
            distances = np.clip(1 - cosines.astype(np.float64), 0, 2)
            for count in settings.neighbours:
                graph = _graph(rows[:, :count], distances[:, :count])
                maps.append(_walk(graph, min(settings.components, n - 2), steps))
    return np.asarray(np.hstack(maps) / len(maps) ** 0.5, dtype=np.float32)


def _graph(rows: NDArray[np.int64], distances: NDArray[np.float64]) -> csr_matrix:
    """Weights of the edges between neighbours, the fuzzy union of both directions (McInnes et al. 2018)."""
    import numpy as np
    from scipy.sparse import csr_matrix

    n, count = rows.shape
    beyond = distances - distances[:, :1]
    low, high = np.full((n, 1), NARROWEST), np.full((n, 1), WIDEST)
    for _ in range(HALVINGS):  # the width at which a text's edges weigh log2(count) together
        width = (low + high) / 2
        too_wide = np.exp(-beyond / width).sum(axis=1, keepdims=True) > np.log2(count + 1)
        low, high = np.where(too_wide, low, width), np.where(too_wide, width, high)
    weights = np.exp(-beyond / low)
    one = csr_matrix((weights.ravel(), (np.repeat(np.arange(n), count), rows.ravel())), shape=(n, n))
    return (one + one.T - one.multiply(one.T)).tocsr()


def _walk(graph: csr_matrix, components: int, steps: float) -> NDArray[np.float64]:
    """The diffusion map after so many steps, each text brought to unit length."""
    import numpy as np

    weights = np.sqrt(np.asarray(graph.sum(axis=1)).ravel())
    matrix = graph.multiply(1 / weights[:, None]).multiply(1 / weights[None, :]).tocsr()
    values, vectors = _leading(matrix, weights / np.linalg.norm(weights), components)
    places = vectors * np.clip(values, 0, 1) ** steps / weights[:, None]
    return np.asarray(places / np.maximum(np.linalg.norm(places, axis=1, keepdims=True), 1e-12))


def _leading(
    matrix: csr_matrix, trivial: NDArray[np.float64], count: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The largest eigenvalues and their vectors, but for the one that says only how many edges a text has.

    That one is taken away, not left out by its place: in a graph of several parts others have the same eigenvalue.
    """
    import numpy as np
    from scipy.sparse.linalg import LinearOperator, eigsh

    if len(trivial) <= DENSE:
        values, vectors = np.linalg.eigh(matrix.toarray() - np.outer(trivial, trivial))
        return values[-count:], vectors[:, -count:]
    operator = LinearOperator(
        matrix.shape, matvec=lambda v: matrix @ v - trivial * (trivial @ v.ravel()), dtype=np.float64
    )
    start = np.random.default_rng(0).normal(size=len(trivial))
    values, vectors = eigsh(operator, count, which="LA", v0=start, tol=TOLERANCE)
    return values, vectors
