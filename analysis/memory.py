"""What a refit remembers of the last grouping, so that themes change for a reason and not by chance.

Two clusterings of nearly the same texts differ where the texts do not tell. Evolutionary clustering (Chakrabarti, Kumar
and Tomkins 2006) weighs what the texts say now against what was said before. Here the votes of a refit are weighed so:
a theme of the last fit whose texts still mostly fall together in the votes is held whole, and that grouping counts
as a part of the vote on every two texts that were in themes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Memory:
    """The last grouping of the texts of a refit.

    Attributes:
        groups: of each text by the last fit, -1 for none; shape (n,).
        hold: least mean share of votes in which two texts of a group fall together at which it is held whole.
        weight: of the last grouping in the vote on two texts that were in groups, 0 to 1.
    """

    groups: NDArray[np.int64]
    hold: float
    weight: float


def remember(together: NDArray[np.float32], memory: Memory) -> NDArray[np.float32]:
    """Return the votes on pairs of texts weighed with the last grouping.

    Args:
        together: share of votes in which two texts fall together, shape (n, n).
        memory: the last grouping of these texts, or of more.
    """
    import numpy as np

    groups = memory.groups[: len(together)]
    known = np.flatnonzero(groups >= 0)
    same = groups[known][:, None] == groups[known][None, :]
    weighed = together.copy()
    weighed[np.ix_(known, known)] = (1 - memory.weight) * together[np.ix_(known, known)] + memory.weight * same
    for group in range(int(groups.max(initial=-1)) + 1):
        members = np.flatnonzero(groups == group)
        if len(members) > 1 and _mean_of_pairs(together[np.ix_(members, members)]) >= memory.hold:
            weighed[np.ix_(members, members)] = 1
    return weighed


def _mean_of_pairs(square: NDArray[np.float32]) -> float:
    """Mean of a symmetric matrix without its diagonal."""
    n = len(square)
    return round(float((square.sum(dtype="float64") - square.trace(dtype="float64")) / (n * (n - 1))), 6)
