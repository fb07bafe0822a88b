"""Every engine gives the same bytes, and a worker that is lost takes no part with it."""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.embed import embed_texts, open_embedder
from analysis.engine import Failure, Serial, open_engine
from analysis.settings import DEFAULT_MODEL
from analysis.spread import SpreadEmbedder
from comments.errors import BelowTheLineError, SettingsError
from comments.ingest import ingest
from comments.model import Page
from comments.store import Store

TESTS = Path(__file__).parents[1]
OLGA = "The peg holds because nobody wants to be the first to let go of it."
TARIQ = "Two hundred lorries stood at the crossing this morning and not one of them moved."
TEXTS = [f"{text} {number}" for number in range(40) for text in (OLGA, TARIQ)]


def double(number: int) -> int:
    return 2 * number


def fail_on_three(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


def fail_once(part: tuple[str, int]) -> int:
    """Fail at the first call for a part, and leave a mark so that the second goes well."""
    mark = Path(part[0]) / str(part[1])
    if not mark.exists():
        mark.touch()
        raise ValueError("once")
    return part[1]


def die_on_three(part: tuple[str, int, bool]) -> int:
    """Kill the worker that holds part three, always or only the first time."""
    mark = Path(part[0]) / "died"
    if part[1] == 3 and (part[2] or not mark.exists()):
        mark.touch()
        os._exit(1)
    return part[1]


def slow_square(number: int) -> int:
    time.sleep(0.05)
    return number * number


def pages() -> list[Page]:
    made = []
    for number in range(70):
        url = f"https://a.example/{number}"
        rows = "".join(
            f'<li id="comment-{n}" class="comment depth-1"><div class="comment-body"><b class="fn">Reader {n}</b>'
            f'<div class="comment-content"><p>{text} {number}</p></div></div></li>'
            for n, text in enumerate((OLGA, TARIQ), 1)
        )
        data = (
            f"<!DOCTYPE html><title>A page</title><p>{OLGA * 5}</p><div id='comments' class='comments-area'>"
            f"<h2 class='comments-title'>2 comments</h2><ol class='comment-list'>{rows}</ol></div>"
        ).encode()
        made.append(Page(url, url, "html", data, url=url))
    return [*made, *made[:5]]


def stored(folder: Path, engine: str) -> list[dict[str, object]]:
    """The batches that the pages give on an engine, with the hash of each file."""
    with open_engine(engine) as workers, Store(folder) as store:
        assert ingest(store, pages(), split_parts=workers.map).comments == 140
        return store.batches()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers, each a process of its own, on the loopback interface."""
    pytest.importorskip("distributed")
    folder = tmp_path_factory.mktemp("dask")
    file = folder / "scheduler.json"
    paths = [str(TESTS.parent), str(TESTS / "analysis")]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    common = {"env": env, "cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    scheduler = subprocess.Popen([*dask, "--no-dashboard", "--scheduler-file", str(file)], **common)  # type: ignore[call-overload]
    workers = []
    try:
        while not file.exists() or not file.read_text():
            assert scheduler.poll() is None
            time.sleep(0.1)
        address = json.loads(file.read_text())["address"]
        dask = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"]
        workers = [
            subprocess.Popen([*dask, "--no-dashboard", "--host", "127.0.0.1"], **common)  # type: ignore[call-overload]
            for _ in range(2)
        ]
        yield f"dask:{address.removeprefix('tcp:')}", workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


@pytest.mark.parametrize("name", ["serial", "processes:2"])
def test_results_come_in_the_order_of_the_parts(name: str) -> None:
    with open_engine(name) as engine:
        assert list(engine.map(double, range(23))) == [2 * n for n in range(23)]
        assert list(engine.map(double, [])) == []


@pytest.mark.parametrize("name", ["serial", "processes:2"])
def test_a_part_that_fails_is_tried_once_more_and_then_said(name: str, tmp_path: Path) -> None:
    with open_engine(name) as engine:
        results = list(engine.map(fail_on_three, range(6)))
        assert list(engine.map(fail_once, [(str(tmp_path), n) for n in range(6)])) == list(range(6))
    assert results == [0, 1, 2, Failure("ValueError: three"), 4, 5]


@pytest.mark.parametrize("always", [False, True])
def test_a_worker_that_dies_takes_no_other_part_with_it(tmp_path: Path, always: bool) -> None:
    with open_engine("processes:2") as engine:
        results = list(engine.map(die_on_three, [(str(tmp_path), n, always) for n in range(9)]))
    assert [r for r in results if not isinstance(r, Failure)] == [n for n in range(9) if n != 3 or not always]
    assert isinstance(results[3], Failure) == always


def test_few_parts_are_taken_ahead() -> None:
    taken: list[int] = []

    def parts() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with open_engine("processes:2") as engine:
        assert next(engine.map(double, parts())) == 0
    assert len(taken) <= 6


def test_every_engine_fills_a_store_with_the_same_bytes(tmp_path: Path, cluster: tuple[str, list[object]]) -> None:
    expected = stored(tmp_path / "serial", "serial")
    assert len(expected) > 0
    for number, name in enumerate(("processes:2", "dask", cluster[0])):
        assert stored(tmp_path / str(number), name) == expected, name


def test_every_engine_gives_the_same_vectors(cluster: tuple[str, list[object]]) -> None:
    embedder = open_embedder()
    expected = embed_texts(TEXTS, embedder)
    for name in ("processes:2", cluster[0]):
        with open_engine(name) as engine:
            assert (embed_texts(TEXTS, SpreadEmbedder(DEFAULT_MODEL, embedder, engine)) == expected).all(), name


def test_a_worker_that_is_killed_in_the_middle_loses_no_part(
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
) -> None:
    name, workers = cluster
    with open_engine(name) as engine:
        results = []
        for result in engine.map(slow_square, range(60)):
            results.append(result)
            if len(results) == 15:
                workers[0].kill()
                workers[0].wait()
    assert results == [n * n for n in range(60)]
    assert workers[1].poll() is None


def test_pages_of_a_part_that_fails_twice_are_rejected_with_the_reason(tmp_path: Path) -> None:
    class Failing(Serial):
        def map(self, function, parts):  # type: ignore[no-untyped-def]
            for part in parts:
                yield Failure("MemoryError: gone") if part else function(part)

    with Store(tmp_path) as store:
        got = ingest(store, pages()[:3], split_parts=Failing().map)
        reasons = store.table("rejects").to_pylist()
    assert got.rejects == 3
    assert {row["detail"] for row in reasons} == {"its part failed twice: MemoryError: gone"}


@pytest.mark.parametrize("name", ["", "spark", "processes", "processes:0", "processes:x", "dask:", "dask://host"])
def test_a_name_that_is_no_engine_is_an_error_that_lists_them(name: str) -> None:
    with pytest.raises(SettingsError, match="processes:N"), open_engine(name):
        pass


def test_a_cluster_that_is_not_there_is_an_error_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    client = distributed.Client
    monkeypatch.setattr(distributed, "Client", lambda address, timeout: client(address, timeout="1s"))
    with pytest.raises(BelowTheLineError, match=r"127\.0\.0\.1:9 cannot be reached"), open_engine("dask://127.0.0.1:9"):
        pass


def test_a_worker_with_other_versions_is_refused_by_name(
    cluster: tuple[str, list[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = importlib.metadata.version
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "0.1" if name == "numpy" else here(name))
    with pytest.raises(BelowTheLineError, match=r"has numpy .*, here it is 0\.1"), open_engine(cluster[0]):
        pass
