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
