"""When themes are discovered anew: never for nothing, and never too late."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.fit import Fit, steering_of, why_refit
from analysis.memory import Memory, hold_groups
from analysis.settings import Settings

SETTINGS = Settings()


def fit_of(**given: Any) -> Fit:
    known = {"model": "m", "steering": steering_of(SETTINGS), "state": "ok", "texts": 100, "ids": ("T0001",)}
    names = [field.name for field in fields(Fit)]
    return Fit(**(dict.fromkeys(names) | known | given))


@pytest.mark.parametrize(
    ("given", "texts", "reason"),
    [({}, 101, ""), ({}, 201, "201 texts"),
     ({"ids": (), "state": "no stable themes"}, 101, "no themes at the last fit"),
     ({"ids": (), "state": "no stable themes"}, 100, ""), ({"state": "too few to cluster"}, 100, "too few texts"),
     ({"model": "other"}, 100, "another model")],
)  # fmt: skip
def test_a_fit_serves_until_it_cannot(given: dict[str, Any], texts: int, reason: str) -> None:
    said = why_refit(fit_of(**given), "m", [str(n) for n in range(texts)], SETTINGS)
    assert said.startswith(reason) and bool(said) == bool(reason)


# Eight texts on a circle, by angle: two heaps of four, each of two halves.
ANGLES = [0, 2, 20, 22, 90, 92, 110, 112]


def held(labels: str, before: list[int], hold: float = 0.5, count: int = 4) -> list[int]:
    """Groups of the eight texts as a refit leaves them, numbered by their first text."""
    import numpy as np

    angles = np.radians(ANGLES)
    places = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    free = np.asarray([int(sign) for sign in labels])
    found = hold_groups(places, free, count, Memory(np.asarray(before), hold), 2).tolist()
    names = {group: number for number, group in enumerate(dict.fromkeys(found))}
    return [names[group] for group in found]


@pytest.mark.parametrize(
    ("labels", "before", "groups"),
    [
        ("00001111", [0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 0, 1, 1, 1, 1]),
        ("00011112", [0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 0, 1, 1, 1, 1]),  # one of four astray: half of the pairs
        ("00112233", [0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 2, 2, 3, 3]),  # both have come apart
        ("01230000", [0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 2, 2, 2, 2]),  # one has
        ("00112222", [0, 0, 0, 0, -1, -1, -1, -1], [0, 0, 1, 1, 2, 2, 2, 2]),  # what was in none makes its own
        ("00000000", [0, 0, 1, 1, 2, 2, 3, 3], [0, 0, 1, 1, 2, 2, 3, 3]),  # two that fall together stay two
    ],
)
def test_a_theme_stays_whole_or_is_divided_within_itself(labels: str, before: list[int], groups: list[int]) -> None:
    assert held(labels, before) == groups


@given(st.lists(st.integers(0, 3), min_size=8, max_size=8), st.lists(st.integers(-1, 2), min_size=8, max_size=8))
def test_no_text_of_a_theme_goes_into_another(labels: list[int], before: list[int]) -> None:
    groups = held("".join(map(str, labels)), before)
    assert all(len({b for b, g in zip(before, groups, strict=True) if g == group}) == 1 for group in groups)
