"""Whatever ends a run, the last report stays whole and the next run ends as if nothing had happened."""

from __future__ import annotations

import os
import pkgutil
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bench.faults import read_only
from bench.scratch import AUTHOR, STAGES, WORDS, copy, flip, is_whole, published, write_inputs
from comments.store import Store
from reports import pipeline
from reports.cli import _run
from reports.search import find_words

ERASE = ["erase", "--store", "store"]
OPTIONS = ["--store", "store", "--out", "out", "--themes", "themes.toml", "--threads", "1"]

# Places between the steps of a run: the process is killed when it first comes to one.
MOMENTS = {
    "before a batch counts": "comments.store.Store.name_batches",
    "before a vector is kept": "comments.vectors.StoredVectors.save",
    "before the state is written": "reports.registry._write_state",
    "before the state counts": "reports.registry.write_sealed",
    "before the report is written": "reports.pipeline.publish",
    "between the files of the report": "reports.publish._recover",
}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store and a report over the first reading."""
    folder = tmp_path_factory.mktemp("crash") / "base"
    folder.mkdir()
    write_inputs(folder)
    run(folder, "first")
    return folder


def run(folder: Path, reading: str) -> None:
    themes = pipeline.named_themes(folder / "themes.toml")
    pipeline.run([str(folder / reading)], store=folder / "store", out=folder / "out", themes=themes)


@pytest.fixture(scope="module")
def good(base: Path) -> dict[str, str]:
    """What a run over the second reading comes to when it is left alone."""
    folder = shutil.copytree(base, base.parent / "good")
    run(folder, "second")
    return published(folder)


@pytest.fixture
def work(base: Path, tmp_path: Path) -> Path:
    return copy(base, tmp_path / "work")


def btl(
    folder: Path, prepare: Callable[[], object] = lambda: None, command: Sequence[str] = ("run", "second", *OPTIONS)
) -> tuple[int, str]:
    """Run the command in a process of its own, forked so that libraries are loaded; its status and what it said."""
    child = os.fork()
    if not child:
        code = 1
        try:
            os.chdir(folder)
            os.dup2(os.open(folder / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
            sys.stderr = os.fdopen(2, "w", closefd=False)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            prepare()
            code = _run(["-q", *command])
            sys.stderr.flush()
        finally:
            os._exit(code)
    status = os.waitpid(child, 0)[1]
    return os.waitstatus_to_exitcode(status), (folder / "said").read_text()


def send(number: signal.Signals, place: str) -> Callable[[], None]:
    """Have the process end itself by a signal when it first comes to a function."""

    def prepare() -> None:
        owner, _, name = place.rpartition(".")
        setattr(pkgutil.resolve_name(owner), name, lambda *_, **__: os.kill(os.getpid(), number))

    return prepare


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_killed_at_any_step_is_ended_by_the_next(base: Path, good, work: Path, moment: str) -> None:
    before = published(work)
    assert btl(work, send(signal.SIGKILL, MOMENTS[moment]))[0] == -signal.SIGKILL
    assert is_whole(work, before, good)
    run(work, "second")
    assert published(work) == good


def test_an_interrupt_ends_with_130_and_leaves_the_last_report(base: Path, good, work: Path) -> None:
    before = published(work)
    code, said = btl(work, send(signal.SIGINT, "comments.writer.page_row"))
    assert code == 130
    assert "interrupted; what was finished before is kept" in said
    assert published(work) == before
    run(work, "second")
    assert published(work) == good


def test_a_full_disk_is_said_and_the_run_is_done_again_when_there_is_room(base: Path, good, work: Path) -> None:
    before = published(work)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    code, said = btl(work, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)))
    assert code == 1
    assert "free some space" in said
    assert published(work) == before
    run(work, "second")
    assert published(work) == good


@pytest.mark.parametrize(("name", "todo"), [("store", "choose another --store"), ("out", "choose another --out")])
def test_a_folder_that_cannot_be_written_is_named(base: Path, good, work: Path, name: str, todo: str) -> None:
    before = published(work)
    with read_only(work / name) as made:
        if not made:
            pytest.skip("root may write everywhere, and nothing can be mounted here")
        code, said = btl(work)
    assert code == 1
    assert todo in said
    assert published(work) == before
    run(work, "second")
    assert published(work) == good


def test_of_two_runs_at_once_one_works_and_the_other_says_who_does(base: Path, good, work: Path) -> None:
    with Store(work / "store"):
        code, said = btl(work)
    assert code == 1
    assert f"process {os.getpid()} on " in said
    run(work, "second")
    assert published(work) == good


DAMAGED = {
    "store/vectors/*/*.parquet": "is computed again",
    "out/report.html": "is written again",
    "store/manifest.json": "is named",
    "store/batches/*/comments.parquet": "is named",
    "store/state/*/rows.parquet": "is named",
    "store/key.json": "is named",
}


@pytest.mark.parametrize("pattern", DAMAGED)
def test_a_damaged_byte_never_leads_to_another_report(base: Path, good, work: Path, pattern: str) -> None:
    file = sorted(work.glob(pattern))[0]
    before = flip(file, file.stat().st_size // 2)
    code, said = btl(work)
    if DAMAGED[pattern] == "is named":
        assert code == 1
        assert str(file.relative_to(work)) in said
        file.write_bytes(before)
        run(work, "second")
    assert published(work) == good


def test_damaged_places_on_the_map_are_found_anew_and_that_is_said(work: Path, caplog) -> None:
    (file,) = (work / "store/map").glob("*.json")
    flip(file, file.stat().st_size // 2)
    run(work, "second")
    assert f"{file} is damaged: places on the map are found anew" in caplog.text


ERASING = [step for step in STAGES if step.startswith("erase ")]


@pytest.fixture(scope="module")
def erased(base: Path) -> dict[str, str]:
    """What a run comes to after an erasure that was left alone."""
    folder = copy(base, base.parent / "erased")
    assert btl(folder, command=[*ERASE, "--author", AUTHOR])[0] == 0
    run(folder, "second")
    return published(folder)


@pytest.mark.parametrize("step", ERASING)
def test_an_erasure_killed_at_any_step_is_ended_by_the_next_run(base: Path, erased, tmp_path: Path, step: str) -> None:
    work = copy(base, tmp_path / "work")
    before = published(work)
    assert btl(work, send(signal.SIGKILL, STAGES[step]), [*ERASE, "--author", AUTHOR])[0] == -signal.SIGKILL
    assert is_whole(work, before)
    run(work, "second")
    assert published(work) == erased
    assert [file for name in ("store", "out") for file in find_words(work / name, [AUTHOR, WORDS])] == []
