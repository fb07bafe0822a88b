"""Themes with their words: label, rule, keyphrases, share, and the comments that speak for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from analysis.clusters import number_threads, number_writers
from analysis.nouns import score_nouns
from analysis.pick import pick_boundary, pick_representatives
from analysis.uncertainty import share_intervals, wilson_interval
from analysis.words import find_keyphrases, label_holds, make_labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from analysis.settings import NamedTheme, Settings

LOW_SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Group:
    """A theme before it has words.

    Attributes:
        theme_id: its id.
        kind: given by the user, or found by clustering.
        members: rows of its comments, shape (m,).
        strengths: how strongly each belongs, 0 to 1, shape (m,).
        near: rows of comments just below its floor, nearest first.
        stability: how well it is found again in halves of the comments, or None.
        folded: ids of discovered themes that turned out to be this named one.
    """

    theme_id: str
    kind: Literal["named", "discovered"]
    members: NDArray[np.int64]
    strengths: NDArray[np.float64]
    near: NDArray[np.int64]
    stability: float | None = None
    folded: tuple[str, ...] = ()


def describe_themes(
    groups: Sequence[Group],
    comments: pd.DataFrame,
    vectors: NDArray[np.float32],
    named: Sequence[NamedTheme],
    settings: Settings,
    *,
    given: Mapping[str, str] | None = None,
    earlier: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return one row a theme, named ones first, with its words and its people.

    Args:
        groups: the themes, named ones first.
        comments: columns ``comment_id``, ``page_id``, ``clean_text`` and ``author``.
        vectors: unit vectors of the comments, shape (len(comments), d).
        named: the named themes, in the order of ``groups``.
        settings: see :class:`analysis.settings.Settings`.
        given: labels that the analyst gave, by theme id.
        earlier: labels of discovered themes in earlier runs, kept while a phrase of them still holds.
    """
    import pandas as pd

    texts = comments["clean_text"].tolist()
    phrases = _phrases([g for g in groups if g.kind == "named"], comments, settings)
    phrases += _phrases([g for g in groups if g.kind == "discovered"], comments, settings)
    labels = _labels(groups, phrases, texts, named, given or {}, earlier or {})
    intervals = _intervals(groups, comments)
    everybody = comments["author"]
    people = int(everybody.nunique())
    rows = []
    for number, group in enumerate(groups):
        authors = comments["author"].iloc[group.members]
        low, high = intervals[number]
        names = int(authors.nunique())
        of_people = (names / people, *wilson_interval(names, people)) if people else (None,) * 3
        rows.append(
            {
                "theme_id": group.theme_id,
                "kind": group.kind,
                "label": labels[number],
                "description": named[number].description if group.kind == "named" else None,
                "rule": _rule(named[number] if group.kind == "named" else None, settings),
                "count": len(group.members),
                "share": len(group.members) / len(comments) if len(comments) else 0.0,
                "share_low": low,
                "share_high": high,
                # Where even one author is unknown, the number of people is.
                "commenters": names if len(authors) and authors.notna().all() else None,
                "named_comments": int(authors.notna().sum()),
                "names": names or None,
                "commenter_share": of_people[0],
                "commenter_share_low": of_people[1],
                "commenter_share_high": of_people[2],
                "pages": int(comments["page_id"].iloc[group.members].nunique()),
                "keyphrases": phrases[number],
                "representatives": pick_representatives(comments, vectors, group.members, group.strengths, settings),
                "near_misses": comments["comment_id"].iloc[group.near[: settings.representatives]].tolist(),
                "boundary": pick_boundary(comments, vectors, group.members, group.strengths, settings),
                "stability": group.stability,
                "stable": None if group.stability is None else group.stability >= settings.cluster.stable,
                "loose": None if group.stability is None else group.stability < settings.cluster.loose,
                "low_sample": len(group.members) < LOW_SAMPLE,
                "folded": list(group.folded),
            }
        )
    table = pd.DataFrame(rows, columns=THEME_COLUMNS)
    shares = dict.fromkeys(("commenter_share", "commenter_share_low", "commenter_share_high", "stability"), "float64")
    whole = {"commenters": "Int64", "names": "Int64", "count": "int64", "named_comments": "int64", "pages": "int64"}
    return table.astype({**shares, "stable": "boolean", "loose": "boolean", **whole})


def _intervals(groups: Sequence[Group], comments: pd.DataFrame) -> list[tuple[float, float]]:
    """Interval of each share; themes of a kind lend each other how much writers and threads differ."""
    clusterings = number_writers(comments), number_threads(comments)
    kinds = ["named", "discovered"]
    by_kind = {k: share_intervals([g.members for g in groups if g.kind == k], *clusterings) for k in kinds}
    return [by_kind[group.kind].pop(0) for group in groups]


THEME_COLUMNS = [
    "theme_id",
    "kind",
    "label",
    "description",
    "rule",
    "count",
    "share",
    "share_low",
    "share_high",
    "commenters",
    "named_comments",
    "names",
    "commenter_share",
    "commenter_share_low",
    "commenter_share_high",
    "pages",
    "keyphrases",
    "representatives",
    "near_misses",
    "boundary",
    "stability",
    "stable",
    "loose",
    "low_sample",
    "folded",
]


def _labels(
    groups: Sequence[Group],
    phrases: Sequence[Sequence[str]],
    texts: Sequence[str],
    named: Sequence[NamedTheme],
    given: Mapping[str, str],
    earlier: Mapping[str, str],
) -> list[str]:
    """A label a theme: the analyst's, the user's, the one it had, or a new one that no other has."""
    kept = dict(zip((group.theme_id for group in groups), (theme.name for theme in named), strict=False))
    for group, words in zip(groups, phrases, strict=True):
        label = earlier.get(group.theme_id, "")
        if group.theme_id not in kept and label not in kept.values() and label_holds(label, words):
            kept[group.theme_id] = label
    kept |= {group.theme_id: given[group.theme_id] for group in groups if group.theme_id in given}
    unnamed = [number for number, group in enumerate(groups) if group.theme_id not in kept]
    own = [sorted({texts[i] for i in groups[number].members}) for number in unnamed]
    nouns = score_nouns(dict.fromkeys(texts)) if unnamed else {}
    fresh = make_labels([phrases[number] for number in unnamed], list(kept.values()), own, nouns)
    made = dict(zip(unnamed, fresh, strict=True))
    return [kept.get(group.theme_id) or made[number] for number, group in enumerate(groups)]


def _phrases(groups: Sequence[Group], comments: pd.DataFrame, settings: Settings) -> list[list[str]]:
    """Keyphrases against the other themes of the same kind and the rest; copies count once."""
    texts, authors = comments["clean_text"].tolist(), comments["author"].tolist()
    inside = {int(i) for group in groups for i in group.members}
    members = [sorted({texts[i] for i in group.members}) for group in groups]
    rest = sorted({text for i, text in enumerate(texts) if i not in inside})
    people: dict[str, str] = {}
    for text, author in zip(texts, authors, strict=True):  # of those who posted a text, the first by name
        if isinstance(author, str):
            people[text] = min(author, people.get(text, author))
    writers = [[people.get(text, text) for text in group] for group in members]
    return find_keyphrases(members, rest, settings.keyphrases, writers)


def _rule(theme: NamedTheme | None, settings: Settings) -> str:
    if theme is None:
        return (
            f"A comment is in it when at least {settings.cluster.floor:.0%} of the votes of the "
            f"{settings.cluster.votes} texts most like it are for this theme."
        )
    floor, near = settings.named.floors_for(theme)
    given = "its description" + "".join(
        f", {len(some)} {name}{'s' if len(some) > 1 else ''}"
        for some, name in ((theme.examples, "example"), (theme.counter_examples, "counter-example"))
        if some
    )
    words = f", or {near:.2f} with a rule word in it" if theme.words else ""
    return (
        f"A comment is in it when its strength, the probability that it belongs as weighed from {given} and the "
        f"other themes, is {floor:.2f} or more{words}."
    )
