"""One tree of texts, from each by itself to all together, and where to cut it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analysis.settings import ClusterSettings

FEWEST = 3
FINEST = 1.5
"""Fewest groups at which a gap is looked for, and most, as a multiple of the square root of the number of texts."""


def grow_tree(places: NDArray[np.float32]) -> NDArray[np.float64]:
    """Join texts by Ward's method (1963); return the joins as SciPy's ``linkage`` does.

    Args:
        places: unit vectors, shape (n, d), n of 2 or more.
    """
    import numpy as np
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        # Rounded, so that the joins do not depend on the kernel that multiplied.
        squared = np.round(np.clip(2 - 2 * (places @ places.T), 0, None), 5)
    np.fill_diagonal(squared, 0)
    return np.asarray(linkage(np.sqrt(squareform(squared, checks=False)), "ward"))


def find_gap(tree: NDArray[np.float64], settings: ClusterSettings) -> int | None:
    """Return into how many groups a tree falls by itself, None where it shows no clear gap.

    A gap is clear where joining one group more costs ``settings.gap`` times what the join before it did, as with
    texts that lie in heaps. Two groups are never taken for heaps: long texts beside short ones look like that.

    Args:
        tree: see :func:`grow_tree`.
        settings: ``gap``.
    """
    import numpy as np

    n = len(tree) + 1
    heights = np.maximum(tree[::-1, 2], 1e-3)  # the last join first: the first leaves two groups
    counts = np.arange(FEWEST, min(n - 1, round(FINEST * n**0.5)) + 1)
    if not len(counts):
        return None
    ratios = heights[counts - 2] / heights[counts - 1]
    best = int(ratios.argmax())
    return int(counts[best]) if ratios[best] >= settings.gap else None


def cut_tree(tree: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    """Return the group of each text when the tree is cut into so many, shape (n,), from 0."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster

    return np.asarray(fcluster(tree, count, "maxclust") - 1, dtype=np.int64)


def absorb_small(labels: NDArray[np.int64], places: NDArray[np.float32], smallest: int) -> NDArray[np.int64]:
    """Give the texts of groups that are too small to the group that each is nearest to.

    Args:
        labels: group of each text, shape (n,), from 0.
        places: of the texts, shape (n, d).
        smallest: fewest texts of a group that stays.

    Returns:
        Groups, -1 for all where none is large enough.
    """
    import numpy as np

    sizes = np.bincount(labels)
    kept = np.flatnonzero(sizes >= smallest)
    small = sizes[labels] < smallest
    if not len(kept):
        return np.full_like(labels, -1)
    centres = np.stack([places[labels == group].mean(axis=0, dtype=np.float64) for group in kept])
    nearest = np.round(places[small] @ centres.T, 6).argmax(axis=1)
    found = labels.copy()
    found[small] = kept[nearest]
    return found
