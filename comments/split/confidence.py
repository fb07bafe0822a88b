"""How sure a split of plain text is: chances fitted on labelled pages with whole sites left out."""

from __future__ import annotations

import json
import math
from functools import cache
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from comments.model import Comment
    from comments.split.text_evidence import Section

WEIGHTS = Path(__file__).with_name("confidence_weights.json")
PAGE = (
    "constant", "evidence", "a bare list", "names alone", "names below", "as many as declared", "more declared",
    "fewer declared", "no heading", "number of comments", "share with a name or date",
)  # fmt: skip
COMMENT = (*PAGE, "the last one", "length", "very short", "a name or date", "a reply")
"""What the chance of a page to be exact, and of a comment to be a whole one, is read from."""


class Chances(NamedTuple):
    """What `bench/fit_confidence.py` learned: two logistic regressions, and rates of pages without comments."""

    page: tuple[float, ...]
    comment: tuple[float, ...]
    rates: dict[str, float]


@cache
def load_chances() -> Chances:
    """Return the committed numbers; they are read once."""
    held = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Chances(tuple(held["page"]), tuple(held["comment"]), held["rates"])


def page_facts(section: Section, comments: tuple[Comment, ...]) -> list[float]:
    """Return the values of :data:`PAGE` for a page with a section of comments."""
    count = section.heading.count if section.heading else None
    named = sum(c.author is not None or c.posted_at is not None for c in comments) / max(1, len(comments))
    return [
        1.0, min(section.score, 12.0) / 6, float(section.form == "list"), float(section.form == "quiet"),
        float(section.form == "foot"), float(count == len(comments)),
        float(count is not None and count > len(comments)), float(count is not None and count < len(comments)),
        float(section.heading is None), math.log1p(len(comments)) / 3, named,
    ]  # fmt: skip


def comment_facts(page: list[float], comments: tuple[Comment, ...], at: int) -> list[float]:
    """Return the values of :data:`COMMENT` for one comment of a page with the facts ``page``."""
    comment = comments[at]
    size = comment.end - comment.start
    headed = comment.author is not None or comment.posted_at is not None
    last = at + 1 == len(comments)
    return [*page, float(last), math.log1p(size) / 5, float(size < 40), float(headed), float(comment.depth > 1)]


def page_confidence(facts: list[float]) -> float:
    """Return the chance that every comment of the page was found whole and nothing else."""
    return _chance(load_chances().page, facts)


def comment_confidence(facts: list[float]) -> float:
    """Return the chance that this is one whole comment."""
    return _chance(load_chances().comment, facts)


def bare_confidence(outcome: str) -> float:
    """Return how often a page with this outcome (a reason, or ``region`` or ``voice``) was right."""
    return load_chances().rates.get(outcome, 0.5)


def _chance(weights: tuple[float, ...], facts: list[float]) -> float:
    score: float = sum(map(mul, weights, facts))
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 3)
