"""Exact nearest neighbours of unit vectors, the same on any number of threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ROWS, CELLS = 1024, 1024 * 8192
"""Queries that are compared at a time, and the most cosines: of a large corpus there are fewer rows in a block."""


def nearest(
    queries: NDArray[np.float32], corpus: NDArray[np.float32], k: int, *, skip_self: bool = False
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Find the ``k`` rows of ``corpus`` with the largest cosine to each query.

    Exact, since an approximate index gives another answer with another order of insertion. Equal
    cosines are ordered by row number.

    Args:
        queries: unit vectors, shape (n, d).
        corpus: unit vectors, shape (m, d).
        k: neighbours a query; fewer come back where the corpus is smaller.
        skip_self: leave out row i of the corpus for query i.

    Returns:
        Row numbers and cosines, each of shape (n, k), nearest first.
    """
    import numpy as np
    from threadpoolctl import threadpool_limits

    k = max(0, min(k, len(corpus) - skip_self))
    rows = np.zeros((len(queries), k), dtype=np.int64)
    cosines = np.zeros((len(queries), k), dtype=np.float32)
    if k == 0:
        return rows, cosines
    with threadpool_limits(1):
        step = max(1, min(ROWS, CELLS // len(corpus)))
        for start in range(0, len(queries), step):
            block = queries[start : start + step] @ corpus.T
            # Rounded, so that two equal vectors tie whichever kernel multiplied them; negated, so that the nearest are
            # the smallest.
            np.negative(np.round(block, 6, out=block), out=block)
            if skip_self:
                block[np.arange(len(block)), start + np.arange(len(block))] = np.inf
            top = np.argpartition(block, k - 1, axis=1)[:, :k] if k < block.shape[1] else _all(block)
            values = np.take_along_axis(block, top, axis=1)
            order = np.lexsort((top, values), axis=1)
            rows[start : start + step] = np.take_along_axis(top, order, axis=1)
            cosines[start : start + step] = -np.take_along_axis(values, order, axis=1)
    return rows, cosines


def _all(block: NDArray[np.float32]) -> NDArray[np.int64]:
    import numpy as np

    return np.tile(np.arange(block.shape[1]), (len(block), 1))
