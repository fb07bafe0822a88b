"""Many layouts and scales vote, and texts that mostly fall together are a group.

One draw of UMAP (McInnes et al. 2018) depends on its seed, and one scale on taste. Here several seeds are cut at
several scales: into stated numbers of groups by Ward's method (1963), which tells apart what blends into each other,
and by stated smallest sizes by HDBSCAN (Campello et al. 2013), which leaves whole what stands by itself. The share
of these partitions in which two texts fall together (co-association, Fred and Jain 2005) is then cut by average
linkage, so that the number of groups follows from the votes.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from analysis.compiled import open_umap
from analysis.memory import remember
from analysis.neighbours import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.memory import Memory
    from analysis.settings import ClusterSettings

log = logging.getLogger(__name__)


def vote(
    likeness: NDArray[np.float32], counts: Sequence[int], settings: ClusterSettings, *, first_seed: int = 0
) -> NDArray[np.int64]:
    """Return one partition a seed and scale, shape (seeds * scales, n), -1 for noise.

    Args:
        likeness: unit vectors, shape (n, d).
        counts: numbers of groups that vote.
        settings: ``seeds``, ``neighbours`` and ``components`` of the layouts; ``sizes``.
        first_seed: of the seeds.
    """
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage

    neighbours = min(settings.neighbours, len(likeness) - 1)
    rows, cosines = nearest(likeness, likeness, neighbours, skip_self=True)
    ids = np.hstack([np.arange(len(likeness))[:, None], rows])
    distances = np.hstack([np.zeros((len(likeness), 1), np.float32), np.clip(1 - cosines, 0, 2)])
    partitions = []
    for seed in range(first_seed, first_seed + settings.seeds):
        layout = _layout(likeness, ids, distances, seed, settings).astype(np.float64)
        tree = linkage(layout, "ward")
        partitions += [fcluster(tree, count, "maxclust") - 1 for count in counts]
        partitions += [_density_groups(layout, size) for size in settings.sizes_for(len(likeness))]
        log.info("clustering: seed %d done", seed)
    return np.asarray(partitions, dtype=np.int64)


def _layout(
    likeness: NDArray[np.float32],
    ids: NDArray[np.int64],
    distances: NDArray[np.float32],
    seed: int,
    settings: ClusterSettings,
) -> NDArray[np.float32]:
    import warnings

    import numpy as np
    from threadpoolctl import threadpool_limits

    with warnings.catch_warnings(), threadpool_limits(1):
        # UMAP warns that a seed keeps it on one thread, and that given neighbours forbid transform.
        warnings.simplefilter("ignore")
        model = open_umap().UMAP(
            n_neighbors=ids.shape[1],
            n_components=min(settings.components, len(likeness) - 2),
            min_dist=0.0,
            metric="cosine",
            random_state=seed,
            n_jobs=1,
            precomputed_knn=(ids, distances, None),
            force_approximation_algorithm=True,
            init="pca",
        )
        return np.asarray(model.fit_transform(likeness), dtype=np.float32)


def _density_groups(layout: NDArray[np.float64], size: int) -> NDArray[np.int64]:
    import numpy as np
    from hdbscan import HDBSCAN

    # min_samples far below min_cluster_size: by default they are equal, and the tree collapses to two.
    model = HDBSCAN(min_cluster_size=size, min_samples=1, core_dist_n_jobs=1, approx_min_span_tree=False)
    return np.asarray(model.fit_predict(layout), dtype=np.int64)


def consensus(
    partitions: NDArray[np.int64], settings: ClusterSettings, memory: Memory | None = None
) -> NDArray[np.int64]:
    """Cut the share of votes in which two texts fall together by average linkage.

    Args:
        partitions: shape (votes, n), -1 for noise, which agrees with nothing.
        settings: ``agreement`` is the cut; groups smaller than ``smallest`` are -1.
        memory: the last grouping of these texts, if it is to have a say.

    Returns:
        Group of each text, shape (n,).
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
    if memory is not None:
        together = remember(together, memory)
    np.fill_diagonal(together, 1)
    tree = linkage(squareform(1 - together, checks=False), "average")
    groups = np.asarray(fcluster(tree, 1 - settings.agreement, "distance") - 1, dtype=np.int64)
    sizes = np.bincount(groups)
    return np.where(sizes[groups] >= settings.smallest, groups, -1)


def mean_agreement(partitions: NDArray[np.int64]) -> float:
    """Return the mean adjusted Rand index (Hubert and Arabie 1985) between pairs of partitions."""
    from itertools import combinations

    import numpy as np
    from sklearn.metrics import adjusted_rand_score

    pairs = [adjusted_rand_score(a, b) for a, b in combinations(partitions, 2)]
    return float(np.mean(pairs)) if pairs else 0.0
