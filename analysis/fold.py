"""Discovered themes that turn out to be named ones are folded into these, so that a matter is listed once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.uncertainty import wilson_interval

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.describe import Group
    from analysis.settings import NamedSettings

STAYS = 0.8
"""Part of each bound that is enough for a theme that was folded in the last run, so that it does not come and go."""


def fold_groups(
    groups: Sequence[Group],
    texts: NDArray[np.int64],
    vectors: NDArray[np.float32],
    settings: NamedSettings,
    *,
    keep: Collection[str] = (),
    folded: Collection[str] = (),
) -> tuple[list[Group], dict[str, str]]:
    """Fold discovered themes into the named ones that they coincide with.

    A discovered theme is folded when, counted in distinct texts, surely more than ``settings.fold`` of it (the lower
    end of Wilson's 95% interval, 1927, so that a few texts prove nothing) and at least ``settings.fold_back`` of the
    named one are in both, and the centres of the two, as seen from the centre of all comments, have a cosine of
    ``settings.fold_centres`` or more. Its comments below the floor of the named theme become near misses of it.

    Args:
        groups: the themes after the edits.
        texts: number of the text of each comment, equal for copies, shape (n,).
        vectors: unit vectors of the comments, shape (n, d).
        settings: the bounds.
        keep: discovered themes that an analyst worked on, which stay.
        folded: discovered themes that were folded in the last run.

    Returns:
        The themes that are left, in their order, and the named theme of each that was folded.
    """
    named = [group for group in groups if group.kind == "named" and len(group.members)]
    if not named or settings.fold >= 1:
        return list(groups), {}
    middle = vectors.mean(axis=0, dtype="float64")
    into: dict[str, str] = {}
    for group in groups:
        if group.kind == "discovered" and len(group.members) and group.theme_id not in keep:
            ease = STAYS if group.theme_id in folded else 1.0
            scores = [_coincidence(group, one, texts, vectors, middle, settings, ease) for one in named]
            best = max(range(len(named)), key=scores.__getitem__)
            if scores[best] > 0:
                into[group.theme_id] = named[best].theme_id
    gone = {group.theme_id: group for group in groups if group.theme_id in into}
    left = [_with_folded(group, [gone[i] for i in gone if into[i] == group.theme_id]) for group in groups]
    return [group for group in left if group.theme_id not in gone], into


def _coincidence(
    found: Group,
    named: Group,
    texts: NDArray[np.int64],
    vectors: NDArray[np.float32],
    middle: NDArray[np.float64],
    settings: NamedSettings,
    ease: float,
) -> float:
    """Jaccard index of a discovered and a named theme where they coincide, else 0."""
    import numpy as np

    ours, theirs = np.unique(texts[found.members]), np.unique(texts[named.members])
    both = len(np.intersect1d(ours, theirs, assume_unique=True))
    surely, _ = wilson_interval(both, len(ours))
    if surely <= settings.fold * ease or both < settings.fold_back * ease * len(theirs):
        return 0.0
    first, second = (vectors[g.members].mean(axis=0, dtype=np.float64) - middle for g in (found, named))
    cosine = float(first @ second) / max(float(np.linalg.norm(first) * np.linalg.norm(second)), 1e-12)
    return both / (len(ours) + len(theirs) - both) if round(cosine, 6) >= settings.fold_centres * ease else 0.0


def _with_folded(group: Group, folded: Sequence[Group]) -> Group:
    """The named theme with the comments of others that do not reach its floor as its near misses."""
    import numpy as np

    if not folded:
        return group
    below = np.unique(np.concatenate([one.members for one in folded]))
    below = below[~np.isin(below, group.members) & ~np.isin(below, group.near)]
    names = tuple(sorted(one.theme_id for one in folded))
    return replace(group, near=np.concatenate([group.near, below]), folded=names)
