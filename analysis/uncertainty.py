"""How sure a share is."""

from __future__ import annotations

from math import sqrt

Z95 = 1.959963984540054


def wilson_interval(count: int, total: int) -> tuple[float, float]:
    """Return the 95% interval of a share (Wilson 1927).

    It takes comments as drawn one by one; threads and loud writers make the truth wider.

    Args:
        count: comments in the theme.
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
