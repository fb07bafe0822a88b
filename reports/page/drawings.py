"""Drawings of change and time as inline SVG from numbers alone: ribbons, moves, lines with bands, ticks.

As in :mod:`reports.page.charts`, looks come from classes and nothing but numbers and fixed words gets in.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reports.quantities import period

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.page.movement import Change, Period, Side

RIBBON_WIDTH, RIBBON_HEIGHT, NODE = 120, 44, 6
LINE_WIDTH, LINE_HEIGHT = 200, 64
SPARK_HEIGHT = 24


def ribbon(change: Change) -> str:
    """Return what became of a theme: bars before on the left, bars after on the right, ribbons between."""
    heights = _heights(change.before), _heights(change.after)
    tallest = max(sum(h) + 4 * max(0, len(h) - 1) for h in heights) or 1.0
    scale = min(1.0, RIBBON_HEIGHT / tallest)
    left, right = ([h * scale for h in side] for side in heights)
    y_left, y_right = _stack(left), _stack(right)
    parts = []
    for n, (y1, h1) in enumerate(zip(y_left, left, strict=True)):
        for k, (y2, h2) in enumerate(zip(y_right, right, strict=True)):
            a = _slice(y1, h1, k, len(right)) if len(right) > 1 else (y1, y1 + h1)
            b = _slice(y2, h2, n, len(left)) if len(left) > 1 else (y2, y2 + h2)
            parts.append(_band(a, b))
    for x, ys, side in ((0, y_left, left), (RIBBON_WIDTH - NODE, y_right, right)):
        for y, h in zip(ys, side, strict=True):
            parts.append(f'<rect class="node" x="{x}" y="{y:.4g}" width="{NODE}" height="{h:.4g}"/>')
    size = f'width="{RIBBON_WIDTH}" height="{RIBBON_HEIGHT}" viewBox="0 0 {RIBBON_WIDTH} {RIBBON_HEIGHT}"'
    return f'<svg class="ribbon {_word(change.event)}" {size} aria-hidden="true">{"".join(parts)}</svg>'


def mover(change: Change, top: float) -> str:
    """Return a change of share as a dot with its interval on an axis from ``-top`` to ``top``."""
    low, high, at = change.low or 0.0, change.high or 0.0, change.difference or 0.0
    x = [f"{50 + 50 * max(-1.0, min(1.0, v / top)) if top else 50:.4g}%" for v in (low, high, at)]
    sure = " sure" if low > 0 or high < 0 else ""
    drawn = (
        '<line class="base" x1="50%" x2="50%" y1="0" y2="16"/>'
        f'<line class="range" x1="{x[0]}" x2="{x[1]}" y1="8" y2="8"/>'
        f'<circle class="dot{sure}" cx="{x[2]}" cy="8" r="4"/>'
    )
    return f'<svg class="mover" width="100%" height="16" aria-hidden="true">{drawn}</svg>'


def trend(points: Sequence[Period], top: float) -> str:
    """Return a theme's share over the periods with the band of its interval, broken at gaps."""
    drawn = _line(points, top, LINE_HEIGHT - 18, band=True)
    base = LINE_HEIGHT - 18
    ends = (
        f'<text x="0" y="{LINE_HEIGHT - 3}">{period(_word(points[0].period))}</text>'
        f'<text x="100%" y="{LINE_HEIGHT - 3}" text-anchor="end">{period(_word(points[-1].period))}</text>'
        if points
        else ""
    )
    inner = (
        f'<svg class="plot" width="100%" height="{base}" viewBox="0 0 {LINE_WIDTH} {base}" '
        f'preserveAspectRatio="none">{drawn}</svg>'
    )
    line = f'<line class="base" x1="0" x2="100%" y1="{base}" y2="{base}"/>'
    return f'<svg class="trend" width="100%" height="{LINE_HEIGHT}" aria-hidden="true">{inner}{line}{ends}</svg>'


def spark(points: Sequence[Period], top: float) -> str:
    """Return a column a period, small enough to stand in a row; a gap is empty, and so is a lone period."""
    if len(points) < 2:
        return ""
    highest = max((p.share or 0.0 for p in points), default=0.0) or top or 1.0
    step = 100 / len(points)
    wide = min(step * 0.72, 12.0)
    parts = [f'<line class="faint" x1="0" x2="100%" y1="{SPARK_HEIGHT}" y2="{SPARK_HEIGHT}"/>']
    for n, p in enumerate(points):
        if p.share is not None:
            tall = max(1.5, (SPARK_HEIGHT - 2) * p.share / highest)
            box = f'x="{n * step + (step - wide) / 2:.4g}%" width="{wide:.4g}%"'
            parts.append(f'<rect class="column" {box} y="{SPARK_HEIGHT - tall:.4g}" height="{tall:.4g}"/>')
    return f'<svg class="spark" width="100%" height="{SPARK_HEIGHT}" aria-hidden="true">{"".join(parts)}</svg>'


def ticks(times: Sequence[tuple[str, int]]) -> str:
    """Return a strip with a tick for each day, as tall as the day's count."""
    first, last = (date.fromisoformat(times[n][0]).toordinal() for n in (0, -1))
    most = max(n for _, n in times)
    span = max(1, last - first)
    parts = ['<line class="base" x1="0" x2="100%" y1="20" y2="20"/>']
    for day, n in times:
        x = 1 + 98 * (date.fromisoformat(day).toordinal() - first) / span
        tall = 4 + 14 * n / most
        parts.append(f'<line class="tick" x1="{x:.4g}%" x2="{x:.4g}%" y1="{20 - tall:.4g}" y2="20"/>')
    parts.append(f'<text x="0" y="34">{period(times[0][0])}</text>')
    parts.append(f'<text x="100%" y="34" text-anchor="end">{period(times[-1][0])}</text>')
    return f'<svg class="times" width="100%" height="38" aria-hidden="true">{"".join(parts)}</svg>'


def plain_bar(value: float, top: float) -> str:
    """Return a bar for a number; the number stands beside it."""
    width = 100 * value / top if top else 0
    return (
        '<svg class="foundbar" width="100%" height="14" aria-hidden="true">'
        f'<rect class="column" y="3" width="{width:.4g}%" height="8"/></svg>'
    )


def _heights(sides: Sequence[Side]) -> list[float]:
    """Heights of bars by the square root of the count, so that small themes stay visible."""
    return [4.0 if s.count is None else max(3.0, min(40.0, 2.6 * s.count**0.5)) for s in sides]


def _stack(heights: Sequence[float]) -> list[float]:
    total = sum(heights) + 4 * max(0, len(heights) - 1)
    y, out = (RIBBON_HEIGHT - total) / 2, []
    for h in heights:
        out.append(y)
        y += h + 4
    return out


def _slice(y: float, height: float, n: int, parts: int) -> tuple[float, float]:
    return y + height * n / parts, y + height * (n + 1) / parts


def _band(a: tuple[float, float], b: tuple[float, float]) -> str:
    x1, x2, mid = NODE, RIBBON_WIDTH - NODE, RIBBON_WIDTH / 2
    return (
        f'<path class="flow" d="M{x1} {a[0]:.4g}C{mid:g} {a[0]:.4g} {mid:g} {b[0]:.4g} {x2} {b[0]:.4g}'
        f'V{b[1]:.4g}C{mid:g} {b[1]:.4g} {mid:g} {a[1]:.4g} {x1} {a[1]:.4g}Z"/>'
    )


def _line(points: Sequence[Period], top: float, height: float, *, band: bool) -> str:
    """Runs of known periods as lines; a lone one as a dot."""
    step = LINE_WIDTH / max(1, len(points) - 1)

    def y(value: float) -> str:
        return f"{height - 2 - (height - 4) * min(1.0, value / top) if top else height - 2:.4g}"

    runs: list[list[tuple[str, Period]]] = [[]]
    for n, p in enumerate(points):
        if p.share is None:
            runs.append([])
        else:
            runs[-1].append((f"{n * step:.4g}", p))
    parts = []
    for run in filter(None, runs):
        if band and all(p.low is not None and p.high is not None for _, p in run):
            there = [f"{x} {y(p.high or 0.0)}" for x, p in run]
            back = [f"{x} {y(p.low or 0.0)}" for x, p in reversed(run)]
            parts.append(f'<path class="area" d="M{"L".join(there + back)}Z"/>')
        steps = [f"{x} {y(p.share or 0.0)}" for x, p in run]
        if len(steps) == 1:
            parts.append(f'<path class="lone" d="M{steps[0]}h0"/>')
        else:
            parts.append(f'<path class="path" d="M{"L".join(steps)}"/>')
    return "".join(parts)


def _word(text: str) -> str:
    """A date or fixed word, with every other character gone."""
    return "".join(c for c in text if c.isascii() and (c.isalnum() or c in "-: "))
