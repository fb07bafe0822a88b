"""When themes are discovered anew: never for nothing, and never too late."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from analysis.fit import Fit, steering_of, why_refit
from analysis.memory import Memory
from analysis.settings import Settings
from analysis.votes import consensus

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


def partitions(*rows: str) -> Any:
    """One partition a row, one text a sign."""
    import numpy as np

    return np.asarray([[int(sign) for sign in row] for row in rows], dtype=np.int64)


# Eight texts: the votes are split on the second half, which the last fit had in one theme with the fourth text.
VOTES = partitions("00001111", "00001111", "00012222", "00012233")
BEFORE = [0, 0, 0, 1, 1, 1, 1, 1]


@pytest.mark.parametrize(
    ("hold", "weight", "groups"),
    [
        (1.1, 0.0, [0, 0, 0, 0, 1, 1, 1, 1]),  # the votes alone
        (0.3, 0.0, [0, 0, 0, 1, 1, 1, 1, 1]),  # a theme that mostly falls together is held
        (1.1, 0.6, [0, 0, 0, 1, 1, 1, 1, 1]),  # the last grouping weighs in
    ],
)
def test_a_refit_keeps_a_theme_that_the_votes_do_not_speak_against(hold: float, weight: float, groups) -> None:
    import numpy as np

    settings = SETTINGS.cluster.model_copy(update={"smallest": 2})
    found = consensus(VOTES, settings, Memory(np.asarray(BEFORE), hold, weight))
    names = {group: number for number, group in enumerate(dict.fromkeys(found.tolist()))}
    assert [names[group] for group in found.tolist()] == groups


def test_a_refit_lets_a_theme_go_that_the_votes_have_in_two() -> None:
    import numpy as np

    votes = partitions("00001111", "00001111", "22221111")
    settings = SETTINGS.cluster.model_copy(update={"smallest": 2})
    found = consensus(votes, settings, Memory(np.zeros(8, dtype=np.int64), 0.5, 0.3))
    assert len(set(found[:4])) == len(set(found[4:])) == 1
    assert found[0] != found[4]
