"""What the articles said and what readers raised; without its tables the panel is unknown, not empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.page.source import page_anchor, theme_anchor
from reports.rows import Row, real_of, text_of, whole_of

if TYPE_CHECKING:
    from reports.page.model import Quote
    from reports.page.source import Source

MAX_SAID = 8
POINT = 20  # words from which a passage comes first


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of an article; offsets count characters of the article's text, None where unknown."""

    page: str
    page_anchor: str
    text: str
    start: int | None
    end: int | None
    closeness: float | None


@dataclass(frozen=True, slots=True)
class Introduced:
    """Whether readers introduced a theme (None: unknown), with the passage nearest to it."""

    label: str
    anchor: str
    count: int
    by_readers: bool | None
    nearest: Passage | None


@dataclass(frozen=True, slots=True)
class Said:
    """A passage of an article and the comment that comes nearest to it."""

    passage: Passage
    comment: Quote | None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What readers raised that no article says, what they took from the articles, what they left alone."""

    raised: tuple[Introduced, ...]
    shared: tuple[Introduced, ...]
    unknown: int
    passages: int
    said: tuple[Said, ...] | None


def read_introduced(source: Source) -> dict[str, Introduced]:
    """Return, for each theme of ``agenda_themes``, whether readers introduced it."""
    found = {}
    for r in source.more("agenda_themes"):
        theme_id = str(r["theme_id"])
        if theme_id in source.themes:
            found[theme_id] = Introduced(
                label=source.label(theme_id),
                anchor=theme_anchor(theme_id),
                count=whole_of(source.themes[theme_id], "count") or 0,
                by_readers=None if r.get("reader_introduced") is None else bool(r["reader_introduced"]),
                nearest=_passage(source, r),
            )
    return found


def read_agenda(source: Source, introduced: dict[str, Introduced]) -> Agenda | None:
    """Return what the articles said and what readers raised, or None without its tables."""
    if not source.has("agenda_themes") and not source.has("agenda_articles"):
        return None
    themes = sorted((t for t in introduced.values() if t.count), key=lambda t: (-t.count, t.label, t.anchor))
    said = None
    if source.has("agenda_articles"):
        left = [r for r in source.more("agenda_articles") if not r.get("taken_up")]
        rows = [(p, text_of(r, "comment_id")) for r in left if (p := _passage(source, r))]
        rows.sort(key=lambda x: (_is_slight(x[0]), x[0].closeness or 0.0, x[0].page, x[0].start or 0))
        said = tuple(Said(p, source.quote(c) if c in source.comments else None) for p, c in rows[:MAX_SAID] if c or p)
    return Agenda(
        raised=tuple(t for t in themes if t.by_readers),
        shared=tuple(t for t in themes if t.by_readers is False),
        unknown=sum(t.by_readers is None for t in themes),
        passages=len(source.more("agenda_articles")),
        said=said,
    )


def _is_slight(passage: Passage) -> bool:
    """A passage of few words far from every comment is more often an aside than a point."""
    return len(passage.text.split()) < POINT


def _passage(source: Source, row: Row) -> Passage | None:
    text, page_id = text_of(row, "passage"), text_of(row, "page_id")
    if text is None or page_id is None or page_id not in source.pages:
        return None
    return Passage(
        page=source.title(page_id),
        page_anchor=page_anchor(page_id),
        text=text,
        start=whole_of(row, "start"),
        end=whole_of(row, "end"),
        closeness=real_of(row, "closeness"),
    )
