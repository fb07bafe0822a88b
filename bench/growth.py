"""Processor time and memory of everything after embedding, from a thousand comments to two hundred thousand.

Run from the project's root: ``python -m bench.growth SHARED [LARGEST]``. Real comments of the forum and Reddit
files; beyond those whose vectors are computed here, vectors are copies with a little noise, so that only what
comes after embedding is timed. Each size runs in a process of its own; the exponent is the slope of log time
over log size. Themes are fitted on 1,000 texts whatever the size, so that the constant cost of a fit hides
nothing.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

SIZES = (1_000, 4_000, 16_000, 64_000, 200_000)
REAL = 1_000
FILES = ("forum_debates_iac_dev.parquet", "reddit_news_threads_2015feb_dev.parquet")


class NoisyVectors:
    """A cache that knows a vector for every text: one of few real ones, with noise that the text's hash seeds."""

    def __init__(self, real: NDArray[np.float32]) -> None:
        self._real = real

    def load(self, model: str, keys: Sequence[str]) -> Mapping[str, NDArray[np.float32]]:
        """Return a vector for every key."""
        numbers = np.asarray([int(key[:8], 16) for key in keys], dtype=np.int64)
        noise = np.random.default_rng(0).normal(0, 0.02, (4096, self._real.shape[1])).astype(np.float32)
        rows = self._real[numbers % len(self._real)] + noise[numbers % 4093]
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return dict(zip(keys, rows, strict=True))

    def save(self, model: str, keys: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Nothing is kept."""


def measure(shared: Path, count: int, vectors: Path) -> dict[str, float]:
    """Store so many comments and report on them; return core-seconds and gigabytes."""
    from analysis.settings import ClusterSettings, Settings
    from comments.ingest import ingest
    from comments.inputs import read_inputs
    from comments.store import Store
    from comments.view import view_store
    from reports import pipeline
    from reports.files import write_files

    frames = [pd.read_parquet(shared / "data/comments" / name, columns=["comment_id", "text"]) for name in FILES]
    frame = pd.concat(frames)
    frame = frame.sample(min(count, len(frame)), random_state=0)
    with tempfile.TemporaryDirectory() as folder:
        frame.to_parquet(Path(folder) / "comments.parquet")
        del frame, frames
        start = time.process_time()
        with Store(Path(folder) / "store") as store:
            ingest(store, read_inputs([f"{folder}/comments.parquet"]))
            view = view_store(store)
        stored = time.process_time() - start
        cache = NoisyVectors(np.load(vectors))
        settings = Settings(cluster=ClusterSettings(fit_limit=1000))
        start = time.process_time()
        tables = pipeline.analyse(view, (), settings, cache=cache)
        themed = time.process_time() - start
        start = time.process_time()
        write_files(tables)
        written = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    return {"store": stored, "themes": themed, "files": written, "all": stored + themed + written, "GB": memory}


def main() -> None:
    """Print a row a size, and the fitted exponent of each stage."""
    shared = Path(sys.argv[1])
    if len(sys.argv) > 3:
        print(json.dumps(measure(shared, int(sys.argv[2]), Path(sys.argv[3]))))
        return
    largest = int(sys.argv[2]) if len(sys.argv) > 2 else SIZES[-1]
    rows: dict[int, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        vectors = Path(folder) / "real.npy"
        np.save(vectors, _real_vectors(shared))
        for size in [size for size in SIZES if size <= largest]:
            command = [sys.executable, "-m", "bench.growth", str(shared), str(size), str(vectors)]
            done = subprocess.run(command, capture_output=True, check=True)
            rows[size] = json.loads(done.stdout.splitlines()[-1])
            print(f"{size:8,}  " + "  ".join(f"{name} {value:8.2f}" for name, value in rows[size].items()), flush=True)
    for name in next(iter(rows.values())):
        slope = np.polyfit(np.log(list(rows)), np.log([row[name] for row in rows.values()]), 1)[0]
        print(f"exponent of {name}: {slope:.2f}")


def _real_vectors(shared: Path) -> NDArray[np.float32]:
    from analysis.embed import open_embedder

    frame = pd.read_parquet(shared / "data/comments" / FILES[1], columns=["text"])
    return open_embedder().encode(frame.text.sample(REAL, random_state=0).tolist())


if __name__ == "__main__":
    main()
