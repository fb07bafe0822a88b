"""Halves of the texts, each grouped by itself, and what one makes of the other as if its texts were new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.diffusion import map_walks
from analysis.neighbours import nearest
from analysis.tree import cut_tree, grow_tree
from analysis.votes import count_votes

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


@dataclass(frozen=True, slots=True)
class Way:
    """From one half to the other, whose texts it takes for new ones.

    Attributes:
        here: the half that is known.
        there: the other.
        voters: for each text there, the texts here that vote on it, shape (m, votes).
        cosines: how near they are, of the same shape.
    """

    here: Half
    there: Half
    voters: NDArray[np.int64]
    cosines: NDArray[np.float32]

    def carry(self, groups: NDArray[np.int64], settings: ClusterSettings) -> NDArray[np.int64]:
        """Return the group of each text there by the rule that assigns new texts, -1 for none.

        Args:
            groups: of the texts here, from 0.
            settings: ``floor``.
        """
        import numpy as np

        best, strengths = count_votes(self.voters, self.cosines, groups)
        return np.where(strengths >= settings.floor, best, -1)


def draw_halves(
    vectors: NDArray[np.float32],
    likenesses: Sequence[NDArray[np.float32]],
    units: NDArray[np.int64],
    settings: ClusterSettings,
) -> list[tuple[Way, Way]]:
    """Return ``settings.resamples`` draws of two halves, both ways.

    Args:
        vectors: of the texts, by which new ones are assigned; unit vectors, shape (n, d).
        likenesses: of the texts, shape (n, d) each.
        units: author or thread of each, shape (n,), which is in one half whole; numbers that do not depend on the
            order of the comments.
        settings: ``resamples``, ``smallest`` (draws with a half of fewer than two such groups are left out), and those
            of the maps and votes.
    """
    pairs = []
    for draw in range(settings.resamples):
        rows = _cut(units, draw)
        if min(map(len, rows)) < 2 * settings.smallest:
            continue
        first, other = (Half(some, _grow([one[some] for one in likenesses], settings)) for some in rows)
        pairs.append((_go(first, other, vectors, settings), _go(other, first, vectors, settings)))
    return pairs


def _grow(likenesses: Sequence[NDArray[np.float32]], settings: ClusterSettings) -> NDArray[np.float64]:
    return grow_tree(map_walks(likenesses, settings))


def _go(here: Half, there: Half, vectors: NDArray[np.float32], settings: ClusterSettings) -> Way:
    return Way(here, there, *nearest(vectors[there.rows], vectors[here.rows], settings.votes))


def _cut(units: NDArray[np.int64], draw: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows of one half of the units and of the other, at most ``LIMIT`` of each."""
    import numpy as np

    generator = np.random.default_rng(draw)
    names = np.unique(units)
    inside = np.isin(units, generator.permutation(names)[: len(names) // 2])
    first, other = (np.sort(generator.permutation(np.flatnonzero(side))[:LIMIT]) for side in (inside, ~inside))
    return first, other
