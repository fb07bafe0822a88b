"""Vectors to groups: whether there is anything to group, into how many, and how sure each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from analysis.diffusion import map_walks
from analysis.halves import draw_halves
from analysis.likeness import blend_words
from analysis.memory import hold_groups
from analysis.stability import agree_halves, choose_level, measure_stability
from analysis.structure import has_structure
from analysis.tree import absorb_small, cut_tree, find_gap, grow_tree
from analysis.votes import assign

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.memory import Memory
    from analysis.settings import ClusterSettings

State = Literal["ok", "too few to cluster", "no stable themes", "no comments"]


@dataclass(frozen=True, slots=True)
class Groups:
    """What was found.

    Attributes:
        labels: group of each vector, -1 for none; shape (n,), numbered by size, largest first.
        closest: group with the most votes, also where they are too few; -1 where there are none.
        strengths: share of votes for ``closest``, 0 to 1; shape (n,).
        state: ``ok``, or why there are no groups.
        agreement: of halves on as many groups, see :func:`analysis.stability.agree_halves`, or None.
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
    pairs = draw_halves(fit, likenesses, np.arange(len(fit)) if units is None else units[: len(fit)], settings)
    count = heaps or choose_level(len(fit), pairs, settings)
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
    measured = measure_stability(pairs, voters, settings)
    stability = tuple(None if np.isnan(value) else round(value, 6) for value in measured.tolist())
    agreement = float(agree_halves(pairs, len(stability), settings).mean()) if pairs else None
    return Groups(labels, closest, strengths, "ok", agreement, len(fit), voters, stability)


def _by_size(labels: NDArray[np.int64], *also: NDArray[np.int64]) -> tuple[NDArray[np.int64], ...]:
    """Number groups from the largest on; of equals, the one whose first member comes first."""
    import numpy as np

    names, first, sizes = np.unique(labels[labels >= 0], return_index=True, return_counts=True)
    new = np.full(
        int(max(labels.max(), *(other.max() for other in also))) + 2, -1, dtype=np.int64
    )  # the last is for -1
    new[names[np.lexsort((first, -sizes))]] = np.arange(len(names))
    return (new[labels], *(new[other] for other in also))
