"""Themes keep their ids from run to run: new groups are matched with the themes known before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

OVERLAP = 0.3


@dataclass(frozen=True, slots=True)
class KnownTheme:
    """A discovered theme of earlier runs.

    Attributes:
        theme_id: its id, never given to another.
        label: its label when it was last seen.
        texts: hashes of the texts that were in it when it was last seen.
    """

    theme_id: str
    label: str
    texts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Registry:
    """Every discovered theme that ever was, and how many ids have been given."""

    given: int = 0
    themes: tuple[KnownTheme, ...] = ()


def keep_ids(groups: Sequence[frozenset[str]], registry: Registry) -> list[str]:
    """Return an id for each group: that of the known theme it continues, or a new one.

    Pairs are matched one to one so that the sum of their overlaps (Jaccard, over texts that were known
    then or are now in either) is largest; an overlap below 0.3 is no match.

    Args:
        groups: hashes of the texts of each new group.
        registry: the themes known before.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    before = frozenset().union(*(t.texts for t in registry.themes)) if registry.themes else frozenset()
    overlap = np.zeros((len(groups), len(registry.themes)))
    for i, group in enumerate(groups):
        # Texts that came since say nothing about what the group was before.
        old = group & before
        for j, theme in enumerate(registry.themes):
            union = len(old | theme.texts)
            overlap[i, j] = len(old & theme.texts) / union if union else 0.0
    rows, columns = linear_sum_assignment(-overlap)
    matched = {i: j for i, j in zip(rows, columns, strict=True) if overlap[i, j] >= OVERLAP}
    ids, given = [], registry.given
    for i in range(len(groups)):
        if i in matched:
            ids.append(registry.themes[matched[i]].theme_id)
        else:
            given += 1
            ids.append(f"T{given:04d}")
    return ids


def update_registry(registry: Registry, themes: Sequence[KnownTheme]) -> Registry:
    """Return the registry after a run: its themes as they are now, and the dormant ones as they were.

    Args:
        registry: before the run.
        themes: the discovered themes of the run.
    """
    now = {theme.theme_id: theme for theme in themes}
    kept = {theme.theme_id: theme for theme in registry.themes} | now
    numbers = [int(theme_id[1:]) for theme_id in kept]
    return Registry(max([registry.given, *numbers]), tuple(kept[theme_id] for theme_id in sorted(kept)))
