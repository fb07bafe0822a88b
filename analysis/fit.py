"""What a fit found, kept so that later comments are assigned by it, and when it has to be made anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.cluster import Groups, State
from analysis.uncertainty import wilson_interval
from analysis.votes import assign
from comments.model import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from analysis.settings import Settings


FAR = 0.05
LAST_STAYS = "so the last fit stays"
RETRY = 1.1
"""Times the texts of a fit that found nothing at which another is worth its cost."""


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
        agreement: of halves of the texts on as many groups, or None.
        texts: how many distinct texts were long enough then.
        near: mean cosine to those that vote on it that all but a twentieth of the fitted texts reach.
        astray: share of the fitted texts that would be in no theme or less near, if only the others voted.
        stability: of each group, None where unknown; empty where it was not measured.
        tried: of how many texts a later fit found no themes, so that this one was kept; 0 for none.
    """

    model: str
    steering: str
    keys: tuple[str, ...]
    groups: tuple[int, ...]
    ids: tuple[str, ...]
    state: State
    agreement: float | None
    texts: int
    near: float
    astray: float
    stability: tuple[float | None, ...] = ()
    tried: int = 0


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
    near, astray = 0.0, 1.0
    if len(ids):
        _, strengths = assign(fitted, fitted, voters, settings.cluster, skip_self=True)
        closeness = _closeness(fitted, fitted, settings, skip_self=True)
        near = round(float(np.quantile(closeness, FAR)), 6)
        astray = round(float(((strengths < settings.cluster.floor) | (closeness < near)).mean()), 6)
    return Fit(
        model=model,
        steering=steering_of(settings),
        keys=tuple(keys[: groups.fitted]),
        groups=tuple(voters.tolist()),
        ids=tuple(ids),
        state=groups.state,
        agreement=groups.agreement,
        texts=len(keys),
        near=near,
        astray=astray,
        stability=groups.stability,
    )


def _closeness(
    vectors: NDArray[np.float32], fitted: NDArray[np.float32], settings: Settings, *, skip_self: bool = False
) -> NDArray[np.float32]:
    """Mean cosine of each text to the fitted ones that vote on it."""
    import numpy as np

    from analysis.neighbours import nearest

    _, cosines = nearest(vectors, fitted, settings.cluster.votes, skip_self=skip_self)
    return np.asarray(cosines.mean(axis=1))


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


def can_assign(fit: Fit | None, model: str, settings: Settings) -> bool:
    """Whether a fit has themes to put texts into, made by this model with these settings."""
    return fit is not None and bool(fit.ids) and fit.model == model and fit.steering == steering_of(settings)


def is_refit(reason: str) -> bool:
    """Whether a run that gave this reason has a fit of its own."""
    return bool(reason) and not reason.endswith(LAST_STAYS)


def was_tried(fit: Fit, texts: int) -> bool:
    """Whether themes were looked for in vain among nearly as many texts, after the fit."""
    return texts <= RETRY * fit.tried


def why_refit(fit: Fit | None, model: str, keys: Sequence[str], settings: Settings) -> str:
    """Return why a fit no longer serves at all, in words for the report; empty where it does.

    Args:
        fit: the last fit, if any.
        model: key of the embedder.
        keys: hashes of all texts that are long enough, in canonical order.
        settings: ``refit.growth`` is by how much the texts may grow.
    """
    if fit is None:
        return "first fit"
    if fit.model != model:
        return "another model"
    if fit.steering != steering_of(settings):
        return "other settings of the clustering"
    if fit.state in ("no comments", "too few to cluster"):
        return "too few texts at the last fit"
    if not fit.ids and len(keys) > fit.texts:  # no theme has an id to keep, and more texts may show some
        return "no themes at the last fit"
    if len(keys) > settings.refit.growth * fit.texts:
        return f"{len(keys)} texts, more than {settings.refit.growth:g} times the {fit.texts} of the last fit"
    return ""


def find_far(fit: Fit, keys: Sequence[str], vectors: NDArray[np.float32], settings: Settings) -> NDArray[np.bool_]:
    """Return which texts that were not fitted are less near to the fitted ones than all but a twentieth of these are.

    Args:
        fit: the last fit.
        keys: hashes of all texts that are long enough, in canonical order.
        vectors: unit vectors of these, shape (n, d).
        settings: those of the fit.
    """
    import numpy as np

    fitted = set(fit.keys)
    is_fitted = np.asarray([key in fitted for key in keys], dtype=bool)
    far = np.zeros(len(keys), dtype=bool)
    far[~is_fitted] = _closeness(vectors[~is_fitted], vectors[is_fitted], settings) < fit.near
    return far


def find_drift(fit: Fit, keys: Sequence[str], vectors: NDArray[np.float32], groups: Groups, settings: Settings) -> str:
    """Return in words that new texts do not fit the themes any more; empty where they do.

    A text is astray when it is in no theme, or less near to the texts that vote on it than all but a
    twentieth of the fitted ones are. Themes have drifted when the share of new texts astray is surely (by
    the lower end of its 95% interval) higher by a stated amount than that of the fitted ones would be.

    Args:
        fit: the last fit.
        keys: hashes of all texts that are long enough, in canonical order.
        vectors: unit vectors of these, shape (n, d).
        groups: these texts assigned by the fit.
        settings: ``refit`` holds the bounds.
    """
    import numpy as np

    if not fit.ids or not fit.keys:
        return ""
    fitted, last = set(fit.keys), fit.keys[-1]
    # Of more texts than were fitted, those up to the last fitted hash are known to be new: a fair sample.
    all_fitted = len(fit.keys) == fit.texts
    new = [row for row, key in enumerate(keys) if key not in fitted and (all_fitted or key < last)]
    if len(new) < settings.refit.texts:
        return ""
    far = find_far(fit, keys, vectors, settings)[new]
    astray = int(np.count_nonzero((groups.labels[new] < 0) | far))
    low, _ = wilson_interval(astray, len(new))
    if low <= fit.astray + settings.refit.residual:
        return ""
    return f"{astray / len(new):.0%} of {len(new)} new texts far from all themes, against {fit.astray:.0%} expected"
