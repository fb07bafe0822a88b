"""Looking after a store: compare, query, verify, compact, alerts; readers go on meanwhile."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.settings import NamedTheme
from comments.compact import compact
from comments.errors import SettingsError, StoreError
from comments.store import Store
from comments.view import view_store
from reports import pipeline
from reports.alerts import parse_alert
from reports.cli import _run
from reports.compare import compare_runs
from reports.folder import read_tables
from reports.query import query_store
from reports.verify import verify_store

BORDER = NamedTheme(name="Border", description="Queues of lorries at the border.", examples=("Lorries wait.",))


def feed(folder: Path, name: str, texts: list[str], out: str = "out", **more: object) -> pipeline.Run:
    rows = pd.DataFrame({"comment_id": [f"{name}{n}" for n in range(len(texts))], "text": texts, "article_id": "x"})
    rows.to_csv(folder / f"{name}.csv", index=False)
    inputs = [str(folder / f"{name}.csv")]
    return pipeline.run(inputs, store=folder / "store", out=folder / out, themes=[BORDER], **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs over one store: the second brings many lorries."""
    folder = tmp_path_factory.mktemp("upkeep")
    feed(folder, "a", [f"The bread of baker {n} is fine." for n in range(10)] + ["Lorries wait at the border."], "one")
    feed(folder, "b", [f"Lorries wait at the border, number {n}." for n in range(20)], "two")
    return folder


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "it")
    return tmp_path / "it"


def test_two_runs_are_compared_with_the_intervals_of_what_moved(made: Path) -> None:
    found = compare_runs(read_tables(made / "one"), read_tables(made / "two"))
    (event,) = found["events"]
    assert (event["event"], event["theme_id"]) == ("grown", "N-border")
    (mover,) = found["movers"]
    assert 0 < mover["low"] < mover["change"] < mover["high"] < 1


def test_runs_over_different_stores_are_not_compared(made: Path, tmp_path: Path) -> None:
    feed(tmp_path, "z", ["A comment from elsewhere, of some length."])
    with pytest.raises(SettingsError, match="no comment in common"):
        compare_runs(read_tables(made / "one"), read_tables(tmp_path / "out"))


def test_the_later_run_named_first_is_an_error(made: Path) -> None:
    with pytest.raises(SettingsError, match="run 2 is the later one, run 1 the earlier: name the earlier one first"):
        compare_runs(read_tables(made / "two"), read_tables(made / "one"))


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_the_comparison_is_printed_as_text_and_as_json(made: Path, capfdbinary, form: list[str]) -> None:
    assert _run(["compare", str(made / "one"), str(made / "two"), *form]) == 0
    said = capfdbinary.readouterr().out.decode()
    assert ("grown" in json.loads(said)["events"][0]["event"]) if form else said.splitlines()[3].startswith("grown ")


def test_a_query_sees_the_last_report_and_the_store(made: Path) -> None:
    store = Store(made / "store")
    columns, rows = query_store(store, "select theme_id, count(*) as n from assignments group by 1")
    assert columns == ["theme_id", "n"]
    assert rows == [("N-border", 21)]
    assert query_store(store, "select count(*) from store_comments")[1] == [(31,)]


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/passwd')",
        "copy comments to 'stolen.csv'",
        "install httpfs",
        "attach 'x.db'",
        "set enable_external_access = true",
        "select nothing from nowhere",
    ],
)
def test_a_query_reads_nothing_else_and_writes_nothing(made: Path, tmp_path: Path, monkeypatch, sql: str) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match="the query failed"):
        query_store(Store(made / "store"), sql)
    assert list(tmp_path.iterdir()) == []


def test_a_query_of_a_damaged_table_names_it_and_what_finds_all_such(copy: Path) -> None:
    store = Store(copy / "store")
    store.note_run(copy / "two")
    (copy / "two" / "themes.parquet").write_bytes(b"no table")
    with pytest.raises(StoreError, match=r"two/themes\.parquet.*: btl verify says which files are damaged"):
        query_store(store, "select count(*) from comments")


@pytest.mark.parametrize(("sql", "statements"), [("", 0), (" -- nothing", 0), ("select 1; select 2", 2)])
def test_a_query_is_one_statement_so_that_no_rows_are_lost(made: Path, sql: str, statements: int) -> None:
    with pytest.raises(SettingsError, match=f"the query holds {statements} statements: ask one at a time"):
        query_store(Store(made / "store"), sql)


def test_a_sound_store_is_verified_with_its_reports(made: Path) -> None:
    files, problems = verify_store(Store(made / "store"))
    assert problems == []
    assert files > 40


def test_a_changed_byte_in_any_file_is_found(copy: Path) -> None:
    store = copy / "store"
    Store(store).note_run(copy / "two")  # the copies lie elsewhere than the store says
    every = [p for p in [*store.rglob("*"), *(copy / "two").iterdir()] if p.is_file()]
    checked = [p for p in every if p.name not in {".lock", "store.json"} and p.stat().st_size]
    for file in checked:
        good = file.read_bytes()
        file.write_bytes(good[:-2] + bytes([good[-2] ^ 1]) + good[-1:])
        try:
            _, problems = verify_store(Store(store))
            assert any(str(file) in problem for problem in problems), file
        except Exception as error:
            assert str(file) in str(error), file
        file.write_bytes(good)
    assert verify_store(Store(store))[1] == []


def test_a_compacted_store_holds_the_same_in_fewer_files(copy: Path) -> None:
    before = view_store(Store(copy / "store"))
    with Store(copy / "store") as store:
        many, few = compact(store)
    after = view_store(Store(copy / "store"))
    assert few < many
    pd.testing.assert_frame_equal(after.comments, before.comments)
    assert after.fingerprint == before.fingerprint
    assert len(Store(copy / "store").batches()) == 1
    inputs = [str(copy / "a.csv"), str(copy / "b.csv")]
    assert not pipeline.run(inputs, store=copy / "store", out=copy / "two", themes=[BORDER]).is_new


def test_a_reader_goes_on_while_the_store_is_compacted(copy: Path, monkeypatch) -> None:
    reader = Store(copy / "store")
    first = reader.batches()
    with Store(copy / "store") as store:
        compact(store)
    turns = iter([first])  # it had read the manifest before the files went
    real = reader.batches
    monkeypatch.setattr(reader, "batches", lambda: next(turns, None) or real())
    assert reader.table("comments").num_rows == 31


def test_a_report_that_stands_elsewhere_is_not_written_again_if_so_asked(copy: Path) -> None:
    Store(copy / "store").note_run(copy / "two")
    inputs = [str(copy / "a.csv")]
    again = pipeline.run(inputs, store=copy / "store", out=copy / "three", themes=[BORDER], if_new=True)
    assert (again.is_new, again.out, (copy / "three").exists()) == (False, copy / "two", False)


def test_alerts_are_written_and_told_by_the_exit_code(copy: Path) -> None:
    texts = ["Lorries wait at the border since Monday, all of them." for _ in range(30)]
    pd.DataFrame({"comment_id": [f"c{n}" for n in range(30)], "text": texts}).to_csv(copy / "c.csv", index=False)
    (copy / "themes.toml").write_text('[[theme]]\nname = "Border"\ndescription = "Queues of lorries at the border."\n')
    command = ["-q", "run", str(copy / "c.csv"), "--store", str(copy / "store"), "--out", str(copy / "two")]
    command += ["--themes", str(copy / "themes.toml")]
    assert _run([*command, "--alert", "share>40%", "--alert", "new-theme"]) == 5
    (alert,) = json.loads((copy / "two/alerts.json").read_text())
    assert (alert["alert"], alert["theme_id"]) == ("share>40%", "N-border")
    assert _run([*command, "--alert", "share>99%"]) == 0
    assert json.loads((copy / "two/alerts.json").read_text()) == []
    assert _run(command) == 0
    assert not (copy / "two/alerts.json").exists()


@pytest.mark.parametrize("text", ["share", "share>200%", "new theme", "share<5%", ""])
def test_an_alert_that_is_not_understood_is_an_error(text: str) -> None:
    with pytest.raises(SettingsError, match="--alert"):
        parse_alert(text)


def test_messages_come_as_json_lines_if_asked(made: Path) -> None:
    code = "import sys; from reports.cli import main; main()"
    command = [sys.executable, "-c", code, "--log-json", "-v", "run", "nowhere", "--store", "s", "--out", "o"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=made)
    assert done.returncode == 2
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert lines[-1]["level"] == "error"
    assert "nowhere does not exist" in lines[-1]["message"]
