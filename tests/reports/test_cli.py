"""The command: exit codes, one line that names the file and what to do, and data on standard output."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from comments.store import Store
from reports.cli import _run

OLGA = "The peg holds because nobody wants to be the first to let go of it."
TARIQ = "Two hundred lorries stood at the crossing this morning, and not one of them moved."
PAGE = f"""The peg and the crossing

On Sunday the crossing was closed for a technical reason, and by noon the dirham had lost a tenth of its value.

2 thoughts on “The peg and the crossing”

  1. {OLGA}

    1. {TARIQ}
"""
BTL = [sys.executable, "-c", "from reports.cli import main; main()"]
Run = subprocess.CompletedProcess[bytes]


def btl(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> Run:
    """The command in a process of its own."""
    env = {**os.environ, **environment}
    return subprocess.run([*BTL, *map(str, arguments)], input=stdin, capture_output=True, check=False, env=env)


class Said:
    """What a call within this process returned and wrote."""

    def __init__(self, capture: pytest.CaptureFixture[str], *arguments: str | Path) -> None:
        self.code = _run([str(argument) for argument in arguments])
        self.out, self.err = capture.readouterr()

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def line(self) -> str:
        """The one line on standard error."""
        assert self.err.startswith("btl: "), self.err
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        assert "fault of btl" not in self.err
        return self.err.strip()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


# btl split


def test_split_gives_the_promised_fields(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "split", page)
    (record,) = said.records
    assert (said.code, said.err) == (0, "")
    promised = ["id", "source", "article", "comments", "declared_count", "found_count", "confidence", "reason"]
    assert [name for name in promised if name not in record] == []
    assert (record["id"], record["source"], record["reason"]) == ("page.txt", "page.txt", None)
    assert (record["declared_count"], record["found_count"]) == (2, 2)
    first, second = record["comments"]
    for name in ("text", "author", "posted_at", "depth", "parent", "start", "end"):
        assert name in first, name
    assert (first["text"], first["depth"], first["parent"], first["author"]) == (OLGA, 1, None, None)
    assert (second["text"], second["depth"], second["parent"]) == (TARIQ, 2, 0)
    for comment in (first, second):
        assert page.read_bytes()[comment["start"] : comment["end"]].decode() == comment["text"]


def test_split_passes_the_ids_of_a_crawl_through(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [{"id": "doc-7", "text": PAGE}, {"id": 8, "text": "x", "url": "https://peg.example/x", "title": "T"}]
    (tmp_path / "crawl.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n1\n")
    one, two, three = Said(capsys, "split", tmp_path / "crawl.jsonl").records
    assert (one["id"], one["source"], one["found_count"]) == ("doc-7", "crawl.jsonl:1", 2)
    assert (two["id"], two["url"], two["title"]) == ("8", "https://peg.example/x", "T")
    assert (three["id"], three["reason"]) == (None, "rejected: line 3: malformed line (not an object)")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "rejected: empty file"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "rejected: binary file"),
        ("a.jsonl.gz", b"no", "rejected: after line 0: broken archive"),
        ("a.csv", b"text\nx\n", "rejected: row 1: not a page format (a comment table"),
        ("a.parquet", b"no", "rejected: unreadable table"),
    ],
)
def test_split_says_why_an_input_is_no_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    said = Said(capsys, "split", tmp_path)
    assert said.code == 0
    assert said.records[0]["reason"].startswith(reason)
    assert (said.records[0]["source"], said.records[0]["comments"]) == (name, [])
    assert Said(capsys, "split", tmp_path, "--strict").code == 3


@pytest.mark.parametrize("jsonl", [False, True])
def test_split_reads_standard_input(jsonl: bool) -> None:
    done = btl("split", "-", stdin=b"\xef\xbb\xbf" + json.dumps({"text": PAGE}).encode() if jsonl else PAGE.encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["found_count"] == 2


def test_split_writes_utf8_whatever_the_locale(page: Path) -> None:
    page.write_text(PAGE.replace("peg holds", "peg – «якорь» – holds"), encoding="utf-8")
    done = btl("split", page, LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "«якорь»" in json.loads(done.stdout.decode("utf-8"))["comments"][0]["text"]


def test_split_explains_each_line(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = Said(capsys, "split", "--explain", page)
    assert said.code == 0
    assert said.out.startswith("== page.txt: 2 comments")


def test_a_reader_that_has_gone_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text((json.dumps({"text": PAGE}) + "\n") * 300)
    with subprocess.Popen(
        [*BTL, "split", str(tmp_path / "a.jsonl")], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() in (0, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_under_standard_output_is_one_line(page: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*BTL, "split", str(page)], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr == b"btl: No space left on device: free some space or mend permissions, then run again\n"


def test_an_interrupted_command_ends_with_130(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "  # in the background it is deaf
    command = [sys.executable, "-c", heard + BTL[2], "split", str(tmp_path / "pipe")]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        writer = os.open(tmp_path / "pipe", os.O_WRONLY)  # waits until the command has opened the other end
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        os.close(writer)
    assert process.returncode == 130
    assert err.strip() == b"btl: interrupted; what was finished before is kept"


# Errors: one line, the right code, nothing left behind


def run(tmp_path: Path, *arguments: str | Path) -> list[str | Path]:
    return ["run", *arguments, "--store", tmp_path / "store", "--out", tmp_path / "out"]


@pytest.mark.parametrize("command", ["split", "ingest", "run"])
def test_a_path_that_does_not_exist_is_a_settings_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    where = {"split": [], "ingest": ["--store", tmp_path / "store"]}.get(command, run(tmp_path)[1:])
    said = Said(capsys, command, tmp_path / "nowhere", *where)
    assert said.code == 2
    assert said.line == f"btl: {tmp_path}/nowhere does not exist: name a file, a folder or - for standard input"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["split", "run"])
def test_a_folder_without_files_is_a_settings_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (tmp_path / "empty").mkdir()
    said = Said(capsys, command, tmp_path / "empty", *(run(tmp_path)[1:] if command == "run" else []))
    assert said.code == 2
    assert f"{tmp_path}/empty holds no file to read" in said.line


@pytest.mark.parametrize(
    "arguments",
    [["split"], ["run", "x"], ["nothing"], ["split", "--nothing", "x"], ["split", "--explain", "--review", "1", "x"]],
)
def test_wrong_usage_ends_with_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    said = Said(capsys, *arguments)
    assert said.code == 2
    assert "Error: " in said.err


THEME = '[[theme]]\nname = "Peg"\ndescription = "The peg"\n'
THEMES_FAULTS = [
    ("theme = [", "is not TOML"),
    ("\x00", "is not TOML"),
    ('[[theme]]\nname = "Peg"\n', "theme 1 (Peg): description is missing"),
    ('[[theme]]\ndescription = "Peg"\n', "theme 1: name is missing"),
    ('[[theme]]\nname = " "\ndescription = "Peg"\n', "theme 1: name: "),
    (THEME + 'example = ["x"]\n', "theme 1 (Peg): example is no field"),
    (THEME + "examples = [1]\n", "theme 1 (Peg): examples.0: "),
    (THEME + 'words = "peg"\n', "theme 1 (Peg): words: "),
    (THEME + THEME, "theme 2: the name 'Peg' stands twice: rename one"),
    (THEME + THEME.replace("Peg", "peg!"), "theme 2: the name 'peg!' is too like 'Peg': rename one"),
    (THEME.replace("[[theme]]", "[theme]"), "write each theme as a [[theme]] table"),
    (THEME.replace("[[theme]]", "[[themes]]"), "holds themes: write each theme as a [[theme]] table"),
    ('theme = ["Peg"]\n', "theme 1: "),
]


@pytest.mark.parametrize(("data", "says"), THEMES_FAULTS)
def test_a_fault_in_the_themes_names_file_and_theme(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], data: str, says: str
) -> None:
    file = tmp_path / "themes.toml"
    file.write_text(data)
    said = Said(capsys, *run(tmp_path, page), "--themes", file)
    assert said.code == 2
    assert said.line.startswith(f"btl: {file}")
    assert says in said.line
    assert not (tmp_path / "store").exists()
    assert not (tmp_path / "out").exists()


SETTINGS_FAULTS = [
    ("min_words = [", "is not TOML"),
    ("min_word = 3\n", "min_word is no field"),
    ("min_words = 0\n", "min_words: Input should be greater than or equal to 1"),
    ('min_words = "many"\n', "min_words: Input should be a valid integer"),
    ("[cluster]\ncomponents = 2\n", "cluster.components: "),
    ("[named]\nflor = 0.5\n", "named.flor is no field"),
    ("[cluster]\nlevels = [1, inf]\n", "cluster.levels.1: Input should be less than or equal to 10"),
    ("[cluster]\ngroups = inf\n", "cluster.groups: Input should be less than or equal to 10"),
    ("cluster = 3\n", "cluster: "),
    (
        "[cluster]\nwordings = [0, 0.4]\n",
        "centred and wordings go together, one of each, but their lengths are 3 and 2",
    ),
]


@pytest.mark.parametrize(("data", "says"), SETTINGS_FAULTS)
def test_a_fault_in_the_settings_names_file_and_field(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], data: str, says: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(data)
    said = Said(capsys, *run(tmp_path, page), "--settings", file)
    assert said.code == 2
    assert said.line.startswith(f"btl: {file}")
    assert says in said.line


@pytest.mark.parametrize("option", ["--themes", "--settings"])
def test_a_missing_file_of_themes_or_settings_is_named(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    said = Said(capsys, *run(tmp_path, page), option, tmp_path / "no.toml")
    assert said.code == 2
    assert f"{tmp_path}/no.toml cannot be read" in said.line


def test_a_store_of_another_version_fails_by_name(page: Path, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "store.json").write_text('{"schema_version": 99}')
    for arguments in (run(tmp_path, page), ["ingest", page, "--store", tmp_path / "store"]):
        said = Said(capsys, *arguments)
        assert said.code == 1
        assert f"{tmp_path}/store has schema version 99" in said.line


@pytest.mark.parametrize("name", ["manifest.json", "store.json", "themes.json", "comments.parquet"])
def test_a_damaged_store_fails_by_name_of_the_file(page: Path, tmp_path: Path, capsys: Any, name: str) -> None:
    assert Said(capsys, "ingest", page, "--store", tmp_path / "store").code == 0
    file = next((tmp_path / "store").rglob(name), tmp_path / "store" / name)
    file.write_bytes(b'{"batches": [1]')
    said = Said(capsys, "status", "--store", tmp_path / "store")
    assert said.code == 1
    assert str(file) in said.line
    assert "restore it from a copy" in said.line


def test_two_writers_at_once_are_told_apart(page: Path, tmp_path: Path) -> None:
    with Store(tmp_path / "store"):
        done = btl("ingest", page, "--store", tmp_path / "store")
    assert done.returncode == 1
    said = done.stderr.decode()
    assert said.startswith(f"btl: another process is writing to the store {tmp_path}/store: process {os.getpid()} on ")
    assert said.endswith("wait until it has ended, or choose another --store\n")
    assert btl("ingest", page, "--store", tmp_path / "store").returncode == 0


def test_an_output_folder_that_cannot_be_written_fails_by_name(page: Path, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "file").write_text("in the way")
    said = Said(capsys, "run", page, "--store", tmp_path / "store", "--out", tmp_path / "file" / "out")
    assert said.code == 1
    assert f"the output folder {tmp_path}/file/out cannot be written" in said.line
    assert "choose another --out" in said.line


def test_a_file_in_the_way_of_the_output_folder_is_a_usage_error(page: Path, tmp_path: Path, capsys: Any) -> None:
    said = Said(capsys, "run", page, "--store", tmp_path / "store", "--out", page)
    assert said.code == 2
    assert str(page) in said.err


def test_a_strict_run_without_comments_ends_with_3_and_leaves_the_last_report(tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "a.txt").write_text("An article, and nobody said a word.")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.html").write_text("the last good one")
    said = Said(capsys, *run(tmp_path, tmp_path / "a.txt"), "--strict")
    assert said.code == 3
    assert f"no comment was found in {tmp_path}/a.txt: look at btl split, and its --explain" in said.line
    assert (tmp_path / "out" / "report.html").read_text() == "the last good one"


@pytest.mark.parametrize("inside", ["", "batches/report"])
def test_a_report_is_not_written_into_its_store(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], inside: str
) -> None:
    out = tmp_path / "store" / inside
    said = Said(capsys, "run", page, "--store", tmp_path / "store", "--out", out)
    assert said.code == 2
    assert f"the output folder {out} lies in the store {tmp_path}/store: choose another --out" in said.line
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    "arguments", [["themes", "none"], ["compare", "none", "none"], ["export", "none", "--format=csv"]]
)
def test_a_folder_without_a_report_ends_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = Said(capsys, *arguments, *(["--out", "x"] if arguments[0] == "export" else []))
    assert said.code == 2
    assert "none holds no report: name " in said.line


# btl ingest and btl status


def test_ingest_counts_what_it_read_and_status_what_the_store_holds(tmp_path: Path, capsys: Any) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "page.txt").write_text(PAGE)
    (folder / "empty.html").write_bytes(b"")
    pq.write_table(pa.table({"text": [OLGA, None], "comment_id": [1, 2]}), folder / "t.parquet")
    said = Said(capsys, "ingest", folder, "--store", tmp_path / "store")
    assert (said.code, said.out) == (0, "")
    assert (
        said.err
        == "read 2 pages (0 known) and 3 comments (0 known); 2 rejected, why stands in store_rejects (btl query)\n"
    )
    again = Said(capsys, "ingest", folder, "--store", tmp_path / "store")
    assert (
        again.err
        == "read 1 page (1 known) and 1 comment (1 known); 2 rejected, why stands in store_rejects (btl query)\n"
    )
    status = Said(capsys, "status", "--store", tmp_path / "store")
    assert (status.code, status.err) == (0, "")
    found = json.load(io.StringIO(status.out))
    assert (found["batches"], found["pages"], found["comments"], found["rejects"]) == (1, 2, 3, 2)
    assert (found["pages_with_comments"], found["declared_comments"]) == (2, 2)
    assert found["due"] == ["3 comments are in no report yet: btl report"]


def test_status_of_a_folder_that_is_no_store_is_a_settings_error(tmp_path: Path, capsys: Any) -> None:
    said = Said(capsys, "status", "--store", tmp_path)
    assert (said.code, said.line) == (
        2,
        f"btl: {tmp_path} is not a store: name the folder that btl run --store made",
    )
    assert list(tmp_path.iterdir()) == []


def test_a_report_on_a_store_as_it_is_and_its_themes_in_the_terminal(page: Path, tmp_path: Path, capsys: Any) -> None:
    named = tmp_path / "themes.toml"
    named.write_text('[[theme]]\nname = "Patience"\ndescription = "Moscow is patient, or too weak to act."\n')
    assert Said(capsys, "ingest", page, "--store", tmp_path / "store").code == 0
    done = Said(capsys, "report", "--store", tmp_path / "store", "--out", tmp_path / "out", "--themes", named)
    assert (done.code, (tmp_path / "out" / "report.html").is_file()) == (0, True)
    (theme,) = Said(capsys, "themes", tmp_path / "out", "--json").records
    assert theme["label"] == "Patience"
    head, row = Said(capsys, "themes", tmp_path / "out").out.splitlines()
    assert head.split()[0] == "theme"
    assert row.split()[0] == theme["theme_id"]


def test_a_report_on_a_store_that_is_not_there_makes_none(tmp_path: Path, capsys: Any) -> None:
    said = Said(capsys, "report", "--store", tmp_path / "store", "--out", tmp_path / "out")
    assert (said.code, list(tmp_path.iterdir())) == (2, [])
    assert "is not a store" in said.line
