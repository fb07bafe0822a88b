"""Which comments speak for a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from analysis.settings import Settings

NEAR_COPY = 0.95
POOL = 400


def pick_representatives(
    comments: pd.DataFrame,
    vectors: NDArray[np.float32],
    members: NDArray[np.int64],
    strengths: NDArray[np.float64],
    settings: Settings,
) -> list[str]:
    """Return ids of the comments nearest to a theme's centre, best first.

    From distinct authors where authors are known, and from distinct pages as far as there are some;
    never two near-copies (cosine of 0.95 or more).

    Args:
        comments: columns ``comment_id``, ``page_id`` and ``author``.
        vectors: unit vectors of all comments, shape (len(comments), d).
        members: rows of the theme's comments, shape (m,).
        strengths: how strongly each belongs, shape (m,).
        settings: ``representatives`` is how many to return.
    """
    import numpy as np

    if not len(members):
        return []
    inside = vectors[members].astype(np.float64)
    centre = (inside * strengths[:, None]).sum(axis=0)
    scores = np.round(inside @ (centre / max(np.linalg.norm(centre), 1e-12)), 6) * strengths
    ids = comments["comment_id"].to_numpy()[members]
    order = sorted(range(len(members)), key=lambda i: (-scores[i], ids[i]))[:POOL]
    pages = comments["page_id"].to_numpy()[members]
    authors = comments["author"].to_numpy()[members]
    chosen: list[int] = []
    for same_page in (False, True):
        for i in order:
            if len(chosen) == settings.representatives:
                break
            if i in chosen or (not same_page and pages[i] in {pages[j] for j in chosen}):
                continue
            is_known = isinstance(authors[i], str)
            if is_known and authors[i] in {authors[j] for j in chosen}:
                continue
            if any(inside[i] @ inside[j] >= NEAR_COPY for j in chosen):
                continue
            chosen.append(i)
    return [str(ids[i]) for i in sorted(chosen, key=order.index)]
