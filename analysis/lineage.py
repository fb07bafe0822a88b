"""Themes keep their ids from run to run: new groups are matched with the themes known before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analysis.events import Snapshot
    from analysis.fit import Fit

OVERLAP = 0.3
MOST, LEAST = 0.5, 0.1
"""Share of a group's known texts that are of a theme, and least share of the theme, for its part to continue it."""
CLOSE = 0.9
"""Least cosine of centres at which a group of texts that are mostly new continues a known theme."""


@dataclass(frozen=True, slots=True)
class KnownTheme:
    """A discovered theme of earlier runs.

    Attributes:
        theme_id: its id, never given to another.
        label: its label when it was last seen.
        texts: hashes of the texts that were in it when it was last seen.
        centre: unit vector of their mean, or empty where it is unknown.
    """

    theme_id: str
    label: str
    texts: frozenset[str]
    centre: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Registry:
    """What the runs over a store have found so far.

    Attributes:
        given: how many ids have been given.
        themes: every discovered theme that ever was.
        fit: by what comments are assigned.
        last: who was in which theme after the last run.
        runs: one entry a run: ``run``, ``run_id``, ``comments``, ``refit`` and ``counts`` by theme id.
        events: what became of themes, over all runs.
    """

    given: int = 0
    themes: tuple[KnownTheme, ...] = ()
    fit: Fit | None = None
    last: Snapshot | None = None
    runs: tuple[Mapping[str, Any], ...] = ()
    events: tuple[Mapping[str, Any], ...] = field(default=())

    @property
    def labels(self) -> dict[str, str]:
        """Label of every discovered theme that ever was."""
        return {theme.theme_id: theme.label for theme in self.themes}


def keep_ids(
    groups: Sequence[frozenset[str]], registry: Registry, centres: Sequence[Sequence[float]] | None = None
) -> list[str]:
    """Return an id for each group: that of the known theme it continues, or a new one.

    Pairs are matched one to one so that the sum of their overlaps (Jaccard, over texts that were known
    then or are now in either) is largest; an overlap below 0.3 is no match. A group of mostly new texts
    says little by its members; it continues a theme whose centre is at a cosine of 0.9 or more. Of a theme that is
    still without a group, having come apart into many, the largest part that is mostly made of it continues it.

    Args:
        groups: hashes of the texts of each new group.
        registry: the themes known before.
        centres: unit vector of the mean of each group, if known.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    score = _overlaps(groups, registry)
    if centres is not None and score.size:
        by_centre = _closeness(centres, registry)
        known = frozenset().union(*(t.texts for t in registry.themes))
        new = np.asarray([len(group & known) < OVERLAP * len(group) for group in groups], dtype=bool)
        likely = (score < OVERLAP) & new[:, None] & (by_centre >= CLOSE)
        score = np.where(likely, OVERLAP * by_centre, np.where(score < OVERLAP, 0.0, score))
    else:
        score = np.where(score < OVERLAP, 0.0, score)
    rows, columns = linear_sum_assignment(-score)
    matched = {int(i): int(j) for i, j in zip(rows, columns, strict=True) if score[i, j] > 0}
    matched |= _largest_parts(groups, registry, matched)
    ids, given = [], registry.given
    for i in range(len(groups)):
        if i in matched:
            ids.append(registry.themes[matched[i]].theme_id)
        else:
            given += 1
            ids.append(f"T{given:04d}")
    return ids


def _largest_parts(groups: Sequence[frozenset[str]], registry: Registry, matched: Mapping[int, int]) -> dict[int, int]:
    """Of each theme that no group has matched, its largest part that is mostly made of it."""
    before = frozenset().union(*(t.texts for t in registry.themes)) if registry.themes else frozenset()
    parts = []
    for j, theme in enumerate(registry.themes):
        if j in matched.values():
            continue
        for i, group in enumerate(groups):
            shared = len(group & theme.texts)
            if i not in matched and shared >= MOST * len(group & before) and shared >= LEAST * len(theme.texts):
                parts.append((-shared, j, i))
    found: dict[int, int] = {}
    for _, j, i in sorted(parts):
        if i not in found and j not in found.values():
            found[i] = j
    return found


def _overlaps(groups: Sequence[frozenset[str]], registry: Registry) -> Any:  # noqa: ANN401
    """Jaccard of each group with each known theme, shape (groups, themes)."""
    import numpy as np

    before = frozenset().union(*(t.texts for t in registry.themes)) if registry.themes else frozenset()
    overlap = np.zeros((len(groups), len(registry.themes)))
    for i, group in enumerate(groups):
        # Texts that came since say nothing about what the group was before.
        old = group & before
        for j, theme in enumerate(registry.themes):
            union = len(old | theme.texts)
            overlap[i, j] = len(old & theme.texts) / union if union else 0.0
    return overlap


def _closeness(centres: Sequence[Sequence[float]], registry: Registry) -> Any:  # noqa: ANN401
    """Cosine of each centre with each known theme's, shape (groups, themes); 0 where one is unknown."""
    import numpy as np

    cosines = np.zeros((len(centres), len(registry.themes)))
    for j, theme in enumerate(registry.themes):
        if theme.centre and len(centres) and len(theme.centre) == len(centres[0]):
            cosines[:, j] = np.round(np.asarray(centres) @ np.asarray(theme.centre), 6)
    return cosines


def update_registry(registry: Registry, themes: Sequence[KnownTheme], fit: Fit | None = None) -> Registry:
    """Return the registry after a run: its themes as they are now, and the dormant ones as they were.

    Args:
        registry: before the run.
        themes: the discovered themes of the run.
        fit: by what its comments were assigned.
    """
    now = {theme.theme_id: theme for theme in themes}
    kept = {theme.theme_id: theme for theme in registry.themes} | now
    numbers = [int(theme_id[1:]) for theme_id in kept if theme_id.startswith("T")]
    return Registry(
        given=max([registry.given, *numbers]),
        themes=tuple(kept[theme_id] for theme_id in sorted(kept)),
        fit=fit,
        last=registry.last,
        runs=registry.runs,
        events=registry.events,
    )
