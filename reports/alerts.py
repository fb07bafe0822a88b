"""Conditions that a scheduled run is watched for: written to alerts.json, and told by the exit code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comments.errors import SettingsError

if TYPE_CHECKING:
    from reports.tables import RunTables

EXIT_CODE = 5
_BOUND = re.compile(r"(share|change)\s*>\s*(\d+(?:\.\d+)?)\s*(%?)")


@dataclass(frozen=True, slots=True)
class Alert:
    """A condition.

    Attributes:
        text: as the user wrote it.
        kind: ``new-theme``; ``share`` of a theme, or ``change`` of it since the last run, above a bound.
        bound: 0 to 1.
    """

    text: str
    kind: str
    bound: float = 0.0


def parse_alert(text: str) -> Alert:
    """Read a condition: ``new-theme``, ``share>10%`` or ``change>5%``.

    Raises:
        SettingsError: when it is none of these.
    """
    if text.strip() == "new-theme":
        return Alert(text, "new-theme")
    found = _BOUND.fullmatch(text.strip())
    if not found:
        raise SettingsError(f"--alert {text!r} is not understood", "write new-theme, share>10% or change>5%")
    bound = float(found[2]) / (100 if found[3] else 1)
    if bound > 1:
        raise SettingsError(f"--alert {text!r} can never hold", "a share is at most 100%")
    return Alert(text, found[1], bound)


def raise_alerts(alerts: tuple[Alert, ...], tables: RunTables) -> list[dict[str, Any]]:
    """Return each condition that holds, with the theme that it holds for.

    ``new-theme`` and ``change`` need a run before this one; the first run knows no change.
    """
    labels = dict(zip(tables.themes["theme_id"], tables.themes["label"], strict=True))
    found = []
    for alert in alerts:
        found += [
            {"alert": alert.text, "theme_id": theme_id, "label": labels.get(theme_id, theme_id), "value": value}
            for theme_id, value in _cases(alert, tables)
        ]
    return found


def _cases(alert: Alert, tables: RunTables) -> list[tuple[str, float]]:
    themes = list(zip(tables.themes["theme_id"], tables.themes["share"].astype(float), strict=True))
    if alert.kind == "share":
        return [(name, round(share, 6)) for name, share in themes if share > alert.bound]
    history = tables.more.get("events")
    events = [] if history is None else history.to_dict("records")
    if alert.kind == "new-theme":
        new = {event["theme_id"] for event in events if event["event"] == "born"}
        new |= {name for event in events if event["event"] == "split" for name in event["children"]} - {
            event["theme_id"] for event in events
        }
        return [(name, round(share, 6)) for name, share in themes if name in new]
    moved = [(event["theme_id"], round(event["share_after"] - event["share_before"], 6)) for event in events]
    return [pair for pair in dict.fromkeys(moved) if abs(pair[1]) > alert.bound]
