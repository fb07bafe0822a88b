"""Two runs over one store, side by side: what became of themes, and which shares moved most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.events import change_of_share, find_events, take_snapshot
from comments.errors import SettingsError
from reports.quantities import plural

if TYPE_CHECKING:
    from reports.tables import RunTables

MOVERS = 10


def compare_runs(before: RunTables, after: RunTables) -> dict[str, Any]:
    """Return what changed between two runs.

    Args:
        before: tables of the earlier run.
        after: tables of the later one.

    Returns:
        ``before`` and ``after`` (``run_id``, ``comments``, ``themes``), ``events`` as in docs/formats.md, and
        ``movers``: the themes in both, by how far their share moved.

    Raises:
        SettingsError: when no comment is in both, so that ids of themes mean different things, or the later is first.
    """
    was, now = take_snapshot(before.comments, before.assignments), take_snapshot(after.comments, after.assignments)
    if was.comments and now.comments and not was.comments & now.comments:
        raise SettingsError("the two runs have no comment in common", "compare runs over the same store")
    first, second = before.run.get("run", 0), after.run.get("run", 0)
    if first > second and now.comments <= was.comments:
        raise SettingsError(f"run {first} is the later one, run {second} the earlier", "name the earlier one first")
    known = set(before.themes["theme_id"])
    if "history" in after.more:
        known |= {name for names in after.more["history"]["parents"] for name in names}
    movers: list[dict[str, Any]] = []
    for name in sorted(was.members.keys() & now.members.keys()):
        change = change_of_share(name, was, now)
        if change:
            keys = ("change", "low", "high")
            numbers = {key: round(value, 6) for key, value in zip(keys, change, strict=True)}
            movers.append({"theme_id": name, "label": now.labels[name], **numbers})
    movers.sort(key=lambda row: (-abs(row["change"]), row["theme_id"]))
    return {
        "before": _about(before),
        "after": _about(after),
        "events": find_events(was, now, known),
        "movers": movers[:MOVERS],
    }


def _about(tables: RunTables) -> dict[str, Any]:
    return {"run_id": tables.run["run_id"], "comments": len(tables.comments), "themes": len(tables.themes)}


def say_changes(found: dict[str, Any]) -> str:
    """Return what changed as lines of text."""
    lines = [
        f"run {run['run_id']}: {plural(run['comments'], 'comment')}, {plural(run['themes'], 'theme')}"
        for run in (found["before"], found["after"])
    ]
    lines.append("")
    lines += [f"{e['event']:8} {e['theme_id']:8} {e['label']}: {e['evidence']}" for e in found["events"]]
    if not found["events"]:
        lines.append("no theme was born, merged, split or lost, and no share has surely moved")
    if found["movers"]:
        lines += ["", "biggest movers (change of the share in percentage points, with its 95% interval):"]
    for row in found["movers"]:
        interval = f"{100 * row['low']:+.1f} to {100 * row['high']:+.1f}"
        lines.append(f"{100 * row['change']:+6.1f}  ({interval})  {row['theme_id']} {row['label']}")
    return "\n".join(lines)
