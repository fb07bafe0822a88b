"""Does every sentence of a summary rest on what it cites? Checked by code, never by a model."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reports import quantities as q
from reports.rows import list_of, real_of, rows_of, whole_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from reports.rows import Row

_QUOTE = re.compile(r"“([^“”]*(?:“[^“”]*”[^“”]*)*)”")
_LABEL = re.compile(r"“\u2068(.*?)\u2069”")
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?%?")
# Words that say how much without a number; only those of the stated table may stand, and only where it allows them.
_VAGUE = re.compile(
    r"\b(?:nearly all|almost all|most|majority|minority|half|halves|thirds?|quarters?|fifths?|tenths?|"
    r"many|several|few|some|all|every(?:one|body)?|nobody|no one|none|overwhelming\w*|widespread|widely|often|"
    r"rarely|dozens|hundreds|thousands|number of|commonly|mostly|largely|typically|generally|usually|unanimous\w*|"
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|hundred|thousand|million|percent|per cent)\b",
    re.IGNORECASE,
)


def check_summary(summary: pd.DataFrame, comments: pd.DataFrame, themes: pd.DataFrame) -> list[str]:
    """Return what is wrong with a summary; an empty list where everything checks out.

    Each sentence must cite comments that exist; each quote must be a slice of a cited comment and stand in the
    sentence, and nothing else may stand in quotation marks but a theme's label; each number and quantity word must be
    one that the counts of a theme named in it, or of its section, give.

    Args:
        summary: the table ``summary``.
        comments: ``comment_id`` and ``text``.
        themes: the table ``themes``.
    """
    texts = dict(zip(comments["comment_id"], comments["text"], strict=True))
    rows = {str(row["theme_id"]): row for row in rows_of(themes)}
    found = []
    for line in rows_of(summary):
        where = f"{line['section']}, sentence {line['position']}"
        if line["kind"] == "label":
            continue
        ids, quotes = list_of(line, "comment_ids"), list_of(line, "quotes")
        problems = [
            *check_citations(ids, quotes, texts),
            *check_quotes(str(line["sentence"]), quotes, [str(row["label"]) for row in rows.values()]),
        ]
        if line["kind"] in ("counted", "model"):
            named = _named_themes(str(line["sentence"]), str(line["section"]), rows)
            problems += check_words(str(line["sentence"]), named, len(texts), loose=str(line["section"]) == "brief")
        found += [f"{where}: {problem}" for problem in problems]
    return found


def check_citations(ids: Sequence[str], quotes: Sequence[str], texts: Mapping[str, str]) -> Iterator[str]:
    """Yield what is wrong with the ids and the quotes taken from their comments."""
    if not ids:
        yield "it cites no comment"
    unknown = [i for i in ids if i not in texts]
    if unknown:
        yield f"it cites {unknown[0]}, which is no comment"
    for quote in quotes:
        if not quote.strip() or not any(quote in texts[i] for i in ids if i in texts):
            yield f"“{quote[:60]}” stands in none of the comments that it cites"


def check_quotes(sentence: str, quotes: Sequence[str], labels: Sequence[str]) -> Iterator[str]:
    """Yield what stands in quotation marks and is neither a quote nor a label, and quotes that do not stand in it."""
    flat = [" ".join(quote.split()) for quote in quotes]
    names = {q.name(label) for label in labels}
    rest = sentence
    for name in names:
        rest = rest.replace(name, "")
    for quote in flat:
        if quote not in rest:
            yield f"its quote “{quote[:60]}” does not stand in it"
        rest = rest.replace(f"“{quote}”", "")
    for inside in _QUOTE.findall(rest):
        yield f"“{inside[:60]}” is in quotation marks and no quote"


def check_words(sentence: str, themes: Sequence[Row], total: int, *, loose: bool = False) -> Iterator[str]:
    """Yield numbers and quantity words that the counts do not give.

    Args:
        sentence: a sentence; what stands in quotation marks is somebody else's.
        themes: the rows of the themes that it speaks of.
        total: all comments.
        loose: it may count other things than themes (sentences to the newsroom), so bare numbers are let through.
    """
    plain = _LABEL.sub("", sentence)
    plain = _QUOTE.sub("", plain)
    allowed_words, counts, shares = {"95%"}, set[str](), set[str]()
    phrases: set[str] = set()
    for row in themes:
        counts |= {q.number(n) for n in theme_counts(row, total)}
        shares |= theme_shares(row, total)
        phrases.add(_phrase(row, total))
    for number in _NUMBER.findall(plain):
        if number not in counts | shares | allowed_words and not (loose and "%" not in number):
            yield f"the number {number} is none of its counts"
    words = plain.casefold()
    for phrase in sorted(phrases, key=len, reverse=True):
        words = words.replace(phrase, "")
    for vague in _VAGUE.findall(words):
        yield f"“{vague}” is not what the counts allow"


def theme_counts(row: Row, total: int) -> set[int]:
    """The whole numbers that a sentence about a theme may give."""
    given = (whole_of(row, name) for name in ("count", "pages", "commenters", "names", "named_comments"))
    return {total, *(n for n in given if n is not None)}


def theme_shares(row: Row, total: int) -> set[str]:
    """The percentages that it may give, as they are written."""
    share = (whole_of(row, "count") or 0) / max(1, total)
    given = (share, real_of(row, "share_low"), real_of(row, "share_high"))
    return {q.percent(value) for value in given if value is not None}


def _phrase(row: Row, total: int) -> str:
    """The quantity words that the table gives for a theme, without what follows them."""
    low, high = real_of(row, "share_low"), real_of(row, "share_high")
    words = q.quantity(whole_of(row, "count") or 0, total, low, high, sparse=bool(row.get("low_sample")))
    return words.removesuffix(" of the comments").casefold()


def _named_themes(sentence: str, section: str, rows: Mapping[str, Row]) -> list[Row]:
    """The themes that a sentence speaks of: its section's, or those whose labels it names."""
    if section in rows:
        return [rows[section]]
    return [row for row in rows.values() if q.name(str(row["label"])) in sentence]
