"""Named themes on debates that nothing was trained on: ours beside plain cosine, and how well strengths are calibrated.

Run from the project's root: ``python -m bench.named SHARED FOLDS``, where FOLDS holds what ``python -m
bench.train_claims SHARED FOLDS 0 1 2 3`` wrote. Key points are themes by name alone. Each debate is seen by claim
vectors and weights of the other folds. The exit code is 4 where a floor is missed.
"""

from __future__ import annotations

import importlib.util
import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.named_features import theme_features
from analysis.settings import NamedTheme, Settings
from bench.debates import FILE, read_debates
from bench.fit_named import FOLDS, Models, Rows, fit, plain_cases, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from numpy.typing import NDArray

    from bench.debates import Debate

FLOORS = {"F1": 0.49, "mAP": 0.77}
EDGES = (0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def load_scorer(shared: Path, name: str) -> ModuleType:
    """Import a scorer by its path."""
    spec = importlib.util.spec_from_file_location(name, shared / "bench" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{shared}/bench/{name}.py cannot be loaded: name the folder of labelled data")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def left_out_strengths(debates: Sequence[Debate], models: Models) -> list[NDArray[np.float64]]:
    """Return strengths of each debate, shape (arguments, points), by what never saw it."""
    rows = rows_of(plain_cases(debates), models, claims=True)
    fitted = []
    for fold in range(FOLDS):
        kept = rows.fold != fold
        fitted.append(fit(Rows(rows.x[kept], rows.y[kept], rows.fold[kept])))
    found = []
    for place, debate in enumerate(debates):
        themes = [NamedTheme(name=point, description=point) for point in debate.points]
        alone = [-1] * len(debate.texts)
        views = models.views(debate.texts, place % FOLDS)
        looked, features = theme_features(debate.texts, alone, themes, views, Settings())
        weights = fitted[place % FOLDS]
        strengths = np.zeros(debate.gold.shape)
        for number, values in enumerate(features):
            scaled = (values - np.asarray(weights["means"])) / np.asarray(weights["scales"])
            strengths[looked, number] = 1 / (1 + np.exp(-(scaled @ np.asarray(weights["weights"]) + weights["bias"])))
        found.append(strengths)
    return found


def plain_cosines(debates: Sequence[Debate], models: Models) -> list[NDArray[np.float64]]:
    """Return cosines of each argument to its nearest key point; -1 for the others."""
    found = []
    for debate in debates:
        cosines = models.embed(None, debate.texts) @ models.embed(None, debate.points).T
        nearest = cosines == cosines.max(axis=1, keepdims=True)
        found.append(np.where(nearest, cosines, -1.0).astype(np.float64))
    return found


def assign(debates: Sequence[Debate], strengths: Sequence[NDArray[np.float64]], floor: float) -> pd.DataFrame:
    """Return what a run's assignments would be."""
    parts = []
    for debate, values in zip(debates, strengths, strict=True):
        rows, columns = np.nonzero(values >= floor)
        ids = debate.rows["comment_id"].to_numpy()[rows]
        names = np.asarray(debate.points, dtype=object)[columns]
        parts.append(pd.DataFrame({"comment_id": ids, "theme": names, "strength": values[rows, columns]}))
    return pd.concat(parts, ignore_index=True)


def main() -> None:
    """Print both tables and hold the floors."""
    shared = Path(sys.argv[1])
    debates, models = read_debates(shared), Models(Path(sys.argv[2]))
    report(shared, debates, models)


def report(shared: Path, debates: Sequence[Debate], models: Models) -> None:
    """Print both tables; exit with 4 where a floor is missed."""
    scorer = load_scorer(shared, "score_named")
    gold = pd.read_parquet(shared / FILE)
    ours, cosine = left_out_strengths(debates, models), plain_cosines(debates, models)
    table = {}
    for name, values, floor in (("plain cosine", cosine, 0.0), ("ours", ours, Settings().named.bare_floor)):
        for part, chosen in (("even (chose settings)", [0]), ("odd (report only)", [1]), ("all", [0, 1])):
            some = [debate for place, debate in enumerate(debates) if place % 2 in chosen]
            taken = assign(some, [v for place, v in enumerate(values) if place % 2 in chosen], floor)
            rows = gold[gold["article_id"].isin({debate.name for debate in some})]
            table[name, part] = scorer.score(rows, taken)
            said = "  ".join(f"{key} {value:.3f}" for key, value in table[name, part].items())
            print(f"{name:14} {part:22} {said}")
    strengths = np.concatenate([values.ravel() for values in ours])
    truth = np.concatenate([debate.gold.ravel() for debate in debates])
    print("strength      pairs   mean  truly")
    for low, high in pairwise(EDGES):
        held = (strengths >= low) & (strengths < high)
        print(f"{low:.2f} to {high:.2f} {held.sum():6} {strengths[held].mean():.3f} {truth[held].mean():.3f}")
    missed = [key for key, floor in FLOORS.items() if table["ours", "all"][key] < floor]
    if missed:
        print(f"below the floor: {', '.join(missed)}")
        raise SystemExit(4)


if __name__ == "__main__":
    main()
