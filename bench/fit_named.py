"""Fit the weights of named themes on half of data/sample and show how they do on the other half.

Run from the project's root: ``python -m bench.fit_named``. Pages with odd numbers train, pages with
even numbers (crawl.jsonl among them) test; nothing else was used.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from analysis.embed import embed_texts, open_embedder
from analysis.named import FEATURES, match_named, theme_features
from analysis.settings import NamedSettings, load_themes
from comments.clean import clean_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLE = Path("data/sample/gold.jsonl")
TARGET = Path("analysis/named_weights.json")
LABELS = {
    "Russian response": "russian-response",
    "Escalation fears": "escalation-fears",
    "Currency speculation": "currency-speculation",
}


def read_gold() -> tuple[list[str], list[int], list[set[str]], NDArray[np.bool_]]:
    """Return texts, parent rows (-1 for none), labels, and whether each comment trains."""
    rows = [json.loads(line) for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
    at = {(row["page"], row["page_id"], row["n"]): i for i, row in enumerate(rows)}
    parents = [-1 if row["parent"] is None else at[row["page"], row["page_id"], row["parent"]] for row in rows]
    train = [row["page"][:2].isdigit() and int(row["page"][:2]) % 2 == 1 for row in rows]
    texts = [clean_text(row["text"]) for row in rows]
    return texts, parents, [set(row["themes"]) for row in rows], np.asarray(train)


def scores(taken: NDArray[np.bool_], gold: NDArray[np.bool_]) -> dict[str, float]:
    """Return precision, recall and F1."""
    hit = int((taken & gold).sum())
    precision, recall = hit / max(1, int(taken.sum())), hit / max(1, int(gold.sum()))
    return {"P": precision, "R": recall, "F1": 2 * precision * recall / max(1e-9, precision + recall)}


def main() -> None:
    """Fit, write the weights, print precision, recall and F1 of each theme."""
    themes = load_themes(Path("data/themes.toml"))
    texts, parents, labels, train = read_gold()
    embedder = open_embedder()
    features = theme_features(texts, parents, themes, lambda some: embed_texts(some, embedder))
    gold = [np.asarray([LABELS[theme.name] in row for row in labels]) for theme in themes]
    x = np.vstack([f[train] for f in features])
    y = np.concatenate([g[train] for g in gold])
    mean, scale = x.mean(axis=0), x.std(axis=0)
    # Weighed so that a strength of 0.5 is where precision and recall balance, not where most say no.
    model = LogisticRegression(C=1, max_iter=5000, class_weight={0: 1, 1: 2}).fit((x - mean) / scale, y)
    found: dict[str, Any] = {
        "trained_on": "data/sample, pages with odd numbers, themes of data/themes.toml",
        "features": list(FEATURES),
        "means": mean.round(6).tolist(),
        "scales": scale.round(6).tolist(),
        "weights": model.coef_[0].round(6).tolist(),
        "bias": round(float(model.intercept_[0]), 6),
    }
    TARGET.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    strengths = match_named(texts, parents, themes, lambda some: embed_texts(some, embedder), NamedSettings())
    for theme, strength, true in zip(themes, strengths.T, gold, strict=True):
        for name, rows in (("train", train), ("test", ~train), ("all", train | ~train)):
            row = scores(strength[rows] >= NamedSettings().floor, true[rows])
            print(f"{theme.name:22} {name:6}", "  ".join(f"{k} {v:.3f}" for k, v in row.items()))


if __name__ == "__main__":
    main()
