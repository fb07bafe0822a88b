"""Comments to themes: named, discovered, and a residual with reasons."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from analysis.claims import open_claims
from analysis.cluster import Groups, find_groups
from analysis.clusters import number_threads, number_writers
from analysis.describe import Group, describe_themes
from analysis.embed import embed_texts
from analysis.fit import LAST_STAYS, Fit, assign_by, can_assign, find_drift, find_far, keep_fit, was_tried, why_refit
from analysis.fold import fold_groups
from analysis.layers import make_layers
from analysis.lineage import KnownTheme, Registry, keep_ids, update_registry
from analysis.low_content import is_low_content
from analysis.memory import Memory
from analysis.named import match_named
from analysis.named_features import Views
from analysis.replay import Surroundings, apply_edits
from analysis.residual import place_comments
from comments.model import text_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from analysis.edits import Edit
    from analysis.embed import Embedder, VectorCache
    from analysis.settings import NamedTheme, Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Themes:
    """What a run found.

    Attributes:
        comments: one row a comment in the order given: ``theme_id``, ``theme``, ``strength``,
            ``residual_reason``, ``nearest_theme_id``, ``nearest_theme``, ``nearest_strength``.
        themes: one row a theme; columns as in docs/formats.md.
        assignments: every theme of a comment: ``comment_id``, ``theme_id``, ``theme``, ``strength``, ``kind``.
        discovery: state of the clustering and what it looked at, with a sentence for the reader.
        registry: the themes known after this run.
        vectors: unit vectors of the comments, shape (n, d).
        more: ``layers`` and ``layer_members``, see :func:`analysis.layers.make_layers`.
        notes: the analyst's notes: ``theme_id``, ``comment_id``, ``note``.
        conflicts: edits that no longer apply; see :class:`analysis.edits.Edited`.
    """

    comments: pd.DataFrame
    themes: pd.DataFrame
    assignments: pd.DataFrame
    discovery: dict[str, Any]
    registry: Registry
    vectors: NDArray[np.float32]
    more: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    notes: tuple[dict[str, Any], ...] = ()
    conflicts: tuple[dict[str, Any], ...] = ()


def find_themes(
    comments: pd.DataFrame,
    named: Sequence[NamedTheme],
    settings: Settings,
    embedder: Embedder,
    *,
    cache: VectorCache | None = None,
    registry: Registry | None = None,
    edits: Sequence[Edit] = (),
    refit: bool = False,
) -> Themes:
    """Find the themes of comments, and say for each comment where it belongs and how strongly.

    Args:
        comments: columns ``comment_id``, ``page_id``, ``clean_text``, ``author`` and ``parent_id``
            (null where unknown).
        named: the themes that the user asks for.
        settings: see :class:`analysis.settings.Settings`.
        embedder: the model.
        cache: where vectors are kept.
        registry: what earlier runs found: the fit that assigns, and the themes whose ids are kept.
        edits: the analyst's decisions.
        refit: discover themes anew whatever the drift.

    Returns:
        Tables that do not depend on the order of ``comments`` but for the order of their rows.
    """
    import numpy as np

    registry = registry or Registry()
    texts = comments["clean_text"].tolist()
    distinct, keys, inverse = _distinct_texts(texts)
    short = np.asarray([len(text.split()) < settings.min_words for text in distinct], dtype=bool)
    low = np.asarray([is_low_content(text) for text in distinct], dtype=bool)
    aside = short | low

    def embed(some: Sequence[str]) -> NDArray[np.float32]:
        return embed_texts(some, embedder, cache)

    vectors = embed(distinct)
    by_comment = vectors[inverse]
    groups, fit, themes, reason = _discover(
        distinct, keys, vectors, aside, _units(comments, inverse), registry, embedder.key, settings, refit=refit
    )
    # Only themes that the user asks for are looked for in claim vectors, which cost a second reading.
    claims = open_claims(embedder) if named else None
    views = Views(by_comment, embed, None if claims is None else lambda some: embed_texts(some, claims, cache))
    strengths = match_named(texts, parent_rows(comments), named, views, settings)
    strengths[aside[inverse]] = 0.0
    of_comments = _of_comments(groups, inverse)
    edited = apply_edits(
        _named_groups(strengths, named, settings) + _discovered_groups(of_comments, fit),
        edits,
        _surroundings(comments, keys, inverse, by_comment, registry, fit, settings),
    )
    left, folded = fold_groups(
        edited.groups,
        inverse,
        by_comment,
        settings.named,
        keep={name for edit in edits for name in edit.about},
        folded=_folded_before(registry),
    )
    found = sorted(left, key=lambda group: group.kind == "discovered")
    kept = {group.theme_id for group in found}
    shown = [theme for theme in named if named_id(theme.name) in kept]
    table = describe_themes(found, comments, by_comment, shown, settings, given=edited.labels, earlier=registry.labels)
    labels = dict(zip(table["theme_id"], table["label"], strict=True))
    layers = make_layers(found, table, comments["comment_id"].to_numpy(), by_comment)
    by_name = {named_id(theme.name): strengths[:, column] for column, theme in enumerate(named)}
    return Themes(
        comments=place_comments(
            found,
            labels,
            by_name,
            {named_id(theme.name): settings.named.floors_for(theme) for theme in named},
            of_comments,
            fit.ids,
            short[inverse],
            low[inverse],
            settings,
            moved=edited.moved,
            folded=folded,
            excluded=edited.excluded,
        ),
        themes=table.sort_values(["kind", "count", "theme_id"], ascending=[False, False, True], ignore_index=True),
        assignments=_assignments(comments, found, table),
        discovery=_discovery(groups, int((~aside).sum()), settings) | {"refit": reason},
        registry=update_registry(registry, [replace(t, label=labels.get(t.theme_id, t.label)) for t in themes], fit),
        vectors=by_comment,
        more=dict(zip(("layers", "layer_members"), layers, strict=True)),
        notes=tuple(edited.notes),
        conflicts=tuple(edited.conflicts),
    )


def _distinct_texts(texts: Sequence[str]) -> tuple[list[str], list[str], NDArray[np.int64]]:
    """Distinct texts ordered by hash, their hashes, and for each text its row among them."""
    import numpy as np

    keys = {text: text_key(text) for text in texts}
    distinct = sorted(keys, key=keys.__getitem__)
    rows = {text: row for row, text in enumerate(distinct)}
    return distinct, [keys[text] for text in distinct], np.asarray([rows[text] for text in texts], dtype=np.int64)


def _discover(
    texts: Sequence[str],
    keys: Sequence[str],
    vectors: NDArray[np.float32],
    aside: NDArray[np.bool_],
    units: NDArray[np.int64],
    registry: Registry,
    model: str,
    settings: Settings,
    *,
    refit: bool,
) -> tuple[Groups, Fit, list[KnownTheme], str]:
    """Groups of all texts but those set aside, by the last fit or a new one; the fit, its themes, and why it is new."""
    import numpy as np

    rows = np.flatnonzero(~aside)
    long, some = [keys[row] for row in rows.tolist()], vectors[rows]
    words = [texts[row] for row in rows.tolist()]
    found, fit, reason = _assign_or_fit(words, long, some, units[rows], registry, model, settings, refit=refit)
    themes = [
        KnownTheme(theme_id, registry.labels.get(theme_id, theme_id), members, tuple(centre))
        for theme_id, members, centre in zip(
            fit.ids, _members(found, long, len(fit.ids)), _centres(found, some, len(fit.ids)), strict=True
        )
        if members
    ]
    log.info("themes: %s", f"looked for anew ({reason})" if reason else "assigned by the last fit")
    labels = np.full(len(vectors), -1, dtype=np.int64)
    closest = np.full(len(vectors), -1, dtype=np.int64)
    strengths = np.zeros(len(vectors), dtype=np.float32)
    labels[rows], closest[rows], strengths[rows] = found.labels, found.closest, found.strengths
    return replace(found, labels=labels, closest=closest, strengths=strengths), fit, themes, reason


def _assign_or_fit(
    texts: Sequence[str],
    keys: Sequence[str],
    vectors: NDArray[np.float32],
    units: NDArray[np.int64],
    registry: Registry,
    model: str,
    settings: Settings,
    *,
    refit: bool,
) -> tuple[Groups, Fit, str]:
    """Groups of texts that are long enough, the fit they are of, and why another was looked for, if so."""
    import numpy as np

    last, found = registry.fit, None
    reason = "asked for" if refit else why_refit(last, model, keys, settings)
    serves = not refit and can_assign(last, model, settings)
    if last is not None and (serves or not reason):
        found = assign_by(last, keys, vectors, settings)
        reason = reason or find_drift(last, keys, vectors, found, settings)
        if not reason or (serves and was_tried(last, len(keys))):
            return found, last, ""
    # Who asks for a refit wants themes as the texts alone have them; another model or other settings know none.
    memory = None
    if last is not None and found is not None and serves:  # what is far from all themes is held by none
        held = np.where(find_far(last, keys, vectors, settings), -1, found.labels)
        memory = Memory(held, settings.refit.hold)
    anew = find_groups(vectors, settings.cluster, texts, units, memory)
    count = int(anew.labels.max(initial=-1)) + 1
    if last is not None and found is not None and serves and not count:  # none are no reason to lose those there are
        return found, replace(last, tried=len(keys)), f"{reason}: {anew.state}, {LAST_STAYS}"
    ids = keep_ids(_members(anew, keys, count), registry, _centres(anew, vectors, count))
    return anew, keep_fit(anew, ids, keys, vectors, model, settings), reason


def _members(groups: Groups, keys: Sequence[str], count: int) -> list[frozenset[str]]:
    """Hashes of the texts in each group."""
    members: list[set[str]] = [set() for _ in range(count)]
    for key, label in zip(keys, groups.labels.tolist(), strict=True):
        if label >= 0:
            members[label].add(key)
    return [frozenset(keys) for keys in members]


def _centres(groups: Groups, vectors: NDArray[np.float32], count: int) -> list[list[float]]:
    """Unit vector of the mean of each group; empty for a group without texts."""
    import numpy as np

    centres = []
    for number in range(count):
        total = vectors[groups.labels == number].astype(np.float64).sum(axis=0)
        length = float(np.linalg.norm(total))
        centres.append([] if length == 0 else np.round(total / length, 6).tolist())
    return centres


def _surroundings(
    comments: pd.DataFrame,
    keys: Sequence[str],
    inverse: NDArray[np.int64],
    vectors: NDArray[np.float32],
    registry: Registry,
    fit: Fit,
    settings: Settings,
) -> Surroundings:
    known = {theme.theme_id for theme in registry.themes} | set(fit.ids)
    return Surroundings(
        comment_ids=comments["comment_id"].tolist(),
        keys=[keys[row] for row in inverse.tolist()],
        vectors=vectors,
        before=registry.last.members if registry.last else {},
        known=frozenset(known),
        votes=settings.cluster.votes,
    )


def _of_comments(groups: Groups, inverse: NDArray[np.int64]) -> Groups:
    """The groups of distinct texts as those of comments: copies share their twin's."""
    return replace(
        groups,
        labels=groups.labels[inverse],
        closest=groups.closest[inverse],
        strengths=groups.strengths[inverse],
    )


def parent_rows(comments: pd.DataFrame) -> list[int]:
    """Return for each comment the row of the one it answers, -1 where that is not among them."""
    rows = {name: row for row, name in enumerate(comments["comment_id"])}
    return [rows.get(parent, -1) if isinstance(parent, str) else -1 for parent in comments["parent_id"]]


def _named_groups(strengths: NDArray[np.float64], named: Sequence[NamedTheme], settings: Settings) -> list[Group]:
    import numpy as np

    groups = []
    for column, theme in enumerate(named):
        values = strengths[:, column]
        floor, least = settings.named.floors_for(theme)
        members = np.flatnonzero(values >= floor)
        below = np.flatnonzero((values < floor) & (values >= least))
        near = below[np.argsort(-values[below], kind="stable")]
        groups.append(Group(named_id(theme.name), "named", members, values[members], near))
    return groups


def named_id(name: str) -> str:
    """Return the id of a named theme: its name in plain letters, the same in every run."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = "-".join("".join(c if c.isalnum() else " " for c in plain).split())
    return f"N-{slug}" if slug else f"N-{text_key(name)[:8]}"


def _folded_before(registry: Registry) -> set[str]:
    """Themes that the registry knows and the last report did not show; those that are gone do no harm."""
    shown = registry.last.members if registry.last else {}
    return {theme.theme_id for theme in registry.themes if registry.last and theme.theme_id not in shown}


def _discovered_groups(groups: Groups, fit: Fit) -> list[Group]:
    import numpy as np

    none = np.zeros(0, dtype=np.int64)
    stability = fit.stability or (None,) * len(fit.ids)
    found = []
    for number, (theme_id, stable) in enumerate(zip(fit.ids, stability, strict=True)):
        members = np.flatnonzero(groups.labels == number)
        strengths = groups.strengths[members].astype(np.float64)
        found.append(Group(theme_id, "discovered", members, strengths, none, stable))
    return found


def _units(comments: pd.DataFrame, inverse: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each distinct text what it is drawn with: its author, else its thread, named by its first distinct text."""
    import numpy as np

    known = comments["author"].map(lambda name: isinstance(name, str)).to_numpy(dtype=bool)
    threads = number_threads(comments)
    unit = np.where(known, number_writers(comments), threads + len(comments))
    first = np.full(2 * len(comments), len(comments), dtype=np.int64)
    np.minimum.at(first, unit, inverse)
    units = np.full(int(inverse.max(initial=-1)) + 1, len(comments), dtype=np.int64)
    np.minimum.at(units, inverse, first[unit])
    return units


def _assignments(comments: pd.DataFrame, groups: Sequence[Group], table: pd.DataFrame) -> pd.DataFrame:
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
                "kind": group.kind,
            }
        )
        for group in groups
        if len(group.members)
    ]
    if not parts:
        none = pd.DataFrame({"comment_id": [], "theme_id": [], "theme": [], "strength": [], "kind": []}, dtype="str")
        return none.astype({"strength": "float64"})
    return pd.concat(parts).sort_values(["comment_id", "theme_id"], ignore_index=True)


def _discovery(groups: Groups, texts: int, settings: Settings) -> dict[str, Any]:
    """State of the clustering, with a sentence for the reader of the report."""
    minimum = settings.cluster.minimum
    if groups.state == "no comments":
        note = "There are no comments, so there are no themes."
    elif groups.state == "too few to cluster":
        note = (
            f"There are {texts} distinct comments of {settings.min_words} words or more that are not of low content; "
            f"below {minimum} no themes are discovered, since groups of so few are chance. Named themes are matched "
            "all the same."
        )
    elif groups.state == "ok":
        note = (
            f"{texts} distinct comments were grouped by where walks over their nearest neighbours lead; "
            "read the stability of a theme before its share."
        )
    else:
        note = f"The {texts} distinct comments are no closer to each other than chance would have it."
    return {
        "state": groups.state,
        "distinct_texts": texts,
        "minimum": minimum,
        "fitted": groups.fitted,
        "agreement": None if groups.agreement is None else round(groups.agreement, 6),
        "note": note,
    }
