"""Static figures for papers: SVG and PNG whose bytes depend on the tables alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from reports.quantities import number
from reports.rows import day_of_comment, real_of, text_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from reports.exports.read import RunFolder
    from reports.rows import Row

MOST_THEMES, MOST_PAGES = 25, 30
LONGEST = 48  # signs of a label
MARKS = 9  # steps at most between the days that stand under the columns
INK, BAR, LOOSE, LINE = "#1d2528", "#3b6e8f", "#c3d3de", "#b0552f"  # told apart without colour by how dark they are
STYLE = {
    "svg.hashsalt": "belowtheline",
    "svg.fonttype": "path",  # the same picture on every machine, and no text that could be more than text
    "font.family": "DejaVu Sans",  # comes with matplotlib
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.parse_math": False,
}


def figure_files(run: RunFolder) -> dict[str, bytes]:
    """Return the figures of a run, each as SVG and PNG: shares of themes, pages by themes, comments by day.

    A figure for which there is nothing to draw is left out.

    Args:
        run: the run.
    """
    import matplotlib as mpl

    files = {}
    with mpl.rc_context(STYLE):
        for name, draw in (("themes", _draw_themes), ("pages-by-themes", _draw_grid), ("days", _draw_days)):
            figure = draw(run)
            if figure is not None:
                files[f"{name}.svg"] = _save(figure, "svg", {"Date": None, "Creator": None})
                files[f"{name}.png"] = _save(figure, "png", {"Software": None})
    return files


def _save(figure: Figure, kind: str, metadata: dict[str, Any]) -> bytes:
    import warnings

    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")  # drawn as a box, and said in the docs
        figure.savefig(out, format=kind, metadata=metadata, dpi=200, bbox_inches="tight")
    return out.getvalue()


def _new(width: float, height: float) -> tuple[Figure, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height))
    return figure, figure.subplots()


def _short(label: str) -> str:
    label = " ".join("".join(c if c.isprintable() else " " for c in label).split())
    return label if len(label) <= LONGEST else label[: LONGEST - 1] + "…"


def _draw_themes(run: RunFolder) -> Figure | None:
    """Shares of the largest themes with their intervals."""
    themes = [row for row in run.rows("themes") if row["count"]]
    themes.sort(key=lambda row: (-row["count"], row["theme_id"]))
    themes = themes[:MOST_THEMES][::-1]
    if not themes:
        return None
    figure, axes = _new(7.0, 0.9 + 0.26 * len(themes))
    shares = [100 * row["share"] for row in themes]
    axes.barh(range(len(themes)), shares, color=[_colour(row) for row in themes], height=0.6)
    for at, row in enumerate(themes):
        low, high = real_of(row, "share_low"), real_of(row, "share_high")
        if low is not None and high is not None:
            axes.plot([100 * low, 100 * high], [at, at], color=LINE, linewidth=1.6, solid_capstyle="butt")
    axes.set_yticks(range(len(themes)), [_short(str(row["label"])) for row in themes])
    kinds = "; dark: named themes" + ("; pale: loose groups" if any(row.get("loose") for row in themes) else "")
    axes.set_xlabel(f"% of {number(run.tables['comments'].num_rows)} comments; line: 95% interval{kinds}")
    return figure


def _colour(theme: Row) -> str:
    """Of a theme's bar: how sure it is that there is such a theme."""
    return INK if theme["kind"] == "named" else LOOSE if theme.get("loose") else BAR


def _draw_grid(run: RunFolder) -> Figure | None:
    """Comments of the largest themes on the pages with most comments."""
    themes = sorted((r for r in run.rows("themes") if r["count"]), key=lambda r: (-r["count"], r["theme_id"]))
    pages = sorted((r for r in run.rows("pages") if r["found_count"]), key=lambda r: (-r["found_count"], r["page_id"]))
    themes, pages = themes[:MOST_THEMES], pages[:MOST_PAGES]
    if not themes or len(pages) < 2:
        return None
    of_comment = {row["comment_id"]: row["page_id"] for row in run.rows("comments")}
    rows = {row["page_id"]: n for n, row in enumerate(pages)}
    columns = {row["theme_id"]: n for n, row in enumerate(themes)}
    counts = [[0] * len(themes) for _ in pages]
    for row in run.rows("assignments"):
        page, column = of_comment[row["comment_id"]], columns.get(row["theme_id"])
        if page in rows and column is not None:
            counts[rows[page]][column] += 1
    figure, axes = _new(2.5 + 0.28 * len(themes), 1.5 + 0.24 * len(pages))
    shares = [[100 * n / page["found_count"] for n in line] for line, page in zip(counts, pages, strict=True)]
    image = axes.imshow(shares, cmap="Blues", aspect="auto", vmin=0)
    titles = [text_of(row, "title") or text_of(row, "address") or row["page_id"] for row in pages]
    axes.set_yticks(range(len(pages)), [_short(title) for title in titles])
    axes.set_xticks(range(len(themes)), [_short(str(row["label"])) for row in themes], rotation=60, ha="right")
    figure.colorbar(image, label="% of the page's comments", shrink=0.8)
    return figure


def _draw_days(run: RunFolder) -> Figure | None:
    """Comments by the day on which they were written, as far as that is known."""
    import datetime

    days: dict[str, int] = {}
    for row in run.rows("comments"):
        if day := day_of_comment(row):
            days[day] = days.get(day, 0) + 1
    if len(days) < 2:
        return None
    figure, axes = _new(7.0, 2.6)
    known = sorted(map(datetime.date.fromisoformat, days))
    axes.bar(known, [days[day.isoformat()] for day in known], color=BAR)
    undated = run.tables["comments"].num_rows - sum(days.values())
    axes.set_ylabel("comments")
    axes.set_xlabel(f"day; {number(undated)} comments without a known date" if undated else "day")
    span = (known[-1] - known[0]).days
    # Matplotlib's own marks run into one another at the end of a month, and are hours where there are few days.
    marks = [known[0] + datetime.timedelta(days=n) for n in range(0, span + 1, -(-span // MARKS))]
    axes.set_xticks(marks, [day.isoformat() for day in marks])
    figure.autofmt_xdate()
    return figure
