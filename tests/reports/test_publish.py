"""The last good report stays whole, whatever happens to the next one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.events import Snapshot
from analysis.fit import Fit
from analysis.lineage import KnownTheme, Registry
from comments.errors import BelowTheLineError, StoreError
from comments.store import Store
from reports.publish import COMPLETE, STAGING, prepare_folder, publish
from reports.registry import load_registry, save_registry

OLD = {"report.html": b"old", "comments.parquet": b"old table", "run.json": b"{}"}
NEW = {"report.html": b"new", "comments.parquet": b"new table", "run.json": b'{"new": 1}'}


def held(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


def stage(out: Path, files: dict[str, bytes], *, complete: bool) -> None:
    """What a process leaves behind that was killed while it published."""
    (out / STAGING).mkdir()
    for name, data in files.items():
        (out / STAGING / name).write_bytes(data)
    if complete:
        (out / STAGING / COMPLETE).touch()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    prepare_folder(folder)
    publish(folder, OLD)
    return folder


def test_a_report_takes_the_place_of_the_last_and_leaves_other_files_alone(out: Path) -> None:
    (out / "notes.txt").write_bytes(b"mine")
    publish(out, NEW)
    assert held(out) == {**NEW, "notes.txt": b"mine"}
    assert not (out / STAGING).exists()


def test_a_run_killed_before_the_mark_leaves_the_old_report(out: Path) -> None:
    stage(out, {"report.html": b"ne"}, complete=False)
    prepare_folder(out)
    assert held(out) == OLD
    assert not (out / STAGING).exists()


def test_a_run_killed_after_the_mark_is_rolled_forward(out: Path) -> None:
    stage(out, NEW, complete=True)
    prepare_folder(out)
    assert held(out) == NEW
    assert not (out / STAGING).exists()


def test_a_run_killed_half_way_through_the_files_is_rolled_forward(out: Path) -> None:
    stage(out, NEW, complete=True)
    (out / STAGING / "comments.parquet").replace(out / "comments.parquet")
    prepare_folder(out)
    assert held(out) == NEW


@pytest.mark.parametrize("written", [0, 1, 2])
def test_a_process_killed_while_it_writes_leaves_the_old_report(out: Path, written: int) -> None:
    script = f"""
import os
from pathlib import Path
from reports.publish import publish

class Files(dict):
    def items(self):
        yield from list(super().items())[:{written}]
        os._exit(9)

publish(Path({str(out)!r}), Files({NEW!r}))
"""
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 9
    assert held(out) == OLD
    prepare_folder(out)
    assert held(out) == OLD


def test_a_full_disk_leaves_the_old_report_and_no_rest(out: Path) -> None:
    script = f"""
import resource, sys
from pathlib import Path
from comments.errors import BelowTheLineError
from reports.publish import publish
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    publish(Path({str(out)!r}), {{"a": b"x", "report.html": b"x" * 5000, "run.json": b""}})
except BelowTheLineError as error:
    sys.exit(str(error))
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.stderr.startswith(f"the report cannot be written to {out} (")
    assert "the last report is as it was" in ended.stderr
    assert held(out) == OLD
    assert not (out / STAGING).exists()


def test_a_folder_that_has_the_name_of_a_file_is_named_before_anything_is_replaced(out: Path) -> None:
    (out / "report.html").unlink()
    (out / "report.html").mkdir()
    with pytest.raises(BelowTheLineError, match=r"report\.html is a folder: move it away"):
        publish(out, NEW)
    assert held(out) == {name: data for name, data in OLD.items() if name != "report.html"}


def test_a_file_in_the_way_of_the_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file", tmp_path / "file" / "out"):
        with pytest.raises(BelowTheLineError, match=f"output folder {path} cannot be written .*choose another --out"):
            prepare_folder(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(BelowTheLineError, match="cannot be written"):
        prepare_folder(tmp_path)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b'{"given": 1}', b'{"given": "x", "themes": []}', b"\xff"])
def test_a_damaged_registry_is_named_for_its_ids_must_not_be_given_again(tmp_path: Path, data: bytes) -> None:
    store = Store(tmp_path)
    (tmp_path / "themes.json").write_bytes(data)
    with pytest.raises(StoreError, match=r"themes\.json is damaged: restore it from a copy"):
        load_registry(store)


def registry(last: int) -> Registry:
    """What a run left that found two themes, one of them dormant."""
    fit = Fit("model", "steering", ("k1", "k2"), (0, -1), ("T0002",), "ok", 0.5, 2, 0.4, 0.25)
    snapshot = Snapshot(frozenset({"a", "b"}), {"T0002": frozenset({"a"})}, {"T0002": "Ä, b"})
    themes = (KnownTheme("T0001", "old", frozenset({"k0"})), KnownTheme("T0002", "Ä, b", frozenset({"k1"}), (0.6, 0.8)))
    return Registry(2, themes, fit, snapshot, ({"run": last, "counts": {"T0002": 1}},), ({"run": 1, "event": "born"},))


def test_a_registry_is_read_as_it_was_written(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert load_registry(store) == Registry()
    save_registry(store, registry(1), "one")
    assert load_registry(store) == registry(1)


def test_a_run_that_is_repeated_starts_from_before_it_and_with_its_fit(tmp_path: Path) -> None:
    store = Store(tmp_path)
    save_registry(store, registry(1), "one")
    assert load_registry(store, "one") == Registry(fit=registry(1).fit)
    save_registry(store, registry(2), "two")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert load_registry(store, "two") == registry(1)
    save_registry(store, registry(2), "two")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("file", ["state.json", "state/*/registry.json", "state/*/rows.parquet"])
def test_a_byte_that_has_changed_in_the_state_of_a_store_is_named_with_its_file(tmp_path: Path, file: str) -> None:
    store = Store(tmp_path)
    save_registry(store, registry(1), "one")
    (path,) = tmp_path.glob(file)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(StoreError, match=rf"{path.name} is damaged: restore it from a copy"):
        load_registry(store)
