"""Which group takes a text: the vote of the fitted texts that it is nearest to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.neighbours import nearest

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analysis.settings import ClusterSettings

SAME = 0.99999


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
    cosine. A fitted text, which is its own nearest, stays in its group, if only just.

    Args:
        vectors: shape (n, d).
        fit: the fitted vectors, shape (m, d).
        labels: their groups, shape (m,), -1 for none.
        settings: ``votes``, and ``floor``, which is the least strength of a fitted text in its group.
        skip_self: ``vectors`` are the fitted ones, and none votes on itself.

    Returns:
        The group with the most votes, shape (n,), and its share of them, 0 to 1, shape (n,).
    """
    import numpy as np

    rows, cosines = nearest(vectors, fit, settings.votes, skip_self=skip_self)
    best, shares = _shares(rows, cosines, labels)
    if not skip_self and rows.shape[1]:
        own = labels[rows[:, 0]]
        stays = (cosines[:, 0] >= SAME) & (own >= 0)
        best = np.where(stays, own, best)
        shares[stays, own[stays]] = np.maximum(shares[stays, own[stays]], settings.floor)
    return _strengths(best, shares)


def count_votes(
    rows: NDArray[np.int64], cosines: NDArray[np.float32], labels: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return what :func:`assign` does of new texts, where it is known which fitted texts vote on each.

    Args:
        rows: voters of each text, nearest first, shape (n, votes).
        cosines: to these, of the same shape.
        labels: group of each fitted text, shape (m,), -1 for none.
    """
    return _strengths(*_shares(rows, cosines, labels))


def _shares(
    rows: NDArray[np.int64], cosines: NDArray[np.float32], labels: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The group with the most votes, and the share of each group."""
    import numpy as np

    weights = np.clip(cosines, 0, None).astype(np.float64)
    votes = np.zeros((len(rows), int(labels.max()) + 2))  # the last column is for -1
    for column in range(rows.shape[1]):
        np.add.at(votes, (np.arange(len(rows)), labels[rows[:, column]]), weights[:, column])
    shares = votes[:, :-1] / np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    return shares.argmax(axis=1), shares


def _strengths(best: NDArray[np.int64], shares: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    import numpy as np

    strengths = np.round(shares[np.arange(len(shares)), best], 6).astype(np.float32)
    return np.where(strengths > 0, best, -1), strengths
