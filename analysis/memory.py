"""What a refit remembers of the last grouping, so that themes change for a reason and not by chance.

Two clusterings of nearly the same texts differ where the texts do not tell, and more texts are cut into more groups.
Evolutionary clustering (Chakrabarti, Kumar and Tomkins 2006) weighs what the texts say now against what was said
before. Here a theme of the last fit stays whole as long as a grouping that knows nothing of it leaves enough of it
together, and else is divided within itself: a comment keeps its theme or goes into a part of it. What was in no theme
may make new ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.tree import absorb_small, cut_tree, grow_tree

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Memory:
    """The last grouping of the texts of a refit.

    Attributes:
        groups: of each text by the last fit, -1 for none; shape (n,).
        hold: least share of the pairs of texts of a group that still fall together at which it is held whole.
    """

    groups: NDArray[np.int64]
    hold: float


def hold_groups(
    places: NDArray[np.float32], labels: NDArray[np.int64], count: int, memory: Memory, smallest: int
) -> NDArray[np.int64]:
    """Return groups of texts, each within one group of the last grouping or outside all of them.

    A group that does not hold together any more is divided by Ward's method into as many groups as is its part of the
    texts. The texts that were in none are taken for a group.

    Args:
        places: of the texts, unit vectors, shape (n, d).
        labels: groups of these that nothing was known for, shape (n,).
        count: how many these are.
        memory: the last grouping of these texts, or of more.
        smallest: fewest texts of a part that a group is divided into.
    """
    import numpy as np

    before = memory.groups[: len(labels)]
    found, made = np.zeros(len(labels), dtype=np.int64), 0
    for group in range(-1, int(before.max(initial=-1)) + 1):
        members = np.flatnonzero(before == group)
        parts = min(len(members), round(count * len(members) / len(labels)))
        if parts > 1 and _pairs_together(labels[members]) < memory.hold:
            divided = cut_tree(grow_tree(places[members]), parts)
            if group >= 0:  # what is too small to be a part goes to another part, not to another theme
                divided = np.maximum(0, absorb_small(divided, places[members], smallest))
            found[members] = made + divided
        else:
            found[members] = made
        made = int(found[members].max(initial=made - 1)) + 1
    return found


def _pairs_together(labels: NDArray[np.int64]) -> float:
    """Share of the pairs of texts that are in one group; 1 for a single text."""
    import numpy as np

    sizes, n = np.bincount(labels).astype(np.float64), len(labels)
    return round(float((sizes * (sizes - 1)).sum() / (n * (n - 1))), 6) if n > 1 else 1.0
