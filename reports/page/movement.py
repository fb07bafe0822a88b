"""What changed since the last run, and themes over time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.page.source import theme_anchor
from reports.rows import Row, list_of, real_of, text_of, whole_of

if TYPE_CHECKING:
    from reports.page.source import Source

ORDER = ("born", "revived", "merged", "split", "grown", "shrunk", "dormant")
FIRM = 20  # comments of a period from which its shares set the scale; a share above it is cut at the top
BASES = ("comment date", "page date", "run")
MARKS = {"born": "new", "revived": "back", "grown": "grown", "shrunk": "shrunk", "merged": "merged", "split": "split"}


@dataclass(frozen=True, slots=True)
class Side:
    """A theme before or after an event; ``anchor`` is None where it has no card."""

    label: str
    anchor: str | None
    count: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One event in the life of a theme, from the table ``events``."""

    event: str
    label: str
    anchor: str | None
    before: tuple[Side, ...]
    after: tuple[Side, ...]
    share_before: float | None
    share_after: float | None
    low: float | None
    high: float | None
    evidence: str | None

    @property
    def mark(self) -> str | None:
        """The word at the theme's name in the list."""
        return MARKS.get(self.event)

    @property
    def difference(self) -> float | None:
        """Change of the share; None where one side is unknown."""
        if self.share_before is None or self.share_after is None:
            return None
        return self.share_after - self.share_before


@dataclass(frozen=True, slots=True)
class Changes:
    """All events, and those whose share moved, the biggest move first; ``top`` is the end of their axis."""

    events: tuple[Change, ...]
    movers: tuple[Change, ...]
    top: float


@dataclass(frozen=True, slots=True)
class Period:
    """A theme's count among all comments of a period; a gap is a period without any page."""

    period: str
    count: int
    total: int
    share: float | None
    low: float | None
    high: float | None
    gap: bool


@dataclass(frozen=True, slots=True)
class Trends:
    """Every theme over the same periods; ``basis`` says what dates them, ``top`` ends their axis."""

    basis: str
    periods: tuple[tuple[str, int, bool], ...]
    lines: tuple[tuple[str, str, tuple[Period, ...]], ...]
    top: float


def read_changes(source: Source) -> tuple[Changes | None, dict[str, Change]]:
    """Return what changed and, for each theme id, its event; (None, {}) without a table ``events``."""
    if not source.has("events"):
        return None, {}
    rows = source.more("events")
    known = {str(r["theme_id"]): r for r in rows}
    pairs = [(str(r["theme_id"]), _change(source, r, known)) for r in rows]
    rank = {event: n for n, event in enumerate(ORDER)}
    pairs.sort(key=lambda p: (rank.get(p[1].event, len(rank)), -abs(p[1].difference or 0.0), p[1].label, p[0]))
    events = tuple(change for _, change in pairs)
    movers = [c for c in events if c.difference is not None and c.low is not None and c.high is not None]
    movers.sort(key=lambda c: (-abs(c.difference or 0.0), c.label))
    bounds = [abs(b) for c in movers for b in (c.low or 0.0, c.high or 0.0, c.difference or 0.0)]
    by_theme: dict[str, Change] = {}
    for theme_id, change in pairs:
        by_theme.setdefault(theme_id, change)
        if change.event == "split":
            for child in list_of(known[theme_id], "children"):
                by_theme.setdefault(str(child), change)
    return Changes(events, tuple(movers), max(bounds, default=0.0)), by_theme


def _one_basis(rows: list[Row]) -> list[Row]:
    """The rows of the best basis that has two known periods or more: dates of comments, of pages, then runs."""
    known: dict[str, set[str]] = {}
    for r in rows:
        if not r.get("gap"):
            known.setdefault(str(r["basis"]), set()).add(str(r["period"]))
    bases = sorted((b for b, periods in known.items() if len(periods) > 1), key=lambda b: (_rank(b), b))
    return [r for r in rows if str(r["basis"]) == bases[0]] if bases else []


def _natural(period: str) -> str:
    """A key by which "run 10" comes after "run 9", and dates stay in their order."""
    return re.sub(r"\d+", lambda number: number[0].zfill(8), period)


def _rank(basis: str) -> int:
    return BASES.index(basis) if basis in BASES else len(BASES)


def _change(source: Source, row: Row, known: dict[str, Row]) -> Change:
    theme_id, event = str(row["theme_id"]), str(row["event"])
    label = text_of(row, "label") or source.label(theme_id)
    me_before = Side(label, _card(source, theme_id), whole_of(row, "count_before"))
    me_after = Side(label, _card(source, theme_id), whole_of(row, "count_after"))
    parents = [p for p in dict.fromkeys(map(str, list_of(row, "parents"))) if p != theme_id]
    children = [c for c in dict.fromkeys(map(str, list_of(row, "children"))) if c != theme_id]
    before = [] if event == "born" else [me_before] if me_before.count or event not in ("merged", "revived") else []
    after = [] if event == "dormant" else [me_after] if me_after.count or event != "split" else []
    return Change(
        event=event,
        label=label,
        anchor=_card(source, theme_id),
        before=(*before, *(_side(source, p, known, "count_before") for p in parents)),
        after=(*after, *(_side(source, c, known, "count_after") for c in children)),
        share_before=real_of(row, "share_before"),
        share_after=real_of(row, "share_after"),
        low=real_of(row, "change_low"),
        high=real_of(row, "change_high"),
        evidence=text_of(row, "evidence"),
    )


def _side(source: Source, theme_id: str, known: dict[str, Row], key: str) -> Side:
    row = known.get(theme_id, {})
    count = whole_of(row, key)
    if count is None and key == "count_after":
        count = whole_of(source.themes.get(theme_id, {}), "count")
    return Side(
        text_of(row, "label") or (source.label(theme_id) if theme_id in source.themes else theme_id),
        _card(source, theme_id),
        count,
    )


def _card(source: Source, theme_id: str) -> str | None:
    return theme_anchor(theme_id) if theme_id in source.themes else None


def read_trends(source: Source) -> tuple[Trends | None, dict[str, tuple[Period, ...]]]:
    """Return the trends and each theme's periods; (None, {}) without a table ``trend`` of two periods or more."""
    rows = _one_basis(source.more("trend"))
    by_theme: dict[str, list[Period]] = {}
    totals: dict[str, tuple[int, bool]] = {}
    for r in rows:
        total, gap = whole_of(r, "total") or 0, bool(r.get("gap"))
        point = Period(
            period=str(r["period"]),
            count=whole_of(r, "count") or 0,
            total=total,
            share=None if gap else real_of(r, "share"),
            low=real_of(r, "low"),
            high=real_of(r, "high"),
            gap=gap,
        )
        by_theme.setdefault(str(r["theme_id"]), []).append(point)
        totals[point.period] = (total, gap)
    if len(totals) < 2:
        return None, {}
    lines = {
        theme_id: tuple(sorted(points, key=lambda p: _natural(p.period)))
        for theme_id, points in by_theme.items()
        if theme_id in source.themes
    }
    counts = {theme_id: sum(p.count for p in points) for theme_id, points in lines.items()}
    ranked = sorted(lines, key=lambda i: (-counts[i], source.label(i), i))
    known = [p for points in lines.values() for p in points if p.share is not None]
    firm = [p.share or 0.0 for p in known if p.total >= FIRM] or [p.share or 0.0 for p in known]
    highest = min(1.0, 1.2 * max(firm, default=0.0))
    trends = Trends(
        basis=text_of(rows[0], "basis") or "unknown dates",
        periods=tuple((period, *totals[period]) for period in sorted(totals, key=_natural)),
        lines=tuple((theme_anchor(i), source.label(i), lines[i]) for i in ranked),
        top=highest,
    )
    return trends, lines
