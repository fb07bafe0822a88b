"""A store takes what is new: identity, versions, partition, and an account of every input."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from made_pages import BASSEL, JUNE, OLGA, TARIQ, numbered, wordpress

from comments import ingest as module
from comments.batch import headline
from comments.clean import clean_text
from comments.ingest import ingest
from comments.inputs import read_inputs
from comments.inputs.rows import TableRow
from comments.model import Comment, Page, Reject, Span, Split
from comments.schema import TABLES
from comments.split.decode import decode_slice, html_text
from comments.store import Store
from comments.writer import Ingested

Maker = Any
FORMS = [pytest.param(wordpress, id="html"), pytest.param(numbered, id="text")]


def page(data: str, address: str = "a", source: str | None = None) -> Page:
    return Page(source or address, address, "html" if data.startswith("<") else "text", data.encode())


def add(path: Path, *items: Page | TableRow | Reject) -> Ingested:
    with Store(path) as store:
        return ingest(store, items)


def add_paths(path: Path, *inputs: Path) -> Ingested:
    with Store(path) as store:
        return ingest(store, read_inputs([str(name) for name in inputs]))


def table(path: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = Store(path).table(name).to_pylist()
    return rows


def texts(path: Path) -> list[str]:
    return [row["clean_text"] for row in table(path, "comments")]


def row(number: int, text: str, comment_id: str | None = None, **fields: Any) -> TableRow:
    return TableRow("t.csv", f"row {number}", text, comment_id, fields.pop("address", "t.csv"), **fields)


# Identity


@pytest.mark.parametrize("make", FORMS)
def test_a_page_read_again_adds_nothing(tmp_path: Path, make: Maker) -> None:
    first = add(tmp_path, page(make([OLGA, TARIQ])))
    again = add(tmp_path, page(make([OLGA, TARIQ])))
    assert (first.pages, first.comments, len(first.batches)) == (1, 2, 1)
    assert (again.pages, again.pages_known, again.comments, again.batches) == (1, 1, 0, [])
    assert len(texts(tmp_path)) == 2


@pytest.mark.parametrize("make", FORMS)
@pytest.mark.parametrize(
    "grown", [[BASSEL, OLGA, TARIQ], [OLGA, BASSEL, TARIQ], [OLGA, TARIQ, BASSEL]], ids=["head", "middle", "tail"]
)
def test_a_page_that_grew_adds_only_what_is_new(tmp_path: Path, make: Maker, grown: list[str]) -> None:
    add(tmp_path, page(make([OLGA, TARIQ])))
    got = add(tmp_path, page(make(grown)))
    assert (got.comments, got.comments_known) == (3, 2)
    assert texts(tmp_path) == [OLGA, TARIQ, BASSEL]


@pytest.mark.parametrize("make", FORMS)
def test_equal_texts_on_a_page_are_comments_of_their_own(tmp_path: Path, make: Maker) -> None:
    add(tmp_path, page(make([OLGA, TARIQ, OLGA])))
    got = add(tmp_path, page(make([OLGA, TARIQ, OLGA, JUNE, OLGA])))
    assert (got.comments, got.comments_known) == (5, 3)
    assert sorted(texts(tmp_path)) == sorted([OLGA, OLGA, OLGA, TARIQ, JUNE])


@pytest.mark.parametrize("make", FORMS)
def test_equal_texts_on_two_pages_are_two_comments(tmp_path: Path, make: Maker) -> None:
    add(tmp_path, page(make([OLGA, TARIQ]), "a"), page(make([OLGA, TARIQ]), "b"))
    assert len({row["comment_id"] for row in table(tmp_path, "comments")}) == 4


def test_another_indentation_is_no_other_comment(tmp_path: Path) -> None:
    add(tmp_path, page(numbered([OLGA, TARIQ])))
    got = add(tmp_path, page(numbered([OLGA, TARIQ]).replace("  2. ", "  2.   ").replace("\n", "\r\n")))
    assert (got.comments, got.comments_known, got.pages_known) == (2, 2, 0)


def test_a_page_is_the_same_under_another_name_of_its_folder(tmp_path: Path) -> None:
    for folder in ("monday", "tuesday"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(numbered([OLGA, TARIQ]))
        (tmp_path / folder / "b.html").write_text(wordpress([OLGA, TARIQ]))
    assert add_paths(tmp_path / "store", tmp_path / "monday").comments == 4
    assert add_paths(tmp_path / "store", tmp_path / "tuesday").pages_known == 2


def test_a_page_with_a_url_is_the_same_wherever_it_lies(tmp_path: Path) -> None:
    html = wordpress([OLGA, TARIQ], url="https://peg.example/crossing")
    (tmp_path / "a.html").write_text(html)
    (tmp_path / "b.jsonl").write_text(json.dumps({"html": html, "url": "https://peg.example/crossing"}))
    got = add_paths(tmp_path / "store", tmp_path / "a.html", tmp_path / "b.jsonl")
    assert (got.pages, got.pages_known) == (2, 1)
    assert len(texts(tmp_path / "store")) == 2


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.sampled_from([OLGA, TARIQ, JUNE, BASSEL]), max_size=6), min_size=1, max_size=4))
@example([[OLGA, OLGA], [OLGA], [TARIQ, OLGA, OLGA, OLGA]])
def test_the_store_holds_as_many_of_a_text_as_the_fullest_version_did(
    tmp_path_factory: pytest.TempPathFactory, versions: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("store")
    for version in versions:
        add(path, page(wordpress(version)))
    most = {text: max(version.count(text) for version in versions) for text in (OLGA, TARIQ, JUNE, BASSEL)}
    assert {text: texts(path).count(text) for text in most} == most


def test_the_order_of_the_inputs_changes_no_byte_of_a_batch(tmp_path: Path) -> None:
    files = []
    for name in ("c.txt", "a.txt", "b.html", "d.csv", "e.jsonl"):
        made = {".txt": numbered([name + OLGA, TARIQ]), ".html": wordpress([JUNE]), ".csv": f"text\n{BASSEL}\n"}
        files.append(tmp_path / name)
        files[-1].write_text(made.get(files[-1].suffix, '{"text": 1}\n'))
    seen = set()
    for turn in range(4):
        random.Random(turn).shuffle(files)
        got = add_paths(tmp_path / f"store{turn}", *files)
        manifest = (tmp_path / f"store{turn}" / "manifest.json").read_bytes()
        seen.add((tuple(got.batches), manifest))
    assert len(seen) == 1


# Versions, places, partition


@pytest.mark.parametrize("make", FORMS)
def test_every_version_of_a_page_keeps_its_own_bytes_and_places(tmp_path: Path, make: Maker) -> None:
    versions = [page(make(v)) for v in ([OLGA, TARIQ], [JUNE, OLGA, TARIQ], [TARIQ])]
    add(tmp_path, *versions)
    pages = {row["version"]: row for row in table(tmp_path, "pages")}
    assert {version: row["content"] for version, row in pages.items()} == {p.version: p.data for p in versions}
    by_id = {row["comment_id"]: row for row in table(tmp_path, "comments")}
    places = table(tmp_path, "places")
    assert len(places) == 6
    for place in places:
        piece = pages[place["version"]]["content"][place["start"] : place["end"]]
        read = html_text if make is wordpress else decode_slice
        assert clean_text(read(piece, "utf-8")) == by_id[place["comment_id"]]["clean_text"]


@pytest.mark.parametrize("make", FORMS)
@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "cp1252"])
def test_spans_cover_the_page_once_and_say_the_text_verbatim(tmp_path: Path, make: Maker, codec: str) -> None:
    name = "a.html" if make is wordpress else "a.txt"
    data = make([f"{OLGA} “Café” ", TARIQ + " Ünd so."]).replace('<meta charset="utf-8">', "")
    (tmp_path / name).write_bytes(data.encode(codec))
    add_paths(tmp_path / "store", tmp_path / name)
    (kept,) = table(tmp_path / "store", "pages")
    spans = kept["spans"]
    assert [s["start"] for s in spans] == [0, *(s["end"] for s in spans[:-1])]
    assert spans[-1]["end"] == len(kept["content"])
    assert b"".join(kept["content"][s["start"] : s["end"]] for s in spans) == kept["content"]
    read = html_text if make is wordpress else decode_slice
    comments = {row["comment_id"]: row["text"] for row in table(tmp_path / "store", "comments")}
    assert len(comments) == 2
    for place in table(tmp_path / "store", "places"):
        piece = kept["content"][place["start"] : place["end"]]
        assert read(piece, kept["encoding"]) == comments[place["comment_id"]]
    assert any("“Café”" in text for text in comments.values())


def test_a_page_without_comments_is_kept_with_the_reason(tmp_path: Path) -> None:
    add(tmp_path, page("Just an article, and nobody said a word about it."))
    (kept,) = table(tmp_path, "pages")
    assert kept["found_count"] == 0
    assert kept["reason"] == "no comment section found"


# Tables


def test_a_row_keeps_the_ids_that_its_table_gave(tmp_path: Path) -> None:
    fields = {"author": "O", "created_at": "2026-03-01", "parent_id": "c-0", "title": "T", "extra": {"likes": 3}}
    add(tmp_path, row(1, OLGA, "c-1", address="a-1", **fields))
    (kept,) = table(tmp_path, "comments")
    assert (kept["comment_id"], kept["author"], kept["created_at"]) == ("c-1", "O", "2026-03-01")
    assert json.loads(kept["extra"]) == {"likes": 3}
    assert table(tmp_path, "places")[0]["parent_id"] == "c-0"
    assert (table(tmp_path, "pages")[0]["address"], table(tmp_path, "pages")[0]["kind"]) == ("a-1", "table")


def test_a_table_read_again_adds_nothing_with_ids_or_without(tmp_path: Path) -> None:
    items = [row(1, OLGA, "c-1"), row(2, TARIQ), row(3, TARIQ), row(4, JUNE, address="a-1")]
    assert add(tmp_path, *items).comments_known == 0
    again = add(tmp_path, *items)
    assert (again.comments, again.comments_known, again.batches) == (4, 4, [])


def test_a_comment_id_that_comes_twice_is_a_reject(tmp_path: Path) -> None:
    got = add(tmp_path, row(1, OLGA, "c"), row(2, OLGA, "c"), row(3, TARIQ, "c"))
    assert (got.comments, got.rejects) == (1, 2)
    assert [(r["place"], r["reason"]) for r in table(tmp_path, "rejects")] == [
        ("row 2", "comment_id repeated"),
        ("row 3", "comment_id taken by another text"),
    ]
    assert texts(tmp_path) == [OLGA]


def test_a_comment_id_that_the_store_knows_with_another_text_is_a_reject(tmp_path: Path) -> None:
    add(tmp_path, row(1, OLGA, "c"))
    assert add(tmp_path, row(1, TARIQ, "c")).rejects == 1
    assert texts(tmp_path) == [OLGA]


# The account


def test_rows_read_are_comments_and_rejects(tmp_path: Path) -> None:
    lines = ["comment_id,text", f"1,{OLGA}", "2,", f"1,{OLGA}", f"1,{JUNE}", f"3,{TARIQ}", "4,a,b", "5"]
    (tmp_path / "t.csv").write_text("\n".join(lines) + "\n")
    got = add_paths(tmp_path / "store", tmp_path / "t.csv")
    assert (got.comments, got.rejects) == (2, 5)
    assert len(table(tmp_path / "store", "comments")) + len(table(tmp_path / "store", "rejects")) == len(lines) - 1


def test_a_reject_is_kept_once_however_often_it_comes(tmp_path: Path) -> None:
    reject = Reject("a.bin", "", "binary file", "PNG")
    assert add(tmp_path, reject, reject).rejects == 2
    assert add(tmp_path, reject).batches == []
    assert table(tmp_path, "rejects") == [
        {"source": "a.bin", "place": "", "reason": "binary file", "detail": "PNG", "stage": "read"}
    ]


def test_what_utf8_cannot_hold_stops_nothing(tmp_path: Path) -> None:
    fields = {"author": "\ud800", "extra": {"mood": "\udfff"}}
    got = add(tmp_path, row(1, "a\ud800", "c", **fields), page(wordpress([OLGA])), Reject("\udce9", "", "empty file"))
    assert (got.comments, got.rejects) == (2, 1)
    assert texts(tmp_path) == ["a?", OLGA]
    assert add(tmp_path, page(wordpress([OLGA]))).pages_known == 1


def test_a_large_input_becomes_several_batches(tmp_path: Path) -> None:
    got = add(tmp_path, *(row(n, f"Comment number {n}") for n in range(module.BATCH_ROWS + 10)))
    assert len(got.batches) == 2
    assert len(texts(tmp_path)) == module.BATCH_ROWS + 10


def test_a_killed_ingest_keeps_whole_batches_and_the_next_one_adds_the_rest(tmp_path: Path) -> None:
    total = module.BATCH_ROWS + 500

    script = f"""
import os
from pathlib import Path
from comments.ingest import ingest
from comments.inputs.rows import TableRow
from comments.store import Store

def items():
    for n in range({total}):
        yield TableRow("t.csv", f"row {{n}}", f"Comment number {{n}}", f"c{{n}}", "t.csv")
    os._exit(9)

with Store(Path({str(tmp_path)!r})) as store:
    ingest(store, items())
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 9
    kept = len(table(tmp_path, "comments"))
    assert 0 < kept < total
    got = add(tmp_path, *(row(n, f"Comment number {n}", f"c{n}") for n in range(total)))
    assert (got.comments, got.comments_known, got.rejects) == (total, kept, 0)
    assert len(table(tmp_path, "comments")) == total


def test_every_table_of_a_batch_has_the_columns_that_are_promised(tmp_path: Path) -> None:
    add(tmp_path, page(wordpress([OLGA])), row(1, TARIQ), Reject("a", "", "empty file"))
    for name, schema in TABLES.items():
        assert Store(tmp_path).table(name).schema.equals(schema())


@pytest.mark.parametrize(
    ("article", "title"),
    [
        ("Lorries wait at the crossing\n\nThe queue is long.", "Lorries wait at the crossing"),
        ("[Editor's note: read this first]\n\nLorries wait\n\nThe queue is long.", "Lorries wait"),
        ("This is one long sentence of an article, and it ends here.\n", None),
        ("", None),
    ],
)
def test_a_text_page_is_called_by_the_first_line_that_looks_like_a_title(article, title):
    assert headline(article) == title


def test_a_reply_keeps_its_parent_where_what_stands_before_them_is_not_whole(tmp_path: Path) -> None:
    one = page("blur|Who pays for it?|The council does.")
    heap = Comment("blur", 0, 4, whole=False)
    asked = Comment("Who pays for it?", 5, 21, parent=0)  # what it answers cannot be told
    answer = Comment("The council does.", 22, 39, parent=1)
    split = Split(one, (Span(0, 39, "comment"),), "", (heap, asked, answer))
    with Store(tmp_path) as store:
        ingest(store, [one], split_parts=lambda _, parts: ([split] for _part in parts))
    places = table(tmp_path, "places")
    assert [place["parent_id"] for place in places] == [None, places[0]["comment_id"]]
