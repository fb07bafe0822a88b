"""What comes back when others write: each theme in a fresh half of the texts, and each level of them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from analysis.tree import absorb_small, cut_tree
from analysis.votes import assign

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.halves import Half
    from analysis.settings import ClusterSettings

log = logging.getLogger(__name__)
CLEAR = 3.0
"""Standard errors by which halves must agree better at another level; one would have noise choose among nine levels."""


def measure_stability(
    pairs: Sequence[tuple[Half, Half]],
    groups: NDArray[np.int64],
    vectors: NDArray[np.float32],
    settings: ClusterSettings,
) -> tuple[NDArray[np.float64], float | None]:
    """Return for each group how well it is found in a fresh half of the texts, and how well all are.

    Two things are taken from one half to the other by the rule that assigns new texts: what the half holds of the
    group, and what it makes of that by itself, the group of its own that is most like it. Each is held against the
    groups that the other half makes by itself, as many as there are (as in prediction strength, Tibshirani and Walther
    2005), by the Jaccard index (1912), and the mean is taken over both directions of all draws. The stability of a
    group is the lower of the two means: the first is too high where the group was made with a view to both halves, the
    second where the texts fall into other groups than this one.

    Args:
        pairs: halves of the fitted texts.
        groups: group of each, shape (n,), from 0.
        vectors: of the fitted texts, unit vectors, shape (n, d).
        settings: those of the votes.

    Returns:
        0 to 1 a group, about what share of it and of its like in as many new texts would be common to both, NaN where
        no half held any of it; and the mean adjusted Rand index between the groups and those of the halves, None
        without halves.
    """
    import numpy as np

    count = int(groups.max(initial=-1)) + 1
    ways = [way for first, other in pairs for way in ((first, other), (other, first))]
    found = np.full((2, len(ways), count), np.nan)
    for row, (here, there) in enumerate(ways):
        held, own, anew = groups[here.rows], here.cut(count), there.cut(count)
        carried, carried_own = (_carry(some, here, there, vectors, settings) for some in (held, own))
        for group in np.unique(held).tolist():
            like = int(_jaccard(held == group, own).argmax())
            found[0, row, group] = _jaccard(carried == group, anew).max()
            found[1, row, group] = _jaccard(carried_own == like, anew).max()
    known = ~np.isnan(found[0])
    means = np.where(known.any(axis=0), np.nansum(found, axis=1) / np.maximum(known.sum(axis=0), 1), np.nan)
    return means.min(axis=0), float(np.mean([half.agreement(groups) for half, _ in ways])) if ways else None


def _carry(
    groups: NDArray[np.int64], here: Half, there: Half, vectors: NDArray[np.float32], settings: ClusterSettings
) -> NDArray[np.int64]:
    """Groups of the texts of one half by the votes of those of the other, -1 for none."""
    import numpy as np

    best, strengths = assign(vectors[there.rows], vectors[here.rows], groups, settings)
    return np.where(strengths >= settings.floor, best, -1)


def choose_level(
    tree: NDArray[np.float64],
    places: NDArray[np.float32],
    pairs: Sequence[tuple[Half, Half]],
    settings: ClusterSettings,
) -> int:
    """Return into how many groups to cut a tree that shows no gap.

    The level of ``settings.groups`` times the square root of the number of texts stands unless halves of the texts
    agree clearly better at another (stability as a criterion: Lange et al. 2004; a simple choice within standard errors
    of the best: Breiman et al. 1984). The differences are taken half by half. Of levels that are not clearly worse than
    the best, the one nearest to it counts.

    Args:
        tree: of the texts, see :func:`analysis.tree.grow_tree`.
        places: of the texts, shape (n, d).
        pairs: halves of the texts; without any the first level stands.
        settings: ``groups``, ``levels`` and ``smallest``.
    """
    import numpy as np

    usual = settings.groups * (len(tree) + 1) ** 0.5
    levels = sorted(settings.levels, key=lambda level: (abs(np.log(level)), level))
    counts: list[int] = [max(2, round(level * usual)) for level in levels]
    halves = [half for pair in pairs for half in pair]
    if not halves:
        return counts[0]
    agreements = []
    for count in counts:
        groups = absorb_small(cut_tree(tree, count), places, settings.smallest)
        agreements.append([half.agreement(groups) if groups.max() > 0 else 0.0 for half in halves])
    measured = np.asarray(agreements)
    behind = measured[measured.mean(axis=1).argmax()] - measured
    errors = behind.std(axis=1, ddof=1) / len(halves) ** 0.5
    chosen = int((behind.mean(axis=1) <= CLEAR * errors).argmax())
    log.info("themes: %d groups, where halves agree at %.3f", counts[chosen], measured[chosen].mean())
    return counts[chosen]


def _jaccard(inside: NDArray[np.bool_], groups: NDArray[np.int64]) -> NDArray[np.float64]:
    """The Jaccard index of some texts with each group, shape (groups,)."""
    import numpy as np

    both = np.bincount(groups[inside], minlength=int(groups.max()) + 1)
    sizes = np.bincount(groups, minlength=len(both))
    return np.asarray(both / (int(inside.sum()) + sizes - both), dtype=np.float64)
