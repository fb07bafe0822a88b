"""Exports: what comes back is what went in, and nothing in it runs."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from itertools import pairwise

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from analysis.settings import load_themes
from comments.clean import clean_text
from comments.errors import BelowTheLineError, SettingsError
from reports import pipeline
from reports.cli import _run
from reports.commands.export import FORMATS
from reports.exports.agreement import Sheet, alpha, measure_agreement, read_sheet
from reports.exports.bertopic import bertopic_files
from reports.exports.coding import codebook, coding_files, draw_sample
from reports.exports.convokit import convokit_files
from reports.exports.figures import figure_files
from reports.exports.lossless import jsonl_files, parquet_files, read_jsonl
from reports.exports.read import read_run
from reports.exports.refi import NAMESPACE, refi_files, xml_text
from reports.exports.sheets import GUARDED, csv_files, cut_cell, guard_text, joined, read_guarded, xlsx_file

FORMULAS = [
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    " =1+1",
    "'=1",
]
LONG = "The queue" + " " * 33_000 + "is long." + "😀" * 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory, root):
    """A real run over a table with hostile, long, foreign and threaded comments and columns of its own."""
    place = tmp_path_factory.mktemp("exports")
    texts = [*(f"{text} the dollar will fall, buy gold" for text in FORMULAS), LONG, "Путин ответит на это, увидите.",
             "Moscow will answer this, they always do.", "NUL\x01 and \ufffe in it, Russia will retaliate"]  # fmt: skip
    rows = pd.DataFrame(
        {
            "comment_id": [f"id{n}" for n in range(len(texts))],
            "text": texts,
            "article_id": ["a", "b"] * 6 + ["a"],
            "author": [None, "=cmd|' /C calc'!A0", "unknown", "Ann", *["Ben"] * 9],
            "parent_id": [None, None, "id0", "id5", None, "id3", "gone", *[None] * 6],
            "created_at": ["2026-03-01T10:00:00", "2026-03-02", *[None] * 11],
            "score": [1.5, -2.25, *[None] * 11],
            "votes": pd.array([2**60 + 1, -7, *[None] * 11], dtype="Int64"),
            "=own": ["=x", *["-"] * 12],
        }
    )
    rows.to_parquet(place / "in.parquet")
    themes = load_themes(root / "data/themes.toml")
    source = [str(place / "in.parquet")]
    pipeline.run(source, store=place / "store", out=place / "out", themes=themes, real_names=True)
    return place / "out"


@pytest.fixture(scope="module")
def run(folder):
    return read_run(folder)


def test_json_lines_read_back_are_the_tables_of_the_run(run):
    back = read_jsonl(jsonl_files(run))
    assert set(back) == set(run.tables)
    for name, table in run.tables.items():
        assert back[name].equals(table), name


def test_parquet_files_are_those_of_the_run(run, folder):
    files = parquet_files(run)
    for name in run.tables:
        assert files[f"{name}.parquet"] == (folder / f"{name}.parquet").read_bytes()
        assert pq.read_table(io.BytesIO(files[f"{name}.parquet"])).equals(run.tables[name])


def test_no_text_of_a_csv_begins_like_a_formula_and_every_text_comes_back(run):
    for name, data in csv_files(run.tables).items():
        csv.field_size_limit(10**9)
        heading, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        types = {f.name: str(f.type) for f in run.tables[name.removesuffix(".csv")].schema}
        for row in [heading, *rows]:
            for title, cell in zip(heading, row, strict=True):
                number = types.get(title) in ("int64", "double")
                assert number or not cell.startswith(GUARDED[:-1]), (name, title, cell[:40])
                assert len(cell) <= 32_768
    rows = list(csv.DictReader(io.StringIO(csv_files(run.tables)["comments.csv"].decode("utf-8-sig"), newline="")))
    assert [joined(row, "text") for row in rows] == run.tables["comments"]["text"].to_pylist()
    assert {row["author"] for row in rows} >= {"'=cmd|' /C calc'!A0", ""}
    assert "votes" in rows[0]
    assert str(2**60 + 1) in {row["votes"] for row in rows}


@given(st.text(max_size=40))
def test_taking_the_guard_away_gives_any_text_back(text):
    assert read_guarded(guard_text(text)) == text
    assert guard_text(text)[:1] not in GUARDED[:-1]


@given(st.text(max_size=60), st.integers(min_value=2, max_value=9))
def test_a_cut_text_is_whole_when_joined_and_no_piece_is_too_long(text, limit):
    pieces = list(cut_cell(text, limit))
    assert "".join(pieces) == text
    assert all(len(piece.encode("utf-16-le", "surrogatepass")) // 2 <= limit for piece in pieces)


def test_a_workbook_holds_texts_no_formula_and_no_link(run):
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(run.tables)))
    assert {name.partition(" (")[0] for name in book.sheetnames} == set(run.tables)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "n"}
    assert all(not sheet._hyperlinks for sheet in book)
    heading, *rows = book["comments"].iter_rows(values_only=True)
    texts = [joined_cells(dict(zip(heading, row, strict=True)), "text") for row in rows]
    clean = [openpyxl.utils.escape.unescape(text) for text in texts]
    assert [t.replace("\r", "\n") for t in clean] == [
        t.replace("\r", "\n") for t in run.tables["comments"]["text"].to_pylist()
    ]


def joined_cells(row, name):
    return "".join(row.get(title) or "" for title in [name, *(f"{name} ({n})" for n in range(2, 9))])


def test_more_rows_than_a_sheet_holds_go_on_in_further_sheets(run):
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file({"comments": run.tables["comments"]}, rows=6)))
    assert book.sheetnames == ["comments", "comments (2)", "comments (3)"]
    ids = [row[0] for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert ids == run.tables["comments"]["comment_id"].to_pylist()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.slow
def test_libreoffice_opens_sheets_without_running_a_formula(run, tmp_path):
    (tmp_path / "tables.xlsx").write_bytes(xlsx_file(run.tables))
    (tmp_path / "comments.csv").write_bytes(csv_files(run.tables)["comments.csv"])
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "fods"]
    for name in ("comments.csv", "tables.xlsx"):
        command = [*office, "--outdir", str(tmp_path / name[-4:]), str(tmp_path / name)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        (made,) = (tmp_path / name[-4:]).glob("*.fods")
        text = made.read_text(encoding="utf-8")
        assert "table:formula=" not in text
        assert "HYPERLINK" in text
        assert "xlink:href" not in text.partition("<office:body>")[2]


def test_a_convokit_corpus_is_whole_threads_of_known_comments(run):
    files = convokit_files(run)
    utterances = [json.loads(line) for line in files["utterances.jsonl"].splitlines()]
    speakers, threads = json.loads(files["speakers.json"]), json.loads(files["conversations.json"])
    by_id = {u["id"]: u for u in utterances}
    assert [u["text"] for u in utterances] == run.tables["comments"]["text"].to_pylist()
    assert {u["speaker"] for u in utterances} == set(speakers)
    assert {u["conversation_id"] for u in utterances} == set(threads)
    roots = {u["conversation_id"]: u["id"] for u in utterances if u["reply-to"] is None}
    assert roots == {name: name for name in threads}
    assert all(by_id[u["reply-to"]]["conversation_id"] == u["conversation_id"] for u in utterances if u["reply-to"])
    assert not speakers["unknown"]["meta"]["known"]
    assert speakers["unknown (name)"]["meta"]["known"]


def convokit_python() -> str | None:
    """An interpreter with ConvoKit: this one, or the one that BTL_CONVOKIT_PYTHON names."""
    if importlib.util.find_spec("convokit"):
        return sys.executable
    return os.environ.get("BTL_CONVOKIT_PYTHON")


@pytest.mark.skipif(convokit_python() is None, reason="ConvoKit is not installed (BTL_CONVOKIT_PYTHON may name it)")
@pytest.mark.slow
def test_convokit_loads_the_corpus(run, tmp_path):
    for name, data in convokit_files(run).items():
        (tmp_path / name).write_bytes(data)
    script = (
        "import sys, json; from convokit import Corpus; c = Corpus(filename=sys.argv[1]);"
        "ok = all(x.check_integrity(verbose=False) for x in c.iter_conversations());"
        "print(json.dumps([ok, len(list(c.iter_utterances())), len(list(c.iter_speakers())),"
        "len(list(c.iter_conversations())), [u.text for u in c.iter_utterances()]]))"
    )
    command = [str(convokit_python()), "-c", script, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    ok, utterances, speakers, threads, texts = json.loads(done.stdout.splitlines()[-1])
    assert ok
    assert utterances == run.tables["comments"].num_rows
    assert (speakers, threads) == (5, 11)
    assert sorted(texts) == sorted(run.tables["comments"]["text"].to_pylist())


def test_bertopic_loads_our_themes_as_its_topics(run, tmp_path):
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder

    for name, data in bertopic_files(run).items():
        (tmp_path / name).write_bytes(data)
    model = BERTopic.load(str(tmp_path), embedding_model=BaseEmbedder())
    labels = dict(zip(sorted(set(model.topics_)), model.custom_labels_, strict=True))
    ours = run.tables["comments"]["theme"].to_pylist()
    assert [None if topic == -1 else labels[topic] for topic in model.topics_] == ours
    assert len(set(ours)) > 2


# What we write of the standard (REFI-QDA 1.0, Project.xsd of 18 March 2019), in words of our own: for each element
# its children in order (* any number, + one or more, ? at most one), needed and allowed attributes.
GUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
REFI = {
    "Project": ("Users?CodeBook?Variables?Cases?Sources?Notes?Links?Sets?Graphs?Description?NoteRef*",
                {"name"}, {"origin", "creatingUserGUID", "creationDateTime", "basePath"}),
    "Users": ("User+", set(), set()),
    "User": ("", {"guid"}, {"name", "id"}),
    "CodeBook": ("Codes", set(), set()),
    "Codes": ("Code+", set(), set()),
    "Code": ("Description?NoteRef*Code*", {"guid", "name", "isCodable"}, {"color"}),
    "Sources": ("TextSource+", set(), set()),
    "TextSource": ("Description?PlainTextContent?PlainTextSelection*Coding*NoteRef*VariableValue*",
                   {"guid"}, {"name", "plainTextPath", "creatingUser", "creationDateTime"}),
    "PlainTextSelection": ("Description?Coding*NoteRef*", {"guid", "startPosition", "endPosition"},
                           {"name", "creatingUser", "creationDateTime"}),
    "Coding": ("CodeRefNoteRef*", {"guid"}, {"creatingUser", "creationDateTime"}),
    "CodeRef": ("", {"targetGUID"}, set()),
    "Description": ("", set(), set()),
}  # fmt: skip


def test_a_refi_qda_project_has_the_structure_of_the_standard(run):
    packed = zipfile.ZipFile(io.BytesIO(refi_files(run)["project.qdpx"]))
    project = etree.fromstring(packed.read("project.qde"))
    guids = [e.get("guid") for e in project.iter() if e.get("guid")]
    assert len(guids) == len(set(guids))
    assert all(re.fullmatch(GUID, guid) for guid in guids)
    for element in project.iter():
        space, _, name = element.tag[1:].partition("}")
        assert space == NAMESPACE
        order, needed, allowed = REFI[name]
        children = "".join(f"<{child.tag.partition('}')[2]}>" for child in element)
        assert re.fullmatch(structure(order), children), (name, children[:200])
        given = {key for key in element.attrib if not key.startswith("{")}
        assert needed <= given <= needed | allowed, name
    codes = {e.get("guid") for e in project.iter(f"{{{NAMESPACE}}}Code")}
    assert {e.get("targetGUID") for e in project.iter(f"{{{NAMESPACE}}}CodeRef")} <= codes


def structure(order: str) -> str:
    """The children of an element as a regular expression over their names in angle brackets."""
    names = sorted({*REFI, "Variables", "Cases", "Notes", "Links", "Sets", "Graphs", "NoteRef", "PlainTextContent",
                    "VariableValue"}, key=len, reverse=True)  # fmt: skip
    return re.sub("|".join(names), lambda match: f"(?:<{match[0]}>)", order)


def test_a_selection_of_a_refi_qda_project_is_its_comment_with_all_its_themes(run):
    packed = zipfile.ZipFile(io.BytesIO(refi_files(run)["project.qdpx"]))
    project = etree.fromstring(packed.read("project.qde"))
    names = {e.get("guid"): e.get("name") for e in project.iter(f"{{{NAMESPACE}}}Code")}
    texts = {row["comment_id"]: row["text"] for row in run.rows("comments")}
    themes = {}
    for source in project.iter(f"{{{NAMESPACE}}}TextSource"):
        text = packed.read(f"Sources/{source.get('plainTextPath').removeprefix('internal://')}").decode()
        for selection in source.iter(f"{{{NAMESPACE}}}PlainTextSelection"):
            words = text[int(selection.get("startPosition")) : int(selection.get("endPosition"))]
            assert words == xml_text(clean_text(texts[selection.get("name")]))
            refs = selection.iter(f"{{{NAMESPACE}}}CodeRef")
            themes[selection.get("name")] = sorted(names[ref.get("targetGUID")] for ref in refs)
    wanted = {i: [] for i in texts}
    for row in run.rows("assignments"):
        wanted[row["comment_id"]].append(row["theme"])
    assert themes == {i: sorted(labels) for i, labels in wanted.items()}


def written_on(run, *days):
    comments = run.tables["comments"]
    column = pa.array([days[n % len(days)] for n in range(comments.num_rows)], pa.string())
    place = comments.column_names.index("day")
    return replace(run, tables={**run.tables, "comments": comments.set_column(place, "day", column)})


@pytest.mark.parametrize("days", [range(1, 29), [1, 2], [1, 31]])
def test_days_under_the_figure_come_in_even_steps(run, days):
    svg = figure_files(written_on(run, *(f"2024-03-{day:02}" for day in days)))["days.svg"].decode()
    marks = [date.fromisoformat(mark) for mark in re.findall("<!-- (2024.*) -->", svg)]
    assert len(marks) > 1
    assert len({later - mark for mark, later in pairwise(marks)}) == 1


def test_figures_are_the_same_bytes_every_time_and_hold_no_script(run):
    files = figure_files(run)
    assert {"themes.svg", "themes.png", "pages-by-themes.svg", "days.svg"} <= set(files)
    assert figure_files(run) == files
    for name, data in files.items():
        if name.endswith(".svg"):
            tags = {etree.QName(e).localname for e in etree.fromstring(data).iter() if isinstance(e.tag, str)}
            assert not tags & {"script", "a", "foreignObject"}
        else:
            assert data.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "make",
    [
        jsonl_files,
        parquet_files,
        convokit_files,
        refi_files,
        coding_files,
        lambda run: csv_files(run.tables),
        lambda run: xlsx_file(run.tables),
    ],
)
def test_the_same_run_gives_the_same_bytes(make, run):
    assert make(run) == make(run)


def test_a_coding_sheet_shows_no_theme_and_holds_every_stratum(run):
    files = coding_files(run, size=8)
    heading, *rows = csv.reader(io.StringIO(files["coding-sheet.csv"].decode("utf-8-sig")))
    assert heading[:5] == ["item", "comment_id", "page", "in_answer_to", "text"]
    labels = [row["label"] for row in run.rows("themes")]
    assert not any(label in cell for row in rows for cell in row for label in labels)
    main = {row["comment_id"]: row["theme_id"] for row in run.rows("comments")}
    assert {main[row[1]] for row in rows} == set(main.values())
    assert len(rows) == 8
    book = list(csv.DictReader(io.StringIO(files["codebook.csv"].decode("utf-8-sig"))))
    assert [row["label"] for row in book] == ["none of these", *labels]


@pytest.mark.parametrize("size", [1, 3, 10, 100])
def test_a_sample_is_as_large_as_asked_and_another_seed_gives_another(size):
    rows = [{"comment_id": f"c{n}", "theme_id": ["A", "B", None][n % 3 if n < 9 else 0]} for n in range(60)]
    drawn = draw_sample(rows, size, 1)
    assert len(drawn) == len(set(drawn)) == min(size, 60)
    assert drawn == draw_sample(rows[::-1], size, 1)
    assert size == 100 or drawn != draw_sample(rows, size, 2)


def test_filled_sheets_give_alpha_between_coders_and_agreement_with_the_report(run, tmp_path):
    themes = run.rows("themes")
    codes = {row["theme_id"]: n for n, row in enumerate(themes, 1)}
    own = {}
    for row in run.rows("assignments"):
        own.setdefault(row["comment_id"], []).append(codes[row["theme_id"]])
    sheets = []
    for coder in ("ann.csv", "ben.xlsx"):
        files = coding_files(run, size=13)
        if coder.endswith("csv"):
            rows = list(csv.DictReader(io.StringIO(files["coding-sheet.csv"].decode("utf-8-sig"), newline="")))
            for row in rows:
                row["codes"] = "; ".join(map(str, own.get(row["comment_id"], [0])))
            with (tmp_path / coder).open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), delimiter=";")  # as a German spreadsheet saves it
                writer.writeheader()
                writer.writerows(rows)
        else:
            book = openpyxl.load_workbook(io.BytesIO(files["coding-sheet.xlsx"]))
            heading = [cell.value for cell in book.worksheets[0][1]]
            for line in book.worksheets[0].iter_rows(min_row=2):
                given = own.get(line[heading.index("comment_id")].value, [0])
                line[heading.index("codes")].value = given[0] if len(given) == 1 else ";".join(map(str, given))
            book.save(tmp_path / coder)
        sheets.append(read_sheet(tmp_path / coder))
    found = measure_agreement(sheets, run)
    assert found["alpha_first_code"] == found["alpha_low"] == found["alpha_high"] == 1.0
    assert found["coded_by_all"] == found["comments"] == 13
    for row in found["themes"]:
        assert row["precision"] in (1.0, None)
        assert row["f1"] in (1.0, None)


def test_agreement_is_weighed_back_to_all_comments():
    """Nine comments of a large theme, one drawn; one of a small one, drawn: a miss in the first weighs nine."""
    rows = {"themes": [{"theme_id": "A", "label": "a"}, {"theme_id": "B", "label": "b"}],
            "comments": [{"comment_id": f"c{n}", "theme_id": "A" if n < 9 else "B"} for n in range(10)],
            "assignments": [{"comment_id": f"c{n}", "theme_id": "A" if n < 9 else "B"} for n in range(10)]}  # fmt: skip

    class Stub:
        manifest = {"run_id": "r"}  # noqa: RUF012

        def rows(self, name):
            return rows[name]

    found = measure_agreement([Sheet("x", {"c0": (2,), "c9": (2,)})], Stub())
    assert found["themes"][1]["precision"] == 1.0
    assert found["themes"][1]["recall"] == 0.1
    assert found["alpha_first_code"] is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [([[1, 2, 1, 2], [1, 2, 1, 2]], 1.0), ([[1, 1, 2, 2], [2, 2, 1, 1]], -0.75), ([[1, 1], [1, 1]], None)],
)
def test_alpha_is_krippendorffs(values, expected):
    import numpy as np

    found = alpha(np.asarray(values, dtype=float))
    assert found == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("text", "fault"),
    [("a,b\n1,2\n", "no columns"), ("comment_id,codes\nc0,one\n", "is no code"), ("\xff", "UTF-8")],
)
def test_a_sheet_that_is_none_is_an_error_that_says_what_to_do(text, fault, tmp_path):
    (tmp_path / "sheet.csv").write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError, match=fault):
        read_sheet(tmp_path / "sheet.csv")


@pytest.mark.parametrize(
    ("codes", "fault"), [({"nobody": (1,)}, "not in the run"), ({"id0": (99,)}, "no code"), ({}, "no codes")]
)
def test_a_sheet_of_another_run_is_an_error(codes, fault, run):
    with pytest.raises(SettingsError, match=fault):
        measure_agreement([Sheet("x.csv", codes)], run)


def test_the_codebook_names_none_and_every_theme(run):
    assert [row["code"] for row in codebook(run.rows("themes"))] == list(range(len(run.rows("themes")) + 1))


@pytest.mark.parametrize("kind", FORMATS)
def test_the_command_writes_every_format(kind, folder, tmp_path, capsys):
    assert _run(["export", str(folder), "--format", kind, "--out", str(tmp_path / "x")]) == 0
    assert list((tmp_path / "x").iterdir())
    assert "wrote" in capsys.readouterr().err


def test_a_report_is_not_written_over_and_a_damaged_one_is_not_exported(folder, tmp_path, capsys):
    assert _run(["export", str(folder), "--format", "csv", "--out", str(folder)]) == 2
    assert "holds a report" in capsys.readouterr().err
    with pytest.raises(SettingsError, match="holds no report"):
        read_run(tmp_path)
    shutil.copytree(folder, tmp_path / "copy")
    (tmp_path / "copy/themes.parquet").write_bytes(b"no table")
    with pytest.raises(BelowTheLineError, match="not as the run wrote it"):
        read_run(tmp_path / "copy")


def test_the_command_prints_agreement_as_json(folder, tmp_path, capsysbinary):
    _run(["export", str(folder), "--format", "coding-sheet", "--out", str(tmp_path), "--size", "5"])
    sheet = (tmp_path / "coding-sheet.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(sheet, newline="")))
    pd.DataFrame([{"comment_id": r["comment_id"], "codes": "1"} for r in rows]).to_csv(tmp_path / "a.csv", index=False)
    capsysbinary.readouterr()
    assert _run(["agreement", str(tmp_path / "a.csv"), "--run", str(folder)]) == 0
    assert json.loads(capsysbinary.readouterr().out)["comments"] == 5
