"""Themes as the report shows them: after the analyst's edits, and with discovered ones folded into named ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.fold import fold_groups
from analysis.replay import Edited, Surroundings, apply_edits

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from analysis.corpus import Corpus
    from analysis.describe import Group
    from analysis.edits import Edit
    from analysis.lineage import Registry


@dataclass(frozen=True, slots=True)
class Settled:
    """The themes that are left.

    Attributes:
        groups: the themes, named ones first.
        edited: what the edits did.
        folded: the named theme of each discovered one that turned out to be it.
    """

    groups: Sequence[Group]
    edited: Edited
    folded: Mapping[str, str]


def settle_themes(
    corpus: Corpus, groups: Sequence[Group], edits: Sequence[Edit], registry: Registry, known: frozenset[str]
) -> Settled:
    """Carry out the edits on the themes, then fold those that coincide.

    Args:
        corpus: the comments.
        groups: the themes as they were found.
        edits: the analyst's decisions; a theme that one is about is not folded.
        registry: what the last report showed.
        known: every theme id that the store has given.
    """
    edited = apply_edits(groups, edits, _surroundings(corpus, registry, known))
    left, folded = fold_groups(
        edited.groups,
        corpus.text_of,
        corpus.vectors,
        corpus.settings.named,
        keep={name for edit in edits for name in edit.about},
        folded=_folded_before(registry),
    )
    return Settled(sorted(left, key=lambda group: group.kind == "discovered"), edited, folded)


def _surroundings(corpus: Corpus, registry: Registry, known: frozenset[str]) -> Surroundings:
    return Surroundings(
        comment_ids=corpus.comments["comment_id"].tolist(),
        keys=[corpus.keys[row] for row in corpus.text_of.tolist()],
        vectors=corpus.vectors,
        before=registry.last.members if registry.last else {},
        known=known,
        votes=corpus.settings.cluster.votes,
    )


def _folded_before(registry: Registry) -> set[str]:
    """Themes that the registry knows and the last report did not show; those that are gone do no harm."""
    shown = registry.last.members if registry.last else {}
    return {theme.theme_id for theme in registry.themes if registry.last and theme.theme_id not in shown}
