"""Whether a group comes back when only half of those who wrote are heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.diffusion import map_walks
from analysis.tree import cut_tree, grow_tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.settings import ClusterSettings

LIMIT = 1500  # texts that a draw looks at


def measure_stability(
    likenesses: Sequence[NDArray[np.float32]],
    groups: NDArray[np.int64],
    units: NDArray[np.int64],
    settings: ClusterSettings,
) -> tuple[NDArray[np.float64], float | None]:
    """Return for each group how well it is found again in halves of the texts (Hennig 2007), and how well all are.

    Each of ``settings.resamples`` draws takes half of the units, whole, and groups them anew into as many groups as
    there are. The stability of a group is the mean, over the draws, of the Jaccard index (1912) between what was
    drawn of it and the new group most like it.

    Args:
        likenesses: of the fitted texts, shape (n, d) each.
        groups: group of each, shape (n,), -1 for none.
        units: author or thread of each, shape (n,); numbers that do not depend on the order of the comments.
        settings: ``resamples``, and those of the fit.

    Returns:
        0 to 1 a group, NaN where no draw held any of it; and the mean adjusted Rand index (Hubert and Arabie
        1985) between the groups and those of the draws, None without draws.
    """
    import numpy as np
    from sklearn.metrics import adjusted_rand_score

    count = int(groups.max(initial=-1)) + 1
    found = np.full((settings.resamples, count), np.nan)
    agreements = []
    for draw in range(settings.resamples):
        rows = _half(units, draw)
        if len(rows) < 2 * settings.smallest:
            continue
        tree = grow_tree(map_walks([likeness[rows] for likeness in likenesses], settings))
        again = cut_tree(tree, min(count, len(rows) // 2))
        agreements.append(adjusted_rand_score(groups[rows], again))
        for group in range(count):
            inside = groups[rows] == group
            if inside.any():
                found[draw, group] = _best_match(inside, again)
    known = ~np.isnan(found)
    means = np.where(known.any(axis=0), np.nansum(found, axis=0) / np.maximum(known.sum(axis=0), 1), np.nan)
    return means, float(np.mean(agreements)) if agreements else None


def _half(units: NDArray[np.int64], draw: int) -> NDArray[np.int64]:
    import numpy as np

    generator = np.random.default_rng(draw)
    names = np.unique(units)
    chosen = generator.permutation(names)[: len(names) // 2]
    rows = np.flatnonzero(np.isin(units, chosen))
    return np.sort(generator.permutation(rows)[:LIMIT])


def _best_match(inside: NDArray[np.bool_], again: NDArray[np.int64]) -> float:
    import numpy as np

    both = np.bincount(again[inside], minlength=int(again.max()) + 1)
    sizes = np.bincount(again, minlength=len(both))
    return float((both / (int(inside.sum()) + sizes - both)).max())
