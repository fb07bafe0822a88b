"""Tables that call their columns by other names are read by a mapping; what does not fit it is said."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.errors import SettingsError
from comments.inputs import read_inputs
from comments.inputs.columns import ColumnMap, load_columns
from comments.inputs.rows import TableRow
from comments.model import Page, Reject

MAP = ColumnMap(
    text="body",
    comment_id="no",
    parent_id="re",
    article_id="story",
    article_url="link",
    article_title="headline",
    author="who",
    created_at="when",
    permalink="at",
    likes="ups",
)
RECORD = {
    "body": "Half of it is true.",
    "no": "7",
    "re": "3",
    "story": "s1",
    "link": "https://a.example/s1",
    "headline": "The peg",
    "who": "Olga",
    "when": "2026-03-01",
    "at": "https://a.example/s1#7",
    "ups": "12",
    "own": "x",
}


def read(path: Path, columns: ColumnMap) -> list[Page | TableRow | Reject]:
    return list(read_inputs([str(path)], columns=columns))


def write(path: Path, records: list[dict[str, object]]) -> Path:
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
    elif path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(records), path)
    else:
        mark = "\t" if path.suffix == ".tsv" else ";"
        lines = [mark.join(records[0]), *(mark.join(str(v) for v in record.values()) for record in records)]
        path.write_text("\n".join(lines) + "\n")
    return path


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.parquet", "a.jsonl"])
def test_a_mapped_table_gives_what_it_would_under_our_names(tmp_path: Path, name: str) -> None:
    (row,) = read(write(tmp_path / name, [RECORD]), MAP)
    assert isinstance(row, TableRow)
    assert (row.text, row.comment_id, row.parent_id, row.author) == ("Half of it is true.", "7", "3", "Olga")
    assert (row.address, row.url, row.title) == ("https://a.example/s1", "https://a.example/s1", "The peg")
    assert (row.created_at, row.posted_at, row.permalink, row.likes) == ("2026-03-01", None, RECORD["at"], 12)
    assert row.extra["own"] == "x"
    assert {"body", "no", "re"}.isdisjoint(row.extra)


def test_a_name_with_dots_leads_into_inner_objects(tmp_path: Path) -> None:
    columns = ColumnMap(text="data.body", author="data.user.name")
    path = write(tmp_path / "a.jsonl", [{"data": {"body": "x y", "user": {"name": "Olga"}}}, {"data": {"body": "z"}}])
    assert [(row.text, row.author) for row in read(path, columns) if isinstance(row, TableRow)] == [
        ("x y", "Olga"),
        ("z", None),
    ]


@pytest.mark.parametrize(
    ("form", "written", "iso"),
    [
        ("%d.%m.%Y %H:%M", "01.03.2026 10:05", "2026-03-01T10:05:00"),
        ("%Y-%m-%dT%H:%M:%S%z", "2026-03-01T10:05:00+0200", "2026-03-01T10:05:00+02:00"),
        ("unix", "1772359500", "2026-03-01T10:05:00+00:00"),
        ("unix", 1772359500.0, "2026-03-01T10:05:00+00:00"),
        ("unix_ms", 1772359500000, "2026-03-01T10:05:00+00:00"),
    ],
)
def test_dates_of_a_stated_form_become_iso_8601(tmp_path: Path, form: str, written: object, iso: str) -> None:
    path = write(tmp_path / "a.jsonl", [{"text": "x", "created_at": written}])
    (row,) = read(path, ColumnMap(date_format=form))
    assert isinstance(row, TableRow)
    assert row.created_at == iso
    assert row.posted_at == str(written).removesuffix(".0")


def test_dates_of_another_form_stay_unknown_and_are_said_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [{"text": "x", "created_at": when} for when in ("1.3.2026", "March", "yesterday")])
    *rows, last = read(path, ColumnMap(date_format="%d.%m.%Y"))
    assert [(row.created_at, row.posted_at) for row in rows if isinstance(row, TableRow)] == [
        ("2026-03-01T00:00:00", "1.3.2026"),
        (None, "March"),
        (None, "yesterday"),
    ]
    assert last == Reject(
        "a.csv", "columns", "date of another form", "2 dates are not written as '%d.%m.%Y': row 2 has 'March'"
    )


def test_a_column_that_is_named_and_not_there_is_said(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [{"body": "x", "who": "Olga"}])
    *_, last = read(path, ColumnMap(text="body", author="whom"))
    assert last == Reject("a.csv", "columns", "column not in the table", "author = 'whom'")


def test_a_table_without_the_mapped_text_is_one_reject(tmp_path: Path) -> None:
    (item,) = read(write(tmp_path / "a.csv", [{"text": "x"}]), ColumnMap(text="body"))
    assert isinstance(item, Reject)
    assert item.reason == "table without text column"


def test_pages_among_mapped_lines_stay_pages(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", [{"html": "<p>x</p>", "body": "y"}, {"body": "y"}, {"text": "z"}])
    assert [type(item) for item in read(path, ColumnMap(text="body"))] == [Page, TableRow, Page]


@pytest.mark.parametrize("likes", ["", "many", "1.5", "nan", "inf", "9" * 99, None])
def test_likes_that_are_no_whole_number_are_unknown(tmp_path: Path, likes: object) -> None:
    (row,) = read(write(tmp_path / "a.jsonl", [{"comment_id": "1", "text": "x", "likes": likes}]), ColumnMap())
    assert isinstance(row, TableRow)
    assert row.likes is None


def test_a_file_of_columns_is_read(tmp_path: Path) -> None:
    path = tmp_path / "columns.toml"
    path.write_text('[columns]\ntext = "body"\ndate_format = "unix"\n')
    assert load_columns(path) == ColumnMap(text="body", date_format="unix")
    assert load_columns(path).mapped == {"text": "body", "date_format": "unix"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[columns]\nbody = "text"\n', "'body' is no column"),
        ("[columns]\ntext = 7\n", "text is 7, not the name of a column"),
        ('[columns]\ntext = ""\n', "text is '', not the name of a column"),
        ('text = "body"\n', "holds more or else than one table"),
        ("columns = 1\n", "holds more or else than one table"),
        ("[columns\n", "is not TOML"),
    ],
)
def test_a_faulty_file_of_columns_is_an_error_that_names_it(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "columns.toml"
    path.write_text(text)
    with pytest.raises(SettingsError, match=message) as error:
        load_columns(path)
    assert str(path) in str(error.value)


@given(st.text(max_size=30), st.sampled_from(["unix", "unix_ms", "%d.%m.%Y", "%", "%Q", "%Y-%m-%d %H:%M:%S.%f"]))
def test_no_date_and_no_form_of_it_raises(written: str, form: str) -> None:
    found = ColumnMap(date_format=form).date(written)
    assert found is None or found[:4].strip("-").isdigit()
