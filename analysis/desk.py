"""Comments that speak to the newsroom: questions, corrections, tips and accounts of people who were there.

Rules, not a model: each row of `RULES` has a name, a language and a case that it must take.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.desk_languages import OTHERS
from analysis.desk_rules import ENGLISH, KINDS, DeskRule, Kind
from analysis.passages import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

__all__ = ["KINDS", "LANGUAGES", "RULES", "find_addresses", "find_desk"]
LONGEST = 60  # words; a longer sentence is a rant that no rule can read
MOST_SENTENCES = 40  # of a comment
COLUMNS = ("comment_id", "kind", "passage", "start", "end", "score", "rule")
RULES: tuple[DeskRule, ...] = (*ENGLISH, *OTHERS)
LANGUAGES = tuple(dict.fromkeys(rule.language for rule in RULES))


def find_desk(comments: pd.DataFrame) -> pd.DataFrame:
    """Return sentences that speak to the newsroom, at most one of a kind from a comment.

    Args:
        comments: ``comment_id``, ``page_id``, ``text``, ``parent_id`` (null where unknown) and, if they were told,
            ``language``.

    Returns:
        ``comment_id``, ``kind``, ``passage`` (the sentence, a slice of the text), ``start`` and ``end`` (characters
        of ``text``), ``score`` and ``rule``; surest first.
    """
    import pandas as pd

    threaded = set(comments.loc[comments["parent_id"].notna(), "page_id"])
    columns = [comments[name].tolist() for name in ("comment_id", "text", "parent_id", "page_id")]
    languages = comments["language"].tolist() if "language" in comments else [None] * len(comments)
    rows = []
    for comment_id, text, parent, page, language in zip(*columns, languages, strict=True):
        answers = True if isinstance(parent, str) else False if page in threaded else None
        code = language if isinstance(language, str) else None
        for rule, start, end in find_addresses(text, answers=answers, language=code):
            rows.append((comment_id, rule.kind, text[start:end], start, end, rule.score, rule.name))
    rows.sort(key=lambda row: (-row[5], KINDS.index(row[1]), row[0]))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"start": "int64", "end": "int64", "score": "float64"})


def find_addresses(
    text: str, *, answers: bool | None, language: str | None = None
) -> Iterator[tuple[DeskRule, int, int]]:
    """Yield for each kind the surest rule that takes a sentence, and where the sentence stands.

    Args:
        text: a comment as it stands in its source.
        answers: whether it answers another reader; None where that is unknown.
        language: its ISO 639 code; None where that is unknown, and the rules of every language are tried.
    """
    rules = [rule for rule in RULES if language in (None, rule.language) and _reaches(rule, answers)]
    best: dict[Kind, tuple[float, int, DeskRule, int]] = {}
    for start, end in sentence_spans(text)[:MOST_SENTENCES]:
        sentence = " ".join(text[start:end].split())
        if len(sentence.split()) > LONGEST or sentence.startswith((">", '"', "“")):
            continue  # somebody else's words
        lowered = sentence.lower()
        for rule in rules:
            if rule.takes(sentence, lowered):
                found = (-rule.score, start, rule, end)
                best[rule.kind] = min(best.get(rule.kind, found), found, key=lambda one: one[:2])
    for _, start, rule, end in sorted(best.values(), key=lambda one: one[:2]):
        yield rule, start, end


def _reaches(rule: DeskRule, answers: bool | None) -> bool:
    """Whether a rule holds in a comment that answers another one, none, or nobody knows."""
    return rule.reach == "any comment" or answers is False or (rule.reach == "no reply" and answers is None)
