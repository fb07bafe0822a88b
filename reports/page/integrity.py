"""What speaks against reading counts as people: campaigns, loud voices, comments with little in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.page.source import comment_anchor, page_anchor, shown
from reports.rows import Row, day_of_comment, list_of, real_of, text_of, whole_of

if TYPE_CHECKING:
    from reports.page.source import Source

MAX_CAMPAIGNS, MAX_VOICES, MAX_CHIPS = 20, 10, 6


@dataclass(frozen=True, slots=True)
class Campaign:
    """Near-identical texts at several places or times."""

    comments: int
    pages: int | None
    authors: int | None
    first: str | None
    last: str | None
    similarity: float | None
    text: str
    times: tuple[tuple[str, int], ...]
    places: tuple[tuple[str, str, int], ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Integrity:
    """What speaks against reading counts as people; None where a table is missing."""

    campaigns: tuple[Campaign, ...] | None
    campaigns_left: int
    voices: tuple[tuple[str, int, float], ...] | None
    measures: tuple[str, ...]
    low_content: int


def read_integrity(source: Source, measures: tuple[str, ...]) -> Integrity | None:
    """Return the integrity panel, or None where neither campaigns nor voices were looked for.

    Args:
        source: the run.
        measures: what was measured, in sentences.
    """
    low = sum(text_of(c, "residual_reason") == "low content" for c in source.comments.values())
    if not source.has("campaigns") and not source.has("voices") and not low:
        return None
    campaigns = [_campaign(source, r) for r in source.more("campaigns")]
    campaigns.sort(key=lambda c: (-c.comments, c.text, c.anchors))
    voices = [
        (str(r["author"]), whole_of(r, "comments") or 0, real_of(r, "share") or 0.0) for r in source.more("voices")
    ]
    voices.sort(key=lambda v: (-v[1], v[0]))
    return Integrity(
        campaigns=tuple(campaigns[:MAX_CAMPAIGNS]) if source.has("campaigns") else None,
        campaigns_left=max(0, len(campaigns) - MAX_CAMPAIGNS),
        voices=tuple(voices[:MAX_VOICES]) if source.has("voices") else None,
        measures=measures,
        low_content=low,
    )


def _campaign(source: Source, row: Row) -> Campaign:
    ids = [i for i in dict.fromkeys(map(str, list_of(row, "comment_ids"))) if i in source.comments]
    days: dict[str, int] = {}
    pages: dict[str, int] = {}
    for i in ids:
        c = source.comments[i]
        pages[c["page_id"]] = pages.get(c["page_id"], 0) + 1
        if day := day_of_comment(c):
            days[day] = days.get(day, 0) + 1
    places = sorted(pages, key=lambda p: (-pages[p], source.title(p), p))
    return Campaign(
        comments=whole_of(row, "comments") or len(ids),
        pages=whole_of(row, "pages"),
        authors=whole_of(row, "authors"),
        first=text_of(row, "first_at"),
        last=text_of(row, "last_at"),
        similarity=real_of(row, "similarity"),
        text=text_of(row, "text") or (shown(source.comments[ids[0]]) if ids else ""),
        times=tuple(sorted(days.items())),
        places=tuple((page_anchor(p), source.title(p), pages[p]) for p in places[:8]),
        anchors=tuple(comment_anchor(i) for i in ids[:MAX_CHIPS]),
    )
