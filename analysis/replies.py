"""Replies that contradict or agree in so many words, counted in each theme. English only.

Most disagreement is not worded so (docs/methods.md): the counts are lower bounds, and only a comparison of themes
within one run says that a theme is contested. That a theme is not contested is never said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from analysis.clusters import number_threads, number_writers
from analysis.dissent import AGREEMENT, find_dissent, find_wording
from analysis.uncertainty import share_intervals

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

COLUMNS = ["theme_id", "replies", "contradict", "agree", "share", "share_low", "share_high", "contested"]
COLUMNS += ["contradicting", "agreeing"]
FEWEST = 5  # contradictions from which a theme may be called contested
READ = ("en", None)  # languages that the rules can read; None is unknown


def read_reply(text: str, answered: str) -> Literal["contradicts", "agrees"] | None:
    """Return what a reply says of the comment that it answers, where it says so outright.

    Args:
        text: the reply as it stands in its source.
        answered: the comment that it answers. A "no" to one that asks something is an answer, no contradiction.
    """
    found = find_dissent(text, is_reply=True)
    if found is not None and not (found[0].name == "no" and "?" in answered):
        return "contradicts"
    return "agrees" if find_wording(AGREEMENT, text, is_reply=True) is not None else None


def count_replies(comments: pd.DataFrame, assignments: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """Return, for each theme, what the replies inside it say of what they answer.

    A reply counts where it and the comment that it answers are both in the theme, and its language is English or
    unknown. A theme is contested where at least five replies contradict and the whole interval of their share lies
    above the share among all replies of the run.

    Args:
        comments: ``comment_id``, ``page_id``, ``text``, ``parent_id``, ``author`` and, if it was told, ``language``.
        assignments: ``comment_id`` and ``theme_id``.
        themes: ``theme_id``.

    Returns:
        One row a theme, in the order of ``themes``; columns as in docs/formats.md. ``share`` and its interval are null
        where no reply counts, ``contested`` is true or null.
    """
    import numpy as np
    import pandas as pd

    ids = comments["comment_id"].tolist()
    row_of = {name: row for row, name in enumerate(ids)}
    said = _read_all(comments, row_of)
    clusterings = number_writers(comments), number_threads(comments)
    contradicting = {row for row, (_, what) in said.items() if what == "contradicts"}
    usual = len(contradicting) / len(said) if said else 0.0
    members: dict[str, set[int]] = {}
    for comment_id, theme_id in zip(assignments["comment_id"], assignments["theme_id"], strict=True):
        members.setdefault(str(theme_id), set()).add(row_of[comment_id])
    rows = []
    for theme_id in themes["theme_id"].astype(str):
        inside = members.get(theme_id, set())
        replies = np.asarray(sorted(r for r in inside & said.keys() if said[r][0] in inside), dtype=np.int64)
        against = [row for row in replies.tolist() if row in contradicting]
        agreeing = [row for row in replies.tolist() if said[row][1] == "agrees"]
        low, high = _interval(replies, against, clusterings)
        known = len(replies) > 0
        rows.append(
            {
                "theme_id": theme_id,
                "replies": len(replies),
                "contradict": len(against),
                "agree": len(agreeing),
                "share": len(against) / len(replies) if known else None,
                "share_low": low if known else None,
                "share_high": high if known else None,
                "contested": True if len(against) >= FEWEST and low > usual else None,
                "contradicting": sorted(ids[row] for row in against),
                "agreeing": sorted(ids[row] for row in agreeing),
            }
        )
    counts = dict.fromkeys(("replies", "contradict", "agree"), "int64")
    shares = dict.fromkeys(("share", "share_low", "share_high"), "float64")
    return pd.DataFrame(rows, columns=COLUMNS).astype({**counts, **shares, "contested": "boolean"})


def _read_all(comments: pd.DataFrame, row_of: dict[str, int]) -> dict[int, tuple[int, str | None]]:
    """For the row of each reply whose answered comment is known: its row, and what the reply says of it."""
    texts, parents = comments["text"].tolist(), comments["parent_id"].tolist()
    languages = comments["language"].tolist() if "language" in comments else [None] * len(texts)
    said: dict[int, tuple[int, str | None]] = {}
    for row, (text, parent, language) in enumerate(zip(texts, parents, languages, strict=True)):
        above = row_of.get(parent) if isinstance(parent, str) else None
        if above is not None and above != row and (language if isinstance(language, str) else None) in READ:
            said[row] = above, read_reply(text, texts[above])
    return said


def _interval(
    replies: NDArray[np.int64], against: list[int], clusterings: tuple[NDArray[np.int64], ...]
) -> tuple[float, float]:
    """Interval of the share of contradicting replies, which allows for their writers and threads."""
    import numpy as np

    place = {row: n for n, row in enumerate(replies.tolist())}
    inside = np.asarray([place[row] for row in against], dtype=np.int64)
    return share_intervals([inside], *(clusters[replies] for clusters in clusterings))[0]
