"""Fit the model of readers' lines and regions, and show how it does on sites left out.

Run from the project's root: ``python -m bench.fit_lines --data ../shared/data``. It reads the labelled lines of
`bench.line_data` and writes ``comments/split/line_weights.json``. Five folds leave whole sites out: first for
the scores of lines, then, on those scores, for the region (`bench.region_fit`). The floor is the lowest one that
splits few enough of the left-out pages without comments. Last, the whole splitter runs over the renderings without
markers, each page with the models that saw nothing of its site.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from bench.left_out import score_left_out
from bench.line_data import FOLDS, OUTSIDE, RENDERERS, Row, fold_of, read_docs, read_rows
from bench.region_fit import Fitted, choose_floor, fit_folds, fit_region, make_cases, place, place_left_out, report
from comments.split.line_model import FEATURES, WEIGHTS, line_terms
from comments.split.text_voices import CANDIDATE

OUTSIDE_WEIGHT, LEAST_GROUPS, STRENGTH = 0.3, 15, 0.3


@dataclass
class LineFit:
    """A model of lines: weights of features and of terms, and the constant."""

    shape: np.ndarray
    words: dict[str, float]
    bias: float


def fit_lines(rows: list[Row]) -> tuple[list[LineFit], np.ndarray]:
    """Return a model for each fold, that saw none of its sites, and one of all; and the scores by the former."""
    terms = [line_terms(row.words) for row in rows]
    groups: dict[str, set[str]] = defaultdict(set)
    for row, some in zip(rows, terms, strict=True):
        for term in some:
            groups[term].add(row.group)
    vocabulary = {t: k for k, t in enumerate(sorted(t for t, g in groups.items() if len(g) >= LEAST_GROUPS))}
    x = sp.hstack([sp.csr_matrix(np.array([r.values for r in rows])), bag(rows, terms, vocabulary)]).tocsr()
    y, known = np.array([bool(r.reader) for r in rows]), np.array([r.reader is not None for r in rows])
    weights, folds = row_weights(rows, y, known), np.array([fold_of(r.group) for r in rows])
    out, fits = np.zeros(len(rows)), []
    for fold in range(FOLDS + 1):  # The last one leaves nothing out.
        left = folds == fold
        train = known & ~left
        model = LogisticRegression(C=STRENGTH, max_iter=200).fit(x[train], y[train], sample_weight=weights[train])
        if fold < FOLDS:
            out[left] = model.decision_function(x[left])
        shape, words = model.coef_[0][: len(FEATURES)], model.coef_[0][len(FEATURES) :]
        fits.append(LineFit(shape, {t: float(words[k]) for t, k in vocabulary.items()}, float(model.intercept_[0])))
    return fits, out


def bag(rows: list[Row], terms: list[list[str]], vocabulary: dict[str, int]) -> sp.csr_matrix:
    at, columns, values = [], [], []
    for k, (row, some) in enumerate(zip(rows, terms, strict=True)):
        root = max(1, len(row.words)) ** 0.5
        for term, count in Counter(some).items():
            if term in vocabulary:
                at.append(k)
                columns.append(vocabulary[term])
                values.append(count / root)
    return sp.csr_matrix((values, (at, columns)), shape=(len(rows), len(vocabulary)))


def row_weights(rows: list[Row], y: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Weigh sites nearly alike, readers as much as articles, and lines that are neither not at all."""
    held = Counter((r.group, r.reader) for r in rows)
    weights = np.array([held[r.group, r.reader] ** -0.6 for r in rows])
    weights[[r.kind == "outside" for r in rows]] *= OUTSIDE_WEIGHT
    weights[~known] = 0
    weights[y] *= weights[~y].sum() / weights[y].sum()
    return weights * (known.sum() / weights.sum())


def main() -> None:
    """Fit, write the weights, print what they do in sample and on sites left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = parser.parse_args().data
    docs = read_docs(data)
    rows = read_rows(docs, data)
    fits, scores = fit_lines(rows)
    print_areas(rows, scores)
    cases = make_cases(docs, rows, scores)
    folds = fit_folds(cases)
    placed = place_left_out(cases, folds)
    floor = choose_floor(cases, placed)
    report(cases, placed, floor, "left out")
    fitted = fit_region(cases)
    report(cases, [place(c, fitted) for c in cases], floor, "in sample")
    score_left_out(data, [as_dict(*some, floor) for some in zip(fits, folds, strict=False)])
    write(data, as_dict(fits[-1], fitted, floor))


def print_areas(rows: list[Row], scores: np.ndarray) -> None:
    """Print how well left-out lines are told apart, by renderer."""
    for kind in (*RENDERERS, "dragnet"):
        some = [k for k, r in enumerate(rows) if r.kind == kind and r.reader is not None]
        area = roc_auc_score([rows[k].reader for k in some], scores[some])
        print(f"lines of {kind}: area under the curve {area:.3f} on sites left out")


def as_dict(lines: LineFit, region: Fitted, floor: float) -> dict[str, Any]:
    """Return what is written of two models."""
    return {
        "floor": round(floor, 3),
        "bias": round(lines.bias, 4),
        "shape": [round(float(w), 3) for w in lines.shape],
        "region": [round(float(w), 4) for w in region.weights],
        "region_bias": round(region.bias, 4),
        "words": {t: round(w, 2) for t, w in lines.words.items() if abs(w) >= 0.05},
    }


def write(data: Path, model: dict[str, Any]) -> None:
    """Write the weights, and what they were made from."""
    used = ["split/texts.jsonl.gz", "split/dragnet_corrected.jsonl.gz", *(f"comments/{n}_dev.parquet" for n in OUTSIDE)]
    held = {
        "made_by": "bench/fit_lines.py",
        "trained_on": {name: hashlib.sha256((data / name).read_bytes()).hexdigest() for name in used},
        "licences": "Weights of single words and pairs of words that at least "
        f"{LEAST_GROUPS} sites or sources use, and of features; no text of the sources is in them. The sources: "
        "pages of WCXB (CC BY 4.0), of trafilatura, htmldate and readability (Apache-2.0) and of mirrored blogs; "
        "dragnet_data (AGPL-3.0); public comment corpora, named above.",
        "features": list(FEATURES),
        "candidate": list(CANDIDATE),
        **model,
    }
    lines = [f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in held.items()]
    WEIGHTS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
