"""What became of themes since the last run, and themes over time: the tables that look back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from analysis.events import find_events, take_snapshot
from analysis.trend import find_trend
from reports.columns import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from analysis.lineage import Registry
    from analysis.themes import Themes
    from reports.tables import RunTables


def follow_themes(tables: RunTables, found: Themes, earlier: Registry, runs: pd.Series) -> tuple[RunTables, Registry]:
    """Return the tables with those that look back, and the registry as this run leaves it.

    Args:
        tables: of the run.
        found: what the run found.
        earlier: what the runs before it found.
        runs: number of the run that first saw each comment.

    Returns:
        ``events`` (only where there was a run before), ``history``, ``trend``, ``notes`` and ``conflicts`` are
        added to the tables.
    """
    before, registry = earlier.last, found.registry
    now = take_snapshot(tables.comments, tables.assignments)
    number = len(registry.runs) + 1
    events: list[dict[str, Any]] = []
    if before is not None:
        known = {theme.theme_id for theme in earlier.themes}
        events = find_events(before, now, known.union(*(run["counts"] for run in earlier.runs)))
    entry = {
        "run": number,
        "run_id": tables.run["run_id"],
        "comments": len(now.comments),
        "refit": tables.run["discovery"]["refit"],
        "counts": {name: len(ids) for name, ids in sorted(now.members.items())},
    }
    registry = replace(
        registry,
        last=now,
        runs=(*registry.runs, entry),
        events=(*registry.events, *({"run": number, **event} for event in events)),
    )
    more = {
        "trend": find_trend(tables.comments, tables.assignments, tables.pages, runs.tolist()),
        "notes": _frame("notes", found.notes),
        "conflicts": _frame("conflicts", found.conflicts),
        "history": _frame("history", registry.events),
    }
    if before is not None:
        more["events"] = _frame("events", events)
    return replace(tables, more={**tables.more, **more}, run={**tables.run, "run": number}), registry


def _frame(name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame([dict(row) for row in rows], columns=columns_of(name))
