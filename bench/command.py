"""The whole command from cold start beside BERTopic's defaults, and re-runs with nothing, 1% and 10% new.

Run from the project's root: ``python -m bench.command SHARED [COMMENTS] [ROUNDS]``. Ours and the peer
(``bertopic_speed.py`` of the shared folder) take turns on as many comments of the same files, each in a process of its
own; medians of the rounds.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import pandas as pd

FILES = ("forum_debates_iac_dev.parquet", "reddit_news_threads_2015feb_dev.parquet")
BTL = "from reports.cli import main; main()"


def timed(command: list[str]) -> tuple[float, float]:
    """Run a command; return its seconds and its peak memory in gigabytes."""
    code = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(done.returncode)"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, *command], check=True, capture_output=True)
    return time.perf_counter() - start, int(done.stdout.split()[-1]) / 1e6


def report(name: str, runs: list[tuple[float, float]], base: tuple[float, float]) -> None:
    seconds, memory = (median(column) for column in zip(*runs, strict=True))
    print(
        f"{name:28} {seconds:7.1f} s  {memory:5.2f} GB  of BERTopic's time {seconds / base[0]:.2f}, "
        f"memory {memory / base[1]:.2f}",
        flush=True,
    )


def main() -> None:
    """Print a row for the peer, one for the cold run and one for each re-run."""
    shared, count = Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    frames = [pd.read_parquet(shared / "data/comments" / name, columns=["comment_id", "text"]) for name in FILES]
    frame = pd.concat(frames).sample(count + count // 10, random_state=0)
    theirs: list[tuple[float, float]] = []
    ours: dict[str, list[tuple[float, float]]] = {}
    for _ in range(rounds):
        theirs.append(timed([sys.executable, str(shared / "bench/bertopic_speed.py"), str(count)]))
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            steps = {"cold": 0, "again, nothing new": 0, "again, 1% new": count // 100, "again, 10% new": count // 10}
            for step, more in steps.items():
                frame.iloc[: count + more].to_parquet(folder / "comments.parquet")
                where = ["--store", str(folder / "store"), "--out", str(folder / "out"), "--no-themes"]
                command = [sys.executable, "-c", BTL, "-q", "run", str(folder / "comments.parquet"), *where]
                ours.setdefault(step, []).append(timed(command))
    base = median(seconds for seconds, _ in theirs), median(memory for _, memory in theirs)
    report(f"BERTopic, {count} comments", theirs, base)
    for step, runs in ours.items():
        report(f"btl run, {step}", runs, base)


if __name__ == "__main__":
    main()
