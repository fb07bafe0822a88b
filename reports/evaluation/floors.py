"""Floors of splitting quality: pinned with the data's digest, checked, never lowered unseen."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

from comments.errors import SettingsError
from reports.evaluation.score import GroupScore

FLOORS = Path(__file__).with_name("split_floors.json")
LEAST = ("comment_f1", "boundary_f1", "exact", "article_f1", "comment_f1_by_site", "boundary_f1_by_site")
"""Numbers that must not fall below their floor."""
MOST = ("false",)
"""Numbers that must not rise above theirs."""
MARGIN = 0.002
"""How far below the measured value a floor is pinned: a rounding, not a licence."""
Floors = dict[str, dict[str, float]]
Book = dict[str, Floors]


def read_floors(path: Path = FLOORS) -> Book:
    """Return the pinned floors: by digest of the labelled file, by group, by number.

    Raises:
        SettingsError: where the file is no such table.
    """
    try:
        held = json.loads(path.read_text("utf-8")) if path.exists() else {}
        return {d: {g: dict(f) for g, f in groups.items()} for d, groups in held.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise SettingsError(f"{path} holds no floors ({error})", "pin them again: btl eval split GOLD --pin") from None


def find_missed(floors: Floors, scores: Mapping[str, GroupScore]) -> list[str]:
    """Return a line for each number that misses its floor, and for each pinned group that is not there."""
    missed: list[str] = []
    for group, numbers in sorted(floors.items()):
        if group not in scores:
            missed.append(f"{group}: no page of this group was measured")
            continue
        got = scores[group].as_dict()
        for name, floor in sorted(numbers.items()):
            value = got[name]
            if value is None or (value > floor if name in MOST else value < floor):
                side = "above" if name in MOST else "below"
                missed.append(f"{group}: {name} {'-' if value is None else format(value, '.4f')} is {side} {floor:.4f}")
    return missed


def make_floors(scores: Mapping[str, GroupScore]) -> Floors:
    """Return floors a little below what was measured."""
    return {group: _pin(score.as_dict()) for group, score in scores.items()}


def _pin(got: Mapping[str, float | None]) -> dict[str, float]:
    least = {n: max(0.0, math.floor((v - MARGIN) * 1000) / 1000) for n in LEAST if (v := got[n]) is not None}
    return least | {n: v for n in MOST if (v := got[n]) is not None}


def pin_floors(path: Path, digest: str, new: Floors, *, lower: bool) -> None:
    """Write floors for one labelled file; the others stay.

    Raises:
        SettingsError: where one would be lowered and ``lower`` was not given.
    """
    book = read_floors(path)
    easier = [
        f"{group} {name} {old} to {new.get(group, {}).get(name)}"
        for group, numbers in sorted(book.get(digest, {}).items())
        for name, old in sorted(numbers.items())
        if _is_easier(name, old, new.get(group, {}).get(name))
    ]
    if easier and not lower:
        raise SettingsError(f"{path}: would lower {', '.join(easier)}", "mend the loss, or say --lower")
    book[digest] = new
    path.write_text(json.dumps(book, indent=1, sort_keys=True) + "\n", "utf-8")


def _is_easier(name: str, old: float, new: float | None) -> bool:
    return new is None or (new > old if name in MOST else new < old)
