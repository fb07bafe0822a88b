"""Quality of themes on labelled data, against gold labels.

Run from the project's root: ``python -m bench.eval SHARED``, where SHARED holds ``data`` and the scorer
in ``bench``. The debates of ArgKP whose place in the sorted list is even chose the settings; the table
reports the others apart.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from analysis.embed import open_embedder
from analysis.settings import Settings
from analysis.themes import find_themes

if TYPE_CHECKING:
    from types import ModuleType


def load_scorer(shared: Path, name: str) -> ModuleType:
    """Import a scorer by its path."""
    spec = importlib.util.spec_from_file_location(name, shared / "bench" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{shared}/bench/{name}.py cannot be loaded: name the folder of labelled data")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def theme_scores(rows: pd.DataFrame, scorer: ModuleType, least: int) -> dict[str, float]:
    """Cluster one set as a user would, and score it."""
    frame = pd.DataFrame(
        {
            "comment_id": rows["comment_id"],
            "page_id": rows["article_id"].fillna(""),
            "clean_text": rows["text"],
            "author": None,
            "parent_id": None,
        }
    ).reset_index(drop=True)
    found = find_themes(frame, (), Settings(), open_embedder())
    result = pd.DataFrame({"comment_id": frame["comment_id"], "theme_id": found.comments["theme_id"]})
    return dict(scorer.score(rows, result, least))


def evaluate_themes(shared: Path) -> None:
    """Print AMI, ARI, residual and counts for each labelled set."""
    scorer = load_scorer(shared, "score_themes")
    folder = shared / "data/comments"
    debates = pd.read_parquet(folder / "arguments_argkp_dev.parquet")
    labelled = debates[debates["label"].notna()]
    parts = [part for _, part in labelled.groupby("article_id")]
    room = pd.read_parquet(folder / "news_comments_roomfordebate_dev.parquet")
    room = room[room.groupby("label")["label"].transform("size") >= 20]
    sets = {
        "Room for Debate, 20 or more": ([room], 20),
        "ArgKP, debates that chose settings": (parts[0::2], 1),
        "ArgKP, the other debates": (parts[1::2], 1),
    }
    print("\nthemes")
    for name, (frames, least) in sets.items():
        table = pd.DataFrame([theme_scores(frame, scorer, least) for frame in frames]).mean()
        print(f"{name:36}", "  ".join(f"{key} {value:.3f}" for key, value in table.items()))


def main() -> None:
    """Run the evaluation."""
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    if not (shared / "data").is_dir():
        raise SystemExit(f"{shared} holds no labelled data: make eval SHARED=path")
    evaluate_themes(shared)


if __name__ == "__main__":
    main()
