"""Memory and speed of reading, splitting and storing pages of a web archive, from its first thousand pages on.

Run from the project's root: ``python -m bench.archive SHARED [PAGES]``. The labelled pages are packed into a WARC
file again and again under new URLs, each with a number in its first paragraph, so that nothing is known already.
"""

from __future__ import annotations

import gzip
import json
import resource
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comments.model import Page, Reject

FIRST = 1000
COLUMNS = ["spans", "content"]


def write_archive(path: Path, pages: list[str], count: int) -> None:
    """Write so many pages, each as a gzip member of its own, as crawlers do."""
    with path.open("wb") as file:
        for number, html in enumerate(islice(cycle(pages), count)):
            body = html.replace("</p>", f" {number}</p>", 1).encode()
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
                f"WARC-Target-URI: https://{number}.example/page\r\nContent-Length: {len(block)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + block + b"\r\n\r\n", compresslevel=1))


def watched(items: Iterator[Page | Reject], every: int) -> Iterator[Page | Reject]:
    """Pass items on, and print memory and speed of the pages since the last line, first of all after a thousand."""
    start, last = time.process_time(), 0
    for number, item in enumerate(items, 1):
        yield item
        if number % every == 0 or number == FIRST:
            now = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
            speed = (number - last) / (time.process_time() - start)
            print(
                f"{number:7,} pages  {now:6.0f} MB now  {peak:6.0f} MB at most  {speed:6.1f} pages a core-second",
                flush=True,
            )
            start, last = time.process_time(), number


def is_covered(row: dict[str, Any]) -> bool:
    """Whether the spans of a page follow each other from its first byte to its last."""
    ends = [0, *(span["end"] for span in row["spans"])]
    return [span["start"] for span in row["spans"]] == ends[:-1] and ends[-1] == len(row["content"])


def main() -> None:
    """Print a row every thousand pages, and check that every byte of every page is accounted for."""
    from comments.ingest import ingest
    from comments.inputs.warc import read_warc
    from comments.store import Store

    shared, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    with gzip.open(shared / "data/split/pages.jsonl.gz", "rt", encoding="utf-8") as file:
        pages = [json.loads(line)["html"] for line in file]
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "pages.warc.gz"
        write_archive(archive, pages, count)
        del pages
        with Store(Path(folder) / "store") as store:
            got = ingest(store, watched(read_warc(archive, archive.name), max(1, count // 20)))  # type: ignore[arg-type]
            covered = sum(is_covered(row) for part in store.parts("pages", COLUMNS) for row in part.to_pylist())
    print(f"{got.pages} pages, {got.comments} comments, {got.rejects} rejects; a whole partition on {covered} pages")


if __name__ == "__main__":
    main()
