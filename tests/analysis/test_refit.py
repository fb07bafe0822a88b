"""When themes are discovered anew: never for nothing, and never too late."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from analysis.fit import Fit, steering_of, why_refit
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
