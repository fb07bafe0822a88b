"""Fit how sure a split of plain text is, and show how true that is on sites left out.

Run from the project's root: ``python -m bench.fit_confidence ../shared/data/split/texts.jsonl.gz``. It writes
``comments/split/confidence_weights.json``. Sites weigh by the root of their pages, so that no large one decides.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.line_data import FOLDS, fold_of
from comments.model import Page
from comments.split.confidence import COMMENT, PAGE, WEIGHTS, comment_facts, page_facts
from comments.split.lines import read_lines
from comments.split.text import decide, make_comments
from comments.split.text_bylines import read_pieces
from reports.evaluation.score import Found, score_page
from reports.evaluation.splitting import read_gold

STRENGTH = 1.0
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)
Row = tuple[str, list[float], bool]


def read_rows(path: Path) -> tuple[list[Row], list[Row], dict[str, list[bool]]]:
    """Return facts and truth of pages and of comments, by site, and the truth of what has no single comments."""
    pages: list[Row] = []
    comments: list[Row] = []
    bare: dict[str, list[bool]] = defaultdict(list)
    for row in read_gold(path).rows:
        page = Page("", "", "text", row["text"].encode("utf-8", "replace"))
        pieces = read_pieces(read_lines(page))
        found = decide(pieces)
        made = make_comments(page, pieces, found)
        texts = tuple(c.text for c in made)
        score = score_page(row, Found("", texts, None, tuple(float(k) for k in range(len(made)))))
        if not found.section or not made:
            bare[found.form if found.region else found.reason].append(score.exact)
            continue
        facts = page_facts(found.section, made)
        pages.append((row["site"], facts, score.exact))
        comments += [(row["site"], comment_facts(facts, made, int(at)), right) for at, right in score.sure]
    return pages, comments, bare


def fit(rows: list[Row]) -> tuple[np.ndarray, np.ndarray]:
    """Return weights, and the chance of each row with its site left out."""
    x, y = np.array([r[1] for r in rows]), np.array([r[2] for r in rows])
    held = Counter(r[0] for r in rows)
    weights = np.array([held[r[0]] ** -0.5 for r in rows])
    weights /= weights.mean()
    folds = np.array([fold_of(r[0]) for r in rows])
    out = np.zeros(len(rows))
    for fold in range(FOLDS):
        train = folds != fold
        model = LogisticRegression(C=STRENGTH, fit_intercept=False).fit(
            x[train], y[train], sample_weight=weights[train]
        )
        out[~train] = model.predict_proba(x[~train])[:, 1]
    return LogisticRegression(C=STRENGTH, fit_intercept=False).fit(x, y, sample_weight=weights).coef_[0], out


def report(title: str, rows: list[Row], chances: np.ndarray) -> None:
    truth = np.array([r[2] for r in rows])
    print(f"{title}: {len(rows)}, Brier score {np.mean((chances - truth) ** 2):.4f} on sites left out")
    for low, high in pairwise(BINS):
        held = (chances >= low) & ((chances < high) | (high == 1.0))
        if held.any():
            said, right = chances[held].mean(), truth[held].mean()
            print(f"  {low:.2f}-{high:.2f}  {held.sum():5d}  said {said:.3f}  right {right:.3f}")


def main() -> None:
    """Fit, write, and print tables of reliability."""
    path = Path(sys.argv[1])
    pages, comments, bare = read_rows(path)
    page_weights, page_chances = fit(pages)
    comment_weights, comment_chances = fit(comments)
    report("pages with comments", pages, page_chances)
    report("comments", comments, comment_chances)
    rates = {name: round((sum(held) + 1) / (len(held) + 2), 3) for name, held in sorted(bare.items())}
    print("without single comments:", rates)
    held = {
        "made_by": "bench/fit_confidence.py",
        "trained_on": {path.name: hashlib.sha256(path.read_bytes()).hexdigest()},
        "facts": list(COMMENT),
        "page": [round(float(w), 3) for w in page_weights],
        "comment": [round(float(w), 3) for w in comment_weights],
        "rates": rates,
    }
    assert len(page_weights) == len(PAGE)
    WEIGHTS.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
