"""What a fit found, kept so that later comments are assigned by it, and when it has to be made anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.cluster import Groups, State, assign
from analysis.uncertainty import wilson_interval
from comments.model import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.settings import Settings


@dataclass(frozen=True, slots=True)
class Fit:
    """The fitted texts and their groups, by which every text is assigned until the next fit.

    Attributes:
        model: key of the embedder.
        steering: hash of the settings that a fit depends on.
        keys: hashes of the fitted texts, in canonical order.
        groups: group of each as it votes on others, -1 for none.
        ids: theme id of each group.
        state: what came of it.
        agreement: between the partitions that voted, or None.
        texts: how many distinct texts were long enough then.
        unplaced: share of the fitted texts that would be in no theme if only the others voted.
    """

    model: str
    steering: str
    keys: tuple[str, ...]
    groups: tuple[int, ...]
    ids: tuple[str, ...]
    state: State
    agreement: float | None
    texts: int
    unplaced: float


def steering_of(settings: Settings) -> str:
    """Hash of all settings that a fit depends on: another value, another fit."""
    return digest(str(settings.min_words), settings.cluster.model_dump_json(), size=32)


def keep_fit(
    groups: Groups,
    ids: Sequence[str],
    keys: Sequence[str],
    vectors: NDArray[np.float32],
    model: str,
    settings: Settings,
) -> Fit:
    """Return what later runs need of a fit.

    Args:
        groups: what :func:`analysis.cluster.find_groups` gave.
        ids: theme id of each group.
        keys: hashes of the texts it was given, in their order.
        vectors: unit vectors of these, shape (n, d).
        model: key of the embedder.
        settings: see :class:`analysis.settings.Settings`.
    """
    import numpy as np

    voters = np.full(groups.fitted, -1) if groups.voters is None else groups.voters
    fitted = vectors[: groups.fitted]
    unplaced = 1.0
    if len(ids):
        _, strengths = assign(fitted, fitted, voters, settings.cluster, skip_self=True)
        unplaced = round(float((strengths < settings.cluster.floor).mean()), 6)
    return Fit(
        model=model,
        steering=steering_of(settings),
        keys=tuple(keys[: groups.fitted]),
        groups=tuple(voters.tolist()),
        ids=tuple(ids),
        state=groups.state,
        agreement=groups.agreement,
        texts=len(keys),
        unplaced=unplaced,
    )


def assign_by(fit: Fit, keys: Sequence[str], vectors: NDArray[np.float32], settings: Settings) -> Groups:
    """Put texts into the groups of a fit, fitted texts and new ones by the same vote.

    Args:
        fit: an earlier fit.
        keys: hashes of the texts, fitted ones among them.
        vectors: unit vectors of these, shape (n, d).
        settings: those of the fit.

    Returns:
        Groups numbered as in ``fit.ids``.
    """
    import numpy as np

    none = np.full(len(keys), -1, dtype=np.int64)
    row_of = {key: row for row, key in enumerate(keys)}
    here = [(row_of[key], group) for key, group in zip(fit.keys, fit.groups, strict=True) if key in row_of]
    if not fit.ids or not here:
        return Groups(none, none.copy(), np.zeros(len(keys), np.float32), fit.state, fit.agreement, len(here))
    rows, voters = np.asarray(here, dtype=np.int64).T
    best, strengths = assign(vectors, vectors[rows], voters, settings.cluster)
    labels = np.where(strengths >= settings.cluster.floor, best, -1)
    return Groups(labels, best, strengths, fit.state, fit.agreement, len(rows), voters)


def why_refit(fit: Fit | None, model: str, keys: Sequence[str], groups: Groups | None, settings: Settings) -> str:
    """Return why a fit no longer serves, in words for the report; empty where it does.

    Two measures of drift: the number of texts has grown beyond a stated factor; or the share of new texts
    in no theme is surely (by the lower end of its 95% interval) higher by a stated amount than the share of
    fitted ones would be, had they not been fitted.

    Args:
        fit: the last fit, if any.
        model: key of the embedder.
        keys: hashes of all texts that are long enough, in canonical order.
        groups: these texts assigned by the fit, once its other conditions hold.
        settings: ``refit`` holds the bounds.
    """
    if fit is None:
        return "first fit"
    if fit.model != model:
        return "another model"
    if fit.steering != steering_of(settings):
        return "other settings of the clustering"
    if fit.state in ("no comments", "too few to cluster"):
        return "too few texts at the last fit"
    if len(keys) > settings.refit.growth * fit.texts:
        return f"{len(keys)} texts, more than {settings.refit.growth:g} times the {fit.texts} of the last fit"
    if groups is None or not fit.ids:
        return ""
    fitted, last = set(fit.keys), fit.keys[-1]
    # Of more texts than were fitted, those up to the last fitted hash are known to be new: a fair sample.
    all_fitted = len(fit.keys) == fit.texts
    new = [row for row, key in enumerate(keys) if key not in fitted and (all_fitted or key < last)]
    unplaced = int((groups.labels[new] < 0).sum()) if new else 0
    low, _ = wilson_interval(unplaced, len(new))
    if len(new) >= settings.refit.texts and low > fit.unplaced + settings.refit.residual:
        share = unplaced / len(new)
        return f"{share:.0%} of {len(new)} new texts in no theme, against {fit.unplaced:.0%} expected"
    return ""
