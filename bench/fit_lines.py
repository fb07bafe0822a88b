"""Fit the model of readers' lines and regions, and show how it does on sites left out.

Run from the project's root: ``python -m bench.fit_lines --data ../shared/data``. It reads the labelled renderings
(``split/texts.jsonl.gz``), the labelled regions (``split/dragnet_corrected.jsonl.gz``) and comments without pages
(``comments/*.parquet``), and writes ``comments/split/line_weights.json``. Five folds leave whole sites out: first for
the scores of lines, then, on those scores, for the region. The floor is the lowest one that splits few enough of the
left-out pages without comments.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import scipy.sparse as sp
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from comments.model import Page
from comments.split.line_model import FEATURES, WEIGHTS, line_features, line_terms, words_of
from comments.split.lines import read_lines
from comments.split.text_bylines import read_pieces
from comments.split.text_region import (
    CANDIDATE,
    EARLY,
    MOST,
    PROSE,
    TINY_LINES,
    TINY_SIZE,
    Voice,
    candidate_rows,
    is_bare,
)

FOLDS = 5
RENDERERS = ("trafilatura", "resiliparse_main")
MARKS = frozenset(["says", "dated", "date", "control", "reply to", "avatar", "marker", "pingback"])
# Comments without a page: how readers write, in the languages that the pages hardly hold.
OUTSIDE = {
    "news_comments_c3": 3000, "news_comments_civil": 3000, "news_comments_ctc": 1000,
    "news_comments_roomfordebate": 1400, "reddit_news_threads_2015feb": 2500, "forum_debates_iac": 2000,
    "news_comments_vietnamese": 1000, "news_comments_bangla": 1000, "news_video_comments_youtube": 1500,
}  # fmt: skip
OUTSIDE_WEIGHT, LEAST_GROUPS, STRENGTH, RIDGE, TINY, FALSE = 0.3, 15, 0.3, 10.0, 3.0, 0.01


@dataclass
class Row:
    """One line: where it is from, whether a reader speaks, its words and its features."""

    group: str
    kind: str
    doc: str
    reader: bool
    words: list[str]
    values: list[float]


@dataclass
class Doc:
    """One page as a list of lines (text, size, kind, label) and the scores of those that are prose."""

    id: str
    group: str
    renderer: str
    lines: list[tuple[str, int, str, str]]
    bare: bool


@dataclass
class Case:
    """One page as the region model sees it; ``start`` is the first line of readers, or None."""

    doc: Doc
    x: np.ndarray
    sizes: np.ndarray
    start: int | None
    cut: bool


def fold_of(group: str) -> int:
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


def read_docs(data: Path) -> list[Doc]:
    docs = []
    with gzip.open(data / "split/texts.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row["renderer"] in RENDERERS:
                text, labels = row["text"], row["line_labels"]
                docs.append(make_doc(row["id"], row["site"], row["renderer"], text, labels))
    with gzip.open(data / "split/dragnet_corrected.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            above, below = row["article"].split("\n"), row["comments_text"].split("\n")
            below = below if any(line.strip() for line in below) else []
            labels = "A" * len(above) + "C" * len(below)
            docs.append(make_doc(row["id"], row["id"], "dragnet", "\n".join(above + below), labels))
    return docs


def make_doc(name: str, group: str, renderer: str, text: str, labels: str) -> Doc:
    pieces = read_pieces(read_lines(Page(name, name, "text", text.encode("utf-8", "replace"))))
    lines = [(p.text, p.line.size, p.kind, labels[min(p.line.number, len(labels)) - 1]) for p in pieces]
    return Doc(name, group, renderer, lines, is_bare([(p.text, p.line.size, p.line.marker) for p in pieces]))


def read_rows(docs: list[Doc], data: Path) -> list[Row]:
    rows: list[Row] = []
    for doc in docs:
        for text, size, kind, label in doc.lines:
            if label in "AC" and kind in PROSE:
                words = words_of(text)
                rows.append(Row(doc.group, doc.renderer, doc.id, label == "C", words, line_features(text, size, words)))
    for name, count in OUTSIDE.items():
        table = pd.read_parquet(data / f"comments/{name}_dev.parquet", columns=["text"]).drop_duplicates("text")
        texts = table.sort_values("text").sample(count, random_state=1).text
        for at, text in enumerate(texts):
            for line in filter(None, map(str.strip, str(text).split("\n"))):
                words = words_of(line)
                values = line_features(line[:600], len(line.encode()), words)
                rows.append(Row(f"{name}.{at % 8}", "outside", name, True, words, values))
    return rows


def fit_lines(rows: list[Row]) -> tuple[np.ndarray, dict[str, float], float, np.ndarray]:
    """Return weights of shapes, weights of words, the constant, and the scores of rows with their sites left out."""
    terms = [line_terms(row.words) for row in rows]
    groups: dict[str, set[str]] = defaultdict(set)
    for row, some in zip(rows, terms, strict=True):
        for term in some:
            groups[term].add(row.group)
    vocabulary = {t: k for k, t in enumerate(sorted(t for t, g in groups.items() if len(g) >= LEAST_GROUPS))}
    x = sp.hstack([sp.csr_matrix(np.array([r.values for r in rows])), bag(rows, terms, vocabulary)]).tocsr()
    y = np.array([r.reader for r in rows])
    weights, folds = row_weights(rows, y), np.array([fold_of(r.group) for r in rows])
    out = np.zeros(len(rows))
    for fold in range(FOLDS):
        train = folds != fold
        model = fit_logistic(x[train], y[train], weights[train])
        out[~train] = model.decision_function(x[~train])
    model = fit_logistic(x, y, weights)
    shape, words = model.coef_[0][: len(FEATURES)], model.coef_[0][len(FEATURES) :]
    return shape, {t: float(words[k]) for t, k in vocabulary.items()}, float(model.intercept_[0]), out


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


def row_weights(rows: list[Row], y: np.ndarray) -> np.ndarray:
    """Weigh sites nearly alike, and readers as much as articles."""
    held = Counter((r.group, r.reader) for r in rows)
    weights = np.array([held[r.group, r.reader] ** -0.6 for r in rows])
    weights[[r.kind == "outside" for r in rows]] *= OUTSIDE_WEIGHT
    weights[y] *= weights[~y].sum() / weights[y].sum()
    return weights * (len(weights) / weights.sum())


def fit_logistic(x: sp.csr_matrix, y: np.ndarray, weights: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=STRENGTH, max_iter=200).fit(x, y, sample_weight=weights)


def make_cases(docs: list[Doc], rows: list[Row], scores: np.ndarray) -> list[Case]:
    """Return the pages for the region model, and of each with comments its article alone and a short version."""
    held: dict[str, list[float]] = defaultdict(list)
    for row, score in zip(rows, scores, strict=True):
        held[row.doc].append(float(score))
    cases = []
    for doc in docs:
        if doc.renderer == "resiliparse_main":
            continue
        voices, labels = doc_voices(doc, held[doc.id])
        start = labels.index("C") if "C" in labels else None
        if len(voices) < 3 or start == 0:
            continue
        cases.append(make_case(doc, voices, start))
        if start is not None and start >= 3:
            cases.append(make_case(doc, voices[:start], None, cut=True))
        if start is not None and len(voices) - start > 6:
            few = int(hashlib.sha256(doc.id.encode()).hexdigest(), 16) % 5
            cases.append(make_case(doc, voices[: start + 1 + few], start, cut=True))
    return cases


def doc_voices(doc: Doc, scores: list[float]) -> tuple[list[Voice], str]:
    """Return the voices and labels of a page as a rendering without names and dates would have them."""
    voices, labels = [], ""
    left = iter(scores)
    for text, size, kind, label in doc.lines:
        words = words_of(text)
        values = line_features(text, size, words)
        prose = kind in PROSE
        score = next(left) if label in "AC" and prose else 0.0
        short = size < 30 and int(hashlib.sha256(text.encode()).hexdigest(), 16) % 10 < 7
        if doc.renderer == "dragnet" and label == "C" and (kind in MARKS or short):
            continue
        bounded = max(-3.0, min(3.0, score))
        long = [w for w in words if len(w) > 4]
        voices.append(Voice(bounded, size, values, long, prose, kind in ("date", "dated", "says")))
        labels += label
    return voices[:MOST], labels[:MOST]


def make_case(doc: Doc, voices: list[Voice], start: int | None, *, cut: bool = False) -> Case:
    return Case(doc, np.array(candidate_rows(voices)), np.array([v.size for v in voices]), start, cut)


def fit_region(cases: list[Case]) -> tuple[np.ndarray, np.ndarray, float]:
    """Fit the conditional logit: one of the lines is the readers' first, or none is."""
    rows = np.vstack([c.x for c in cases])
    means, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    x = (rows - means) / scale
    ends = np.cumsum([0, *(len(c.x) for c in cases)])
    page = np.repeat(np.arange(len(cases)), np.diff(ends))
    target = np.array([-1 if c.start is None else e + c.start - 1 for c, e in zip(cases, ends, strict=False)])
    held = Counter(c.doc.group for c in cases)
    weights = np.array([held[c.doc.group] ** -0.5 for c in cases])
    weights /= weights.mean()
    known = target >= 0

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        score = x @ theta[:-1] + theta[-1]
        top = np.maximum(0, np.maximum.reduceat(score, ends[:-1]))
        odds = np.exp(score - top[page])
        total = np.add.reduceat(odds, ends[:-1]) + np.exp(-top)
        gain = np.where(known, score[np.maximum(target, 0)], 0) - np.log(total) - top
        slope = odds / total[page] * weights[page]
        np.subtract.at(slope, target[known], weights[known])
        value = -(weights * gain).sum() + RIDGE * (theta[:-1] ** 2).sum()
        return value, np.append(x.T @ slope + 2 * RIDGE * theta[:-1], slope.sum())

    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return found[:-1] / scale, means, float(found[-1])


def place(case: Case, weights: np.ndarray, means: np.ndarray, bias: float) -> tuple[int, float]:
    """Return the first line of readers and the strength, as ``find_region`` does."""
    score = (case.x - means) @ weights + bias
    odds = np.exp(score - score.max())
    first = int(np.searchsorted(np.cumsum(odds), EARLY * odds.sum())) + 1
    strength = float(np.log(odds.sum()) + score.max())
    tiny = len(case.sizes) - first <= TINY_LINES or case.sizes[first:].sum() < TINY_SIZE
    return first, strength - TINY * tiny if case.doc.bare else float("-inf")


def choose_floor(cases: list[Case], placed: list[tuple[int, float]]) -> float:
    """Return the lowest strength at which at most the part :data:`FALSE` of pages without comments is split."""
    bare = [s for c, (_, s) in zip(cases, placed, strict=True) if c.start is None and not c.cut]
    return sorted(bare, reverse=True)[int(FALSE * len(bare))] + 1e-6


def report(cases: list[Case], placed: list[tuple[int, float]], floor: float, title: str) -> None:
    for renderer in ("trafilatura", "dragnet"):
        sums: Counter[str] = Counter()
        for case, (first, strength) in zip(cases, placed, strict=True):
            if case.doc.renderer != renderer:
                continue
            taken = strength >= floor
            if case.start is None:
                sums["cut" if case.cut else "bare"] += 1
                sums["false cut" if case.cut else "false"] += taken
            elif not case.cut:
                true, found = case.sizes[case.start :].sum(), case.sizes[first:].sum() if taken else 0
                both = case.sizes[max(first, case.start) :].sum() if taken else 0
                sums.update(pages=1, taken=taken, true=int(true), found=int(found), both=int(both))
        precision, recall = sums["both"] / max(1, sums["found"]), sums["both"] / sums["true"]
        print(
            f"{title:12} {renderer:12} bytes P {precision:.3f} R {recall:.3f} "
            f"F1 {2 * precision * recall / (precision + recall):.3f}; {sums['taken']} of {sums['pages']} pages taken; "
            f"without comments {sums['false']} of {sums['bare']}; articles alone {sums['false cut']} of {sums['cut']}"
        )


def main() -> None:
    """Fit, write the weights, print what they do in sample and on sites left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = parser.parse_args().data
    docs = read_docs(data)
    rows = read_rows(docs, data)
    shape, words, line_bias, scores = fit_lines(rows)
    readers, kinds = np.array([r.reader for r in rows]), np.array([r.kind for r in rows])
    for kind in (*RENDERERS, "dragnet"):
        area = roc_auc_score(readers[kinds == kind], scores[kinds == kind])
        print(f"lines of {kind}: area under the curve {area:.3f} on sites left out")
    cases = make_cases(docs, rows, scores)
    placed: list[tuple[int, float]] = [(0, 0.0)] * len(cases)
    for fold in range(FOLDS):
        fitted = fit_region([c for c in cases if fold_of(c.doc.group) != fold])
        for k, case in enumerate(cases):
            if fold_of(case.doc.group) == fold:
                placed[k] = place(case, *fitted)
    floor = choose_floor(cases, placed)
    report(cases, placed, floor, "left out")
    weights, means, bias = fit_region(cases)
    report(cases, [place(c, weights, means, bias) for c in cases], floor, "in sample")
    write(data, shape, words, line_bias, weights, means, bias, floor)


def write(
    data: Path, shape: np.ndarray, words: dict[str, float], line_bias: float,
    weights: np.ndarray, means: np.ndarray, bias: float, floor: float,
) -> None:  # fmt: skip
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
        "floor": round(floor, 3),
        "tiny": TINY,
        "bias": round(bias, 4),
        "line_bias": round(line_bias, 4),
        "shape": [round(float(w), 3) for w in shape],
        "region": [round(float(w), 4) for w in weights],
        "means": [round(float(m), 4) for m in means],
        "words": {t: round(w, 2) for t, w in words.items() if abs(w) >= 0.05},
    }
    lines = [f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in held.items()]
    WEIGHTS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
