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


def find_centre(
    vectors: NDArray[np.float32], members: NDArray[np.int64], strengths: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the unit vector of a theme's comments, each weighed by its strength, shape (d,); zeros without comments.

    Args:
        vectors: unit vectors of all comments, shape (n, d).
        members: rows of the theme's comments, shape (m,).
        strengths: how strongly each belongs, shape (m,).
    """
    import numpy as np

    centre = (vectors[members].astype(np.float64) * strengths[:, None]).sum(axis=0)
    return np.asarray(centre / max(np.linalg.norm(centre), 1e-12))


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
    scores = np.round(inside @ find_centre(vectors, members, strengths), 6) * strengths
    order = _ordered(comments, members, -scores)
    return _choose(comments, inside, members, order, settings.representatives)


def pick_boundary(
    comments: pd.DataFrame,
    vectors: NDArray[np.float32],
    members: NDArray[np.int64],
    strengths: NDArray[np.float64],
    settings: Settings,
) -> list[str]:
    """Return ids of the comments that belong to a theme only just, least first, as distinct as representatives are.

    Args:
        comments: columns ``comment_id``, ``page_id`` and ``author``.
        vectors: unit vectors of all comments, shape (len(comments), d).
        members: rows of the theme's comments, shape (m,).
        strengths: how strongly each belongs, shape (m,).
        settings: ``representatives`` is how many to return at most; never more than a quarter of the theme.
    """
    order = _ordered(comments, members, strengths)[: len(members) // 4]
    inside = vectors[members].astype("float64")
    return _choose(comments, inside, members, order, settings.representatives)


def _ordered(comments: pd.DataFrame, members: NDArray[np.int64], scores: NDArray[np.float64]) -> list[int]:
    """The first members by score, of equals by id."""
    ids = comments["comment_id"].to_numpy()[members]
    return sorted(range(len(members)), key=lambda i: (scores[i], ids[i]))[:POOL]


def _choose(
    comments: pd.DataFrame, inside: NDArray[np.float64], members: NDArray[np.int64], order: list[int], count: int
) -> list[str]:
    """The first that are of other authors, of other pages as far as there are some, and no near-copies."""
    ids = comments["comment_id"].to_numpy()[members]
    pages = comments["page_id"].to_numpy()[members]
    authors = comments["author"].to_numpy()[members]
    chosen: list[int] = []
    for same_page in (False, True):
        for i in order:
            if len(chosen) == count:
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
