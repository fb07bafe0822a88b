"""Run it again: only what is new costs, old comments keep their themes, and nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.edits import Edit
from analysis.embed import open_embedder
from analysis.settings import CARRIED_MODELS, DEFAULT_MODEL, WHOLE_MODEL, ClusterSettings, Settings
from comments.model import text_key
from comments.store import Store
from comments.vectors import StoredVectors
from reports import pipeline
from reports.recipe import known_key

MATTERS = (
    "bread prices at the market",
    "queues of lorries at the border",
    "talks of the two ministers",
    "the new pump",
)


# The heaps below are cleaner than any texts: within one, no two are closer than chance would have it.
KEY = known_key(Settings(), None)
SETTINGS = Settings(cluster=ClusterSettings(structure=0, wordings=(0,), centred=(True,), groups=0.45))


def text(matter: int, number: int) -> str:
    return f"I have thought about {MATTERS[matter]} for a while, and this is remark {number} on it."


def write_rows(path: Path, rows: list[tuple[int, int]]) -> str:
    frame = pd.DataFrame(
        {"comment_id": [f"c{m}-{n}" for m, n in rows], "text": [text(m, n) for m, n in rows], "article_id": "x"}
    )
    frame.to_csv(path, index=False)
    return str(path)


def fill_vectors(store: Path, rows: list[tuple[int, int]]) -> None:
    """Vectors in four clear heaps, so that nothing need be embedded and the groups are known."""
    random = np.random.default_rng(5)
    centres = np.linalg.qr(random.normal(size=(384, 384)))[0][: len(MATTERS)]
    vectors = np.stack([centres[m] + random.normal(size=384) * 0.02 for m, _ in rows])
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    with Store(store) as opened:
        StoredVectors(opened).save(KEY, [text_key(text(m, n)) for m, n in rows], vectors)


FIRST = [(m, n) for m in range(3) for n in range(16)]
NEW = [(m, n) for m in range(3) for n in range(16, 18)]


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store and a report on 48 comments in three themes."""
    folder = tmp_path_factory.mktemp("rerun")
    fill_vectors(folder / "store", [(m, n) for m in range(4) for n in range(40)])
    write_rows(folder / "first.csv", FIRST)
    (folder / "settings.toml").write_text("[cluster]\nstructure = 0\nwordings = [0]\ncentred = [true]\ngroups = 0.45\n")
    pipeline.run([str(folder / "first.csv")], store=folder / "store", out=folder / "out", settings=SETTINGS)
    return folder


@pytest.fixture
def copy(first: Path, tmp_path: Path) -> Path:
    import shutil

    shutil.copytree(first, tmp_path / "run")
    return tmp_path / "run"


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()
    }


def themes_of(out: Path) -> dict[str, str]:
    frame = pd.read_parquet(out / "comments.parquet")
    return dict(zip(frame["comment_id"], frame["theme_id"], strict=True))


def run(folder: Path, rows: list[tuple[int, int]], out: str = "out", **more: Any) -> pipeline.Run:
    inputs = [write_rows(folder / "rows.csv", rows)]
    return pipeline.run(inputs, store=folder / "store", out=folder / out, **{"settings": SETTINGS, **more})


def test_the_first_run_finds_the_three_matters(first: Path) -> None:
    by_matter = pd.Series(themes_of(first / "out")).groupby(lambda name: name[1]).agg(set)
    assert [len(ids) for ids in by_matter] == [1, 1, 1]
    assert len(set.union(*by_matter)) == 3


def test_nothing_new_changes_no_file(copy: Path) -> None:
    before = files(copy)
    again = pipeline.run([str(copy / "first.csv")], store=copy / "store", out=copy / "out", settings=SETTINGS)
    assert not again.is_new
    assert files(copy) == before
    assert len(again.tables.comments) == len(FIRST)


def test_nothing_new_loads_no_model_and_no_clustering(copy: Path) -> None:
    script = (
        "import sys; from reports.cli import _run\n"
        f"code = _run(['run', {str(copy / 'first.csv')!r}, '--store', {str(copy / 'store')!r},"
        f" '--out', {str(copy / 'out')!r}, '--no-themes', '--settings', 'settings.toml'])\n"
        "print(code, sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=copy)
    assert "nothing new" in done.stderr
    assert done.stdout.startswith("0 ")
    for name in ("torch", "umap", "hdbscan", "bertopic", "sklearn", "onnxruntime", "scipy"):
        assert f"'{name}'" not in done.stdout


def test_new_comments_load_no_clustering(copy: Path) -> None:
    write_rows(copy / "first.csv", FIRST + NEW)
    script = (
        "import sys; from reports.cli import _run\n"
        f"code = _run(['run', {str(copy / 'first.csv')!r}, '--store', {str(copy / 'store')!r},"
        f" '--out', {str(copy / 'out')!r}, '--no-themes', '--settings', 'settings.toml'])\n"
        "print(code, sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=copy)
    assert done.stdout.startswith("0 ")
    assert len(themes_of(copy / "out")) == len(FIRST + NEW)
    for name in ("torch", "umap", "hdbscan", "numba", "plotly"):
        assert f"'{name}'" not in done.stdout


def test_new_comments_are_assigned_by_the_old_fit_and_old_ones_keep_their_theme(copy: Path) -> None:
    old = themes_of(copy / "out")
    result = run(copy, FIRST + NEW)
    now = themes_of(copy / "out")
    assert {name: now[name] for name in old} == old
    assert all(now[f"c{m}-{n}"] == old[f"c{m}-0"] for m, n in NEW)
    assert result.tables.run["discovery"]["refit"] == ""


def test_a_comment_that_its_input_no_longer_holds_is_kept(copy: Path) -> None:
    run(copy, NEW)
    assert set(themes_of(copy / "out")) == {f"c{m}-{n}" for m, n in FIRST + NEW}


@pytest.mark.parametrize(
    ("rows", "more", "reason"),
    [
        ([(3, n) for n in range(31)], {}, "far from all themes"),
        ([(m, n) for m in range(3) for n in range(16, 40)], {}, "more than 2 times"),
        ([], {"refit": True}, "asked for"),
        ([], {"settings": SETTINGS.model_copy(update={"min_words": 4})}, "other settings of the clustering"),
    ],
    ids=["a new matter", "growth", "asked for", "settings"],
)
def test_a_refit_says_why_and_keeps_the_ids(copy: Path, rows: list[tuple[int, int]], more: Any, reason: str) -> None:
    old = themes_of(copy / "out")
    result = run(copy, FIRST + rows, **more)
    assert reason in result.tables.run["discovery"]["refit"]
    now = themes_of(copy / "out")
    assert {name: now[name] for name in old} == old


def test_a_new_matter_is_born_with_an_id_of_its_own(copy: Path) -> None:
    old = set(themes_of(copy / "out").values())
    events = run(copy, FIRST + [(3, n) for n in range(31)]).tables.more["events"]
    (born,) = events[events["event"] == "born"].to_dict("records")
    assert born["theme_id"] not in old
    assert born["count_after"] == 31


def test_a_run_repeated_elsewhere_comes_to_the_same(copy: Path) -> None:
    run(copy, FIRST + [(3, n) for n in range(31)])
    run(copy, FIRST, out="elsewhere")
    for name in json.loads((copy / "out/run.json").read_text())["outputs"]:
        assert (copy / "elsewhere" / name).read_bytes() == (copy / "out" / name).read_bytes(), name


def test_a_damaged_report_is_written_again_as_it_was(copy: Path) -> None:
    good = (copy / "out/report.html").read_bytes()
    (copy / "out/report.html").write_bytes(good[:-1] + b"?")
    assert run(copy, FIRST).is_new
    assert (copy / "out/report.html").read_bytes() == good


def test_edits_are_replayed_on_new_comments_and_undone_without_their_file(copy: Path) -> None:
    old = themes_of(copy / "out")
    ids = [old[f"c{m}-0"] for m in range(3)]
    merge = Edit(action="merge", theme_ids=(ids[0], ids[1]), label="Both")
    gone = Edit(action="pin", comment_id="nobody", theme_id=ids[0])
    result = run(copy, FIRST + NEW, edits=(merge, gone))
    now = themes_of(copy / "out")
    assert now["c1-16"] == ids[0]
    assert result.tables.themes.set_index("theme_id").loc[ids[0], "label"] == "Both"
    assert result.tables.more["conflicts"]["edit"].tolist() == [2]
    assert "merged" in result.tables.more["events"]["event"].tolist()
    run(copy, FIRST + NEW)
    assert themes_of(copy / "out")["c1-16"] == ids[1]


def test_names_stay_with_their_themes(copy: Path) -> None:
    labels = pd.read_parquet(copy / "out/themes.parquet").set_index("theme_id")["label"].to_dict()
    after = run(copy, FIRST + NEW).tables.themes.set_index("theme_id")["label"].to_dict()
    assert after == labels


def test_the_trend_says_by_what_comments_are_dated(copy: Path) -> None:
    dated = pd.DataFrame({"comment_id": ["d1", "d2"], "article_id": "x", "text": [text(0, 18), text(0, 19)]})
    dated["created_at"] = ["2026-03-01T10:00:00", "2026-03-03"]
    dated.to_csv(copy / "dated.csv", index=False)
    result = pipeline.run([str(copy / "dated.csv")], store=copy / "store", out=copy / "out", settings=SETTINGS)
    trend = result.tables.more["trend"]
    theme = themes_of(copy / "out")["d1"]
    mine = trend[trend["theme_id"] == theme].set_index("period")
    assert mine.loc["2026-03-02", "gap"]
    assert mine.loc[["2026-03-01", "2026-03-03"], "count"].tolist() == [1, 1]
    assert (mine.loc["run 1", "count"], mine.loc["run 1", "total"], mine.loc["run 1", "basis"]) == (16, 48, "run")


@pytest.mark.parametrize("name", CARRIED_MODELS)
def test_the_model_key_that_is_known_without_the_model_is_the_model_s(name: str) -> None:
    assert known_key(Settings(model=name), None) == open_embedder(name).key


def test_a_run_that_names_no_model_stays_with_the_one_that_found_the_stores_themes(copy: Path) -> None:
    whole = SETTINGS.model_copy(update={"model": WHOLE_MODEL})
    named = run(copy, FIRST, settings=whole, out="whole").tables.run
    assert named["discovery"]["refit"] == "another model"  # who names one gets it, and is told
    silent = run(copy, FIRST + NEW, settings=SETTINGS, out="whole").tables.run
    assert (silent["model"], silent["discovery"]["refit"]) == (named["model"], "")
    back = run(copy, FIRST + NEW, settings=SETTINGS.model_copy(update={"model": DEFAULT_MODEL})).tables.run
    assert (back["model"]["name"], back["discovery"]["refit"]) == (DEFAULT_MODEL, "another model")


def test_a_refit_that_finds_no_themes_leaves_the_last_fit_unless_it_was_asked_for(copy: Path) -> None:
    strict = SETTINGS.model_copy(
        update={"cluster": SETTINGS.cluster.model_copy(update={"structure": 0.14, "gap": 1e6})}
    )
    run(copy, FIRST, settings=strict)
    old = themes_of(copy / "out")
    assert None not in old.values()
    # They use the words of all matters, so that these tell nothing.
    texts = [f"Remark {n} is on {', on '.join(MATTERS)} and has nothing to do with any other." for n in range(70)]
    noise = np.random.default_rng(6).normal(size=(len(texts), 384))
    noise = (noise / np.linalg.norm(noise, axis=1, keepdims=True)).astype(np.float32)
    with Store(copy / "store") as opened:
        StoredVectors(opened).save(KEY, [text_key(one) for one in texts], noise)
    frame = pd.DataFrame({"comment_id": [f"n{n}" for n in range(70)], "text": texts, "article_id": "x"})
    frame.to_csv(copy / "noise.csv", index=False)

    def again(**more: Any) -> dict[str, Any]:
        paths = {"store": copy / "store", "out": copy / "out"}
        return pipeline.run([str(copy / "noise.csv")], **paths, settings=strict, **more).tables.run["discovery"]

    said = again()
    assert "more than 2 times" in said["refit"]
    assert said["refit"].endswith("no stable themes, so the last fit stays")
    assert said["state"] == "ok"
    now = themes_of(copy / "out")
    assert {name: now[name] for name in old} == old
    assert again(title="Not looked for again, for nothing came since")["refit"] == ""
    assert again(refit=True)["state"] == "no stable themes"
