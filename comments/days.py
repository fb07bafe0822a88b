"""The calendar day that a date as written names, where it can mean but one."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from comments.split.date_words import fold_month, month_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Order = Literal["day first", "month first"]

_YEARS = range(1900, 2100)
_YEAR = r"(?<![\d:])((?:19|20)\d\d)(?![\d:])"
_YEAR_FIRST = re.compile(rf"{_YEAR}(?:[-./]\s?|\s?[年년]\s?)(\d\d?)(?:[-./]\s?|\s?[月월]\s?)(\d\d?)(?!\d)")
_YEAR_LAST = re.compile(r"(?<![\d:./-])(\d\d?)([-./])(\d\d?)\2((?:19|20)\d\d)(?![\d:])")
_NUMBERED = re.compile(rf"(?<![\d:])(\d\d?) (?:tháng|thg) (\d\d?),? {_YEAR}")
_BETWEEN = r"(?:st|nd|rd|th|er|re|e|º|ª)?[\s.,،-]*"
_DAY_BEFORE = re.compile(rf"(?<![\d:])(\d\d?){_BETWEEN}(?:(?:de|of)\s+|d['’])?$")
_DAY_AFTER = re.compile(r"[\s.,،-]*(\d\d?)(?![\d:])")
_WORD = re.compile(r"[^\s\d.,،:/()'’-]+")


class _Numbers(NamedTuple):
    """A date in numbers, of which nobody says which is the month."""

    first: int
    second: int
    year: int


def read_days(written: Sequence[str | None], times: Sequence[str | None], sites: Sequence[str]) -> list[str | None]:
    """Return the day of each comment as ``YYYY-MM-DD``, None where it is unknown.

    The time for machines counts first. Else the date as written is read where it can mean but one day: with the month
    by name, the year first, dots (day first), or numbers of which only one can be the month. ``03/04/2014`` is read by
    what other dates of the same site show, and stays unknown where they show nothing or both.

    Args:
        written: dates as readers see them.
        times: ISO 8601 dates or times.
        sites: what each comment's dates are written like, such as the host of its page.
    """
    orders = _orders(zip(written, sites, strict=True))
    return [
        iso_day(time) or (None if text is None else read_day(text, orders.get(site)))
        for text, time, site in zip(written, times, sites, strict=True)
    ]


@lru_cache(maxsize=65536)
def read_day(written: str, order: Order | None = None) -> str | None:
    """Return the day that a date as written names as ``YYYY-MM-DD``, None where it names none or may mean several.

    Args:
        written: the date, perhaps with a time, a weekday and words around it.
        order: of day and month in numbers with strokes, if that is known.
    """
    text = _plain(written)
    if found := _YEAR_FIRST.search(text):
        return _make(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERED.search(text):
        return _make(int(found[3]), int(found[2]), int(found[1]))
    if found := _YEAR_LAST.search(text):
        numbers = _Numbers(int(found[1]), int(found[3]), int(found[4]))
        if found[2] == "." or numbers.first == numbers.second:
            return _make(numbers.year, numbers.second, numbers.first)
        known = _order_of(numbers) or order
        first = numbers.second if known == "month first" else numbers.first
        second = numbers.first if known == "month first" else numbers.second
        return _make(numbers.year, second, first) if known else None
    return _read_worded(text)


def _orders(dates: Iterable[tuple[str | None, str]]) -> dict[str, Order]:
    """Which number comes first at each site whose dates show it, all of them the same."""
    shown: dict[str, set[Order]] = {}
    for written, site in dates:
        found = _YEAR_LAST.search(_plain(written)) if written else None
        if found and found[2] != "." and (order := _order_of(_Numbers(int(found[1]), int(found[3]), int(found[4])))):
            shown.setdefault(site, set()).add(order)
    return {site: next(iter(orders)) for site, orders in shown.items() if len(orders) == 1}


def _order_of(numbers: _Numbers) -> Order | None:
    """The order that numbers show by one of them being no month."""
    months = 12
    if (numbers.first > months) == (numbers.second > months):
        return None
    return "day first" if numbers.first > months else "month first"


def _read_worded(text: str) -> str | None:
    """A day beside the name of a month, and one year; None where there are several of any."""
    lowered, numbers = fold_month(text), month_numbers()
    named = [(numbers[word[0]], word.span()) for word in _WORD.finditer(lowered) if word[0] in numbers]
    years = set(re.findall(_YEAR, lowered))
    if len({month for month, _ in named}) != 1 or len(years) != 1:
        return None
    month, (start, end) = named[0]
    beside = _DAY_BEFORE.search(lowered[:start]), _DAY_AFTER.match(lowered[end:])
    days = {day for found in beside if found and (day := _make(int(*years), month, int(found[1])))}
    return days.pop() if len(days) == 1 else None


def _plain(text: str) -> str:
    """A text with the digits of all scripts as Europe writes them."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)


def _make(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def iso_day(time: str | None) -> str | None:
    """Return the day of an ISO date or time, None where it is none.

    The first and last days of a computer's calendar stand for no date at all.
    """
    try:
        day = None if time is None else date.fromisoformat(time[:10])
    except ValueError:
        return None
    return day.isoformat() if day and day.year in _YEARS else None
