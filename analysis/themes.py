"""Comments to themes: named, discovered, and a residual with reasons."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from analysis.cluster import Groups, find_groups
from analysis.embed import embed_texts
from analysis.lineage import KnownTheme, Registry, keep_ids, update_registry
from analysis.named import match_named
from analysis.pick import pick_representatives
from analysis.uncertainty import wilson_interval
from analysis.words import find_keyphrases, make_labels
from comments.model import text_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from analysis.embed import Embedder, VectorCache
    from analysis.settings import NamedTheme, Settings

log = logging.getLogger(__name__)
ResidualReason = Literal[
    "too short",
    "too few to cluster",
    "no stable themes",
    "near a theme but below its floor",
    "far from all themes",
]
LOW_SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Themes:
    """What a run found.

    Attributes:
        comments: one row a comment in the order given: ``theme_id``, ``theme``, ``strength``,
            ``residual_reason``, ``nearest_theme_id``, ``nearest_theme``, ``nearest_strength``.
        themes: one row a theme; columns as in docs/formats.md.
        assignments: every theme of a comment: ``comment_id``, ``theme_id``, ``theme``, ``strength``.
        discovery: state of the clustering and what it looked at, with a sentence for the reader.
        registry: the themes known after this run.
    """

    comments: pd.DataFrame
    themes: pd.DataFrame
    assignments: pd.DataFrame
    discovery: dict[str, Any]
    registry: Registry


@dataclass(frozen=True, slots=True)
class _Group:
    """A theme before it has words: which comments, how strongly."""

    theme_id: str
    kind: Literal["named", "discovered"]
    members: NDArray[np.int64]
    strengths: NDArray[np.float64]
    near: NDArray[np.int64]


def find_themes(
    comments: pd.DataFrame,
    named: Sequence[NamedTheme],
    settings: Settings,
    embedder: Embedder,
    *,
    cache: VectorCache | None = None,
    registry: Registry | None = None,
) -> Themes:
    """Find the themes of comments, and say for each comment where it belongs and how strongly.

    Args:
        comments: columns ``comment_id``, ``page_id``, ``clean_text``, ``author`` and ``parent_id``
            (null where unknown).
        named: the themes that the user asks for.
        settings: see :class:`analysis.settings.Settings`.
        embedder: the model.
        cache: where vectors are kept.
        registry: the themes of earlier runs, whose ids are kept.

    Returns:
        Tables that do not depend on the order of ``comments`` but for the order of their rows.
    """
    import numpy as np

    registry = registry or Registry()
    texts = comments["clean_text"].tolist()
    distinct, inverse = _distinct_texts(texts)
    short = np.asarray([len(text.split()) < settings.min_words for text in distinct], dtype=bool)

    def embed(some: Sequence[str]) -> NDArray[np.float32]:
        return embed_texts(some, embedder, cache)

    vectors = embed(distinct)
    groups = _discover(vectors, short, settings)
    ids = keep_ids(_group_texts(distinct, groups.labels), registry)
    strengths = match_named(texts, _parent_rows(comments), named, embed)
    strengths[short[inverse]] = 0.0
    found = _named_groups(strengths, named, settings) + _discovered_groups(groups, ids, inverse)
    table = _theme_table(found, comments, vectors[inverse], named, settings)
    known = [
        KnownTheme(theme_id, label, texts)
        for theme_id, label, texts in zip(
            ids,
            table.loc[table["kind"] == "discovered", "label"],
            _group_texts(distinct, groups.labels),
            strict=True,
        )
    ]
    return Themes(
        comments=_comment_columns(comments, found, table, strengths, groups, ids, inverse, short, settings),
        themes=table.sort_values(["kind", "count", "theme_id"], ascending=[False, False, True], ignore_index=True),
        assignments=_assignments(comments, found, table),
        discovery=_discovery(groups, int((~short).sum()), settings),
        registry=update_registry(registry, known),
    )


def _distinct_texts(texts: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    """Distinct texts ordered by hash, and for each text its row among them."""
    import numpy as np

    keys = {text: text_key(text) for text in texts}
    distinct = sorted(keys, key=keys.__getitem__)
    rows = {text: row for row, text in enumerate(distinct)}
    return distinct, np.asarray([rows[text] for text in texts], dtype=np.int64)


def _discover(vectors: NDArray[np.float32], short: NDArray[np.bool_], settings: Settings) -> Groups:
    """Cluster all texts but the short ones, which belong to no group."""
    import numpy as np

    found = find_groups(vectors[~short], settings.cluster)
    labels = np.full(len(vectors), -1, dtype=np.int64)
    closest = np.full(len(vectors), -1, dtype=np.int64)
    strengths = np.zeros(len(vectors), dtype=np.float32)
    labels[~short], closest[~short], strengths[~short] = found.labels, found.closest, found.strengths
    return Groups(labels, closest, strengths, found.state, found.agreement, found.fitted)


def _group_texts(distinct: Sequence[str], labels: NDArray[np.int64]) -> list[frozenset[str]]:
    import numpy as np

    count = int(labels.max()) + 1 if len(labels) else 0
    return [frozenset(text_key(distinct[i]) for i in np.flatnonzero(labels == g)) for g in range(count)]


def _parent_rows(comments: pd.DataFrame) -> list[int]:
    rows = {name: row for row, name in enumerate(comments["comment_id"])}
    return [rows.get(parent, -1) if isinstance(parent, str) else -1 for parent in comments["parent_id"]]


def _named_groups(strengths: NDArray[np.float64], named: Sequence[NamedTheme], settings: Settings) -> list[_Group]:
    import numpy as np

    groups = []
    for column, theme in enumerate(named):
        values = strengths[:, column]
        members = np.flatnonzero(values >= settings.named.floor)
        below = np.flatnonzero((values < settings.named.floor) & (values >= settings.named.near))
        near = below[np.argsort(-values[below], kind="stable")]
        groups.append(_Group(named_id(theme.name), "named", members, values[members], near))
    return groups


def named_id(name: str) -> str:
    """Return the id of a named theme: its name in plain letters, the same in every run."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "-".join("".join(c if c.isalnum() else " " for c in plain).split())
    return f"N-{slug}" if slug else f"N-{text_key(name)[:8]}"


def _discovered_groups(groups: Groups, ids: Sequence[str], inverse: NDArray[np.int64]) -> list[_Group]:
    import numpy as np

    labels, strengths = groups.labels[inverse], groups.strengths[inverse]
    none = np.zeros(0, dtype=np.int64)
    found = []
    for number, theme_id in enumerate(ids):
        members = np.flatnonzero(labels == number)
        found.append(_Group(theme_id, "discovered", members, strengths[members].astype(np.float64), none))
    return found


def _theme_table(
    groups: Sequence[_Group],
    comments: pd.DataFrame,
    vectors: NDArray[np.float32],
    named: Sequence[NamedTheme],
    settings: Settings,
) -> pd.DataFrame:
    """One row a theme, named ones first, with its words and its people."""
    import pandas as pd

    texts = comments["clean_text"].tolist()
    phrases = _phrases([g for g in groups if g.kind == "named"], texts, settings)
    phrases += _phrases([g for g in groups if g.kind == "discovered"], texts, settings)
    names = [theme.name for theme in named]
    labels = names + make_labels(phrases[len(names) :], names)
    rows = []
    for number, group in enumerate(groups):
        authors = comments["author"].iloc[group.members]
        low, high = wilson_interval(len(group.members), len(comments))
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
                "commenters": int(authors.nunique()) if len(authors) and authors.notna().all() else None,
                "pages": int(comments["page_id"].iloc[group.members].nunique()),
                "keyphrases": phrases[number],
                "representatives": pick_representatives(comments, vectors, group.members, group.strengths, settings),
                "near_misses": comments["comment_id"].iloc[group.near[: settings.representatives]].tolist(),
                "low_sample": len(group.members) < LOW_SAMPLE,
            }
        )
    table = pd.DataFrame(rows, columns=THEME_COLUMNS)
    return table.astype({"commenters": "Int64", "count": "int64", "pages": "int64"})


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
    "pages",
    "keyphrases",
    "representatives",
    "near_misses",
    "low_sample",
]


def _phrases(groups: Sequence[_Group], texts: Sequence[str], settings: Settings) -> list[list[str]]:
    """Keyphrases against the other themes of the same kind and the rest; copies count once."""
    inside = {int(i) for group in groups for i in group.members}
    members = [sorted({texts[i] for i in group.members}) for group in groups]
    rest = sorted({text for i, text in enumerate(texts) if i not in inside})
    return find_keyphrases(members, rest, settings.keyphrases)


def _rule(theme: NamedTheme | None, settings: Settings) -> str:
    if theme is None:
        return (
            f"A comment is in it when at least {settings.cluster.floor:.0%} of the votes of the "
            f"{settings.cluster.votes} texts most like it are for this theme."
        )
    given = f"its description, {len(theme.examples)} examples and {len(theme.counter_examples)} counter-examples"
    return (
        f"A comment is in it when its strength, weighed sentence by sentence from {given}, its rule words and the "
        f"comment that it answers, is {settings.named.floor:.2f} or more."
    )


def _assignments(comments: pd.DataFrame, groups: Sequence[_Group], table: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    labels = dict(zip(table["theme_id"], table["label"], strict=True))
    ids = comments["comment_id"].to_numpy()
    parts = [
        pd.DataFrame(
            {
                "comment_id": ids[group.members],
                "theme_id": group.theme_id,
                "theme": labels[group.theme_id],
                "strength": group.strengths,
            }
        )
        for group in groups
        if len(group.members)
    ]
    if not parts:
        return pd.DataFrame({"comment_id": [], "theme_id": [], "theme": []}, dtype="str").assign(
            strength=pd.Series(dtype="float64")
        )
    return pd.concat(parts).sort_values(["comment_id", "theme_id"], ignore_index=True)


def _comment_columns(
    comments: pd.DataFrame,
    found: Sequence[_Group],
    table: pd.DataFrame,
    named_strengths: NDArray[np.float64],
    groups: Groups,
    ids: Sequence[str],
    inverse: NDArray[np.int64],
    short: NDArray[np.bool_],
    settings: Settings,
) -> pd.DataFrame:
    """The main theme of each comment: the discovered one if any, else the strongest named one."""
    import numpy as np
    import pandas as pd

    n = len(comments)
    labels = dict(zip(table["theme_id"], table["label"], strict=True))
    theme = np.full(n, None, dtype=object)
    strength = np.full(n, np.nan)
    for group in found:
        rows = group.members
        if group.kind == "named":  # the strongest so far, the first of equals
            better = np.isnan(strength[rows]) | (group.strengths > np.nan_to_num(strength[rows], nan=-1.0))
            rows, values = rows[better], group.strengths[better]
        else:
            values = group.strengths
        theme[rows], strength[rows] = group.theme_id, values
    nearest, near_strength, is_near = _nearest(found, named_strengths, groups, ids, inverse, settings)
    reason = np.full(n, None, dtype=object)
    reason[:] = np.where(is_near, "near a theme but below its floor", "far from all themes")
    if groups.state in ("too few to cluster", "no stable themes"):
        reason[~is_near] = groups.state
    reason[short[inverse]] = "too short"
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


def _nearest(
    found: Sequence[_Group],
    named_strengths: NDArray[np.float64],
    groups: Groups,
    ids: Sequence[str],
    inverse: NDArray[np.int64],
    settings: Settings,
) -> tuple[NDArray[Any], NDArray[np.float64], NDArray[np.bool_]]:
    """The theme that each comment came nearest to, measured by its own floor."""
    import numpy as np

    n = len(inverse)
    name = np.full(n, "", dtype=object)
    value, ratio = np.zeros(n), np.zeros(n)
    near = np.zeros(n, dtype=bool)
    for column, group in enumerate(g for g in found if g.kind == "named"):
        strengths = named_strengths[:, column]
        ratios = strengths / max(settings.named.floor, 1e-9)
        better = ratios > ratio
        name[better], value[better], ratio[better] = group.theme_id, strengths[better], ratios[better]
        near |= strengths >= settings.named.near
    if ids:
        strengths = groups.strengths[inverse].astype(np.float64)
        ratios = strengths / max(settings.cluster.floor, 1e-9)
        better = (ratios > ratio) & (groups.closest[inverse] >= 0)
        name[better] = np.asarray(ids, dtype=object)[groups.closest[inverse][better]]
        value[better] = strengths[better]
        near |= (ratios >= 0.5) & (groups.closest[inverse] >= 0)
    return name, value, near


def _discovery(groups: Groups, texts: int, settings: Settings) -> dict[str, Any]:
    """State of the clustering, with a sentence for the reader of the report."""
    minimum = settings.cluster.minimum
    notes = {
        "no comments": "There are no comments, so there are no themes.",
        "too few to cluster": f"There are {texts} distinct comments of {settings.min_words} words or more; below "
        f"{minimum} no themes are discovered, since groups of so few are chance. Named themes are matched all the same.",
        "no stable themes": f"{texts} distinct comments were clustered {settings.cluster.seeds} times over, and the "
        "results agree too little for any theme to be trusted.",
        "ok": f"{texts} distinct comments were clustered with {settings.cluster.seeds} seeds at "
        f"{len(settings.cluster.scales)} scales; themes are what most of the results agree on.",
    }
    return {
        "state": groups.state,
        "distinct_texts": texts,
        "minimum": minimum,
        "fitted": groups.fitted,
        "agreement": None if groups.agreement is None else round(groups.agreement, 6),
        "note": notes[groups.state],
    }
