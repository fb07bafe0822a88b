"""Further panels of the page, each from a table of its own; without its table a panel is unknown, not empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.page.source import comment_anchor, page_anchor, shown, theme_anchor
from reports.rows import Row, day_of, list_of, real_of, text_of, whole_of

if TYPE_CHECKING:
    from reports.page.model import Quote
    from reports.page.source import Source

MAX_SAID, MAX_DESK, MAX_CAMPAIGNS, MAX_VOICES, MAX_CHIPS = 8, 12, 20, 10, 6
DESK_KINDS = {"question": "Questions", "correction": "Corrections", "tip": "Tips", "account": "First-hand accounts"}
SHOWN_DESK = 5  # of each kind before the fold
_CONTEXT = 220  # characters of a comment shown around a passage


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
    said: tuple[Said, ...] | None


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
    measures: tuple[tuple[str, str], ...]
    low_content: int


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


@dataclass(frozen=True, slots=True)
class Layer:
    """A group of themes one or more levels above or below those of the list."""

    label: str
    level: int
    count: int
    share: float | None
    stability: float | None
    themes: tuple[tuple[str, str], ...]


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
        rows = [(p, text_of(r, "comment_id")) for r in source.more("agenda_articles") if (p := _passage(source, r))]
        rows.sort(key=lambda x: (x[0].closeness if x[0].closeness is not None else 2.0, x[0].page, x[0].start or 0))
        said = tuple(Said(p, source.quote(c) if c in source.comments else None) for p, c in rows[:MAX_SAID] if c or p)
    return Agenda(
        raised=tuple(t for t in themes if t.by_readers),
        shared=tuple(t for t in themes if t.by_readers is False),
        unknown=sum(t.by_readers is None for t in themes),
        said=said,
    )


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


def read_integrity(source: Source, measures: tuple[tuple[str, str], ...]) -> Integrity | None:
    """Return the integrity panel, or None where neither campaigns nor voices were looked for.

    Args:
        source: the run.
        measures: names and values of what was measured, as text.
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
        if day := day_of(text_of(c, "created_at")):
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


def read_layers(source: Source) -> tuple[Layer, ...]:
    """Return the groups one or more levels above or below the themes of the list, coarsest and largest first."""
    rows = [r for r in source.more("layers") if not r.get("chosen")]
    rows.sort(key=lambda r: (whole_of(r, "level") or 0, -(whole_of(r, "count") or 0), str(r["node_id"])))
    return tuple(
        Layer(
            label=text_of(r, "label") or "unnamed",
            level=whole_of(r, "level") or 0,
            count=whole_of(r, "count") or 0,
            share=real_of(r, "share"),
            stability=real_of(r, "stability"),
            themes=tuple(
                (theme_anchor(t), source.label(t)) for t in map(str, list_of(r, "theme_ids")) if t in source.themes
            ),
        )
        for r in rows
    )
