"""What comes back when others write: each theme in a fresh half of the texts, and each level of them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.halves import Way
    from analysis.settings import ClusterSettings

    Pairs = Sequence[tuple[Way, Way]]

log = logging.getLogger(__name__)
CLEAR = 3.0
"""Standard errors by which halves must agree better at another level; one would have noise choose among nine levels."""


def measure_stability(pairs: Pairs, groups: NDArray[np.int64], settings: ClusterSettings) -> NDArray[np.float64]:
    """Return for each group how well it is found in a fresh half of the texts, shape (groups,).

    Two things are taken from one half to the other by the rule that assigns new texts: what the half holds of the
    group, and what it makes of that by itself, the group of its own that is most like it. Each is held against the
    groups that the other half makes by itself, as many as there are (as in prediction strength, Tibshirani and Walther
    2005), by the Jaccard index (1912), and the mean is taken over both ways of all draws. The stability of a
    group is the lower of the two means: the first is too high where the group was made with a view to both halves, the
    second where the texts fall into other groups than this one.

    Args:
        pairs: halves of the fitted texts.
        groups: group of each, shape (n,), from 0.
        settings: those of the votes.

    Returns:
        0 to 1 a group, about what share of it and of its like in as many new texts would be common to both; NaN where
        no half held any of it.
    """
    import numpy as np

    count = int(groups.max(initial=-1)) + 1
    ways = [way for pair in pairs for way in pair]
    found = np.full((2, len(ways), count), np.nan)
    for row, way in enumerate(ways):
        held, own, anew = groups[way.here.rows], way.here.cut(count), way.there.cut(count)
        carried, carried_own = way.carry(held, settings), way.carry(own, settings)
        for group in np.unique(held).tolist():
            like = int(_jaccard(held == group, own).argmax())
            found[0, row, group] = _jaccard(carried == group, anew).max()
            found[1, row, group] = _jaccard(carried_own == like, anew).max()
    known = ~np.isnan(found[0])
    means = np.where(known.any(axis=0), np.nansum(found, axis=1) / np.maximum(known.sum(axis=0), 1), np.nan)
    return np.asarray(means.min(axis=0))


def agree_halves(pairs: Pairs, count: int, settings: ClusterSettings) -> NDArray[np.float64]:
    """Return how far the halves of each draw agree on so many groups, shape (draws,).

    The groups that one half makes by itself are taken to the other, and held against the groups which that makes
    (Lange et al. 2004), by adjusted mutual information (Vinh, Epps and Bailey 2010): 1 where they are the same, 0 where
    they agree by chance. The mean of both ways counts.

    Args:
        pairs: halves of the fitted texts.
        count: groups that each half is cut into.
        settings: those of the votes.
    """
    import numpy as np
    from sklearn.metrics import adjusted_mutual_info_score

    return np.asarray(
        [
            np.mean(
                [
                    adjusted_mutual_info_score(way.there.cut(count), way.carry(way.here.cut(count), settings))
                    for way in pair
                ]
            )
            for pair in pairs
        ],
        dtype=np.float64,
    )


def choose_level(texts: int, pairs: Pairs, settings: ClusterSettings) -> int:
    """Return into how many groups to cut a tree that shows no gap.

    The level of ``settings.groups`` times the square root of the number of texts stands unless halves of the texts
    agree clearly better at another, by the standard error of the differences draw by draw. Of levels that are not
    clearly worse than the best, the one nearest to it counts, as in Breiman et al. (1984).

    Args:
        texts: number of the fitted texts.
        pairs: halves of them; with fewer than two draws the first level stands.
        settings: ``groups``, ``levels``, and those of the votes.
    """
    import numpy as np

    usual = settings.groups * texts**0.5
    levels = sorted(settings.levels, key=lambda level: (abs(np.log(level)), level))
    counts: list[int] = [max(2, round(level * usual)) for level in levels]
    if len(pairs) < 2 or len(counts) < 2:
        return counts[0]
    measured = np.round([agree_halves(pairs, count, settings) for count in counts], 6)
    behind = measured[measured.mean(axis=1).argmax()] - measured
    errors = behind.std(axis=1, ddof=1) / len(pairs) ** 0.5
    chosen = int((behind.mean(axis=1) <= CLEAR * errors).argmax())
    log.info("themes: cut into %d groups, on which halves agree at %.3f", counts[chosen], measured[chosen].mean())
    return counts[chosen]


def _jaccard(inside: NDArray[np.bool_], groups: NDArray[np.int64]) -> NDArray[np.float64]:
    """The Jaccard index of some texts with each group, shape (groups,)."""
    import numpy as np

    both = np.bincount(groups[inside], minlength=int(groups.max()) + 1)
    sizes = np.bincount(groups, minlength=len(both))
    return np.asarray(both / (int(inside.sum()) + sizes - both), dtype=np.float64)
