"""How text renderings are split that nobody labelled: pages and renderers that the labelled texts leave out.

Run from the project's root: ``python -m bench.renderings SHARED``. The labelled HTML pages are rendered by every
renderer that is installed (options as in :mod:`bench.unseen_systems`, links kept), where ``texts.jsonl.gz`` holds no
rendering of the page by it; labels are what is left of the page's. The sites of some pages occur in no labelled text
at all: they have rows of their own.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench.unseen_systems import print_row, render, renderers
from reports.evaluation.score import sum_scores
from reports.evaluation.splitting import read_gold, score_rows

NAMES = {
    "resiliparse, main content": "resiliparse_main", "resiliparse, no bullets": "resiliparse_nobullets",
    "resiliparse, whole page": "resiliparse_full",
}  # fmt: skip
"""What the labelled texts call a renderer, where it is not its name."""


def main() -> None:
    """Print a row for each renderer, for sites that the labelled texts know and for those they do not."""
    folder = Path(sys.argv[1]) / "data/split"
    pages = [dict(row) for row in read_gold(folder / "pages.jsonl.gz").rows]
    texts = read_gold(folder / "texts.jsonl.gz").rows
    held = {(row["page"], row["renderer"]) for row in texts}
    known = {row["site"] for row in texts}
    print(f"{'':42} pages  comment F1, by site; boundary F1, by site; exact; false")
    for name, renderer in renderers().items():
        left = [page for page in pages if (page["id"], NAMES.get(name, name)) not in held]
        for title, new in (("known sites", False), ("new sites", True)):
            rows = [render(page, renderer) for page in left if (page["site"] not in known) is new]
            print_row(f"{name}, {title}", sum_scores(score_rows(list(filter(None, rows)))))


if __name__ == "__main__":
    main()
