"""Places of comments on a map of two dimensions, kept from run to run.

The map is for looking at, never for finding themes. Positions are those of UMAP (McInnes, Healy and
Melville 2018) with a fixed seed, computed once; a text that comes later goes among its nearest neighbours
(as in landmark methods, de Silva and Tenenbaum 2004), so that nothing that was on the map moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.compiled import open_umap
from analysis.neighbours import nearest
from comments.model import text_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

MINIMUM = 40  # distinct texts below which a map would show chance
FIT = 6000  # texts that UMAP lays out; the rest are placed among them
NEIGHBOURS, PLACED_BY = 15, 5
STALE = 0.5  # share of known texts below which the whole map is laid out anew
SEED = 1

Positions = dict[str, tuple[float, float]]


def lay_out(texts: Sequence[str], vectors: NDArray[np.float32], known: Mapping[str, tuple[float, float]]) -> Positions:
    """Return a position for each distinct text, by its hash; equal texts share one.

    Args:
        texts: the comments' texts.
        vectors: their unit vectors, shape (n, d).
        known: positions of earlier runs by text hash; they stay, unless most texts are new.

    Returns:
        Positions in the order of the hashes, whatever the order of the texts; empty for fewer than 40.
    """
    rows: dict[str, int] = {}
    for row, text in enumerate(texts):
        rows.setdefault(text_key(text), row)
    keys = sorted(rows)
    if len(keys) < MINIMUM:
        return {}
    points = vectors[[rows[key] for key in keys]]
    old = [n for n, key in enumerate(keys) if key in known]
    if len(old) < STALE * len(keys):
        old = list(range(min(len(keys), FIT)))
        places = _fit(points[: len(old)])
    else:
        import numpy as np

        places = np.asarray([known[keys[n]] for n in old], dtype=np.float64)
    return _place(keys, points, old, places)


def map_table(comments: pd.DataFrame, positions: Mapping[str, tuple[float, float]]) -> pd.DataFrame:
    """Return ``comment_id``, ``x`` and ``y`` of the comments that have a position.

    Args:
        comments: with ``comment_id`` and ``clean_text``.
        positions: by text hash.
    """
    import pandas as pd

    pairs = zip(comments["comment_id"], comments["clean_text"], strict=True)
    rows = [(name, *positions[key]) for name, text in pairs if (key := text_key(text)) in positions]
    frame = pd.DataFrame(rows, columns=["comment_id", "x", "y"])
    return frame.astype({"comment_id": "str", "x": "float64", "y": "float64"})


def _fit(points: NDArray[np.float32]) -> NDArray[np.float64]:
    """Lay out by UMAP on exact neighbours, one thread and one seed."""
    import warnings

    import numpy as np
    from threadpoolctl import threadpool_limits

    ids, cosines = nearest(points, points, NEIGHBOURS)
    distances = np.maximum(0.0, 1.0 - cosines).astype(np.float32)
    with warnings.catch_warnings(), threadpool_limits(1):
        # UMAP warns that a seed keeps it on one thread, and that given neighbours forbid transform.
        warnings.simplefilter("ignore")
        model = open_umap().UMAP(
            n_neighbors=NEIGHBOURS,
            min_dist=0.15,
            metric="cosine",
            random_state=SEED,
            n_jobs=1,
            precomputed_knn=(ids, distances, None),
            force_approximation_algorithm=True,
            init="pca",
        )
        return np.asarray(model.fit_transform(points), dtype=np.float64)


def _place(
    keys: Sequence[str], points: NDArray[np.float32], old: Sequence[int], places: NDArray[np.float64]
) -> Positions:
    """Keep the old positions; put each new text at the mean of its nearest old ones, weighted by closeness."""
    import numpy as np

    found = {keys[n]: (round(float(x), 4), round(float(y), 4)) for n, (x, y) in zip(old, places, strict=True)}
    new = sorted(set(range(len(keys))) - set(old))
    if new:
        ids, cosines = nearest(points[new], points[list(old)], PLACED_BY)
        weights = np.maximum(cosines.astype(np.float64), 0.01)[:, :, None]
        means = (places[ids] * weights).sum(axis=1) / weights.sum(axis=1)
        reach = 0.01 * float(np.ptp(places, axis=0).max())
        for n, (x, y) in zip(new, means, strict=True):
            angle = int(keys[n][:8], 16) / 16**8 * 2 * np.pi  # beside its neighbours, not upon one of them
            found[keys[n]] = (round(float(x + reach * np.cos(angle)), 4), round(float(y + reach * np.sin(angle)), 4))
    return {key: found[key] for key in keys}
