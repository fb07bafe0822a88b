"""Fit the region model on the scores of left-out lines, and show how it does on sites left out."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from bench.line_data import FOLDS, Doc, Row, fold_of
from comments.split.line_model import line_features, words_of
from comments.split.text_region import RegionModel, place_readers
from comments.split.text_voices import MOST, Voices, candidate_rows, make_voices

MARKS = frozenset(["says", "dated", "date", "control", "reply to", "avatar", "marker", "pingback"])
RIDGE, FALSE = 60.0, 0.003
"""Strength of the penalty; part of the pages without comments that may be split."""


@dataclass
class Case:
    """One page as the region model sees it; ``start`` is the first line of readers, or None."""

    doc: Doc
    voices: Voices
    x: np.ndarray
    start: int | None
    cut: bool

    @property
    def sizes(self) -> np.ndarray:
        """Bytes of each line."""
        return self.voices.sizes


@dataclass
class Fitted:
    """Weights of candidates, and the constant."""

    weights: np.ndarray
    bias: float


def make_cases(docs: list[Doc], rows: list[Row], scores: np.ndarray) -> list[Case]:
    """Return the pages for the region model, and of each with comments its article alone and a short version."""
    held: dict[str, list[float]] = defaultdict(list)
    for row, score in zip(rows, scores, strict=True):
        held[row.doc].append(float(score))
    cases = []
    for doc in docs:
        if doc.renderer == "resiliparse_main" and any(line.label == "C" for line in doc.lines):
            continue  # Its marks tell comments apart; without comments it is a page that must not be split.
        lines, labels = doc_lines(doc, held[doc.id])
        start = labels.index("C") if "C" in labels else None
        if len(lines) < 3 or start == 0:
            continue
        cases.append(make_case(doc, lines, start))
        if start is not None and start >= 3:
            cases.append(make_case(doc, lines[:start], None, cut=True))
        if start is not None and len(lines) - start > 6:
            few = int(hashlib.sha256(doc.id.encode()).hexdigest(), 16) % 5
            cases.append(make_case(doc, lines[: start + 1 + few], start, cut=True))
    return cases


def doc_lines(doc: Doc, scores: list[float]) -> tuple[list[tuple[list[float], float, list[str], int, bool, str]], str]:
    """Return the lines and labels of a page as a rendering without names and dates would have them."""
    lines, labels = [], ""
    left = iter(scores)
    for line in doc.lines:
        words = words_of(line.text)
        score = next(left) if line.prose else 0.0
        short = line.size < 30 and int(hashlib.sha256(line.text.encode()).hexdigest(), 16) % 10 < 7
        if doc.renderer == "dragnet" and line.label == "C" and (line.kind in MARKS or short):
            continue
        lines.append((line_features(line.text, line.size, words), score, words, line.size, line.prose, line.kind))
        labels += line.label
    return lines[:MOST], labels[:MOST]


def make_case(
    doc: Doc, lines: list[tuple[list[float], float, list[str], int, bool, str]], start: int | None, *, cut: bool = False
) -> Case:
    """Return one case."""
    voices = make_voices(lines)
    return Case(doc, voices, candidate_rows(voices), start, cut)


def fit_region(cases: list[Case]) -> Fitted:
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

    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    weights = found[:-1] / scale
    return Fitted(weights, float(found[-1] - weights @ means))


def fit_folds(cases: list[Case]) -> list[Fitted]:
    """Return the model of every fold, which saw no page of its sites."""
    return [fit_region([c for c in cases if fold_of(c.doc.group) != fold]) for fold in range(FOLDS)]


def place_left_out(cases: list[Case], folds: list[Fitted]) -> list[tuple[int, float]]:
    """Return the first line and the strength of every case, by the model that saw no page of its site."""
    return [place(case, folds[fold_of(case.doc.group)]) for case in cases]


def place(case: Case, fitted: Fitted) -> tuple[int, float]:
    """Return the first line of readers and the strength, as ``find_region`` does."""
    first, strength = place_readers(case.voices, RegionModel(fitted.weights, fitted.bias, float("-inf")))
    return first, strength if case.doc.bare else float("-inf")


def choose_floor(cases: list[Case], placed: list[tuple[int, float]]) -> float:
    """Return the lowest strength at which at most the part :data:`FALSE` of pages without comments is split."""
    bare = [s for c, (_, s) in zip(cases, placed, strict=True) if c.start is None and not c.cut]
    return sorted(bare, reverse=True)[int(FALSE * len(bare))] + 1e-6


def report(cases: list[Case], placed: list[tuple[int, float]], floor: float, title: str) -> None:
    """Print precision, recall and F1 over the bytes of the regions, in all and by site."""
    for renderer in ("trafilatura", "resiliparse_main", "dragnet"):
        sites: dict[str, Counter[str]] = defaultdict(Counter)
        for case, (first, strength) in zip(cases, placed, strict=True):
            if case.doc.renderer == renderer:
                sites[case.doc.group].update(count_case(case, first, strength >= floor))
        held = {site: sums for site, sums in sites.items() if sums["pages"]}
        sums = sum(sites.values(), Counter())
        by_site = np.mean([f1(s) for s in held.values()]) if held else 0.0
        print(
            f"{title:9} {renderer:12} bytes P {sums['both'] / max(1, sums['found']):.3f} R "
            f"{sums['both'] / max(1, sums['true']):.3f} F1 {f1(sums):.3f}, by site {by_site:.3f}; "
            f"{sums['taken']} of {sums['pages']} pages taken; without comments {sums['false']} of {sums['bare']}; "
            f"articles alone {sums['false cut']} of {sums['cut']}"
        )
        for site, s in sorted(held.items(), key=lambda item: -item[1]["true"]):
            if s["pages"] >= 5:
                print(f"    {site:24} {s['taken']:3} of {s['pages']:3} pages, {s['true']:7} bytes, F1 {f1(s):.3f}")


def count_case(case: Case, first: int, taken: bool) -> dict[str, int]:
    """Return what one case adds to the sums."""
    taken = int(taken)  # A Counter that starts with a truth value of numpy's stays one.
    if case.start is None:
        return {"cut": 1, "false cut": taken} if case.cut else {"bare": 1, "false": taken}
    if case.cut:
        return {}
    true, found = case.sizes[case.start :].sum(), case.sizes[first:].sum() if taken else 0
    both = case.sizes[max(first, case.start) :].sum() if taken else 0
    return {"pages": 1, "taken": taken, "true": int(true), "found": int(found), "both": int(both)}


def f1(sums: Counter[str]) -> float:
    """Return F1 over bytes."""
    return 2 * sums["both"] / max(1, sums["found"] + sums["true"])
