"""Halves of the texts, grouped anew: what holds in most of them does not hang on who happened to write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.diffusion import map_walks
from analysis.tree import cut_tree, grow_tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.settings import ClusterSettings

LIMIT = 1500  # texts of a half that are looked at


@dataclass(frozen=True, slots=True)
class Half:
    """Texts of half of those who wrote, and their own tree.

    Attributes:
        rows: which texts these are, shape (m,).
        tree: their joins, see :func:`analysis.tree.grow_tree`.
    """

    rows: NDArray[np.int64]
    tree: NDArray[np.float64]

    def cut(self, count: int) -> NDArray[np.int64]:
        """Return the group of each of its texts when they are cut into so many, or one for every two texts."""
        return cut_tree(self.tree, min(count, len(self.rows) // 2))

    def agreement(self, groups: NDArray[np.int64]) -> float:
        """Return the adjusted Rand index (Hubert and Arabie 1985) between groups and as many that the half makes.

        Args:
            groups: of all texts, shape (n,), from 0.
        """
        from sklearn.metrics import adjusted_rand_score

        return float(adjusted_rand_score(groups[self.rows], self.cut(int(groups.max()) + 1)))


def draw_halves(
    likenesses: Sequence[NDArray[np.float32]], units: NDArray[np.int64], settings: ClusterSettings
) -> list[tuple[Half, Half]]:
    """Return the two halves of ``settings.resamples`` draws, the texts of each joined anew.

    Args:
        likenesses: of the texts, shape (n, d) each.
        units: author or thread of each, shape (n,), which is in one half whole; numbers that do not depend on the
            order of the comments.
        settings: ``resamples``, ``smallest`` (draws with a half of fewer than two such groups are left out), and those
            of the maps.
    """
    pairs = []
    for draw in range(settings.resamples):
        first, other = _cut(units, draw)
        if min(len(first), len(other)) >= 2 * settings.smallest:
            pairs.append((_grow(first, likenesses, settings), _grow(other, likenesses, settings)))
    return pairs


def _grow(rows: NDArray[np.int64], likenesses: Sequence[NDArray[np.float32]], settings: ClusterSettings) -> Half:
    return Half(rows, grow_tree(map_walks([likeness[rows] for likeness in likenesses], settings)))


def _cut(units: NDArray[np.int64], draw: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows of one half of the units and of the other, at most ``LIMIT`` of each."""
    import numpy as np

    generator = np.random.default_rng(draw)
    names = np.unique(units)
    inside = np.isin(units, generator.permutation(names)[: len(names) // 2])
    first, other = (np.sort(generator.permutation(np.flatnonzero(side))[:LIMIT]) for side in (inside, ~inside))
    return first, other
