"""From the tables of a run to a `Report`: everything the pages say, and no HTML."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from reports.page import prose
from reports.page.agenda import read_agenda, read_introduced
from reports.page.cards import read_sentences, residual_groups, theme_cards
from reports.page.charts import count_by_time
from reports.page.desk import read_desk, unread_languages
from reports.page.details import build_details
from reports.page.grid import build_grid
from reports.page.integrity import Campaign, read_integrity
from reports.page.levels import read_levels
from reports.page.model import Quote, Reject, Replies, Report
from reports.page.movement import read_changes, read_trends
from reports.page.source import QUOTE_LENGTH, Source, comment_anchor
from reports.page.threads import page_rows
from reports.quantities import Sentence
from reports.rows import flatten, rows_of, text_of, whole_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.page.model import Theme
    from reports.tables import RunTables

__all__ = ["OPEN_LIMIT", "QUOTE_LENGTH", "build_report"]
OPEN_LIMIT = 2000  # comments up to which every thread is written out, for readers without JavaScript


def build_report(tables: RunTables) -> Report:
    """Return the report of a run; the same tables give an equal report whatever their row order.

    Args:
        tables: the run's tables; columns and further tables that are absent count as unknown.
    """
    run = tables.run
    source = Source(tables)
    facts = source.facts
    themes, residual = theme_cards(source), residual_groups(source)
    whole = facts["comments"] <= OPEN_LIMIT
    rejects = sorted(tuple(text_of(r, k) or "" for k in Reject.__slots__) for r in rows_of(tables.rejects))
    discovery = run.get("discovery") or {}
    title = str(run.get("title") or "Reader comments")
    left = [(r.reason, r.count) for r in residual]
    brief = read_sentences(source).get("brief") or prose.write_brief(facts, themes, left)
    agenda, desk = read_agenda(source, read_introduced(source)), read_desk(source)
    integrity = read_integrity(source, prose.write_measures(run.get("measures") or {}))
    levels = read_levels(source)
    cited = _cited(themes, residual, brief, agenda, desk, integrity)
    return Report(
        title=title,
        run_id=str(run.get("run_id") or "unnamed"),
        headline=prose.write_headline(facts),
        brief=brief,
        discovery=(str(discovery.get("state") or "ok"), str(discovery.get("note") or "")),
        themes=themes,
        pages=page_rows(source, None if whole else {i for i in source.comments if comment_anchor(i) in cited}),
        threads_note=prose.write_threads_note(facts, whole=whole),
        residual=residual,
        rejects=tuple(Reject(*r) for r in rejects),
        comments=facts["comments"],
        timeline=count_by_time(facts["dates"]),
        methods=prose.write_methods(run, facts),
        notes=tuple(str(n) for n in run.get("notes") or ()),
        settings=tuple(flatten(run.get("settings") or {})),
        versions=tuple(flatten({"python": run.get("python"), **(run.get("versions") or {})})),
        cite=prose.write_citation(run, title, facts),
        details=build_details(source, [(t.theme_id, t.label, t.kind) for t in themes], levels),
        changes=read_changes(source)[0],
        trends=read_trends(source)[0],
        grid=build_grid(source, themes),
        agenda=agenda,
        integrity=integrity,
        desk=desk,
        desk_unread=unread_languages(source),
        levels=levels,
        conflicts=_conflicts(source),
        inputs=tuple(flatten({**(run.get("inputs") or {}), "model": run.get("model") or {}})),
    )


def _conflicts(source: Source) -> tuple[tuple[str, str, str], ...]:
    """Edits that did not apply: place and action, what they are about, and why."""
    rows = sorted(source.more("conflicts"), key=lambda r: whole_of(r, "edit") or 0)
    return tuple(
        (
            f"{whole_of(r, 'edit') or ''} {text_of(r, 'action') or ''}".strip(),
            " ".join(filter(None, (text_of(r, "theme_id"), text_of(r, "comment_id")))),
            text_of(r, "reason") or "",
        )
        for r in rows
    )


def _cited(themes: Sequence[Theme], *parts: object) -> set[str]:
    """Anchors of all comments that a card or panel leads to, so that each is written out with its surroundings."""
    found: set[str] = set()
    waiting: list[object] = [themes, *parts]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Quote):
            found.add(part.anchor)
        elif isinstance(part, Sentence):
            found.update(part.evidence)
        elif isinstance(part, Campaign):
            found.update(part.anchors)
        elif isinstance(part, Replies):
            found.update(part.contradicting)
        elif isinstance(part, tuple | list):
            waiting += part
        elif is_dataclass(part):
            waiting += [getattr(part, field.name) for field in fields(part)]
    return found
