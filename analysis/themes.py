"""Comments to themes: named, discovered, and a residual with reasons."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from analysis.corpus import read_corpus
from analysis.describe import describe_themes
from analysis.discover import discover_themes, discovered_groups, sum_up
from analysis.layers import make_layers
from analysis.lineage import Registry, update_registry
from analysis.named import match_themes, named_groups, named_id
from analysis.residual import place_comments
from analysis.settle import settle_themes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from analysis.describe import Group
    from analysis.edits import Edit
    from analysis.embed import Embedder, VectorCache
    from analysis.settings import NamedTheme, Settings


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
    registry = registry or Registry()
    corpus = read_corpus(comments, settings, embedder, cache)
    discovered = discover_themes(corpus, registry, refit=refit)
    matched = match_themes(corpus, named)
    known = frozenset(theme.theme_id for theme in registry.themes) | frozenset(discovered.fit.ids)
    settled = settle_themes(corpus, named_groups(matched) + discovered_groups(discovered), edits, registry, known)
    kept = {group.theme_id for group in settled.groups}
    shown = [theme for theme in named if named_id(theme.name) in kept]
    given = settled.edited.labels
    table = describe_themes(corpus, settled.groups, shown, given=given, earlier=registry.labels)
    labels = dict(zip(table["theme_id"], table["label"], strict=True))
    layers = make_layers(settled.groups, table, comments["comment_id"].to_numpy(), corpus.vectors)
    known_now = [replace(theme, label=labels.get(theme.theme_id, theme.label)) for theme in discovered.themes]
    return Themes(
        comments=place_comments(corpus, matched, discovered, settled, labels),
        themes=table.sort_values(["kind", "count", "theme_id"], ascending=[False, False, True], ignore_index=True),
        assignments=_assignments(comments, settled.groups, labels),
        discovery=sum_up(discovered, settings),
        registry=update_registry(registry, known_now, discovered.fit),
        vectors=corpus.vectors,
        more=dict(zip(("layers", "layer_members"), layers, strict=True)),
        notes=tuple(settled.edited.notes),
        conflicts=tuple(settled.edited.conflicts),
    )


def _assignments(comments: pd.DataFrame, groups: Sequence[Group], labels: Mapping[str, str]) -> pd.DataFrame:
    """Every theme of a comment, with its strength in it."""
    import pandas as pd

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
