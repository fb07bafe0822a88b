"""Discovered themes: by the last fit where it still serves, else by a new one, with the ids of what they continue."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from analysis.cluster import Groups, find_groups
from analysis.corpus import draw_units
from analysis.describe import Group
from analysis.fit import LAST_STAYS, Fit, assign_by, can_assign, find_drift, find_far, keep_fit, was_tried, why_refit
from analysis.lineage import KnownTheme, Registry, keep_ids
from analysis.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.corpus import Corpus
    from analysis.settings import Settings

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Discovered:
    """What the texts alone fall into.

    Attributes:
        groups: one entry a comment; copies share their twin's.
        fit: what the groups are of.
        themes: those with a text in them, for the registry.
        reason: why the fit is a new one, or why another was looked for in vain; empty where the last one served.
        texts: how many distinct texts were looked at.
    """

    groups: Groups
    fit: Fit
    themes: Sequence[KnownTheme]
    reason: str
    texts: int


@dataclass(frozen=True, slots=True)
class _Usable:
    """The texts that themes are looked for in, in canonical order, and by what."""

    texts: Sequence[str]
    keys: Sequence[str]
    vectors: NDArray[np.float32]
    units: NDArray[np.int64]
    model: str
    settings: Settings


def discover_themes(corpus: Corpus, registry: Registry, *, refit: bool) -> Discovered:
    """Group all texts but those set aside, by the last fit or a new one.

    Args:
        corpus: the comments.
        registry: the last fit, and the themes whose ids are kept.
        refit: discover themes anew whatever the drift.
    """
    import numpy as np

    rows = np.flatnonzero(~corpus.aside)
    usable = _Usable(
        texts=[corpus.texts[row] for row in rows.tolist()],
        keys=[corpus.keys[row] for row in rows.tolist()],
        vectors=corpus.text_vectors[rows],
        units=draw_units(corpus)[rows],
        model=corpus.embedder.key,
        settings=corpus.settings,
    )
    found, fit, reason = _assign_or_fit(usable, registry, refit=refit)
    log.info("themes: %s", f"looked for anew ({reason})" if reason else "assigned by the last fit")
    themes = _known_themes(found, fit, usable, registry)
    return Discovered(_spread(found, rows, corpus), fit, themes, reason, len(rows))


def discovered_groups(found: Discovered) -> list[Group]:
    """Return the discovered themes with their comments, in the order of the fit."""
    import numpy as np

    none = np.zeros(0, dtype=np.int64)
    stability = found.fit.stability or (None,) * len(found.fit.ids)
    groups = []
    for number, (theme_id, stable) in enumerate(zip(found.fit.ids, stability, strict=True)):
        members = np.flatnonzero(found.groups.labels == number)
        strengths = found.groups.strengths[members].astype(np.float64)
        groups.append(Group(theme_id, "discovered", members, strengths, none, stable))
    return groups


def sum_up(found: Discovered, settings: Settings) -> dict[str, Any]:
    """Return the state of the clustering, with a sentence for the reader of the report."""
    groups, minimum = found.groups, settings.cluster.minimum
    state = groups.state
    if state == "no comments" and len(groups.labels):  # there are, and all are set aside
        state = "too few to cluster"
    if state == "no comments":
        note = "There are no comments, so there are no themes."
    elif state == "too few to cluster":
        note = (
            f"Distinct comments of {settings.min_words} words or more that are not of low content: {found.texts}; "
            f"below {minimum} no themes are discovered, since groups of so few are chance. Named themes are matched "
            "all the same."
        )
    elif state == "ok":
        note = (
            f"{found.texts} distinct comments were grouped by where walks over their nearest neighbours lead; "
            "read the stability of a theme before its share."
        )
    else:
        note = f"The {found.texts} distinct comments are no closer to each other than chance would have it."
    return {
        "state": state,
        "distinct_texts": found.texts,
        "minimum": minimum,
        "fitted": groups.fitted,
        "agreement": None if groups.agreement is None else round(groups.agreement, 6),
        "note": note,
        "refit": found.reason,
    }


def _assign_or_fit(usable: _Usable, registry: Registry, *, refit: bool) -> tuple[Groups, Fit, str]:
    """Groups of the usable texts, the fit they are of, and why another was looked for, if so."""
    last, found, settings = registry.fit, None, usable.settings
    reason = "asked for" if refit else why_refit(last, usable.model, usable.keys, settings)
    serves = not refit and can_assign(last, usable.model, settings)
    if last is not None and (serves or not reason):
        found = assign_by(last, usable.keys, usable.vectors, settings)
        reason = reason or find_drift(last, usable.keys, usable.vectors, found, settings)
        if not reason or (serves and was_tried(last, len(usable.keys))):
            return found, last, ""
    if last is None or found is None or not serves:
        # Who asks for a refit wants themes as the texts alone have them; another model or other settings know none.
        anew = find_groups(usable.vectors, settings.cluster, usable.texts, usable.units)
        return anew, _new_fit(anew, usable, registry), reason
    memory = _remember(last, found, usable)
    anew = find_groups(usable.vectors, settings.cluster, usable.texts, usable.units, memory)
    if not _count(anew):  # none are no reason to lose those there are
        return found, replace(last, tried=len(usable.keys)), f"{reason}: {anew.state}, {LAST_STAYS}"
    return anew, _new_fit(anew, usable, registry), reason


def _remember(last: Fit, found: Groups, usable: _Usable) -> Memory:
    """The last grouping; what is far from all its themes is held by none."""
    import numpy as np

    far = find_far(last, usable.keys, usable.vectors, usable.settings)
    return Memory(np.where(far, -1, found.labels), usable.settings.refit.hold)


def _new_fit(groups: Groups, usable: _Usable, registry: Registry) -> Fit:
    """The fit that later runs assign by; its themes keep the ids of those they continue."""
    count = _count(groups)
    ids = keep_ids(_members(groups, usable.keys, count), registry, _centres(groups, usable.vectors, count))
    return keep_fit(groups, ids, usable.keys, usable.vectors, usable.model, usable.settings)


def _count(groups: Groups) -> int:
    return int(groups.labels.max(initial=-1)) + 1


def _known_themes(groups: Groups, fit: Fit, usable: _Usable, registry: Registry) -> list[KnownTheme]:
    """The themes of a fit that hold a text, with the labels that they had."""
    count = len(fit.ids)
    members, centres = _members(groups, usable.keys, count), _centres(groups, usable.vectors, count)
    return [
        KnownTheme(theme_id, registry.labels.get(theme_id, theme_id), held, tuple(centre))
        for theme_id, held, centre in zip(fit.ids, members, centres, strict=True)
        if held
    ]


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


def _spread(groups: Groups, rows: NDArray[np.int64], corpus: Corpus) -> Groups:
    """The groups of some texts as those of all comments; what was set aside is in none."""
    import numpy as np

    count = len(corpus.texts)
    labels, closest = np.full(count, -1, dtype=np.int64), np.full(count, -1, dtype=np.int64)
    strengths = np.zeros(count, dtype=np.float32)
    labels[rows], closest[rows], strengths[rows] = groups.labels, groups.closest, groups.strengths
    of = corpus.text_of
    return replace(groups, labels=labels[of], closest=closest[of], strengths=strengths[of])
