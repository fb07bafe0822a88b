"""Themes as cards, and the comments in no theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports import quantities as q
from reports.page.agenda import read_introduced
from reports.page.model import Replies, Residual, Theme, ThemePage
from reports.page.movement import read_changes, read_trends
from reports.page.source import page_anchor, theme_anchor
from reports.rows import Row, list_of, real_of, text_of, whole_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.page.source import Source

MAX_QUOTES, MAX_NEAR, MAX_EXAMPLES, MAX_ARTICLES, MAX_CHIPS = 5, 3, 4, 6, 8


def theme_cards(source: Source) -> tuple[Theme, ...]:
    """Return every theme of the table as its card, the largest first, loose groups after all others."""
    sentences = read_sentences(source)
    introduced = read_introduced(source)
    _, changes = read_changes(source)
    _, trends = read_trends(source)
    notes = _notes(source)
    replies = _replies(source)
    total = len(source.comments)
    themes = []
    for theme_id, t in source.themes.items():
        count, low, high = whole_of(t, "count") or 0, real_of(t, "share_low"), real_of(t, "share_high")
        sparse = bool(t.get("low_sample"))
        themes.append(
            Theme(
                anchor=theme_anchor(theme_id),
                kind=str(t["kind"]),
                label=str(t["label"]),
                description=text_of(t, "description"),
                rule=text_of(t, "rule") or "no rule was recorded",
                count=count,
                share=real_of(t, "share") or 0.0,
                low=low,
                high=high,
                commenters=whole_of(t, "commenters"),
                named=_named(t),
                pages=whole_of(t, "pages") or 0,
                keyphrases=tuple(str(k) for k in list_of(t, "keyphrases")),
                quotes=source.quotes(list_of(t, "representatives"), MAX_QUOTES),
                near_misses=source.quotes(list_of(t, "near_misses"), MAX_NEAR),
                low_sample=sparse,
                quantity=q.quantity(count, total, low, high, sparse=sparse),
                theme_id=theme_id,
                sentences=sentences.get(theme_id, ()),
                boundary=source.quotes(list_of(t, "boundary"), MAX_NEAR),
                articles=_articles(source, theme_id),
                stability=real_of(t, "stability"),
                stable=None if t.get("stable") is None else bool(t["stable"]),
                loose=t.get("loose") is True,
                people=_people(t),
                introduced=introduced.get(theme_id),
                replies=replies.get(theme_id),
                change=changes.get(theme_id),
                trend=trends.get(theme_id, ()),
                notes=notes.get(theme_id, ()),
            )
        )
    return tuple(sorted(themes, key=lambda t: (t.loose, -t.count, t.kind != "named", t.label, t.anchor)))


def read_sentences(source: Source) -> dict[str, tuple[q.Sentence, ...]]:
    """Return the sentences of the table ``summary`` by section: ``brief`` or a theme id."""
    found: dict[str, list[q.Sentence]] = {}
    rows = sorted(source.more("summary"), key=lambda r: (str(r["section"]), whole_of(r, "position") or 0))
    for r in rows:
        if text := text_of(r, "sentence"):
            ids = tuple(str(i) for i in list_of(r, "comment_ids"))
            sentence = q.Sentence(text, source.anchors(r, "comment_ids"), text_of(r, "kind") or "counted", ids)
            found.setdefault(str(r["section"]), []).append(sentence)
    return {section: tuple(sentences) for section, sentences in found.items()}


def residual_groups(source: Source) -> tuple[Residual, ...]:
    """Return the comments in no theme by reason, largest first; examples are those nearest to a theme."""
    by_reason: dict[str, list[Row]] = {}
    for c in source.comments.values():
        if c["comment_id"] not in source.themes_of:
            by_reason.setdefault(text_of(c, "residual_reason") or "no reason recorded", []).append(c)
    out = []
    for reason, rows in by_reason.items():
        near = sorted(rows, key=lambda c: (-(real_of(c, "nearest_strength") or 0.0), c["comment_id"]))
        examples = source.quotes([c["comment_id"] for c in near], MAX_EXAMPLES)
        nearest = _nearest_themes(rows)
        out.append(Residual(reason, len(rows), len(rows) / len(source.comments), examples, nearest))
    return tuple(sorted(out, key=lambda r: (-r.count, r.reason)))


def _nearest_themes(rows: Sequence[Row]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for c in rows:
        if label := text_of(c, "nearest_theme"):
            counts[label] = counts.get(label, 0) + 1
    return tuple(sorted(counts.items(), key=lambda x: (-x[1], x[0]))[:5])


def _replies(source: Source) -> dict[str, Replies]:
    """What replies say of what they answer, by theme id; none for a theme without such replies."""
    return {
        str(r["theme_id"]): Replies(
            count=count,
            contradict=whole_of(r, "contradict") or 0,
            agree=whole_of(r, "agree") or 0,
            share=real_of(r, "share") or 0.0,
            low=real_of(r, "share_low"),
            high=real_of(r, "share_high"),
            contested=True if r.get("contested") else None,
            contradicting=source.anchors(r, "contradicting")[:MAX_CHIPS],
        )
        for r in source.more("replies")
        if (count := whole_of(r, "replies"))
    }


def _notes(source: Source) -> dict[str, tuple[str, ...]]:
    """What an analyst noted on themes, from the table ``notes``."""
    found: dict[str, tuple[str, ...]] = {}
    for r in source.more("notes"):
        if (note := text_of(r, "note")) and (theme_id := text_of(r, "theme_id")):
            found[theme_id] = (*found.get(theme_id, ()), note)
    return found


def _articles(source: Source, theme_id: str) -> tuple[ThemePage, ...]:
    counts: dict[str, int] = {}
    for i in source.members.get(theme_id, ()):
        page_id = source.comments[i]["page_id"]
        counts[page_id] = counts.get(page_id, 0) + 1
    ranked = sorted(counts, key=lambda p: (-counts[p], source.title(p), p))[:MAX_ARTICLES]
    return tuple(ThemePage(page_anchor(p), source.title(p), counts[p], len(source.by_page[p])) for p in ranked)


def _named(theme: Row) -> tuple[int, int] | None:
    names, at = whole_of(theme, "names"), whole_of(theme, "named_comments")
    return (names, at) if names and at else None


def _people(theme: Row) -> tuple[float, float | None, float | None] | None:
    share = real_of(theme, "commenter_share")
    if share is None:
        return None
    return share, real_of(theme, "commenter_share_low"), real_of(theme, "commenter_share_high")
