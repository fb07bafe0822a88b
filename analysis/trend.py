"""Shares of themes over time: by when comments were written, else by their page's date, else by run."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from analysis.uncertainty import wilson_interval
from comments.days import iso_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

Basis = Literal["comment date", "page date", "run"]
Unit = Literal["day", "week", "month", "year"]
PERIODS = 60
"""Most periods that are drawn before a longer unit is taken."""
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|$)")


def page_date(url: object) -> str | None:
    """Return the day that a page's URL states (``/2015/02/13/``), or None."""
    found = _IN_URL.search(url) if isinstance(url, str) else None
    return iso_day("-".join(f"{int(part):02d}" for part in found.groups())) if found else None


def date_comments(comments: pd.DataFrame, pages: pd.DataFrame, runs: Sequence[object]) -> tuple[list[str], list[Basis]]:
    """Return for each comment what dates it best: a day, or ``run N``; and what that is.

    Args:
        comments: columns ``page_id`` and ``day`` (see ``comments.days``).
        pages: columns ``page_id`` and ``url``.
        runs: number of the run that first saw each comment, null where unknown.
    """
    of_page = {row.page_id: page_date(row.url) for row in pages[["page_id", "url"]].itertuples()}
    when: list[str] = []
    basis: list[Basis] = []
    for row, run in zip(comments[["page_id", "day"]].itertuples(), runs, strict=True):
        day, from_page = row.day if isinstance(row.day, str) else None, of_page.get(row.page_id)
        basis.append("comment date" if day else "page date" if from_page else "run")
        when.append(day or from_page or (f"run {int(str(run))}" if isinstance(run, int) else "run 0"))
    return when, basis


def unit_for(days: Iterable[str]) -> Unit:
    """Return the shortest unit that gives at most 60 periods from the first day to the last."""
    some = sorted(days)
    if not some:
        return "day"
    span = (date.fromisoformat(some[-1]) - date.fromisoformat(some[0])).days + 1
    units: tuple[tuple[Unit, int], ...] = (("day", 1), ("week", 7), ("month", 30))
    return next((unit for unit, length in units if span <= PERIODS * length), "year")


def period_of(day: str, unit: Unit) -> str:
    """Return the period that a day lies in: ``2015-02-13``, ``2015-W07``, ``2015-02`` or ``2015``."""
    if unit == "day":
        return day
    if unit == "week":
        year, week, _ = date.fromisoformat(day).isocalendar()
        return f"{year:04d}-W{week:02d}"
    return day[:7] if unit == "month" else day[:4]


def all_periods(days: Iterable[str], unit: Unit) -> list[str]:
    """Return every period from the first day to the last, those without a day among them."""
    some = sorted(days)
    if not some:
        return []
    at, end, found = date.fromisoformat(some[0]), date.fromisoformat(some[-1]), []
    while at < end:
        found.append(period_of(at.isoformat(), unit))
        at += timedelta(days=1)
    return list(dict.fromkeys([*found, period_of(some[-1], unit)]))


def find_trend(
    comments: pd.DataFrame, assignments: pd.DataFrame, pages: pd.DataFrame, runs: Sequence[object]
) -> pd.DataFrame:
    """Return the share of each theme in each period among the comments of that period.

    Args:
        comments: columns ``comment_id``, ``page_id`` and ``day``.
        assignments: columns ``comment_id`` and ``theme_id``.
        pages: columns ``page_id`` and ``url``.
        runs: number of the run that first saw each comment, null where unknown.

    Returns:
        ``theme_id``, ``period``, ``basis``, ``count``, ``total``, ``share``, ``low``, ``high``, ``gap``. A gap is
        a period without any comment: nothing was written, or nothing was crawled. Each basis has periods of its own.
    """
    import pandas as pd

    when, basis = date_comments(comments, pages, runs)
    frame = pd.DataFrame({"comment_id": comments["comment_id"].tolist(), "period": when, "basis": basis}, dtype="str")
    rows: list[dict[str, object]] = []
    themes = sorted(set(assignments["theme_id"]))
    for name in ("comment date", "page date", "run"):
        part = frame[frame["basis"] == name]
        days = part["period"].tolist()
        if name == "run":
            periods = sorted(set(days), key=lambda run: int(run[4:]))
        else:
            unit = unit_for(days)
            periods = all_periods(days, unit)
            part = part.assign(period=[period_of(day, unit) for day in days])
        totals = part["period"].value_counts().to_dict()
        joined = assignments.merge(part, on="comment_id")
        counts = joined.groupby(["theme_id", "period"]).size().to_dict()
        rows += [
            _row(theme_id, period, name, counts.get((theme_id, period), 0), totals.get(period, 0))
            for theme_id in themes
            for period in periods
        ]
    return pd.DataFrame(rows, columns=["theme_id", "period", "basis", "count", "total", "share", "low", "high", "gap"])


def _row(theme_id: str, period: str, basis: str, count: int, total: int) -> dict[str, object]:
    low, high = wilson_interval(count, total)
    known = total > 0
    return {
        "theme_id": theme_id,
        "period": period,
        "basis": basis,
        "count": count,
        "total": total,
        "share": round(count / total, 6) if known else None,
        "low": round(low, 6) if known else None,
        "high": round(high, 6) if known else None,
        "gap": not known,
    }
