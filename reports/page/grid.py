"""Which themes stand under which pages more, or less, often than under all pages together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from analysis.uncertainty import wilson_interval
from reports.page.source import page_anchor, theme_anchor

if TYPE_CHECKING:
    from reports.page.model import Theme
    from reports.page.source import Source

MAX_PAGES, MAX_THEMES = 40, 14
FAR = 2.0  # a share this many times the theme's share over all pages, or its inverse, is drawn darker
Look = Literal["over2", "over", "even", "under", "under2", "none"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Comments of a page in a theme; ``look`` says whether the interval is clear of the theme's share."""

    count: int
    low: float
    high: float
    look: Look


@dataclass(frozen=True, slots=True)
class GridRow:
    """A page and its cells, one a theme of the grid."""

    anchor: str
    title: str
    total: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The largest pages by the largest themes, and how many of each are left to the tables."""

    themes: tuple[tuple[str, str, float], ...]
    rows: tuple[GridRow, ...]
    pages_left: int
    themes_left: int


def build_grid(source: Source, themes: tuple[Theme, ...]) -> Grid | None:
    """Return the grid, or None where there are not two pages with comments and one theme.

    Args:
        source: the run.
        themes: its themes, largest first.
    """
    pages = sorted(source.by_page, key=lambda p: (-len(source.by_page[p]), source.title(p), p))
    filled = [t for t in themes if t.count]
    if len(pages) < 2 or not filled:
        return None
    columns = filled[:MAX_THEMES]
    counts: dict[tuple[str, str], int] = {}
    for comment_id, theme_ids in source.themes_of.items():
        page = source.comments[comment_id]["page_id"]
        for theme_id in theme_ids:
            counts[page, theme_id] = counts.get((page, theme_id), 0) + 1
    rows = []
    for page in pages[:MAX_PAGES]:
        total = len(source.by_page[page])
        cells = tuple(make_cell(counts.get((page, t.theme_id), 0), total, t.share) for t in columns)
        rows.append(GridRow(page_anchor(page), source.title(page), total, cells))
    return Grid(
        themes=tuple((theme_anchor(t.theme_id), t.label, t.share) for t in columns),
        rows=tuple(rows),
        pages_left=max(0, len(pages) - MAX_PAGES),
        themes_left=len(filled) - len(columns),
    )


def make_cell(count: int, total: int, share: float) -> Cell:
    """Return a cell: coloured only where the page's 95% interval lies wholly on one side of ``share``.

    Args:
        count: comments of the page in the theme.
        total: comments of the page.
        share: the theme's share over all pages.
    """
    low, high = wilson_interval(count, total)
    look: Look = "even" if count else "none"
    if low > share:
        look = "over2" if count / total >= FAR * share else "over"
    elif high < share:
        look = "under2" if count / total * FAR <= share else "under"
    return Cell(count, low, high, look)
