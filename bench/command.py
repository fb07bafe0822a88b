"""The whole command from cold start beside BERTopic's defaults, and re-runs with nothing, 1% and 10% new.

Run from the project's root: ``python -m bench.command SHARED [COMMENTS] [ROUNDS] [MODEL]``. Ours and the peer
(``bertopic_speed.py`` of the shared folder) take turns on as many comments of the same files, each in a process of its
own; medians of the rounds. Beside the time by the clock stands that of all cores together, which other work on the
machine touches less; ratios are of clock, cores and memory.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pandas as pd

FILES = ("forum_debates_iac_dev.parquet", "reddit_news_threads_2015feb_dev.parquet")
BTL = "from reports.cli import main; main()"


class Cost(NamedTuple):
    """What a command took: seconds by the clock, seconds of all cores together, gigabytes at most."""

    wall: float
    core: float
    memory: float


def timed(command: list[str]) -> Cost:
    """Run a command and return its cost, that of its own children included."""
    code = (
        "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "cost = resource.getrusage(resource.RUSAGE_CHILDREN);"
        "print(cost.ru_utime + cost.ru_stime, cost.ru_maxrss); sys.exit(done.returncode)"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, *command], check=True, stdout=subprocess.PIPE)
    core, memory = done.stdout.split()[-2:]
    return Cost(time.perf_counter() - start, float(core), int(memory) / 1e6)


def middle(runs: list[Cost]) -> Cost:
    """The median of each part."""
    return Cost(*(median(column) for column in zip(*runs, strict=True)))


def report(name: str, runs: list[Cost], peer: Cost, first: Cost | None = None) -> None:
    """Print a row: medians, and their ratios to the peer's and to those of the first run."""
    cost = middle(runs)
    parts = [f"{a / b:.2f}" for a, b in zip(cost, peer, strict=True)]
    again = "" if first is None else f"  of the first run {cost.wall / first.wall:.3f} ({cost.core / first.core:.3f})"
    print(
        f"{name:28} {cost.wall:7.1f} s {cost.core:7.1f} core-s  {cost.memory:5.2f} GB  "
        f"of BERTopic's {', '.join(parts)}{again}",
        flush=True,
    )


def main() -> None:
    """Print a row for the peer, one for the cold run and one for each re-run."""
    shared, count = Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 2000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    model = ["--model", sys.argv[4]] if len(sys.argv) > 4 else []
    frames = [pd.read_parquet(shared / "data/comments" / name, columns=["comment_id", "text"]) for name in FILES]
    frame = pd.concat(frames).sample(count + count // 10, random_state=0)
    theirs: list[Cost] = []
    ours: dict[str, list[Cost]] = {}
    for _ in range(rounds):
        theirs.append(timed([sys.executable, str(shared / "bench/bertopic_speed.py"), str(count)]))
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            steps = {"cold": 0, "again, nothing new": 0, "again, 1% new": count // 100, "again, 10% new": count // 10}
            for step, more in steps.items():
                frame.iloc[: count + more].to_parquet(folder / "comments.parquet")
                where = ["--store", str(folder / "store"), "--out", str(folder / "out"), "--no-themes"]
                command = [sys.executable, "-c", BTL, "-q", "run", str(folder / "comments.parquet"), *where, *model]
                ours.setdefault(step, []).append(timed(command))
    peer, first = middle(theirs), middle(ours["cold"])
    report(f"BERTopic, {count} comments", theirs, peer)
    for step, runs in ours.items():
        report(f"btl run, {step}", runs, peer, None if step == "cold" else first)


if __name__ == "__main__":
    main()
