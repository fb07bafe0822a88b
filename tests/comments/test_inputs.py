"""Whatever the user names becomes pages, rows and rejects; nothing is lost and nothing stops the rest."""

from __future__ import annotations

import gzip
import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from made_pages import ARTICLE, JUNE, OLGA, TARIQ, numbered, wordpress

from comments.errors import SettingsError
from comments.inputs import read_inputs
from comments.inputs.files import list_files
from comments.inputs.pages import page_from_bytes
from comments.inputs.rows import TableRow
from comments.model import REJECT_REASONS, Page, Reject
from comments.split.decode import decode_slice

LINES = [{"id": f"p{n}", "text": f"{ARTICLE} {n}"} for n in range(2000)]
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


def read(*paths: Path | str) -> list[Page | TableRow | Reject]:
    items = list(read_inputs([str(path) for path in paths]))
    for item in items:
        assert not isinstance(item, Reject) or item.reason in REJECT_REASONS
    return items


def rows(path: Path) -> list[TableRow]:
    items = read(path)
    assert all(isinstance(item, TableRow) for item in items), items
    return [item for item in items if isinstance(item, TableRow)]


def rejects(items: list[Page | TableRow | Reject]) -> list[tuple[str, str]]:
    return [(item.place, item.reason) for item in items if isinstance(item, Reject)]


def write(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def jsonl(*records: Any) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


# Files and folders


def test_a_folder_is_walked_and_addresses_are_paths_below_it(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", "b")
    write(tmp_path / "deep" / "er" / "a.html", "a")
    assert [file.address for file in list_files([str(tmp_path)])] == ["b.txt", "deep/er/a.html"]


def test_the_name_of_the_folder_changes_no_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "pages" / "a.txt", "a")
    (tmp_path / "other").symlink_to(tmp_path / "pages")
    monkeypatch.chdir(tmp_path)
    names = ["pages", "./pages/", "pages/../pages", str(tmp_path / "pages"), "other"]
    assert {tuple(f.address for f in list_files([name])) for name in names} == {("a.txt",)}


def test_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    file = write(tmp_path / "in" / "a.txt", "a")
    (tmp_path / "in" / "again.txt").symlink_to(file)
    assert len(list_files([str(tmp_path), str(file), str(tmp_path / "in"), str(file)])) == 1


@pytest.mark.parametrize("turn", [1, -1])
def test_the_order_of_the_inputs_changes_nothing(tmp_path: Path, turn: int) -> None:
    paths = [write(tmp_path / name, numbered([OLGA])) for name in ("c.txt", "a.txt", "b.txt")]
    assert [item.source for item in read(*paths[::turn])] == ["a.txt", "b.txt", "c.txt"]


def test_hidden_names_and_those_in_btlignore_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path / ".btlignore", "# a remark\r\ngold.jsonl\n*.bak\nold/\n\n")
    for name in ("a.txt", "gold.jsonl", "b.bak", ".hidden.txt", ".git/x.txt", "old/x.txt", "new/gold.jsonl"):
        write(tmp_path / name, "x")
    assert [file.address for file in list_files([str(tmp_path)])] == ["a.txt", "new/gold.jsonl"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "secret" / "key.txt", "x")
    write(tmp_path / "in" / "a.txt", "a")
    (tmp_path / "in" / "key.txt").symlink_to(tmp_path / "secret" / "key.txt")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "secret")
    (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "in" / "a.txt")
    assert len(list_files([str(tmp_path / "in")])) == 1


def test_a_link_to_nowhere_or_to_itself_is_a_reject(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "not-there.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert rejects(read(tmp_path)) == [("", "unreadable file")] * 2


def test_pipes_in_a_folder_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", numbered([OLGA]))
    os.mkfifo(tmp_path / "pipe.txt")
    assert [item.source for item in read(tmp_path)] == ["a.txt"]


def test_what_btl_wrote_itself_is_never_its_input(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", numbered([OLGA]))
    write(tmp_path / "store" / "store.json", "{}")
    write(tmp_path / "store" / "batches" / "000001-x" / "comments.parquet", "")
    write(tmp_path / "out" / "run.json", "{}")
    write(tmp_path / "out" / "report.html", wordpress([OLGA]))
    assert [item.source for item in read(tmp_path)] == ["a.txt"]


@pytest.mark.parametrize("name", ["nowhere", "x" * 5000, "nowhere/at/all.txt"])
def test_a_path_that_does_not_exist_is_an_error_that_names_it(name: str) -> None:
    with pytest.raises(SettingsError, match=name[:200]):
        read_inputs([name])


@pytest.mark.parametrize("held", [[], [".hidden.txt"]])
def test_a_folder_without_files_is_an_error_that_names_it(tmp_path: Path, held: list[str]) -> None:
    for name in held:
        write(tmp_path / name, "x")
    with pytest.raises(SettingsError, match=rf"{tmp_path} holds no file to read: name a folder"):
        read_inputs([str(tmp_path)])


def test_a_folder_of_unreadable_things_gives_a_reject_each(tmp_path: Path) -> None:
    write(tmp_path / "a.pdf", b"%PDF-1.7 ...")
    write(tmp_path / "b.png", PNG)
    write(tmp_path / "c.txt", b"")
    write(tmp_path / "d.bin", bytes(range(256)))
    reasons = [reason for _, reason in rejects(read(tmp_path))]
    assert reasons == ["binary file", "binary file", "empty file", "not a page format"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_reject(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "x").chmod(0)
    write(tmp_path / "b.txt", numbered([OLGA]))
    assert rejects(read(tmp_path)) == [("", "unreadable file")]


def test_a_name_that_is_no_utf8_is_read_all_the_same(tmp_path: Path) -> None:
    write(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")), numbered([OLGA]))
    (item,) = read(tmp_path)
    assert isinstance(item, Page)
    assert item.source.encode() == b"caf?.txt"


# Pages


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (b" \n\t\r\n", "empty file"),
        (PNG, "binary file"),
        (b"GIF89a" + bytes(99), "binary file"),
        (b"text\0" * 99, "binary file"),
        (gzip.compress(b"page"), "binary file"),
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ""])
def test_a_file_that_holds_no_page_is_a_reject(data: bytes, reason: str, suffix: str) -> None:
    item = page_from_bytes(data, source="x", address="x", suffix=suffix)
    assert isinstance(item, Reject)
    assert item.reason == reason


def test_a_file_called_html_that_holds_no_tag_but_nulls_is_a_reject() -> None:
    item = page_from_bytes(bytes(range(256)) * 40, source="x", address="x", suffix=".html")
    assert isinstance(item, Reject)
    assert item.reason == "binary file"


@pytest.mark.parametrize(
    ("suffix", "data", "kind"),
    [
        (".html", b"<p>" + b"text\0" * 99, "html"),
        (".html", b"no tag at all", "html"),
        (".txt", b"<p>a tag</p>", "text"),
        ("", b"<!DOCTYPE html><title>x</title>", "html"),
        ("", b"\n\n  <div class='c'>x</div>", "html"),
        ("", b"A sentence.", "text"),
        (".md", b"A sentence.", "text"),
    ],
)
def test_the_suffix_says_what_a_page_is_and_else_its_first_bytes(suffix: str, data: bytes, kind: str) -> None:
    item = page_from_bytes(data, source="x", address="x", suffix=suffix)
    assert isinstance(item, Page)
    assert item.kind == kind


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("make", [numbered, wordpress])
def test_a_page_is_read_in_the_encoding_it_is_written_in(codec: str, make: Any) -> None:
    text = f"{OLGA} “Müller’s café”"
    data = make([text, TARIQ]).replace('<meta charset="utf-8">', "").encode(codec)
    item = page_from_bytes(data, source="x", address="x", suffix=".txt" if make is numbered else ".html")
    assert isinstance(item, Page)
    assert text in decode_slice(item.data, item.encoding)


def test_utf16_wins_over_what_the_page_says_of_itself() -> None:
    data = wordpress([OLGA + " café"]).replace('charset="utf-8"', 'charset="windows-1251"').encode("utf-16")
    item = page_from_bytes(data, source="x", address="x", suffix=".html")
    assert isinstance(item, Page)
    assert "café" in decode_slice(item.data, item.encoding)


def test_a_few_bad_bytes_do_not_spoil_a_page_in_utf8() -> None:
    item = page_from_bytes("ÄÖÜ äöü ß".encode() * 9 + b"\xff", source="x", address="x", suffix=".txt")
    assert isinstance(item, Page)
    assert item.encoding == "utf-8"


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="https://a.example/x?p=1&amp;q=2">', "https://a.example/x?p=1&q=2"),
        ("<link href='https://a.example/x' rel='canonical'/>", "https://a.example/x"),
        ('<meta property="og:url" content="https://a.example/x">', "https://a.example/x"),
        ('<link rel="canonical" href="https://a.example/">', "here.html"),
        ('<link rel="canonical" href="/relative">', "here.html"),
        ('<link rel="canonical" href="javascript:alert(1)//x">', "here.html"),
        ('<link rel="canonical" href="http://exa\u2100mple.com/x">', "here.html"),
        ('<link rel="canonical" href="http://[::1/x">', "here.html"),
        ("", "here.html"),
    ],
)
def test_a_page_is_known_by_the_url_it_states_or_by_its_path(head: str, address: str) -> None:
    page = page_from_bytes(wordpress([OLGA], head=head).encode(), source="s", address="here.html", suffix=".html")
    assert isinstance(page, Page)
    assert (page.address, page.source) == (address, "s")


def test_a_packed_page_is_read_and_a_cut_one_is_a_reject(tmp_path: Path) -> None:
    packed = gzip.compress(numbered([OLGA]).encode())
    write(tmp_path / "a.txt.gz", packed)
    write(tmp_path / "b.txt.gz", packed[:-20])
    write(tmp_path / "c.txt.gz", packed[:40] + b"\xff" * 40 + packed[80:])
    write(tmp_path / "d.txt.gz", b"not packed")
    page, *others = read(tmp_path)
    assert isinstance(page, Page)
    assert page.data.decode() == numbered([OLGA])
    assert rejects(others) == [("", "broken archive")] * 3


# JSON Lines


def test_a_line_is_a_page_and_keeps_its_id(tmp_path: Path) -> None:
    file = write(
        tmp_path / "crawl.jsonl",
        jsonl(
            {"id": 7, "html": "<p>x</p>", "url": "https://a.example/x", "title": "T"},
            {"id": "b", "text": "x"},
            {"text": "x"},
            {"id": "", "text": "x", "url": ""},
        ),
    )
    pages = [item for item in read(file) if isinstance(item, Page)]
    assert [(p.id, p.address, p.kind, p.title) for p in pages] == [
        ("7", "https://a.example/x", "html", "T"),
        ("b", "b", "text", None),
        (None, "crawl.jsonl:3", "text", None),
        ("", "crawl.jsonl:4", "text", None),
    ]
    assert [p.source for p in pages] == [f"crawl.jsonl:{n}" for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("record", "is_comment"),
    [
        ({"comment_id": "c", "text": "x"}, True),
        ({"comment_id": "c", "text": "x", "url": "https://a.example/#c", "title": "T"}, True),
        ({"article_id": "a", "text": "x"}, True),
        ({"article_url": "https://a.example", "text": "x", "author": "O"}, True),
        ({"created_at": "2026", "text": "x"}, True),
        ({"created_at": "2026", "text": "x", "url": "https://a.example/x"}, False),
        ({"comment_id": "c", "html": "<p>x</p>"}, False),
        ({"text": "x"}, False),
        ({"text": "x", "author": "O"}, False),
    ],
)
def test_a_line_is_a_comment_where_it_has_a_comments_columns(
    tmp_path: Path, record: dict[str, str], is_comment: bool
) -> None:
    (item,) = read(write(tmp_path / "a.jsonl", jsonl(record)))
    assert isinstance(item, TableRow if is_comment else Page)


def test_a_bad_line_costs_that_line_alone(tmp_path: Path) -> None:
    lines = [b'{"text": "a"}', b"{", b"1", b'"text"', b"[]", b"null", b"", b'{"id": 1}', b'{"comment_id": 1}']
    lines += [b'{"text": 5}', b"\xff\xfe", b"[" * 100_000, b'{"n": ' + b"9" * 5000 + b"}", b'{"text": "b"}']
    items = read(write(tmp_path / "a.jsonl", b"\n".join(lines)))
    assert rejects(items) == [
        ("line 2", "malformed line"),
        ("line 3", "malformed line"),
        ("line 4", "malformed line"),
        ("line 5", "malformed line"),
        ("line 6", "malformed line"),
        ("line 8", "line without text or html"),
        ("line 9", "row without text"),
        ("line 10", "line without text or html"),
        ("line 11", "malformed line"),
        ("line 12", "malformed line"),
        ("line 13", "malformed line"),
    ]
    assert [item.source for item in items if isinstance(item, Page)] == ["a.jsonl:1", "a.jsonl:14"]


@pytest.mark.parametrize("data", [b"", b"\n", b" \n\n"])
@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst"])
def test_lines_that_hold_nothing_are_an_empty_file(tmp_path: Path, data: bytes, suffix: str) -> None:
    packed = {".gz": gzip.compress, ".zst": zstandard.ZstdCompressor().compress}.get(Path(suffix).suffix, bytes)(data)
    assert rejects(read(write(tmp_path / f"a{suffix}", packed))) == [("", "empty file")]


def test_a_mark_at_the_head_and_windows_line_ends_are_no_part_of_a_line(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", b"\xef\xbb\xbf" + jsonl({"text": "a"}, {"text": "b"}).replace(b"\n", b"\r\n"))
    assert [item.data for item in read(file) if isinstance(item, Page)] == [b"a", b"b"]


@pytest.mark.parametrize("frames", [1, 3])
@pytest.mark.parametrize("suffix", ["jsonl", "ndjson", "jsonl.gz", "JSONL.gz", "jsonl.zst", "ndjson.zst"])
def test_packed_lines_are_read_to_the_last_one_whatever_their_frames(tmp_path: Path, suffix: str, frames: int) -> None:
    size = len(LINES) // frames + 1
    pieces = [jsonl(*LINES[at : at + size]) for at in range(0, len(LINES), size)]
    if suffix.endswith("gz"):
        pieces = [gzip.compress(piece) for piece in pieces]
    elif suffix.endswith("zst"):
        pieces = [zstandard.ZstdCompressor().compress(piece) for piece in pieces]
    items = read(write(tmp_path / f"a.{suffix}", b"".join(pieces)))
    assert [item.id for item in items if isinstance(item, Page)] == [record["id"] for record in LINES]


@pytest.mark.parametrize("suffix", ["jsonl.gz", "jsonl.zst"])
@pytest.mark.parametrize("cut", [3, 0.5, -4])
def test_a_cut_archive_gives_its_whole_lines_and_a_reject(tmp_path: Path, suffix: str, cut: float) -> None:
    lines = [{"id": f"p{n}", "text": os.urandom(200).hex()} for n in range(2000)]
    packed = jsonl(*lines)
    packed = gzip.compress(packed) if suffix.endswith("gz") else zstandard.ZstdCompressor().compress(packed)
    end = int(len(packed) * cut) if isinstance(cut, float) else cut
    items = read(write(tmp_path / f"a.{suffix}", packed[:end]))
    read_well = [item.id for item in items if isinstance(item, Page)]
    assert read_well == [f"p{n}" for n in range(len(read_well))]
    assert cut == 3 or len(read_well) > 500
    assert rejects(items)[-1][1] == "broken archive"
    assert rejects(items)[-1][0] == f"after line {len(read_well)}"


@pytest.mark.parametrize("suffix", ["jsonl.gz", "jsonl.zst"])
def test_an_archive_that_is_none_is_a_reject(tmp_path: Path, suffix: str) -> None:
    assert rejects(read(write(tmp_path / f"a.{suffix}", jsonl({"text": "x"})))) == [("after line 0", "broken archive")]


def test_a_dump_with_a_long_window_is_read(tmp_path: Path) -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=28, enable_ldm=True)
    codec = zstandard.ZstdCompressor(compression_params=parameters).compressobj()  # of unknown size, as from a pipe
    packed = codec.compress(jsonl({"text": "x"})) + codec.flush()
    assert isinstance(read(write(tmp_path / "a.jsonl.zst", packed))[0], Page)


def test_half_a_surrogate_pair_in_a_line_becomes_a_question_mark(tmp_path: Path) -> None:
    lines = (
        b'{"id": "\\ud800", "text": "a\\ud800", "title": "\\udfff"}\n{"comment_id": "\\ud800c", "text": "b\\ud800"}\n'
    )
    page, row = read(write(tmp_path / "a.jsonl", lines))
    assert isinstance(page, Page)
    assert (page.id, page.data, page.title) == ("?", b"a?", "?")
    assert isinstance(row, TableRow)
    assert (row.comment_id, row.text) == ("?c", "b?")


# Tables


def csv_file(path: Path, text: str, codec: str = "utf-8") -> Path:
    return write(path, text.encode(codec))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(("delimiter", "name"), [(",", "a.csv"), (";", "a.csv"), ("\t", "a.csv"), ("\t", "a.tsv")])
def test_a_csv_keeps_ids_authors_times_and_its_own_columns(
    tmp_path: Path, delimiter: str, name: str, codec: str
) -> None:
    head = ["comment_id", "text", "author", "created_at", "parent_id", "article_id", "likes"]
    first = ["007", '"He said ""no"", twice;, and\nleft.\t"', "Ölga", "2026-03-01 10:00", "", "a-1", "12"]
    lines = "\r\n".join(
        [delimiter.join(head), delimiter.join(first), delimiter.join(["8", "b", "", "", "007", "", ""])]
    )
    one, two = rows(csv_file(tmp_path / name, lines, codec))
    assert (one.comment_id, one.author, one.created_at, one.parent_id) == ("007", "Ölga", "2026-03-01 10:00", None)
    assert one.text == 'He said "no", twice;, and\nleft.\t'
    assert (one.address, two.address) == ("a-1", name)
    assert (two.author, two.created_at, two.parent_id) == (None, None, "007")
    assert one.extra == {"author": "Ölga", "created_at": "2026-03-01 10:00", "article_id": "a-1", "likes": "12"}
    assert two.extra == {"author": None, "created_at": None, "article_id": None, "likes": None}


def test_a_csv_from_a_western_spreadsheet_is_read_in_its_own_code_page(tmp_path: Path) -> None:
    assert rows(csv_file(tmp_path / "a.csv", "text;author\nDas ist „für“ Müller;Jörg\n", "cp1252"))[0].text == (
        "Das ist „für“ Müller"
    )


def test_a_single_text_column_needs_no_delimiter(tmp_path: Path) -> None:
    assert [row.text for row in rows(csv_file(tmp_path / "a.csv", "text\na; b\n"))] == ["a; b"]


def test_every_row_of_a_csv_is_a_comment_or_a_reject(tmp_path: Path) -> None:
    lines = 'comment_id,text\n1,a\n2,\n3,"  \u200b "\n4,not quoted, so it is cut\n5,b,,\n6\n7,c\n'
    items = read(csv_file(tmp_path / "a.csv", lines))
    assert [item.comment_id for item in items if isinstance(item, TableRow)] == ["1", "5", "7"]
    assert rejects(items) == [
        ("row 2", "row without text"),
        ("row 3", "row without text"),
        ("row 4", "malformed row"),
        ("row 6", "row without text"),
    ]


def test_an_open_quote_swallows_nothing_in_silence(tmp_path: Path) -> None:
    items = read(csv_file(tmp_path / "a.csv", 'text\na\n"b\nc\nd\n'))
    assert rejects(items) == [("after row 1", "unreadable table")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (b"text,author\n", "empty file"),
        (b"body,author\nx,y\n", "table without text column"),
        (b"Text\nx\n", "table without text column"),
        (PNG, "table without text column"),
    ],
)
def test_a_csv_without_comments_is_one_reject(tmp_path: Path, data: bytes, reason: str) -> None:
    (item,) = read(write(tmp_path / "a.csv", data))
    assert isinstance(item, Reject)
    assert (item.reason, item.place) == (reason, "")


def parquet(path: Path, table: dict[str, Any] | pa.Table) -> Path:
    pq.write_table(table if isinstance(table, pa.Table) else pa.table(table), path)
    return path


def test_a_parquet_keeps_numbers_times_and_nested_values(tmp_path: Path) -> None:
    when = datetime(2026, 3, 1, 10, tzinfo=UTC)
    columns = {
        "text": ["a", "b", "c"],
        "comment_id": [1, 2, 3],
        "parent_id": pa.array([None, 1.0, float("nan")], pa.float64()),
        "created_at": pa.array([when, None, when], pa.timestamp("ns", "UTC")),
        "article_id": [10, 10, 10],
        "day": [date(2026, 3, 1), None, None],
        "long": [2**62 + 1, None, 5],
        "tags": [["x", "y"], [], None],
        "votes": [{"up": 1, "down": 2}, None, {"up": 3, "down": 4}],
        "score": [0.5, float("nan"), None],
    }
    one, two, three = rows(parquet(tmp_path / "a.parquet", columns))
    assert [row.comment_id for row in (one, two, three)] == ["1", "2", "3"]
    assert [row.parent_id for row in (one, two, three)] == [None, "1", None]
    assert (one.created_at, two.created_at) == ("2026-03-01T10:00:00+00:00", None)
    assert (one.address, three.place) == ("10", "row 3")
    assert one.extra["tags"] == ["x", "y"]
    assert one.extra["votes"] == {"up": 1, "down": 2}
    assert one.extra["long"] == 2**62 + 1
    assert two.extra["score"] is None


def test_text_that_is_null_or_no_text_is_a_reject_a_row(tmp_path: Path) -> None:
    assert rejects(read(parquet(tmp_path / "a.parquet", {"text": ["a", None, ""]}))) == [
        ("row 2", "row without text"),
        ("row 3", "row without text"),
    ]
    assert len(rejects(read(parquet(tmp_path / "b.parquet", {"text": [1, 2]})))) == 2


def test_a_parquet_without_a_text_column_says_what_it_has_and_what_to_do(tmp_path: Path) -> None:
    (item,) = read(parquet(tmp_path / "a.parquet", {"body": ["a"], "who": ["b"]}))
    assert isinstance(item, Reject)
    assert item.reason == "table without text column"
    assert (
        item.detail
        == "columns: body, who; name the column that holds the comments with --columns, or rename it to `text`"
    )


@pytest.mark.parametrize("change", [lambda data: data[:-9], lambda _: b"PAR1", lambda _: b"", lambda _: PNG])
def test_a_parquet_that_is_none_is_one_reject(tmp_path: Path, change: Any) -> None:
    file = parquet(tmp_path / "a.parquet", {"text": ["a"]})
    file.write_bytes(change(file.read_bytes()))
    assert rejects(read(file)) == [("", "unreadable table")]


def test_an_empty_parquet_is_an_empty_file(tmp_path: Path) -> None:
    table = pa.table({"text": pa.array([], pa.string())})
    assert rejects(read(parquet(tmp_path / "a.parquet", table))) == [("", "empty file")]


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", b"not one")
    write(tmp_path / "b.jsonl.gz", b"not one")
    write(tmp_path / "c.csv", b"no\nsuch\n")
    write(tmp_path / "d.html", b"")
    write(tmp_path / "e.txt", numbered([OLGA, JUNE]))
    items = read(tmp_path)
    assert len(rejects(items)) == 4
    assert isinstance(items[-1], Page)
