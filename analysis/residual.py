"""The main theme of each comment, and for those without one the nearest theme and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from analysis.cluster import Groups
    from analysis.describe import Group
    from analysis.settings import Settings

ResidualReason = Literal[
    "low content",
    "too short",
    "too few to cluster",
    "no stable themes",
    "near a theme but below its floor",
    "far from all themes",
    "excluded by an edit",
]


def place_comments(
    found: Sequence[Group],
    labels: Mapping[str, str],
    named_strengths: Mapping[str, NDArray[np.float64]],
    named_floors: Mapping[str, tuple[float, float]],
    groups: Groups,
    ids: Sequence[str],
    short: NDArray[np.bool_],
    low: NDArray[np.bool_],
    settings: Settings,
    *,
    moved: Mapping[str, str | None] | None = None,
    folded: Mapping[str, str] | None = None,
    excluded: Collection[int] = (),
) -> pd.DataFrame:
    """Return the main theme of each comment: the strongest named one, else the discovered one.

    Args:
        found: the themes, named ones first, after the edits.
        labels: label of each theme by its id.
        named_strengths: of each comment in each named theme before the edits, shape (n,), by theme id.
        named_floors: the floor of each, and the strength from which a comment is near it.
        groups: the discovered groups, one entry a comment.
        ids: theme ids of the discovered groups.
        short: which comments were set aside as too short, shape (n,).
        low: which were set aside because they say nothing of their own, shape (n,).
        settings: ``named.first`` turns that round.
        moved: what edits made of themes that are no more: the id they went into, or None.
        folded: the named theme of each discovered one that turned out to be it.
        excluded: rows that edits took out of a theme.

    Returns:
        A frame of n rows: ``theme_id``, ``theme``, ``strength``, and where these are null
        ``residual_reason`` and the nearest theme.
    """
    import numpy as np
    import pandas as pd

    first = "named" if settings.named.first else "discovered"
    theme, strength = _main_themes(sorted(found, key=lambda group: group.kind != first), len(short))
    nearest, near_strength, is_near = _nearest(named_strengths, named_floors, groups, ids, settings)
    for gone, into in (moved or {}).items():
        nearest[nearest == gone] = into or ""
    for gone, into in (folded or {}).items():
        rows = nearest == gone
        nearest[rows], near_strength[rows] = into, named_strengths[into][rows]
    reason = _reasons(is_near, groups.state, short, low, excluded)
    inside = np.asarray([t is not None for t in theme], dtype=bool)
    reason[inside] = None
    nearest[inside | (nearest == "")] = None
    frame = pd.DataFrame(
        {
            "theme_id": theme,
            "theme": [labels.get(t) for t in theme],
            "strength": strength,
            "residual_reason": reason,
            "nearest_theme_id": nearest,
            "nearest_theme": [labels.get(t) for t in nearest],
            "nearest_strength": np.where([t is None for t in nearest], np.nan, near_strength),
        }
    )
    return frame.astype(
        dict.fromkeys(["theme_id", "theme", "residual_reason", "nearest_theme_id", "nearest_theme"], "str")
    )


def _reasons(
    is_near: NDArray[np.bool_], state: str, short: NDArray[np.bool_], low: NDArray[np.bool_], excluded: Collection[int]
) -> NDArray[Any]:
    """Why each comment is in no theme, were it in none; the later reason goes first."""
    import numpy as np

    reason = np.full(len(short), None, dtype=object)
    reason[:] = np.where(is_near, "near a theme but below its floor", "far from all themes")
    if state in ("too few to cluster", "no stable themes"):
        reason[~is_near] = state
    reason[short] = "too short"
    reason[low] = "low content"
    reason[list(excluded)] = "excluded by an edit"
    return reason


def _main_themes(found: Sequence[Group], count: int) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """Theme id (None where there is none) and strength of each comment."""
    import numpy as np

    theme = np.full(count, None, dtype=object)
    strength = np.full(count, np.nan)
    for kind in dict.fromkeys(group.kind for group in found):
        taken = ~np.isnan(strength)  # by the other kind, whose strengths are another measure
        for group in (one for one in found if one.kind == kind):
            better = ~taken[group.members] & (group.strengths > np.nan_to_num(strength[group.members], nan=-1.0))
            rows = group.members[better]
            theme[rows], strength[rows] = group.theme_id, group.strengths[better]
    return theme, strength


def _nearest(
    named_strengths: Mapping[str, NDArray[np.float64]],
    named_floors: Mapping[str, tuple[float, float]],
    groups: Groups,
    ids: Sequence[str],
    settings: Settings,
) -> tuple[NDArray[Any], NDArray[np.float64], NDArray[np.bool_]]:
    """The theme that each comment came nearest to, measured by its own floor."""
    import numpy as np

    n = len(groups.labels)
    name = np.full(n, "", dtype=object)
    value, ratio = np.zeros(n), np.zeros(n)
    near = np.zeros(n, dtype=bool)
    for theme_id, strengths in named_strengths.items():
        floor, least = named_floors[theme_id]
        ratios = strengths / max(floor, 1e-9)
        better = ratios > ratio
        name[better], value[better], ratio[better] = theme_id, strengths[better], ratios[better]
        near |= strengths >= least
    if ids:
        strengths = groups.strengths.astype(np.float64)
        ratios = strengths / max(settings.cluster.floor, 1e-9)
        better = (ratios > ratio) & (groups.closest >= 0)
        name[better] = np.asarray(ids, dtype=object)[groups.closest[better]]
        value[better] = strengths[better]
        near |= (ratios >= 0.5) & (groups.closest >= 0)
    return name, value, near
