"""The whole text splitter on pages whose sites its learned models never saw."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.line_data import FOLDS, fold_of
from comments.split import line_model, text_region
from reports.evaluation.score import PageScore, sum_scores
from reports.evaluation.splitting import score_rows

RENDERERS = ("trafilatura", "resiliparse_nobullets")
SHOWN = (
    "comment_precision",
    "comment_recall",
    "comment_f1",
    "comment_f1_by_site",
    "boundary_f1",
    "article_f1",
    "false",
)


@contextmanager
def use_models(held: dict[str, Any]) -> Iterator[None]:
    """Split with other models than the committed ones."""
    lines, region = line_model.parse_model(held), text_region.parse_region(held)
    with (
        patch.object(line_model, "load_model", lambda: lines),
        patch.object(text_region, "load_region", lambda: region),
    ):
        yield


def score_left_out(data: Path, folds: list[dict[str, Any]]) -> None:
    """Print the scores of the renderings without markers, by renderer and site."""
    with gzip.open(data / "split/texts.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if row["renderer"] in RENDERERS]
    scores: dict[tuple[str, str], list[PageScore]] = defaultdict(list)
    for fold in range(FOLDS):
        chosen = [row for row in rows if fold_of(row["site"]) == fold]
        with use_models(folds[fold]):
            for row, score in zip(chosen, score_rows(chosen), strict=True):
                scores[row["renderer"], ""].append(score)
                if row["comments"]:
                    scores[row["renderer"], row["site"]].append(score)
    for (renderer, site), some in sorted(scores.items(), key=lambda item: (item[0][0], -len(item[1]))):
        if len(some) >= 5:
            held = sum_scores(some).as_dict()
            print(
                f"{renderer:22} {site:24} {len(some):4} pages",
                *(f"{k} {held[k]:.3f}" for k in SHOWN if held[k] is not None),
            )
