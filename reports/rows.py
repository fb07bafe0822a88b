"""Rows of frames as plain values, with one kind of unknown: None."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from comments.days import iso_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

Row = dict[str, Any]


def short_hour(created_at: str) -> str:
    """The time of day in an ISO time, as ``, 14:02``; nothing where only the day is known."""
    time = created_at.replace(" ", "T").partition("T")[2]
    return "" if not time or time.startswith("00:00:00") else f", {time[:5]}"


def day_of_comment(comment: Row) -> str | None:
    """The calendar day of a comment, as read from its dates; older tables have but the time for machines."""
    return iso_day(text_of(comment, "day" if "day" in comment else "created_at"))


def flatten(value: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Nested settings as sorted pairs of dotted name and value."""
    for key in sorted(value, key=str):
        item = value[key]
        if isinstance(item, dict) and item:
            yield from flatten(item, f"{prefix}{key}.")
        else:
            text = item if isinstance(item, str) else json.dumps(item, sort_keys=True, default=str)
            yield f"{prefix}{key}", text


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """The frame's rows with every kind of null as None and the index forgotten."""
    plain = frame.astype(object)
    return [{str(k): v for k, v in r.items()} for r in plain.where(plain.notna(), None).to_dict("records")]


def text_of(row: Row, key: str) -> str | None:
    """Return a cell as text, or None where it is blank."""
    value = row.get(key)
    return None if value is None or not str(value).strip() else str(value)


def whole_of(row: Row, key: str) -> int | None:
    """Return a cell as a whole number, or None."""
    return None if row.get(key) is None else int(row[key])


def real_of(row: Row, key: str) -> float | None:
    """Return a cell as a number, or None."""
    return None if row.get(key) is None else float(row[key])


def list_of(row: Row, key: str) -> list[Any]:
    """Return a cell as a list, empty where there is none."""
    return [] if row.get(key) is None else list(row[key])
