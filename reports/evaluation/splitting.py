"""Measuring the splitter on labelled pages: by group, beside other tools, against pinned floors."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from comments.errors import SettingsError
from comments.model import Page
from comments.split import split_page
from reports.evaluation.score import Found, PageScore, score_page

Row = Mapping[str, Any]
Splitter = Callable[[Row], Found]
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
"""Borders of the bins of confidence in a table of reliability."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A file of labelled pages.

    Attributes:
        path: where it is.
        digest: SHA-256 of the file's bytes; floors are pinned to it.
        rows: one object a page, with ``html`` or ``text``, ``comments`` and ``article``.
    """

    path: Path
    digest: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """Splits whose confidence lies between two borders, and how many of them were right."""

    low: float
    high: float
    count: int
    said: float
    right: float


def read_gold(path: Path) -> Gold:
    """Read a file of labelled pages: JSON Lines, also gzipped.

    Raises:
        SettingsError: where it is no such file.
    """
    try:
        data = path.read_bytes()
        lines = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).split(b"\n")
        rows = tuple(json.loads(line) for line in lines if line.strip())
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be read ({error.strerror or error})", "name a file of labelled pages"
        ) from None
    except (ValueError, EOFError) as error:
        raise SettingsError(f"{path} is no JSON Lines ({error})", "one object a line, also gzipped") from None
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not isinstance(row.get("comments"), list) or not ({"html", "text"} & set(row)):
            todo = "each object needs `html` or `text`, and `comments` (a list of objects with `text`)"
            raise SettingsError(f"{path}:{number} is no labelled page", todo)
    if not rows:
        raise SettingsError(f"{path} holds no page", "name a file of labelled pages")
    return Gold(path, hashlib.sha256(data).hexdigest(), rows)


def split_row(row: Row) -> Found:
    """Split one labelled page with our own splitter."""
    name = str(row.get("id", ""))
    body = str(row["html"] if "html" in row else row["text"]).encode("utf-8", "replace")
    split = split_page(Page(name, name, "html" if "html" in row else "text", body))
    texts = tuple(c.text for c in split.comments)
    return Found(split.article, texts, split.confidence, tuple(c.confidence for c in split.comments))


def score_rows(rows: Iterable[Row], splitter: Splitter = split_row) -> list[PageScore]:
    """Return the score of each row, in order."""
    return [score_page(row, splitter(row)) for row in rows]


def group_of(row: Row) -> str:
    """Return the group that a row's floors are kept for: its renderer, or ``html``."""
    return str(row.get("renderer") or ("html" if "html" in row else "text"))


def group_rows(gold: Gold, scores: Sequence[PageScore], key: str) -> dict[str, list[PageScore]]:
    """Return the scores by a key of their rows, in the order of the groups' names; ``-`` where it is empty."""
    groups: dict[str, list[PageScore]] = {}
    for row, score in zip(gold.rows, scores, strict=True):
        name = group_of(row) if key == "group" else str(row.get(key) or "-")
        groups.setdefault(name, []).append(score)
    return dict(sorted(groups.items()))


def page_reliability(scores: Iterable[PageScore]) -> list[Bin]:
    """Return how often pages of each confidence were exact (or rightly without comments)."""
    return _reliability([(s.confidence, s.exact) for s in scores if s.confidence is not None])


def comment_reliability(scores: Iterable[PageScore]) -> list[Bin]:
    """Return how often comments of each confidence were labelled ones."""
    return _reliability([pair for s in scores for pair in s.sure])


def _reliability(pairs: list[tuple[float, bool]]) -> list[Bin]:
    found: list[Bin] = []
    for low, high in pairwise(BINS):
        held = [(c, r) for c, r in pairs if low <= c < high or c == high == BINS[-1]]
        if held:
            said, right = (sum(column) / len(held) for column in zip(*held, strict=True))
            found.append(Bin(low, high, len(held), said, right))
    return found
