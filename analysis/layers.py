"""Themes gathered into wider ones, so that a reader may begin with few."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.clusters import number_threads, number_writers
from analysis.uncertainty import share_intervals
from comments.model import digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from analysis.describe import Group

FEWEST = 6  # themes that are worth gathering
TOGETHER = 3  # themes of a wider one, on average

LAYER_COLUMNS = ["node_id", "level", "parent_id", "label", "keyphrases", "count", "share", "stability"]
LAYER_COLUMNS += ["theme_ids", "chosen"]


def make_layers(
    groups: Sequence[Group], themes: pd.DataFrame, comment_ids: NDArray[np.object_], vectors: NDArray[np.float32]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the levels of discovered themes, coarsest first, and which comment is in what.

    The themes are the chosen level. Wider ones are made by average linkage of their centres, each level a third of the
    number below, down to two.

    Args:
        groups: themes, of which the discovered ones count.
        themes: the table of themes.
        comment_ids: id of each comment, shape (n,).
        vectors: unit vectors of the comments, shape (n, d).

    Returns:
        Tables ``layers`` and ``layer_members``; columns as in docs/formats.md.
    """
    import pandas as pd

    discovered = [group for group in groups if group.kind == "discovered" and len(group.members)]
    levels = _gather(discovered, vectors)
    labels = dict(zip(themes["theme_id"], themes["label"], strict=True))
    phrases = dict(zip(themes["theme_id"], themes["keyphrases"].map(list), strict=True))
    rows, members = [], []
    for level, parts in enumerate(levels):
        chosen = level == len(levels) - 1
        for part in parts:
            held = sorted((discovered[i] for i in part), key=lambda g: (-len(g.members), g.theme_id))
            row = _describe(held, labels, phrases, len(comment_ids))
            node = _node_id(level, row["theme_ids"], is_theme=chosen)
            above = next((p for p in levels[level - 1] if part[0] in p), ()) if level else ()
            parent = _node_id(level - 1, [discovered[i].theme_id for i in above], is_theme=False) if above else None
            stability = held[0].stability if chosen else None
            place = {"node_id": node, "level": level, "parent_id": parent, "stability": stability, "chosen": chosen}
            rows.append(place | row)
            members += [(comment_ids[one], level, node) for group in held for one in group.members.tolist()]
    table = pd.DataFrame(rows, columns=LAYER_COLUMNS).sort_values(
        ["level", "count", "node_id"], ascending=[True, False, True], ignore_index=True
    )
    inside = pd.DataFrame(members, columns=["comment_id", "level", "node_id"])
    return (
        table.astype(
            {"level": "int64", "count": "int64", "share": "float64", "stability": "float64", "chosen": "bool"}
        ),
        inside.astype({"level": "int64"}).sort_values(["comment_id", "level"], ignore_index=True),
    )


def _describe(
    held: Sequence[Group], labels: Mapping[str, str], phrases: Mapping[str, list[str]], total: int
) -> dict[str, Any]:
    """What themes hold together, the largest first."""
    ids = [group.theme_id for group in held]
    count = sum(len(group.members) for group in held)
    return {
        "label": "; ".join(str(labels[name]) for name in ids[:TOGETHER]),
        "keyphrases": [phrase for name in ids for phrase in phrases[name][:2]],
        "count": count,
        "share": count / max(1, total),
        "theme_ids": ids,
    }


def _gather(groups: Sequence[Group], vectors: NDArray[np.float32]) -> list[list[tuple[int, ...]]]:
    """Levels of groups of themes, by their numbers; the last level holds each theme by itself."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage

    levels: list[list[tuple[int, ...]]] = [[(i,) for i in range(len(groups))]] if groups else []
    if len(groups) < FEWEST:
        return levels
    mean = vectors.mean(axis=0, dtype=np.float64)
    centres = np.stack([vectors[g.members].mean(axis=0, dtype=np.float64) - mean for g in groups])
    centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    tree = linkage(np.round(centres, 6), "average")
    count = len(groups) // TOGETHER
    while count >= 2:
        numbers = fcluster(tree, count, "maxclust")
        levels.insert(0, [tuple(np.flatnonzero(numbers == n).tolist()) for n in np.unique(numbers)])
        count //= TOGETHER
    return levels


def _node_id(level: int, theme_ids: Sequence[str], *, is_theme: bool) -> str:
    """The theme's own id, or a hash of what a wider one holds."""
    return theme_ids[0] if is_theme else f"L{level}-{digest(*sorted(theme_ids), size=8)}"


def add_intervals(layers: pd.DataFrame, members: pd.DataFrame, comments: pd.DataFrame) -> pd.DataFrame:
    """Return the levels with the 95% interval of each share; the groups of a level lend each other their effects.

    Args:
        layers: table ``layers``.
        members: table ``layer_members``.
        comments: ``comment_id``, ``author``, ``page_id`` and ``parent_id``.
    """
    import numpy as np

    row_of = {name: row for row, name in enumerate(comments["comment_id"])}
    clusterings = number_writers(comments), number_threads(comments)
    held: dict[str, list[int]] = {}
    for name, node in zip(members["comment_id"], members["node_id"], strict=True):
        held.setdefault(node, []).append(row_of[name])
    bounds: dict[str, tuple[float, float]] = {}
    for _, level in layers.groupby("level"):
        nodes = level["node_id"].tolist()
        rows = [np.sort(np.asarray(held.get(node, []), dtype=np.int64)) for node in nodes]
        bounds |= dict(zip(nodes, share_intervals(rows, *clusterings), strict=True))
    pairs = [bounds[node] for node in layers["node_id"]]
    low, high = ([pair[side] for pair in pairs] for side in (0, 1))
    return layers.assign(share_low=np.asarray(low, dtype="float64"), share_high=np.asarray(high, dtype="float64"))
