"""How sure a share is."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

Z95 = 1.959963984540054


def wilson_interval(count: float, total: float) -> tuple[float, float]:
    """Return the 95% interval of a share (Wilson 1927).

    It takes comments as drawn one by one; :func:`share_intervals` allows for threads and loud writers.

    Args:
        count: comments in the theme; effective ones need not be whole.
        total: all comments.

    Returns:
        Lower and upper bound, 0 to 1; (0, 1) where there is nothing to count.
    """
    if total == 0:
        return 0.0, 1.0
    share = count / total
    centre = share + Z95**2 / (2 * total)
    half = Z95 * sqrt(share * (1 - share) / total + Z95**2 / (4 * total**2))
    scale = 1 + Z95**2 / total
    return max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale)


def difference_interval(count: int, total: int, other_count: int, other_total: int) -> tuple[float, float]:
    """Return the 95% interval of the difference of two shares (Newcombe 1998, method 10).

    Args:
        count: comments in the theme in the first group.
        total: comments in the first group.
        other_count: in the theme in the second group.
        other_total: comments in the second group.

    Returns:
        Bounds of first share less second, -1 to 1; (-1, 1) where either group is empty.
    """
    if total == 0 or other_total == 0:
        return -1.0, 1.0
    first, second = count / total, other_count / other_total
    low, high = wilson_interval(count, total)
    other_low, other_high = wilson_interval(other_count, other_total)
    down = sqrt((first - low) ** 2 + (other_high - second) ** 2)
    up = sqrt((high - first) ** 2 + (second - other_low) ** 2)
    return max(-1.0, first - second - down), min(1.0, first - second + up)


def design_effect(inside: NDArray[np.bool_], clusters: NDArray[np.int64]) -> float:
    """Return how many times wider in variance a share is than if comments were drawn one by one (Kish 1965).

    The variance is the jackknife's over clusters. It is raised by the square of Student's quantile over the
    normal one, at the effective number of clusters less one (Korn and Graubard 1998): a few loud writers tell
    little of how much writers differ.

    Args:
        inside: which comments are in the theme, shape (n,).
        clusters: cluster of each, shape (n,).

    Returns:
        1 or more; 1 where it cannot be told.
    """
    import numpy as np
    from scipy.special import stdtrit  # what scipy.stats asks, a second of importing less

    total, share = len(inside), float(inside.mean()) if len(inside) else 0.0
    _, codes = np.unique(clusters, return_inverse=True)
    sizes = np.bincount(codes)
    if not 0 < share < 1 or len(sizes) < 2 or sizes.max() == 1:
        return 1.0
    gaps = np.bincount(codes, weights=inside.astype(np.float64)) - share * sizes
    variance = float(((gaps / (total - sizes)) ** 2).sum())
    freedom = max(1.0, total**2 / float((sizes.astype(np.float64) ** 2).sum()) - 1)
    widening = (float(stdtrit(freedom, 0.975)) / Z95) ** 2
    return max(1.0, widening * variance * total / (share * (1 - share)))


def share_intervals(themes: Sequence[NDArray[np.int64]], *clusterings: NDArray[np.int64]) -> list[tuple[float, float]]:
    """Return the 95% interval of the share of each theme, where comments come in clusters.

    Wilson's interval at the effective number of comments, which is their number by the design effect. The effect of
    one small theme is mostly noise, so that the mean over all themes is taken, or half of the theme's own where
    that is more; of several clusterings, the one with the largest effect counts.

    Args:
        themes: rows of the comments in each.
        clusterings: cluster of each comment, shape (n,), one array a way of clustering.
    """
    import numpy as np

    total = len(clusterings[0])
    effects = np.ones((len(clusterings), len(themes)))
    for row, clusters in enumerate(clusterings):
        for column, members in enumerate(themes):
            inside = np.zeros(total, dtype=bool)
            inside[members] = True
            effects[row, column] = design_effect(inside, clusters)
    means = effects.mean(axis=1, keepdims=True) if len(themes) else effects
    widest = np.maximum(means, effects / 2).max(axis=0)
    return [
        wilson_interval(len(members) / effect, total / effect)
        for members, effect in zip(themes, widest.tolist(), strict=True)
    ]
