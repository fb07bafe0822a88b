"""How much of what was written comes from how few names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

TOP = 5


def count_voices(comments: pd.DataFrame) -> pd.DataFrame:
    """Return the comments of each name, loudest first.

    Args:
        comments: column ``author``, null where unknown.

    Returns:
        ``author``, ``comments`` and ``share`` (of the comments that carry a name); no row where none does.
    """
    counts = comments["author"].dropna().value_counts().rename_axis("author").reset_index(name="comments")
    counts = counts.sort_values(["comments", "author"], ascending=[False, True], ignore_index=True)
    return counts.assign(share=counts["comments"] / max(1, int(counts["comments"].sum())))


def sum_voices(voices: pd.DataFrame, comments: int) -> dict[str, Any]:
    """Return what the voices come to, null where nobody is named.

    Args:
        voices: what :func:`count_voices` gave.
        comments: all comments, named or not.

    Returns:
        ``commenters``; ``named`` comments, among all of them ``comments``; ``top_share``, of the five loudest
        among the named; ``gini`` of the comments per name.
    """
    counts = voices["comments"].tolist()
    known = bool(counts)
    return {
        "commenters": len(counts) if known else None,
        "comments": comments,
        "named": sum(counts),
        "top_share": round(sum(counts[:TOP]) / sum(counts), 6) if known else None,
        "gini": round(gini(counts), 6) if known else None,
    }


def gini(counts: Sequence[int]) -> float:
    """Return the Gini coefficient (Gini 1912): 0 where all wrote equally often, near 1 where one wrote nearly all.

    Args:
        counts: comments of each name, each above 0, in any order.
    """
    ranked = sorted(counts)
    total = sum(ranked)
    if not total:
        return 0.0
    weighted = sum(rank * count for rank, count in enumerate(ranked, 1))
    return 2 * weighted / (len(ranked) * total) - (len(ranked) + 1) / len(ranked)
