"""Vectors to groups: whether there is anything to group, what the votes agree on, and which group takes a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from analysis.diffusion import map_walks
from analysis.likeness import blend_words
from analysis.memory import hold_groups
from analysis.neighbours import nearest
from analysis.stability import measure_stability
from analysis.structure import has_structure
from analysis.tree import absorb_small, cut_tree, find_gap, grow_tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.memory import Memory
    from analysis.settings import ClusterSettings

SAME = 0.99999
State = Literal["ok", "too few to cluster", "no stable themes", "no comments"]


@dataclass(frozen=True, slots=True)
class Groups:
    """What was found.

    Attributes:
        labels: group of each vector, -1 for none; shape (n,), numbered by size, largest first.
        closest: group with the most votes, also where they are too few; -1 where there are none.
        strengths: share of votes for ``closest``, 0 to 1; shape (n,).
        state: ``ok``, or why there are no groups.
        agreement: mean adjusted Rand index between the groups and those of halves, or None.
        fitted: how many vectors the fit looked at.
        voters: group of each fitted vector as it votes on others, shape (fitted,); None without groups.
        stability: of each group, see :func:`analysis.stability.measure_stability`; None where unknown.
    """

    labels: NDArray[np.int64]
    closest: NDArray[np.int64]
    strengths: NDArray[np.float32]
    state: State
    agreement: float | None
    fitted: int
    voters: NDArray[np.int64] | None = None
    stability: tuple[float | None, ...] = ()


def find_groups(
    vectors: NDArray[np.float32],
    settings: ClusterSettings,
    texts: Sequence[str] | None = None,
    units: NDArray[np.int64] | None = None,
    memory: Memory | None = None,
) -> Groups:
    """Group vectors by where walks over their nearest neighbours lead.

    Args:
        vectors: unit vectors of distinct texts in canonical order (by text hash), shape (n, d). The
            first ``settings.fit_limit`` are fitted: as the order is by hash, they are a random sample.
        settings: see :class:`analysis.settings.ClusterSettings`.
        units: author or thread of each text, for halves; without them each text is by itself.
        texts: the texts, whose words have a say in the fit; without them the vectors alone do.
        memory: the last grouping of the texts, where themes are to change for a reason only.

    Returns:
        The groups; with state ``too few to cluster`` below ``settings.minimum`` vectors and
        ``no stable themes`` where they are no closer than chance would have it, or fall into no groups.
    """
    import numpy as np

    n = len(vectors)
    none = np.full(n, -1, dtype=np.int64), np.full(n, -1, dtype=np.int64), np.zeros(n, dtype=np.float32)
    if n < settings.minimum:
        return Groups(*none, "too few to cluster" if n else "no comments", None, 0)
    fit = vectors[: settings.fit_limit]
    words = None if texts is None else texts[: len(fit)]
    likenesses = blend_words(fit, words, settings)
    places = map_walks(likenesses, settings)
    tree = grow_tree(places)
    heaps = find_gap(tree, settings)
    if heaps is None and not has_structure(fit, words, settings):
        return Groups(*none, "no stable themes", None, len(fit))
    count = heaps or max(2, round(settings.groups * len(fit) ** 0.5))
    labels = cut_tree(tree, count)
    if memory is not None:
        labels = hold_groups(places, labels, count, memory, settings.smallest)
    labels = absorb_small(labels, places, settings.smallest)
    if labels.max() < 1:
        return Groups(*none, "no stable themes", None, len(fit))
    best, strengths = assign(vectors, fit, labels, settings)
    labels, closest, voters = _by_size(np.where(strengths >= settings.floor, best, -1), best, labels)
    if labels.max() < 1:
        return Groups(*none, "no stable themes", None, len(fit))
    units = np.arange(n) if units is None else units
    measured, agreement = measure_stability(likenesses, voters, units[: len(fit)], settings)
    stability = tuple(None if np.isnan(value) else round(value, 6) for value in measured.tolist())
    return Groups(labels, closest, strengths, "ok", agreement, len(fit), voters, stability)


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
    weights = np.clip(cosines, 0, None).astype(np.float64)
    votes = np.zeros((len(vectors), int(labels.max()) + 2))
    for column in range(rows.shape[1]):
        np.add.at(votes, (np.arange(len(vectors)), labels[rows[:, column]]), weights[:, column])
    shares = votes[:, :-1] / np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    best = shares.argmax(axis=1)
    if not skip_self and rows.shape[1]:
        own = labels[rows[:, 0]]
        stays = (cosines[:, 0] >= SAME) & (own >= 0)
        best = np.where(stays, own, best)
        shares[stays, own[stays]] = np.maximum(shares[stays, own[stays]], settings.floor)
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
