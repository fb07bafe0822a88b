"""Inline SVG from numbers alone: share bars with intervals, their axis, and comments by time.

Lengths are percentages, so a chart is as wide as its column; looks come from classes, because the
page's security policy forbids style attributes. Only numbers and fixed words get in: nothing to escape.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from reports.quantities import period

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOPS = (0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)
BAR_HEIGHT = 16
TIME_HEIGHT = 104
WIDEST_COLUMN = 5.0  # percent: a few days must not look like a wall
_MAX_DAYS, _MAX_MONTHS = 62, 120  # above these a bar stands for a month, and then for a year


@dataclass(frozen=True, slots=True)
class Timeline:
    """Comments by day, month or year, with the empty ones in between."""

    unit: str
    bins: tuple[tuple[str, int], ...]


def count_by_time(days: Sequence[str]) -> Timeline | None:
    """Return the comments counted by time, or None where there is no span to show.

    Args:
        days: sorted ISO days, one a comment.
    """
    if not days:
        return None
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    months = (last.year - first.year) * 12 + last.month - first.month
    if (last - first).days <= _MAX_DAYS:
        unit, width = "day", 10
        keys = [(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)]
    elif months <= _MAX_MONTHS:
        unit, width, start = "month", 7, first.year * 12 + first.month - 1
        keys = [f"{(start + n) // 12:04}-{(start + n) % 12 + 1:02}" for n in range(months + 1)]
    else:
        unit, width = "year", 4
        keys = [f"{year:04}" for year in range(first.year, last.year + 1)]
    counts = Counter(day[:width] for day in days)
    return Timeline(unit, tuple((key, counts[key]) for key in keys)) if len(keys) > 1 else None


def time_bars(timeline: Timeline) -> str:
    """Return the timeline as columns on a shared base; a table with the numbers stands below it."""
    most = max(count for _, count in timeline.bins)
    step = 100 / len(timeline.bins)
    wide = min(step * 0.8, WIDEST_COLUMN)
    base, room = TIME_HEIGHT - 18, TIME_HEIGHT - 34
    parts = [
        f'<line class="grid" x1="0" x2="100%" y1="{base - room}" y2="{base - room}"/>',
        f'<text x="0" y="{base - room - 4}">{most:,}</text>',
    ]
    for n, (key, count) in enumerate(timeline.bins):
        tall = room * count / most
        box = f'x="{n * step + (step - wide) / 2:.4g}%" width="{wide:.4g}%"'
        column = f'<rect class="column" data-bin="{key}" {box} y="{base - tall:.4g}" height="{tall:.4g}">'
        parts.append(f"{column}<title>{period(key)}: {count:,}</title></rect>")
    parts.append(f'<line class="base" x1="0" x2="100%" y1="{base}" y2="{base}"/>')
    parts.append(f'<text x="0" y="{base + 14}">{period(timeline.bins[0][0])}</text>')
    parts.append(f'<text x="100%" y="{base + 14}" text-anchor="end">{period(timeline.bins[-1][0])}</text>')
    return f'<svg class="time" width="100%" height="{TIME_HEIGHT}" aria-hidden="true">{"".join(parts)}</svg>'


def found_bar(declared: int | None, found: int, top: int) -> str:
    """Return the found count as a bar inside the outline of the declared one; the numbers stand beside it."""
    outline = ""
    if declared is not None:
        outline = f'<rect class="outline" y="3" width="{_at(declared, top)}" height="8"/>'
    bar = f'<rect class="column" y="3" width="{_at(found, top)}" height="8"/>'
    return f'<svg class="foundbar" width="100%" height="14" aria-hidden="true">{bar}{outline}</svg>'


def axis_top(values: Sequence[float]) -> float:
    """Return the end of a shared axis: the first round share that holds every value."""
    largest = max(values, default=0.0)
    return next((top for top in _TOPS if largest <= top), 1.0)


def axis_ticks(top: float) -> tuple[float, ...]:
    """Return the shares to mark on an axis that ends at ``top``."""
    parts = 3 if top in (0.06, 0.15, 0.3, 0.6) else 2
    return tuple(top * n / parts for n in range(parts + 1))


def axis(top: float) -> str:
    """Return the axis above the share bars, with its ticks in percent."""
    marks = []
    for share in axis_ticks(top):
        at = 100 * share / top
        anchor = "start" if at == 0 else "end" if at > 99 else "middle"
        label = f"{share * 100:.1f}".removesuffix(".0")
        marks.append(f'<text x="{at:.4g}%" y="11" text-anchor="{anchor}">{label}%</text>')
    return f'<svg class="axis" width="100%" height="14" aria-hidden="true">{"".join(marks)}</svg>'


def share_bar(
    share: float, low: float | None, high: float | None, top: float, *, kind: str, sparse: bool = False
) -> str:
    """Return a bar for a share with its interval as a line; the numbers stand beside it as text.

    Args:
        share: 0 to 1.
        low: lower bound of the interval, or None.
        high: upper bound, or None.
        top: end of the axis, from :func:`axis_top`.
        kind: ``named`` or anything else (drawn as discovered).
        sparse: drawn hollow, because the sample is small.
    """
    mid = BAR_HEIGHT / 2
    ticks = [_at(t, top) for t in axis_ticks(top)]
    parts = [f'<line class="grid" x1="{x}" x2="{x}" y1="0" y2="{BAR_HEIGHT}"/>' for x in ticks]
    look = ("named" if kind == "named" else "found") + (" sparse" if sparse else "")
    tall = BAR_HEIGHT - 6
    parts.append(f'<rect class="bar {look}" x="0" y="3" width="{_at(share, top)}" height="{tall}"/>')
    if low is not None and high is not None:
        a, b = _at(low, top), _at(high, top)
        parts.append(f'<line class="range" x1="{a}" x2="{b}" y1="{mid:g}" y2="{mid:g}"/>')
        y = f'y1="{mid - 3:g}" y2="{mid + 3:g}"'
        parts += [f'<line class="range" x1="{x}" x2="{x}" {y}/>' for x in (a, b)]
    drawn = "".join(parts)
    return f'<svg class="sharebar" width="100%" height="{BAR_HEIGHT}" aria-hidden="true">{drawn}</svg>'


def _at(share: float, top: float) -> str:
    return f"{max(0.0, min(1.0, share / top)) * 100:.4g}%" if top else "0%"
