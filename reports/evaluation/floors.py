"""Floors of quality: pinned with the data's digest, checked, never lowered unseen."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from comments.errors import SettingsError


class Scored(Protocol):
    """What was measured of a group."""

    def as_dict(self) -> Mapping[str, float | None]:
        """Return the numbers by name."""
        ...


@dataclass(frozen=True, slots=True)
class Rules:
    """What is pinned of a stage.

    Attributes:
        path: where the floors lie that come with btl.
        least: numbers that must not fall below their floor.
        most: numbers that must not rise above theirs.
        margin: how far below the measured value a floor is pinned: a rounding, not a licence.
        things: what a group is made of.
    """

    path: Path
    least: tuple[str, ...]
    most: tuple[str, ...]
    margin: float
    things: str


SPLIT = Rules(
    Path(__file__).with_name("split_floors.json"),
    ("comment_f1", "boundary_f1", "exact", "article_f1", "comment_f1_by_site", "boundary_f1_by_site"),
    ("false",),
    0.002,
    "page",
)
FLOORS = SPLIT.path
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
        raise SettingsError(f"{path} holds no floors ({error})", "pin them again with --pin") from None


def find_missed(floors: Floors, scores: Mapping[str, Scored], rules: Rules = SPLIT) -> list[str]:
    """Return a line for each number that misses its floor, and for each pinned group that is not there."""
    missed: list[str] = []
    for group, numbers in sorted(floors.items()):
        if group not in scores:
            missed.append(f"{group}: no {rules.things} of this group was measured")
            continue
        got = scores[group].as_dict()
        for name, floor in sorted(numbers.items()):
            value = got.get(name)
            if value is None or (value > floor if name in rules.most else value < floor):
                side = "above" if name in rules.most else "below"
                missed.append(f"{group}: {name} {'-' if value is None else format(value, '.4f')} is {side} {floor:.4f}")
    return missed


def make_floors(scores: Mapping[str, Scored], rules: Rules = SPLIT) -> Floors:
    """Return floors a little below what was measured."""
    return {group: _pin(score.as_dict(), rules) for group, score in scores.items()}


def _pin(got: Mapping[str, float | None], rules: Rules) -> dict[str, float]:
    known = {name: value for name, value in got.items() if value is not None and not math.isnan(value)}
    least = {n: max(0.0, math.floor((known[n] - rules.margin) * 1000) / 1000) for n in rules.least if n in known}
    return least | {n: known[n] for n in rules.most if n in known}


def pin_floors(path: Path, digest: str, new: Floors, *, lower: bool, rules: Rules = SPLIT) -> None:
    """Write floors for one labelled file; the others stay.

    Raises:
        SettingsError: where one would be lowered and ``lower`` was not given.
    """
    book = read_floors(path)
    easier = [
        f"{group} {name} {old} to {new.get(group, {}).get(name)}"
        for group, numbers in sorted(book.get(digest, {}).items())
        for name, old in sorted(numbers.items())
        if _is_easier(old, new.get(group, {}).get(name), most=name in rules.most)
    ]
    if easier and not lower:
        raise SettingsError(f"{path}: would lower {', '.join(easier)}", "mend the loss, or say --lower")
    book[digest] = new
    path.write_text(json.dumps(book, indent=1, sort_keys=True) + "\n", "utf-8")


def _is_easier(old: float, new: float | None, *, most: bool) -> bool:
    return new is None or (new > old if most else new < old)
