"""From inputs to a published report: what the sample must show, and the same bytes every time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.settings import load_themes
from comments.errors import NoCommentsError
from reports import pipeline
from reports.columns import MORE
from reports.summary.check import check_summary

TABLES = ("comments.parquet", "assignments.parquet", "themes.parquet", "pages.parquet", "rejects.parquet")
NAMED = {
    "Russian response": "russian-response",
    "Escalation fears": "escalation-fears",
    "Currency speculation": "currency-speculation",
}


@pytest.fixture(scope="session")
def named(root):
    return load_themes(root / "data" / "themes.toml")


@pytest.fixture(scope="session")
def sample(root, named, tmp_path_factory):
    """A run over the sample: its folder."""
    folder = tmp_path_factory.mktemp("sample")
    pipeline.run([str(root / "data/sample")], store=folder / "store", out=folder / "out", themes=named)
    return folder


@pytest.fixture(scope="session")
def gold(root):
    lines = (root / "data/sample/gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def read(folder: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(folder / f"{name}.parquet")


def with_gold(folder: Path, gold) -> pd.DataFrame:
    """Comments of a run beside their gold, matched by page and exact text; texts are unique in the sample."""
    pages = read(folder, "pages").set_index("page_id")
    comments = read(folder, "comments")
    source = comments["page_id"].map(pages["source"]).str.partition(":")[0]
    found = dict(zip(zip(source, comments["text"], strict=True), comments["comment_id"], strict=True))
    rows = [
        {"comment_id": found.get((row["page"], row["text"])), "themes": row["themes"], "text": row["text"]}
        for row in gold
    ]
    return pd.DataFrame(rows)


def test_a_run_writes_every_promised_file(sample):
    promised = {
        *TABLES,
        *(f"{name}.parquet" for name in MORE if name != "events"),
        "report.html",
        "report.md",
        "run.json",
    }
    assert {path.name for path in (sample / "out").iterdir()} == promised


def test_the_sample_is_recovered_with_its_exact_text(sample, gold):
    assert with_gold(sample / "out", gold)["comment_id"].notna().mean() >= 0.95


@pytest.mark.parametrize("name", NAMED)
def test_named_themes_of_the_sample_agree_with_gold(sample, gold, name):
    table = with_gold(sample / "out", gold).dropna(subset="comment_id")
    assignments = read(sample / "out", "assignments")
    taken = set(assignments.loc[assignments["theme"] == name, "comment_id"])
    true = set(table.loc[[NAMED[name] in themes for themes in table["themes"]], "comment_id"])
    hit = len(taken & true)
    assert 2 * hit / (len(taken) + len(true)) >= 0.68


def test_the_pasted_campaign_is_in_one_theme(sample, gold):
    table = with_gold(sample / "out", gold)
    pasted = table.loc[table["text"].str.contains("open letter of the Hauli", case=False), "comment_id"]
    found = read(sample / "out", "assignments")
    found = found[(found["kind"] == "discovered") & found["comment_id"].isin(pasted)]
    assert len(found) == len(pasted) >= 5
    assert found["theme_id"].nunique() == 1


def test_the_pasted_campaign_is_found_and_nothing_else_is(sample, gold):
    table = with_gold(sample / "out", gold)
    pasted = table.loc[table["text"].str.contains("open letter of the Hauli", case=False), "comment_id"]
    (found,) = read(sample / "out", "campaigns")["comment_ids"]
    assert len(found) == 6  # data/sample/README.md: six pasted copies of one appeal, each worded a little differently
    assert set(pasted) <= set(found)


def test_a_named_theme_that_articles_speak_of_is_not_called_the_readers_own(sample):
    agenda = read(sample / "out", "agenda_themes").set_index("theme_id")["reader_introduced"]
    assert len(agenda[[theme for theme in agenda.index if theme.startswith("N-")]]) == len(NAMED)
    assert not agenda[[theme for theme in agenda.index if theme.startswith("N-")]].any()


def test_every_passage_is_a_slice_of_what_is_stored(sample):
    articles = read(sample / "out", "pages").set_index("page_id")["article"]
    texts = read(sample / "out", "comments").set_index("comment_id")["text"]
    for row in read(sample / "out", "agenda_articles").itertuples():
        assert articles[row.page_id][row.start : row.end] == row.passage
    for row in read(sample / "out", "desk").itertuples():
        assert texts[row.comment_id][row.start : row.end] == row.passage


def test_every_sentence_of_the_summary_rests_on_what_it_cites(sample):
    tables = [read(sample / "out", name) for name in ("summary", "comments", "themes")]
    assert {"counted", "extractive"} <= set(tables[0]["kind"]) <= {"counted", "extractive", "dissent"}
    assert check_summary(*tables) == []


def test_every_comment_has_a_theme_or_a_reason(sample):
    comments = read(sample / "out", "comments")
    assert (comments["theme_id"].isna() == comments["residual_reason"].notna()).all()
    known = set(read(sample / "out", "themes")["theme_id"])
    assert set(comments["theme_id"].dropna()) <= known
    assert set(read(sample / "out", "assignments")["comment_id"]) <= set(comments["comment_id"])


def test_the_manifest_holds_the_hash_of_every_other_file(sample):
    import hashlib

    manifest = json.loads((sample / "out/run.json").read_text(encoding="utf-8"))
    for name, digest in manifest["outputs"].items():
        assert hashlib.sha256((sample / "out" / name).read_bytes()).hexdigest() == digest
    assert set(manifest["outputs"]) | {"run.json"} == {path.name for path in (sample / "out").iterdir()}


def test_the_same_pages_again_change_nothing(sample, root, named, tmp_path):
    shutil.copytree(sample / "store", tmp_path / "store")
    before = {p.name for p in (tmp_path / "store/batches").iterdir()}
    result = pipeline.run([str(root / "data/sample")], store=tmp_path / "store", out=tmp_path / "out", themes=named)
    assert result.ingested.pages_known == result.ingested.pages
    assert {p.name for p in (tmp_path / "store/batches").iterdir()} == before
    for name in (*TABLES, "report.html", "report.md"):
        assert (tmp_path / "out" / name).read_bytes() == (sample / "out" / name).read_bytes(), name


def test_order_threads_hash_seed_time_zone_and_locale_change_no_byte(sample, root, tmp_path):
    """Another process, the files named one by one in reverse, one thread, nothing cached."""
    files = sorted((root / "data/sample").glob("*.*"), reverse=True)
    pages = [str(p) for p in files if p.name not in {"gold.jsonl", "README.md"} and not p.name.startswith(".")]
    surroundings = {"PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LC_ALL": "C", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", "from reports.cli import main; main()", "-q", "run", *pages]
    options = ["--store", "store", "--out", "out", "--threads", "1", "--themes", str(root / "data/themes.toml")]
    environment = os.environ | surroundings | {"PYTHONPATH": str(root)}
    subprocess.run([*command, *options], cwd=tmp_path, env=environment, check=True, timeout=900)
    for name in (*sorted(p.name for p in (sample / "out").glob("*.parquet")), "report.html", "report.md"):
        assert (tmp_path / "out" / name).read_bytes() == (sample / "out" / name).read_bytes(), name


@pytest.mark.parametrize("count", [0, 1, 2, 9, 50])
def test_few_comments_give_a_valid_honest_report(tmp_path, named, count):
    words = ["bread", "dollar", "war", "crossing", "lorry", "bank", "Moscow", "pump", "talks", "border"]
    texts = [f"I think the {words[i % 10]} matters more than {words[i // 5]}, number {i}." for i in range(count)]
    (tmp_path / "in.csv").write_text(pd.DataFrame({"text": texts}).to_csv(index=False), encoding="utf-8")
    result = pipeline.run([str(tmp_path / "in.csv")], store=tmp_path / "s", out=tmp_path / "o", themes=named)
    assert len(result.tables.comments) == count
    state = result.tables.run["discovery"]["state"]
    assert state == ("no comments" if not count else "too few to cluster") or count == 50
    assert set(NAMED) <= set(result.tables.themes["label"])
    html = (tmp_path / "o/report.html").read_text(encoding="utf-8")
    assert result.tables.run["discovery"]["note"].split(".")[0] in html
    assert check_summary(result.tables.more["summary"], result.tables.comments, result.tables.themes) == []


def test_strict_leaves_the_last_report_as_it_is(sample, tmp_path):
    shutil.copytree(sample / "out", tmp_path / "out")
    (tmp_path / "page.txt").write_text("A short article.\n\nNobody wrote below it.\n", encoding="utf-8")
    with pytest.raises(NoCommentsError, match=r"page\.txt"):
        pipeline.run([str(tmp_path / "page.txt")], store=tmp_path / "s", out=tmp_path / "out", strict=True)
    assert (tmp_path / "out/run.json").read_bytes() == (sample / "out/run.json").read_bytes()


def test_a_tables_own_columns_and_ids_come_through(tmp_path):
    rows = pd.DataFrame(
        {
            "comment_id": ["a", "b"],
            "text": ["First thought about the bank.", "Second thought about the bank."],
            "article_id": ["x", "x"],
            "parent_id": [None, "a"],
            "author": ["Ann", None],
            "label": ["one", "two"],
            "theme": ["mine", "mine"],
        }
    )
    rows.to_parquet(tmp_path / "in.parquet")
    pipeline.run([str(tmp_path / "in.parquet")], store=tmp_path / "s", out=tmp_path / "o")
    table = read(tmp_path / "o", "comments").set_index("comment_id")
    assert table.loc[["a", "b"], "label"].tolist() == ["one", "two"]
    assert table.loc[["a", "b"], "input_theme"].tolist() == ["mine", "mine"]
    assert table.loc["b", "parent_id"] == "a"
    assert table.loc["b", "depth"] == 2
    assert pd.isna(table.loc["b", "author"])


def test_the_seeds_give_nine_comments_and_no_pretended_themes(shared, named, tmp_path):
    result = pipeline.run([str(shared / "data/seeds")], store=tmp_path / "s", out=tmp_path / "o", themes=named)
    tables = result.tables
    assert len(tables.comments) == 9
    assert tables.run["discovery"]["state"] == "too few to cluster"
    assert set(tables.themes["kind"]) == {"named"}
    texts = tables.comments.set_index("comment_id")["text"]
    taken = tables.assignments.groupby("theme")["comment_id"].apply(lambda ids: " | ".join(texts[ids]))
    assert "Putin’s patience" in taken["Russian response"]
    assert "dollar’s demise" in taken["Currency speculation"]
    assert "too few" in (tmp_path / "o/report.html").read_text(encoding="utf-8")
