"""Vectors to groups: many layouts and scales vote, and texts that mostly fall together are a theme.

One draw of UMAP (McInnes et al. 2018) and HDBSCAN (Campello et al. 2013) depends on its seed, and one
minimum cluster size on taste. Here several seeds and sizes each give a partition; the share of
partitions in which two texts fall together (co-association, Fred and Jain 2005) is then cut by average
linkage.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from analysis.neighbours import nearest
from analysis.structure import excess_closeness

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analysis.settings import ClusterSettings

log = logging.getLogger(__name__)
State = Literal["ok", "too few to cluster", "no stable themes", "no comments"]


@dataclass(frozen=True, slots=True)
class Groups:
    """What the vote gave.

    Attributes:
        labels: group of each vector, -1 for none; shape (n,), numbered by size, largest first.
        closest: group with the most votes, also where they are too few; -1 where there are none.
        strengths: share of votes for ``closest``, 0 to 1; shape (n,).
        state: ``ok``, or why there are no groups.
        agreement: mean adjusted Rand index between the voting partitions, or None.
        fitted: how many vectors the fit looked at.
        voters: group of each fitted vector as it votes on others, shape (fitted,); None without groups.
    """

    labels: NDArray[np.int64]
    closest: NDArray[np.int64]
    strengths: NDArray[np.float32]
    state: State
    agreement: float | None
    fitted: int
    voters: NDArray[np.int64] | None = None


def find_groups(vectors: NDArray[np.float32], settings: ClusterSettings) -> Groups:
    """Group vectors by what several seeds and scales agree on.

    Args:
        vectors: unit vectors of distinct texts in canonical order (by text hash), shape (n, d). The
            first ``settings.fit_limit`` are fitted: as the order is by hash, they are a random sample.
        settings: see :class:`analysis.settings.ClusterSettings`.

    Returns:
        The groups; with state ``too few to cluster`` below ``settings.minimum`` vectors and
        ``no stable themes`` where the votes agree no better than chance would.
    """
    import numpy as np

    n = len(vectors)
    none = np.full(n, -1, dtype=np.int64), np.full(n, -1, dtype=np.int64), np.zeros(n, dtype=np.float32)
    if n < settings.minimum:
        return Groups(*none, "too few to cluster" if n else "no comments", None, 0)
    fit = vectors[: settings.fit_limit]
    if excess_closeness(fit) < settings.structure:
        return Groups(*none, "no stable themes", None, len(fit))
    partitions = vote(fit, settings)
    agreement = mean_agreement(partitions)
    labels = _settle(fit, consensus(partitions, settings), settings)
    if labels.max() < 1:
        return Groups(*none, "no stable themes", agreement, len(fit))
    best, strengths = assign(vectors, fit, labels, settings)
    labels, closest, voters = _by_size(np.where(strengths >= settings.floor, best, -1), best, labels)
    if labels.max() < 1:
        return Groups(*none, "no stable themes", agreement, len(fit))
    return Groups(labels, closest, strengths, "ok", agreement, len(fit), voters)


def _settle(fit: NDArray[np.float32], labels: NDArray[np.int64], settings: ClusterSettings) -> NDArray[np.int64]:
    """Dissolve groups that the vote of the nearest leaves with too few, so that others may take their texts."""
    import numpy as np

    if labels.max() < 0:
        return labels
    best, strengths = assign(fit, fit, labels, settings)
    taken = np.bincount(best[strengths >= settings.floor], minlength=int(labels.max()) + 1)
    return np.where((labels >= 0) & (taken[labels] >= settings.smallest), labels, -1)


def vote(fit: NDArray[np.float32], settings: ClusterSettings) -> NDArray[np.int64]:
    """Return one partition a seed and scale, shape (seeds * scales, n), -1 for noise."""
    import numpy as np

    neighbours = min(settings.neighbours, len(fit) - 1)
    rows, cosines = nearest(fit, fit, neighbours, skip_self=True)
    ids = np.hstack([np.arange(len(fit))[:, None], rows])
    distances = np.hstack([np.zeros((len(fit), 1), np.float32), np.clip(1 - cosines, 0, 2)])
    partitions = []
    for seed in range(settings.seeds):
        layout = _layout(fit, ids, distances, seed, settings)
        partitions += [_density_groups(layout, scale) for scale in settings.scales_for(len(fit))]
        log.info("clustering: seed %d of %d done", seed + 1, settings.seeds)
    return np.asarray(partitions)


def _layout(
    fit: NDArray[np.float32],
    ids: NDArray[np.int64],
    distances: NDArray[np.float32],
    seed: int,
    settings: ClusterSettings,
) -> NDArray[np.float32]:
    import warnings

    import numpy as np
    import umap
    from threadpoolctl import threadpool_limits

    with warnings.catch_warnings(), threadpool_limits(1):
        # UMAP warns that a seed keeps it on one thread, and that given neighbours forbid transform.
        warnings.simplefilter("ignore")
        model = umap.UMAP(
            n_neighbors=ids.shape[1],
            n_components=min(settings.components, len(fit) - 2),
            min_dist=0.0,
            metric="cosine",
            random_state=seed,
            n_jobs=1,
            precomputed_knn=(ids, distances, None),
            force_approximation_algorithm=True,
            init="pca",
        )
        return np.asarray(model.fit_transform(fit), dtype=np.float32)


def _density_groups(layout: NDArray[np.float32], scale: int) -> NDArray[np.int64]:
    import numpy as np
    from hdbscan import HDBSCAN

    # min_samples far below min_cluster_size: by default they are equal, and the tree collapses to two.
    model = HDBSCAN(min_cluster_size=scale, min_samples=1, core_dist_n_jobs=1, approx_min_span_tree=False)
    return np.asarray(model.fit_predict(layout.astype(np.float64)), dtype=np.int64)


def consensus(partitions: NDArray[np.int64], settings: ClusterSettings) -> NDArray[np.int64]:
    """Cut the share of votes in which two texts fall together by average linkage.

    Args:
        partitions: shape (votes, n), -1 for noise, which agrees with nothing.
        settings: ``agreement`` is the cut.

    Returns:
        Group of each text, shape (n,); groups smaller than the smallest scale are -1.
    """
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    n = partitions.shape[1]
    together = np.zeros((n, n), dtype=np.float32)
    for labels in partitions:
        for group in range(labels.max() + 1):
            members = np.flatnonzero(labels == group)
            together[np.ix_(members, members)] += 1
    together /= max(1, len(partitions))
    np.fill_diagonal(together, 1)
    tree = linkage(squareform(1 - together, checks=False), "average")
    groups = fcluster(tree, 1 - settings.agreement, "distance") - 1
    sizes = np.bincount(groups)
    return np.where(sizes[groups] >= min(settings.scales_for(n)), groups, -1)


def mean_agreement(partitions: NDArray[np.int64]) -> float:
    """Return the mean adjusted Rand index (Hubert and Arabie 1985) between pairs of partitions."""
    from itertools import combinations

    import numpy as np
    from sklearn.metrics import adjusted_rand_score

    pairs = [adjusted_rand_score(a, b) for a, b in combinations(partitions, 2)]
    return float(np.mean(pairs)) if pairs else 0.0


def assign(
    vectors: NDArray[np.float32],
    fit: NDArray[np.float32],
    labels: NDArray[np.int64],
    settings: ClusterSettings,
    *,
    skip_self: bool = False,
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Put every vector, fitted or new, into a group by one rule: the vote of its nearest fitted texts.

    Each of the ``settings.votes`` nearest fitted texts votes for its own group (or for none) with its
    cosine; a fitted text is among its own nearest.

    Args:
        vectors: shape (n, d).
        fit: the fitted vectors, shape (m, d).
        labels: their groups, shape (m,), -1 for none.
        settings: ``votes``.
        skip_self: ``vectors`` are the fitted ones, and none votes on itself.

    Returns:
        The group with the most votes, shape (n,), and its share of them, 0 to 1, shape (n,).
    """
    import numpy as np

    rows, cosines = nearest(vectors, fit, settings.votes, skip_self=skip_self)
    weights = np.clip(cosines, 0, None).astype(np.float64)
    votes = np.zeros((len(vectors), int(labels.max()) + 2))
    for column in range(rows.shape[1]):
        np.add.at(votes, (np.arange(len(vectors)), labels[rows[:, column]]), weights[:, column])
    shares = votes[:, :-1] / np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    best = shares.argmax(axis=1)
    strengths = np.round(shares[np.arange(len(vectors)), best], 6).astype(np.float32)
    return np.where(strengths > 0, best, -1), strengths


def _by_size(labels: NDArray[np.int64], *also: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """Number groups from the largest on; of equals, the one whose first member comes first."""
    import numpy as np

    names, first, sizes = np.unique(labels[labels >= 0], return_index=True, return_counts=True)
    new = np.full(
        int(max(labels.max(), *(other.max() for other in also))) + 2, -1, dtype=np.int64
    )  # the last is for -1
    new[names[np.lexsort((first, -sizes))]] = np.arange(len(names))
    return (new[labels], *(new[other] for other in also))
