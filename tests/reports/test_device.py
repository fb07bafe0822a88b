"""Where the model runs: what is asked for, what a store was begun on, and what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from analysis import minilm_torch
from analysis.settings import INT8_MODEL, WHOLE_MODEL, NamedTheme, Settings
from comments.errors import SettingsError
from reports import pipeline, recipe
from reports.cli import _run
from reports.recipe import FORMS, Order, carried_key, settle_model

if TYPE_CHECKING:
    from pathlib import Path

EIGHT, WHOLE, GPU = FORMS


def settled(gpu: bool, begun: recipe.Form | None, monkeypatch: pytest.MonkeyPatch, **said: str) -> recipe.Form:
    monkeypatch.setattr(recipe, "find_gpu", lambda: gpu)
    found = settle_model(Settings(**said), carried_key(*begun) if begun else "")
    return found.model, found.device


@pytest.mark.parametrize(
    ("gpu", "begun", "said", "comes", "warns"),
    [
        (False, None, {}, EIGHT, False),
        (False, None, {"model": WHOLE_MODEL}, WHOLE, False),
        (False, WHOLE, {}, WHOLE, False),
        (True, None, {}, GPU, False),
        (True, None, {"model": WHOLE_MODEL}, GPU, False),
        (True, None, {"model": INT8_MODEL}, EIGHT, False),
        (True, None, {"device": "cpu"}, EIGHT, False),
        (True, EIGHT, {}, EIGHT, False),
        (True, WHOLE, {}, WHOLE, False),
        (True, WHOLE, {"model": WHOLE_MODEL}, WHOLE, False),
        (True, GPU, {}, GPU, False),
        (True, EIGHT, {"device": "cuda"}, GPU, True),
        (True, EIGHT, {"model": WHOLE_MODEL}, GPU, True),
        (True, GPU, {"device": "cpu"}, WHOLE, True),
        (True, GPU, {"model": INT8_MODEL}, EIGHT, True),
        (False, GPU, {}, WHOLE, True),
        (True, None, {"model": "some/other"}, ("some/other", "auto"), False),
    ],
)
def test_a_store_stays_where_it_was_begun_unless_the_user_or_the_machine_says_otherwise(
    gpu: bool,
    begun: recipe.Form | None,
    said: dict[str, str],
    comes: recipe.Form,
    warns: bool,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert settled(gpu, begun, monkeypatch, **said) == comes
    assert ("is made anew" in caplog.text) == warns


def test_what_is_settled_is_settled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recipe, "find_gpu", lambda: True)
    once = settle_model(Settings(), carried_key(*EIGHT))
    assert settle_model(once, carried_key(*EIGHT)) == once


def test_the_model_in_eight_bits_is_refused_on_a_gpu() -> None:
    with pytest.raises(SettingsError, match="int8 runs on the CPU alone"):
        Order(settings=Settings(model=INT8_MODEL, device="cuda")).check()


@pytest.mark.parametrize("model", [[], ["--model", "some/other"]])
def test_a_gpu_that_is_not_there_ends_a_run_before_it_begins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], model: list[str]
) -> None:
    page = tmp_path / "page.csv"
    page.write_text("text\nThe tram is late again today.\n")
    out, store = tmp_path / "out", tmp_path / "store"
    code = _run(["run", str(page), "--out", str(out), "--store", str(store), "--device", "cuda", *model])
    said = capsys.readouterr().err
    assert code == 2
    assert "finds no GPU" in said
    assert "Traceback" not in said
    assert not out.exists()
    assert not store.exists()


def test_a_run_by_torch_and_the_next_one_without_a_gpu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The whole command on the GPU's path, whose place is the CPU here."""
    monkeypatch.setattr(minilm_torch, "PLACE", "cpu")
    monkeypatch.setattr(recipe, "find_gpu", lambda: True)
    places = ("the harbour", "the school", "the market", "the station")
    rows = [f"{matter} at {place} {end}." for matter in MATTERS for place in places for end in ENDS]
    pd.DataFrame({"text": rows, "article_id": "x"}).to_csv(tmp_path / "rows.csv", index=False)
    theme = NamedTheme(name="Buses", description="Buses are late.", examples=("The bus never comes on time.",))

    def run() -> pipeline.Run:
        paths = {"store": tmp_path / "store", "out": tmp_path / "out"}
        return pipeline.run([str(tmp_path / "rows.csv")], **paths, themes=[theme])

    first = run()
    kept = first.tables.run
    assert (kept["model"]["key"], kept["settings"]["device"]) == (carried_key(*GPU), "cuda")
    assert not run().is_new
    monkeypatch.setattr(recipe, "find_gpu", lambda: False)
    after = run()
    assert after.tables.run["model"]["key"] == carried_key(*WHOLE)
    assert after.tables.run["discovery"]["refit"] == "another model"
    assert "is made anew" in caplog.text
    named = [one.tables.assignments["theme_id"].tolist() for one in (first, after)]
    assert named[0] == named[1]
    monkeypatch.setattr(recipe, "find_gpu", lambda: True)
    assert not run().is_new  # what went on without a GPU stays without


MATTERS = ("The bus is late every morning", "Bread costs twice what it did", "Nobody repairs the playground")
ENDS = ("and nobody cares", "as my neighbour says", "since the winter", "and I am tired of it")
