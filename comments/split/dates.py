"""Dates as readers see them under a name: where one stands in a line, in many languages."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

from comments.split.date_words import FILLERS, MONTHS, fold_month, months_of
from comments.split.text_patterns import DIGIT, Pattern, has_digit

# Longer names first, so that a short one never cuts a long one.
_MONTHS = tuple(sorted({month for month, _ in months_of(*MONTHS)}, key=lambda m: (-len(m), m)))
_YEAR = r"(?:(?:19|20)\d\d|[٠-٩]{4}|[০-৯]{4}|[०-९]{4})"
_DAY = r"(?<!\d)(?:[0-3]?\d|[٠-٩০-৯०-९]{2})"
_ORDINAL = r"(?:st|nd|rd|th|er|re|e|º|ª|\.)?"

_NUMERIC = Pattern(
    "|".join(
        (
            rf"{_YEAR}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?",
            rf"{_YEAR}[./]\d\d?[./]\d\d?(?!\d)",
            r"(?<!\d)\d\d?[./-]\d\d?[./-](?:(?:19|20)\d\d|\d\d(?!\d))",
            rf"\d\d? (?:tháng|thg) \d\d?,? {_YEAR}",
            rf"{_YEAR}\. ?\d\d?\. ?\d\d?\.?(?!\d)",
            r"(?<![\d/.])\d\d?/\d\d?(?![\d/])(?=[\s\xa0]{1,3}(?:at|@|-|–)?[\s\xa0]{0,3}\d\d?:\d\d)",
            rf"{_YEAR}\s?[年년]\s?\d\d?\s?[月월]\s?\d\d?\s?[日일]",
        )
    )
)
_TIME = re.compile(
    r"(?<![\d:.])(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?(?!\d)(?:\s?[ap]\.?\s?m\b\.?)?"
    r"|(?<!\d)(?:[01]?\d|2[0-3])\s?h\s?[0-5]\d(?!\d)(?:\s?min)?|(?<!\d)1?\d\s?[ap]\.?m\b\.?",
    re.IGNORECASE,
)
_GLUED = Pattern(r"(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)(?:\s?[ap]\.?m\b\.?)?", re.IGNORECASE)
_ZONE = Pattern(r"[ \t]{0,3}\(?(?:UTC|GMT|[A-Z]{1,2}[SD]T|CES?T|Uhr|Z)\b(?:[+-]\d{1,2}(?::?\d\d)?)?\)?")
_NUM = r"(?:\d{1,3}|an?|one|un|une|una|uno|ein|einem|einer|een|um|uma|en|ett|et)"
_UNIT = {
    "en": r"(?:second|minute|min|hour|hr|day|week|month|year)s?",
    "de": r"(?:Sekunden?|Minuten?|Stunden?|Tag(?:en|e)?|Wochen?|Monat(?:en|e)?|Jahr(?:en|e)?)",
    "es": r"(?:segundos?|minutos?|horas?|días?|dias?|semanas?|mes(?:es)?|años?)",
    "fr": r"(?:secondes?|minutes?|heures?|jours?|semaines?|mois|ans?|années?)",
    "it": r"(?:second[oi]|minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei]|ann[oi])",
    "nl": r"(?:seconden?|minuten|minuut|uur|uren|dagen|dag|weken|week|maanden|maand|jaar|jaren)",
    "sv": r"(?:sekunder|minuter|timmar|timme|dagar|dag|veckor|vecka|månader|månad|år)",
}
_AGO = Pattern(
    "|".join(
        (
            rf"\b{_NUM} {_UNIT['en']} ago\b",
            rf"\b{_NUM} ?[smhdwy] ago\b",
            rf"\bvor {_NUM} {_UNIT['de']}",
            rf"\b(?:hace|há) {_NUM} {_UNIT['es']}",
            rf"\bil y a {_NUM} {_UNIT['fr']}",
            rf"\b{_NUM} {_UNIT['it']} fa\b",
            rf"\b{_NUM} {_UNIT['nl']} geleden\b",
            rf"\b{_NUM} {_UNIT['sv']} sedan\b",
            r"\b(?:yesterday|today|gestern|heute|hier|ayer|hoy|ieri|oggi|gisteren|vandaag)\b,? "
            r"(?:at|um|à|a las|alle|om) (?=\d)",
        )
    ),
    re.IGNORECASE,
)
_AGO_WORDS = frozenset(
    [
        "ago",
        "vor",
        "hace",
        "há",
        "il",
        "fa",
        "geleden",
        "sedan",
        "yesterday",
        "today",
        "gestern",
        "heute",
        "hier",
        "ayer",
        "hoy",
        "ieri",
        "oggi",
        "gisteren",
        "vandaag",
    ]
)
# Scripts whose vowel signs are no letters to a pattern: their words are looked for as they stand.
_MARKED_MONTHS = tuple(month for month, _ in months_of("hi", "bn"))
_MARKED_FILLERS = ("अपराह्न", "पूर्वाह्न", "को", "पर", "बजे", "অপরাহ্ন", "পূর্বাহ্ন", "তারিখে", "সময়", "এ")
_MONTH_WORDS = frozenset(month.lower() for month in _MONTHS)
_GLUED_MONTHS = (*(month for month, _ in months_of("en") if len(month) > 4), "June", "July", "May")
_JOINED = re.compile(r"\d(?:[-./] ?\d\d?[-./] ?\d|/\d\d?[\s\xa0]|\s?[年년]|\s(?:tháng|thg))")
_DAY_AFTER = re.compile(r"\.? [0-3]?\d(?:,|\b(?![.:]))")
_DAY_FIRST = re.compile(r"[0-3]?\d\. ([^\W\d_]+)")
_LETTERS = re.compile(r"[^\W\d_]+")
_ASCII_LETTERS = re.compile(r"[A-Za-z]+")
_DAY_NEXT = re.compile(r"\.? \d")
_LAST_THREE = itemgetter(slice(-3, None))
_GLUED_ENDS = frozenset(m[-3:] for m in _GLUED_MONTHS)
_WEEKDAYS = frozenset(FILLERS["weekday"].split())
_FILLER = frozenset(word for words in FILLERS.values() for word in words.split())
_WORD = re.compile(r"[^\W_]+|@")
_RIM = " \t\xa0-–—|•·,;:/()[]#*_@>«»<.~✎¶↓"


class Dated(NamedTuple):
    """A line that holds a date: what stands before it, the date as written, what follows."""

    before: str
    date: str
    after: str
    clock: bool
    relative: bool


def find_date(text: str, *, reach: int = 160) -> Dated | None:
    """Return the date in the first ``reach`` characters of ``text``, or None.

    Args:
        text: one line without its list marker.
        reach: how far to look; a header line is short.
    """
    text = text[:reach]
    counted = has_digit(text)
    if not counted and (len(text) >= 100 or not may_be_ago(text.lower())):
        return None
    words = (_ASCII_LETTERS if text.isascii() else _LETTERS).findall(text)
    found = _find_core(text, words) if counted else None
    relative = found is None and len(text) < 100 and not _AGO_WORDS.isdisjoint(map(str.lower, words))
    if relative:
        found = _AGO.search(text)
    if found is None:
        return None
    start, end = found.span()
    start = _back(text, start)
    end, clock = _forward(text, end)
    before = text[:start]
    early = _TIME.search(before) if has_digit(before) else None
    if early and not _rest(before[early.end() :]):
        clock, start = True, early.start()
        before = text[:start]
    return Dated(before.strip(), text[start:end].strip(_RIM.replace(".", "")), text[end:].strip(), clock, relative)


def may_be_ago(lowered: str) -> bool:
    """Whether "an hour ago" may stand in a text without digits: a look for letters, whatever word they are in."""
    return " " in lowered and (
        "ago" in lowered or "vor " in lowered or "hace " in lowered or "há " in lowered or "il y a " in lowered
        or " fa" in lowered or " geleden" in lowered or " sedan" in lowered
    )  # fmt: skip


def _find_core(text: str, words: list[str]) -> re.Match[str] | None:
    """Return day, month and year; the long patterns are only tried where a short look finds a reason."""
    found = None
    known = not _MONTH_WORDS.isdisjoint(map(str.lower, words)) or (
        not _GLUED_ENDS.isdisjoint(map(_LAST_THREE, words)) and any(w.endswith(_GLUED_MONTHS) for w in words)
    )
    if not text.isascii() and any(m in text for m in _MARKED_MONTHS):
        found = _worded(_MONTHS).search(text)
    elif known:
        start, months = _months_beside_days(text)
        found = _worded(months).search(text, start) if months else None
    return found or (_NUMERIC.search(text) if _JOINED.search(text) else None)


@cache
def _months_by_end() -> dict[str, list[tuple[str, str]]]:
    """Return the months, folded and as written, by their last three letters."""
    months: dict[str, list[tuple[str, str]]] = {}
    for month in _MONTHS:
        months.setdefault(fold_month(month)[-3:], []).append((fold_month(month), month))
    return months


@lru_cache(maxsize=512)
def _worded(months: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of a day beside one of a few months: one of all months in all languages is slow."""
    month = "|".join(map(re.escape, months))
    forms = (
        rf"{_DAY}{_ORDINAL}[ \-]{{0,2}}(?:de |of |d')?(?:{month})(?!\w)\.?[,،]?(?:[ \-](?:de |del )?{_YEAR})?",
        rf"(?<![^\W\d_A-Z])(?:{month})\.? {_DAY}{_ORDINAL}(?:[,،]? {{1,2}}{_YEAR})?",
        rf"(?:{month}) {_DAY}{_ORDINAL}, {_YEAR}",
    )
    return re.compile("|".join(forms), re.IGNORECASE)


def _months_beside_days(text: str) -> tuple[int, tuple[str, ...]]:
    """Return where a day and month may begin at the earliest, and the months that words beside a number end with."""
    months: set[str] = set()
    first, known = len(text), _months_by_end()
    letters, fold = (_ASCII_LETTERS, str.lower) if text.isascii() else (_LETTERS, fold_month)
    for word in letters.finditer(text):
        # A dotted capital I is two letters in lower case, so that words are folded one by one.
        lowered = fold(word.group())
        ends = known.get(lowered[-3:])
        near = [m for folded, m in ends if lowered.endswith(folded)] if ends else None
        if not near:
            continue
        start, end = word.span()
        if _DAY_NEXT.match(text, end) or DIGIT.search(text, max(0, start - 8), start):
            first = min(first, start)
            months.update(near)
    return max(0, first - 12), tuple(sorted(months, key=lambda m: (-len(m), m)))


def opens_date(text: str) -> bool:
    """Whether ``text`` begins with a day, a full stop and a month, as dates in German or Danish do: no list item."""
    found = _DAY_FIRST.match(text)
    # "1. December 20, 2021" is the first item of a list, which begins with a date.
    return found is not None and found.group(1).lower() in _MONTH_WORDS and not _DAY_AFTER.match(text, found.end())


def has_clock(text: str) -> bool:
    """Whether a time of day stands in ``text``."""
    return _TIME.search(text) is not None


def bare_rest(text: str) -> str:
    """Return ``text`` without the marks and small words that stand around a date."""
    return text.strip(_RIM) if _rest(text) else ""


def _rest(text: str) -> bool:
    """Whether ``text`` says anything besides fillers."""
    if not text.isascii():
        for filler in _MARKED_FILLERS:
            text = text.replace(filler, " ")
    return any(word.lower() not in _FILLER for word in _WORD.findall(text))


def _back(text: str, start: int) -> int:
    """Move ``start`` back over weekdays that stand before the date."""
    words = list(_WORD.finditer(text, max(0, start - 24), start)) if start else []
    for word in reversed(words):
        if word.group().lower() not in _WEEKDAYS:
            break
        start = word.start()
    return start


def _forward(text: str, end: int) -> tuple[int, bool]:
    """Move ``end`` over the time of day, its zone and what joins them."""
    said = text[max(0, end - 16) : end]
    clock = ":" in said and has_clock(said)
    if end == len(text):
        return end, clock
    glued = _GLUED.match(text[end : end + 24])
    if glued:
        return end + glued.end(), True
    for found in _TIME.finditer(text, end):
        if found.start() - end > 24 or _rest(text[end : found.start()]):
            break
        end, clock = found.end(), True
    tail = _ZONE.match(text[end : end + 24])
    return end + (tail.end() if tail else 0), clock
