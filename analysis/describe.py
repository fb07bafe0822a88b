"""Themes with their words: label, rule, keyphrases, share, and the comments that speak for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from analysis.closeness import put_near_first
from analysis.clusters import number_threads, number_writers
from analysis.function_words import find_words
from analysis.labels import make_labels
from analysis.lexicon import read_lexicon
from analysis.nouns import score_standing
from analysis.phrases import weigh_phrases
from analysis.pick import find_centre, pick_boundary, pick_representatives
from analysis.uncertainty import share_intervals, wilson_interval
from analysis.words import choose_keyphrases, label_holds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from analysis.corpus import Corpus
    from analysis.phrases import Phrase
    from analysis.settings import NamedTheme, Settings

LOW_SAMPLE = 20

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
    corpus: Corpus,
    groups: Sequence[Group],
    named: Sequence[NamedTheme],
    *,
    given: Mapping[str, str] | None = None,
    earlier: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return one row a theme, named ones first, with its words and its people.

    Args:
        corpus: the comments.
        groups: the themes, named ones first.
        named: the named themes, in the order of ``groups``.
        given: labels that the analyst gave, by theme id.
        earlier: labels of discovered themes in earlier runs, kept while a phrase of them still holds.
    """
    import pandas as pd

    comments = corpus.comments
    phrases = _phrases(groups, corpus)
    labels = _labels(groups, phrases, named, given or {}, earlier or {})
    intervals = _intervals(groups, comments)
    everybody = int(comments["author"].nunique())
    rows = [
        _identity(group, named[number] if group.kind == "named" else None, corpus.settings)
        | {"label": labels[number], "keyphrases": [phrase.text for phrase in phrases[number]]}
        | _size(group, comments, intervals[number])
        | _people(group, comments, everybody)
        | _examples(group, corpus)
        for number, group in enumerate(groups)
    ]
    table = pd.DataFrame(rows, columns=THEME_COLUMNS)
    shares = dict.fromkeys(("commenter_share", "commenter_share_low", "commenter_share_high", "stability"), "float64")
    whole = {"commenters": "Int64", "names": "Int64", "count": "int64", "named_comments": "int64", "pages": "int64"}
    return table.astype({**shares, "stable": "boolean", "loose": "boolean", **whole})


def _identity(group: Group, theme: NamedTheme | None, settings: Settings) -> dict[str, Any]:
    """What a theme is, what puts a comment into it, and how far to trust it."""
    stability = group.stability
    return {
        "theme_id": group.theme_id,
        "kind": group.kind,
        "description": theme.description if theme else None,
        "rule": _rule(theme, settings),
        "stability": stability,
        "stable": None if stability is None else stability >= settings.cluster.stable,
        "loose": None if stability is None else stability < settings.cluster.loose,
        "folded": list(group.folded),
    }


def _size(group: Group, comments: pd.DataFrame, interval: tuple[float, float]) -> dict[str, Any]:
    """How much of the comments a theme is, and on how many pages."""
    low, high = interval
    return {
        "count": len(group.members),
        "share": len(group.members) / len(comments) if len(comments) else 0.0,
        "share_low": low,
        "share_high": high,
        "pages": int(comments["page_id"].iloc[group.members].nunique()),
        "low_sample": len(group.members) < LOW_SAMPLE,
    }


def _people(group: Group, comments: pd.DataFrame, everybody: int) -> dict[str, Any]:
    """How many names are behind a theme, of all that there are."""
    authors = comments["author"].iloc[group.members]
    names = int(authors.nunique())
    share, low, high = (names / everybody, *wilson_interval(names, everybody)) if everybody else (None,) * 3
    return {
        # Where even one author is unknown, the number of people is.
        "commenters": names if len(authors) and authors.notna().all() else None,
        "named_comments": int(authors.notna().sum()),
        "names": names or None,
        "commenter_share": share,
        "commenter_share_low": low,
        "commenter_share_high": high,
    }


def _examples(group: Group, corpus: Corpus) -> dict[str, Any]:
    """The comments that speak for a theme, and those at its edge."""
    comments, vectors, settings = corpus.comments, corpus.vectors, corpus.settings
    return {
        "representatives": pick_representatives(comments, vectors, group.members, group.strengths, settings),
        "near_misses": comments["comment_id"].iloc[group.near[: settings.representatives]].tolist(),
        "boundary": pick_boundary(comments, vectors, group.members, group.strengths, settings),
    }


def _intervals(groups: Sequence[Group], comments: pd.DataFrame) -> list[tuple[float, float]]:
    """Interval of each share; themes of a kind lend each other how much writers and threads differ."""
    clusterings = number_writers(comments), number_threads(comments)
    kinds = ["named", "discovered"]
    by_kind = {k: share_intervals([g.members for g in groups if g.kind == k], *clusterings) for k in kinds}
    return [by_kind[group.kind].pop(0) for group in groups]


def _labels(
    groups: Sequence[Group],
    phrases: Sequence[Sequence[Phrase]],
    named: Sequence[NamedTheme],
    given: Mapping[str, str],
    earlier: Mapping[str, str],
) -> list[str]:
    """A label a theme: the analyst's, the user's, the one it had, or a new one that no other has."""
    kept = dict(zip((group.theme_id for group in groups), (theme.name for theme in named), strict=False))
    for group, own in zip(groups, phrases, strict=True):
        label = earlier.get(group.theme_id, "")
        words = [phrase.text for phrase in own]
        if group.theme_id not in kept and label not in kept.values() and label_holds(label, words):
            kept[group.theme_id] = label
    kept |= {group.theme_id: given[group.theme_id] for group in groups if group.theme_id in given}
    unnamed = [number for number, group in enumerate(groups) if group.theme_id not in kept]
    fresh = make_labels([phrases[number] for number in unnamed], list(kept.values()))
    made = dict(zip(unnamed, fresh, strict=True))
    return [kept.get(group.theme_id) or made[number] for number, group in enumerate(groups)]


def _phrases(groups: Sequence[Group], corpus: Corpus) -> list[list[Phrase]]:
    """Keyphrases against the other themes of the same kind and the rest; copies count once."""
    import numpy as np

    lexicon = read_lexicon(corpus.texts)
    standing = score_standing(lexicon)
    writers, names = _writers(corpus)
    found: dict[int, list[Phrase]] = {}
    for kind in ("named", "discovered"):
        numbers = [number for number, group in enumerate(groups) if group.kind == kind]
        if not numbers:
            continue
        rows = [np.unique(corpus.text_of[groups[number].members]) for number in numbers]
        rest = np.setdiff1d(np.arange(len(corpus.texts)), np.concatenate(rows))
        weighed = weigh_phrases(lexicon, standing, rows, rest, writers, names)
        centres = np.stack([find_centre(corpus.vectors, groups[n].members, groups[n].strengths) for n in numbers])
        found |= dict(zip(numbers, put_near_first(weighed, centres, corpus.embed), strict=True))
    return [choose_keyphrases(found[number], corpus.settings.keyphrases) for number in range(len(groups))]


def _writers(corpus: Corpus) -> tuple[NDArray[np.int64], frozenset[str]]:
    """Who wrote each text, as a number, and the words of their names.

    Of those who posted a text, the first by name counts; a text without a name has a writer of its own.
    """
    import numpy as np

    first: dict[int, str] = {}
    for text, author in zip(corpus.text_of.tolist(), corpus.comments["author"].tolist(), strict=True):
        if isinstance(author, str):
            first[text] = min(author, first.get(text, author))
    number_of = {name: number for number, name in enumerate(sorted(set(first.values())))}
    own = len(number_of)
    writers = [number_of[first[text]] if text in first else own + text for text in range(len(corpus.texts))]
    return np.asarray(writers, dtype=np.int64), frozenset(word for name in number_of for word in find_words(name))


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
