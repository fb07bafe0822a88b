"""Labelled lines: what `bench.fit_lines` learns from, and which labels are left out.

Pages come from ``split/texts.jsonl.gz`` (two of its renderers) and ``split/dragnet_corrected.jsonl.gz`` (pasted
from a browser), comments without pages from ``comments/*.parquet``.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from comments.model import Page
from comments.split.line_model import line_features, words_of
from comments.split.lines import read_lines
from comments.split.text_bylines import read_pieces
from comments.split.text_region import is_bare
from comments.split.text_voices import mark_prose

FOLDS = 5
RENDERERS = ("trafilatura", "resiliparse_main")
# Pages labelled as without comments that show some, under names and dates; each was read.
MISLABELLED = frozenset(["dragnet.T50", "dragnet.271", "dragnet.R709", "dragnet.248", "dragnet.R281"])
# Comments without a page: how readers write, in the languages that the pages hardly hold.
OUTSIDE = {
    "news_comments_c3": 3000, "news_comments_civil": 3000, "news_comments_ctc": 1000,
    "news_comments_roomfordebate": 1400, "reddit_news_threads_2015feb": 2500, "forum_debates_iac": 2000,
    "news_comments_vietnamese": 1000, "news_comments_bangla": 1000, "news_video_comments_youtube": 1500,
}  # fmt: skip


@dataclass
class Row:
    """One line: where it is from, whether a reader speaks (None where no label says so), its words and features."""

    group: str
    kind: str
    doc: str
    reader: bool | None
    words: list[str]
    values: list[float]


@dataclass
class Labelled:
    """One line of a page: its words, what it looks like, its label (A, C or O), and whether someone speaks in it."""

    text: str
    size: int
    kind: str
    label: str
    prose: bool


@dataclass
class Doc:
    """One page as a list of lines; ``bare`` as :func:`comments.split.text_region.is_bare` sees it."""

    id: str
    group: str
    renderer: str
    lines: list[Labelled]
    bare: bool


def fold_of(group: str) -> int:
    """Return the fold of a site: by a hash, so that it is the same everywhere."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % FOLDS


def read_docs(data: Path) -> list[Doc]:
    """Return the labelled pages."""
    docs = []
    with gzip.open(data / "split/texts.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row["renderer"] in RENDERERS:
                text, labels = row["text"], row["line_labels"]
                docs.append(make_doc(row["id"], row["site"], row["renderer"], text, labels))
    with gzip.open(data / "split/dragnet_corrected.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            above, below = row["article"].split("\n"), row["comments_text"].split("\n")
            below = below if any(line.strip() for line in below) else []
            labels = "A" * len(above) + "C" * len(below)
            docs.append(make_doc(row["id"], row["id"], "dragnet", "\n".join(above + below), labels))
    return [doc for doc in docs if doc.id not in MISLABELLED]


def make_doc(name: str, group: str, renderer: str, text: str, labels: str) -> Doc:
    """Return one labelled page; ``labels`` holds a letter a line."""
    pieces = read_pieces(read_lines(Page(name, name, "text", text.encode("utf-8", "replace"))))
    lines = [
        Labelled(p.text, p.line.size, p.kind, labels[min(p.line.number, len(labels)) - 1], prose)
        for p, prose in zip(pieces, mark_prose([(p.kind, p.text) for p in pieces]), strict=True)
    ]
    return Doc(name, group, renderer, lines, is_bare([(p.text, p.line.size, p.line.marker) for p in pieces]))


def read_rows(docs: list[Doc], data: Path) -> list[Row]:
    """Return the lines of pages in which someone speaks, and those of comments without pages."""
    rows: list[Row] = []
    for doc in docs:
        for line in doc.lines:
            if line.prose:
                words = words_of(line.text)
                values = line_features(line.text, line.size, words)
                reader = line.label == "C" if line.label in "AC" else None
                rows.append(Row(doc.group, doc.renderer, doc.id, reader, words, values))
    for name, count in OUTSIDE.items():
        rows.extend(read_outside(data / f"comments/{name}_dev.parquet", name, count))
    return rows


def read_outside(path: Path, name: str, count: int) -> list[Row]:
    """Return the lines of a sample of ``count`` comments."""
    table = pd.read_parquet(path, columns=["text"]).drop_duplicates("text")
    rows = []
    for at, text in enumerate(table.sort_values("text").sample(count, random_state=1).text):
        for line in filter(None, map(str.strip, str(text).split("\n"))):
            words = words_of(line)
            values = line_features(line[:600], len(line.encode()), words)
            rows.append(Row(f"{name}.{at % 8}", "outside", name, True, words, values))
    return rows
