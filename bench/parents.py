"""How often the parent of a nested comment is right, by rendering.

Run from the project's root: ``python -m bench.parents ../shared/data/split/*.jsonl.gz``. The labels hold depths; the
labelled parent is the last comment before with a smaller depth by one. A comment counts where its
parent is on the page. Where labels name the parent itself, as :mod:`bench.made_systems` does, that one counts.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from comments.model import Page
from comments.split import split_page
from reports.evaluation.score import match, tokens
from reports.evaluation.splitting import group_of, read_gold


def true_parents(depths: list[int]) -> list[int | None]:
    """Return the labelled parent of each comment, None for a top-level one or where the parent was lost."""
    path: list[int | None] = []
    parents: list[int | None] = []
    for at, depth in enumerate(depths):
        del path[depth - 1 :]
        parents.append(path[-1] if depth > 1 and len(path) == depth - 1 else None)
        path += [None] * (depth - 1 - len(path))
        path.append(at)
    return parents


def count_parents(row: dict[str, Any]) -> Counter[str]:
    """Return how many nested comments have their parent on the page, and for how many it was found."""
    kind = "html" if "html" in row else "text"
    split = split_page(Page("", "", kind, row[kind].encode("utf-8", "replace")))
    pairs = match([tokens(c.text) for c in split.comments], [tokens(c["text"]) for c in row["comments"]])
    found = {j: i for i, j in pairs}
    counts: Counter[str] = Counter()
    labels = row["comments"]
    named = all("parent" in c for c in labels)
    parents = [c["parent"] for c in labels] if named else true_parents([c.get("depth") or 1 for c in labels])
    for at, parent in enumerate(parents):
        if parent is None:
            continue
        counts["nested"] += 1
        both = at in found and parent in found
        counts["both found"] += both
        counts["right"] += both and split.comments[found[at]].parent == found[parent]
    return counts


def main() -> None:
    """Print a table for every file named."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for name in sys.argv[1:]:
        for row in read_gold(Path(name)).rows:
            if any((c.get("depth") or 1) > 1 for c in row["comments"]):
                groups[group_of(row)] += count_parents(row)
    for group, held in sorted(groups.items()):
        print(f"{group:24} nested {held['nested']:4d}, both found {held['both found']:4d}, right {held['right']:4d}")


if __name__ == "__main__":
    main()
