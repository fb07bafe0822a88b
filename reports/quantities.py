"""Numbers into words: formats, the stated table of quantity words, and what a sentence of the report is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_PUBLIC_OPINION = (
    "Comments under a page are not public opinion: few readers write, those who write choose to, "
    "some write often, and moderators remove some of what is written."
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Bidi controls in a label could turn the sentence around it; U+2068/U+2069 fence the label instead.
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class QuantityRule:
    """One row of the quantity table: the word may be used only if the interval keeps inside the bounds."""

    word: str
    above: float
    below: float

    @property
    def meaning(self) -> str:
        """The rule in a reader's words."""
        if self.below >= 1:
            return f"the whole interval lies above {self.above:.0%}"
        if self.above < 0:
            return f"the whole interval lies below {self.below:.0%}"
        return f"the whole interval lies between {self.above:.0%} and {self.below:.0%}"


QUANTITY_TABLE: tuple[QuantityRule, ...] = (
    QuantityRule("nearly all", 0.9, 1.01),
    QuantityRule("most", 0.5, 1.01),
    QuantityRule("about half", 0.4, 0.6),
    QuantityRule("about a third", 0.27, 0.4),
    QuantityRule("about a quarter", 0.2, 0.3),
    QuantityRule("about a fifth", 0.15, 0.25),
    QuantityRule("about a tenth", 0.07, 0.13),
    QuantityRule("a small minority", -1.0, 0.1),
    QuantityRule("a minority", -1.0, 0.5),
)
QUANTITY_FALLBACK = "in every other case, for fewer than three comments, and for a low sample"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the report and the comments (by anchor) that it rests on.

    ``kind`` says how it came about: ``counted``, ``extractive``, ``dissent``, ``model`` or ``label``; ``ids`` are the
    ids of these comments.
    """

    text: str
    evidence: tuple[str, ...] = ()
    kind: str = "counted"
    ids: tuple[str, ...] = ()


def quantity(count: int, total: int, low: float | None, high: float | None, *, sparse: bool = False) -> str:
    """Return the words for ``count`` of ``total`` that the interval allows, by ``QUANTITY_TABLE``.

    Args:
        count: comments in the group.
        total: all comments.
        low: lower bound of the 95% interval of the share, or None.
        high: upper bound, or None.
        sparse: the sample is too small for any word; the bare count is given.
    """
    if count == 0:
        return "no comment" if total != 1 else "not the one comment"
    if count >= 3 and not sparse and low is not None and high is not None:
        for rule in QUANTITY_TABLE:
            if low > rule.above and high < rule.below:
                return f"{rule.word} of the comments"
    if total == 1:
        return "the one comment"
    return f"{number(count)} of the {number(total)} comments"


def number(value: int) -> str:
    """Return a whole number with thousands separated."""
    return f"{value:,}"


def plural(value: int, one: str, many: str = "") -> str:
    """Return the number with its noun: ``1 page``, ``1,204 pages``."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """Return a share as a percentage, with a decimal only below ten percent."""
    value = share * 100
    if 0 < value < 0.1:
        return "under 0.1%"
    return f"{value:.0f}%" if value >= 9.95 or value == 0 else f"{value:.1f}%"


def interval(low: float | None, high: float | None) -> str:
    """Return an interval as ``31% to 36%``, or ``no interval``."""
    return "no interval" if low is None or high is None else f"{percent(low)} to {percent(high)}"


def day(iso: str) -> str:
    """Return a date as ``3 Dec 2016``, its parts held together; the same in every locale."""
    year, month, date = iso.split("-")
    return f"{int(date)}\u00a0{_MONTHS[int(month) - 1]}\u00a0{year}"


def period(key: str) -> str:
    """Return a day, a month or a year as ``15 Mar 2026``, ``Mar 2026``, ``2026``; what is none of them as it is."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", key):
        return day(key)
    if re.fullmatch(r"\d{4}-(?:0\d|1[0-2])", key):
        return f"{_MONTHS[int(key[5:]) - 1]}\u00a0{key[:4]}"
    return key


def name(label: str) -> str:
    """Return a label in quotation marks, fenced against its own writing direction."""
    return f"“\u2068{_BIDI.sub('', label)}\u2069”"


def upper_first(text: str) -> str:
    """Return the text with its first letter in upper case and the rest as it is."""
    return text[:1].upper() + text[1:]


def join(items: Sequence[str]) -> str:
    """Return ``a, b and c``."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1] if items else ""
