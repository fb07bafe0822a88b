"""Texts on a page that stand around comments: dates, and buttons to answer."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import merge

from comments.split.dates import find_date, has_clock, may_be_ago
from comments.split.headings import is_control, is_reply
from comments.split.text_patterns import has_digit
from comments.split.tree import Tree

LONGEST_BUTTON = 30
LONGEST_CLOCK = 60
_LOG_IN = ("log in", "login", "sign in", "anmelden", "zum antworten", "connectez", "inicia sesión", "accedi")


@dataclass(frozen=True, slots=True)
class Signs:
    """Places among all texts of a page, in order.

    Attributes:
        dates: short texts that hold a date or a word and a time of day, or stand in ``<time>``.
        replies: buttons to answer.
    """

    dates: Sequence[int]
    replies: Sequence[int]


def find_signs(tree: Tree, lo: int = 0, hi: int | None = None) -> Signs:
    """Return the dates and the buttons to answer on a page, or among its texts ``lo`` to ``hi``."""
    dates, replies = array("i"), array("i")
    longer: dict[int, str] = {}
    owners, tags, starts, ends = tree.text_owner, tree.tags, tree.text_start, tree.text_end
    for place in range(lo, len(owners) if hi is None else hi):
        if tags[owners[place]].name == "time":
            dates.append(place)
        elif ends[place] - starts[place] < 160:
            raw = tree.src[starts[place] : ends[place]]
            plain = raw.isascii()
            if plain and _says_nothing(raw):
                continue
            text = tree.line_at(place)
            if len(text) <= LONGEST_BUTTON and is_reply(text) and is_control(text):
                if len(text.split()) <= 2 or text.lower().startswith(_LOG_IN):
                    replies.append(place)
                else:
                    longer[place] = text
                continue
            dated = find_date(text) if len(text) < 90 else None
            if dated is None:
                told = len(text) < LONGEST_CLOCK and text[:1].isalpha() and has_digit(text) and has_clock(text)
            else:
                told = len(dated.before) < 50 and len(dated.after) < 30
            if told:
                dates.append(place)
    # "Reply to Ann" names another reader each time; what says the same everywhere is another kind of answer.
    if len(set(longer.values())) > 0.7 * len(longer):
        replies = array("i", merge(replies, longer))
    return Signs(dates, replies)


def _says_nothing(raw: str) -> bool:
    """Whether the bytes of a text show that it holds neither a date nor a button: most need not be decoded for it."""
    return len(raw) > 2 * LONGEST_BUTTON and not has_digit(raw) and not may_be_ago(raw.lower())


def count_between(places: Sequence[int], lo: int, hi: int) -> int:
    """Return how many of ordered places lie in ``[lo, hi)``."""
    return bisect_left(places, hi) - bisect_left(places, lo)
