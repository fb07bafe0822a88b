"""Speed of splitting on one core, side by side in one run: ours, trafilatura, Resiliparse, lxml's parse alone.

Run from the project's root: ``python -m bench.split SHARED [PAGES]``. Medians of rounds in turn, in processor
time; the ratios to lxml are what can be compared between machines. Peers need the extra ``eval``.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from comments.model import Page
from comments.split import split_page
from reports.evaluation.peers import PEERS, installed_peers

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 5
TYPICAL = 50_000
"""Bytes of the page for which published figures are given."""


def read_rows(path: Path, count: int) -> list[dict[str, Any]]:
    """Return about ``count`` labelled pages, spread evenly over a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return rows[:: max(1, len(rows) // count)]


def parse_only(row: dict[str, Any]) -> None:
    """Parse with lxml and do nothing else."""
    import lxml.html

    lxml.html.fromstring(row["html"].encode())


def time_rounds(ways: dict[str, Callable[[dict[str, Any]], Any]], rows: list[dict[str, Any]]) -> dict[str, float]:
    """Return the median seconds of processor time that each way takes for all rows."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values():
        way(rows[0])
    for _ in range(ROUNDS):
        for name, way in ways.items():
            start = time.process_time()
            for row in rows:
                way(row)
            seconds[name].append(time.process_time() - start)
    return {name: median(times) for name, times in seconds.items()}


def print_speed(title: str, rows: list[dict[str, Any]], key: str, seconds: dict[str, float], base: str) -> None:
    """Print a row for each way."""
    size = sum(len(row[key].encode("utf-8", "replace")) for row in rows)
    print(f"\n{title}: {len(rows)}, {size / len(rows) / 1000:.0f} kB each")
    for name, took in seconds.items():
        per, ratio = len(rows) / took, seconds[base] / took
        like = f"{size / took / TYPICAL:7.1f} of 50 kB/s" if key == "html" else ""
        print(f"{name:24} {per:8.1f}/s {size / took / 1e6:7.2f} MB/s {like}  ratio to {base} {ratio:.3f}")


def ours(row: dict[str, Any]) -> None:
    """Split with our own splitter."""
    kind = "html" if "html" in row else "text"
    split_page(Page("", "", kind, row[kind].encode("utf-8", "replace")))


def main() -> None:
    """Print pages and texts a second."""
    shared, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100
    rows = read_rows(shared / "data/split/pages.jsonl.gz", count)
    ways: dict[str, Callable[[dict[str, Any]], Any]] = {"ours": ours, "lxml, parse alone": parse_only}
    ways |= {name: PEERS[name] for name in installed_peers()}
    print_speed("HTML pages", rows, "html", time_rounds(ways, rows), "lxml, parse alone")
    texts = read_rows(shared / "data/split/texts.jsonl.gz", 5 * count)
    print_speed("texts", texts, "text", time_rounds({"ours": ours}, texts), "ours")


if __name__ == "__main__":
    main()
