"""The main theme of each comment, and for those without one the nearest theme and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from analysis.corpus import Corpus
    from analysis.describe import Group
    from analysis.discover import Discovered
    from analysis.named import Matched
    from analysis.settle import Settled

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
    corpus: Corpus, matched: Matched, discovered: Discovered, settled: Settled, labels: Mapping[str, str]
) -> pd.DataFrame:
    """Return the main theme of each comment: the strongest named one, else the discovered one.

    Args:
        corpus: the comments; ``settings.named.first`` turns that round.
        matched: the named themes before the edits.
        discovered: the discovered ones before the edits.
        settled: the themes that are left.
        labels: label of each theme by its id.

    Returns:
        A frame of n rows: ``theme_id``, ``theme``, ``strength``, and where these are null
        ``residual_reason`` and the nearest theme.
    """
    import numpy as np
    import pandas as pd

    first = "named" if corpus.settings.named.first else "discovered"
    by_kind = sorted(settled.groups, key=lambda group: group.kind != first)
    theme, strength = _main_themes(by_kind, len(corpus.comments))
    inside = np.asarray([t is not None for t in theme], dtype=bool)
    nearest, near_strength, is_near = _nearest(corpus, matched, discovered)
    _follow(nearest, near_strength, matched, settled)
    nearest[inside | (nearest == "")] = None
    reason = _reasons(corpus, discovered, settled, is_near)
    reason[inside] = None
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
    corpus: Corpus, matched: Matched, discovered: Discovered
) -> tuple[NDArray[Any], NDArray[np.float64], NDArray[np.bool_]]:
    """The theme that each comment came nearest to, measured by its own floor."""
    import numpy as np

    groups = discovered.groups
    n = len(groups.labels)
    name = np.full(n, "", dtype=object)
    value, ratio = np.zeros(n), np.zeros(n)
    near = np.zeros(n, dtype=bool)
    for theme_id, strengths, (floor, least) in zip(matched.ids, matched.strengths.T, matched.floors, strict=True):
        ratios = strengths / max(floor, 1e-9)
        better = ratios > ratio
        name[better], value[better], ratio[better] = theme_id, strengths[better], ratios[better]
        near |= strengths >= least
    if discovered.fit.ids:
        strengths = groups.strengths.astype(np.float64)
        ratios = strengths / max(corpus.settings.cluster.floor, 1e-9)
        better = (ratios > ratio) & (groups.closest >= 0)
        name[better] = np.asarray(discovered.fit.ids, dtype=object)[groups.closest[better]]
        value[better] = strengths[better]
        near |= (ratios >= 0.5) & (groups.closest >= 0)
    return name, value, near


def _follow(nearest: NDArray[Any], strengths: NDArray[np.float64], matched: Matched, settled: Settled) -> None:
    """Put for themes that are no more, in place, what they were merged or folded into."""
    for gone, into in settled.edited.moved.items():
        nearest[nearest == gone] = into or ""
    column = {theme_id: number for number, theme_id in enumerate(matched.ids)}
    for gone, into in settled.folded.items():
        rows = nearest == gone
        nearest[rows], strengths[rows] = into, matched.strengths[rows, column[into]]


def _reasons(corpus: Corpus, discovered: Discovered, settled: Settled, is_near: NDArray[np.bool_]) -> NDArray[Any]:
    """Why each comment is in no theme, were it in none; the later reason goes first."""
    import numpy as np

    reason = np.full(len(is_near), None, dtype=object)
    reason[:] = np.where(is_near, "near a theme but below its floor", "far from all themes")
    if discovered.groups.state in ("too few to cluster", "no stable themes"):
        reason[~is_near] = discovered.groups.state
    reason[corpus.short[corpus.text_of]] = "too short"
    reason[corpus.low[corpus.text_of]] = "low content"
    reason[list(settled.edited.excluded)] = "excluded by an edit"
    return reason
