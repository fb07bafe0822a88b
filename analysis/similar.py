"""Comments most like each comment, for "more like this" in a page that holds no model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.neighbours import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

COLUMNS = ["comment_id", "similar", "closeness"]
MOST = 6  # of a comment
FLOOR = 0.4  # cosine; below it two comments share little but their tongue
ALL = 4000  # comments up to which each gets its own; of larger runs those that are quoted


def find_similar(
    comment_ids: Sequence[str], vectors: NDArray[np.float32], wanted: Sequence[str] | None = None
) -> pd.DataFrame:
    """Return the comments nearest to each, nearest first, from a cosine of 0.4.

    Args:
        comment_ids: id of each comment.
        vectors: unit vectors in the same order, shape (n, d).
        wanted: ids of the comments that get neighbours; None for every one.

    Returns:
        ``comment_id``, ``similar`` (ids, six at most) and ``closeness`` (their cosines, two decimals), ordered by
        ``comment_id``; no row for a comment without a near one.
    """
    import pandas as pd

    row_of = {name: row for row, name in enumerate(comment_ids)}
    chosen = sorted(comment_ids if wanted is None else {name for name in wanted if name in row_of})
    rows, cosines = nearest(vectors[[row_of[name] for name in chosen]], vectors, MOST + 1)
    out = []
    for name, near, close in zip(chosen, rows.tolist(), cosines.tolist(), strict=True):
        kept = [(comment_ids[row], round(c, 2)) for row, c in zip(near, close, strict=True)]
        kept = [(other, c) for other, c in kept if other != name and c >= FLOOR][:MOST]
        if kept:
            out.append((name, [other for other, _ in kept], [c for _, c in kept]))
    return pd.DataFrame(out, columns=COLUMNS)
