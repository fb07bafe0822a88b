"""Whether a group comes back when only half of those who wrote are heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.votes import consensus, vote

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analysis.settings import ClusterSettings

LIMIT = 1500  # texts that a draw looks at


def measure_stability(
    likeness: NDArray[np.float32],
    groups: NDArray[np.int64],
    units: NDArray[np.int64],
    settings: ClusterSettings,
) -> NDArray[np.float64]:
    """Return for each group how well it is found again in halves of the texts (Hennig 2007).

    Each of ``settings.resamples`` draws takes half of the units, whole, and votes anew with one seed and the same
    numbers of groups. The stability of a group is the mean, over the draws, of the Jaccard index (1912) between what
    was drawn of it and the new group most like it.

    Args:
        likeness: of the fitted texts, shape (n, d).
        groups: group of each, shape (n,), -1 for none.
        units: author or thread of each, shape (n,); numbers that do not depend on the order of the comments.
        settings: ``resamples``, and those of the vote.

    Returns:
        0 to 1 a group, NaN where no draw held any of it.
    """
    import numpy as np

    count = int(groups.max(initial=-1)) + 1
    found = np.full((settings.resamples, count), np.nan)
    for draw in range(settings.resamples):
        rows = _half(units, draw)
        if len(rows) < 2 * settings.smallest:
            continue
        again = _vote_again(likeness[rows], len(groups), settings, draw)
        for group in range(count):
            inside = groups[rows] == group
            if inside.any():
                found[draw, group] = _best_match(inside, again)
    known = ~np.isnan(found)
    return np.where(known.any(axis=0), np.nansum(found, axis=0) / np.maximum(known.sum(axis=0), 1), np.nan)


def _half(units: NDArray[np.int64], draw: int) -> NDArray[np.int64]:
    import numpy as np

    generator = np.random.default_rng(draw)
    names = np.unique(units)
    chosen = generator.permutation(names)[: len(names) // 2]
    rows = np.flatnonzero(np.isin(units, chosen))
    return np.sort(generator.permutation(rows)[:LIMIT])


def _vote_again(likeness: NDArray[np.float32], whole: int, settings: ClusterSettings, draw: int) -> NDArray[np.int64]:
    part = len(likeness) / whole
    fewer = settings.model_copy(
        update={
            "seeds": 1,
            "sizes": tuple(sorted({max(2, round(size * part)) for size in settings.sizes})),
            "smallest": max(2, round(settings.smallest * part)),
        }
    )
    counts = sorted({min(count, len(likeness) // 2) for count in settings.counts_for(whole)})
    return consensus(vote(likeness, counts, fewer, first_seed=draw), fewer)


def _best_match(inside: NDArray[np.bool_], again: NDArray[np.int64]) -> float:
    import numpy as np

    both = np.bincount(again[inside & (again >= 0)], minlength=int(again.max(initial=-1)) + 1)
    if not len(both):
        return 0.0
    sizes = np.bincount(again[again >= 0], minlength=len(both))
    return float((both / (int(inside.sum()) + sizes - both)).max())
