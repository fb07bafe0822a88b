"""Comments that speak to the newsroom, by kind; without a table ``desk`` the panel is unknown, not empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.desk import LANGUAGES
from analysis.language import COMMON
from reports.rows import Row, real_of, text_of, whole_of

if TYPE_CHECKING:
    from reports.page.model import Quote
    from reports.page.source import Source

MAX_DESK = 12
DESK_KINDS = {"question": "Questions", "correction": "Corrections", "tip": "Tips", "account": "First-hand accounts"}
SHOWN_DESK = 5  # of each kind before the fold
_CONTEXT = 220  # characters of a comment shown around a passage


@dataclass(frozen=True, slots=True)
class DeskItem:
    """A comment that addresses the newsroom: the passage that does, and the words around it."""

    quote: Quote
    before: str
    passage: str
    after: str


@dataclass(frozen=True, slots=True)
class DeskGroup:
    """All comments of one kind: the best few, and how many there are."""

    kind: str
    title: str
    items: tuple[DeskItem, ...]
    folded: tuple[DeskItem, ...]
    total: int


def read_desk(source: Source) -> tuple[DeskGroup, ...] | None:
    """Return questions, corrections and tips, the strongest first; None without a table ``desk``."""
    if not source.has("desk"):
        return None
    by_kind: dict[str, list[Row]] = {}
    for r in source.more("desk"):
        if r["comment_id"] in source.comments:
            by_kind.setdefault(str(r["kind"]), []).append(r)
    kinds = [*(k for k in DESK_KINDS if k in by_kind), *sorted(set(by_kind) - set(DESK_KINDS))]
    groups = []
    for kind in kinds:
        rows = sorted(by_kind[kind], key=lambda r: (-(real_of(r, "score") or 0.0), str(r["comment_id"])))
        items = tuple(_desk_item(source, r) for r in rows[:MAX_DESK])
        title = DESK_KINDS.get(kind, f"{kind[:1].upper()}{kind[1:]}")
        groups.append(DeskGroup(kind, title, items[:SHOWN_DESK], items[SHOWN_DESK:], len(rows)))
    return tuple(groups)


def unread_languages(source: Source) -> tuple[tuple[str, int], ...]:
    """Languages that the rules of the desk cannot read, with their comments, the most frequent first."""
    counts: dict[str, int] = {}
    for c in source.comments.values():
        code = text_of(c, "language")
        if code and code not in LANGUAGES:
            counts[code] = counts.get(code, 0) + 1
    named = ((COMMON.get(code, code), count) for code, count in counts.items())
    return tuple(sorted(named, key=lambda pair: (-pair[1], pair[0])))


def _desk_item(source: Source, row: Row) -> DeskItem:
    text = str(source.comments[row["comment_id"]]["text"])
    start, end = whole_of(row, "start"), whole_of(row, "end")
    passage = text_of(row, "passage") or ""
    if start is None or end is None or not 0 <= start < end <= len(text):
        return DeskItem(source.quote(row["comment_id"]), "", passage, "")
    before, after = text[:start], text[end:]
    if len(before) > _CONTEXT:
        before = "… " + before[-_CONTEXT:].partition(" ")[2]
    if len(after) > _CONTEXT:
        after = after[:_CONTEXT].rpartition(" ")[0] + " …"
    return DeskItem(source.quote(row["comment_id"]), before, text[start:end], after)
