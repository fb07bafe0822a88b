"""Append-only batches under a manifest: whole or not at all, one writer, and damage is named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from made_pages import OLGA, TARIQ, wordpress

from comments.errors import StoreError
from comments.ingest import ingest
from comments.model import Page
from comments.schema import TABLES
from comments.store import SCHEMA_VERSION, Store, write_whole
from comments.vectors import StoredVectors
from comments.view import view_store


def fill(path: Path, *texts: str) -> None:
    with Store(path) as store:
        ingest(store, [Page("a.html", "a", "html", wordpress(texts).encode())])


def batch(store: Store) -> str:
    return store.append({name: schema().empty_table() for name, schema in TABLES.items()})


def only_file(path: Path, name: str = "comments") -> Path:
    (file,) = path.glob(f"batches/*/{name}.parquet")
    return file


def says(error: pytest.ExceptionInfo[StoreError], *words: object) -> None:
    assert "\n" not in str(error.value)
    for word in words:
        assert str(word) in str(error.value)


def test_a_new_store_is_empty_and_valid(tmp_path: Path) -> None:
    store = Store(tmp_path / "deep" / "store")
    assert store.batches() == []
    for name, schema in TABLES.items():
        assert store.table(name).schema.equals(schema())
    view = view_store(store)
    assert [len(frame) for frame in (view.comments, view.pages, view.rejects, view.extra)] == [0, 0, 0, 0]


def test_batches_are_added_and_never_changed(tmp_path: Path) -> None:
    fill(tmp_path, OLGA)
    before = {file: file.read_bytes() for file in tmp_path.glob("batches/*/*.parquet")}
    fill(tmp_path, OLGA, TARIQ)
    assert len(Store(tmp_path).batches()) == 2
    assert {file: file.read_bytes() for file in before} == before


def test_a_batch_counts_only_once_the_manifest_names_it(tmp_path: Path) -> None:
    fill(tmp_path, OLGA)
    manifest = (tmp_path / "manifest.json").read_bytes()
    fill(tmp_path, OLGA, TARIQ)
    (tmp_path / "manifest.json").write_bytes(manifest)  # killed before the manifest was written
    assert Store(tmp_path).table("comments")["text"].to_pylist() == [OLGA]
    fill(tmp_path, OLGA, TARIQ)
    assert Store(tmp_path).table("comments")["text"].to_pylist() == [OLGA, TARIQ]


def test_what_a_killed_writer_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    fill(tmp_path, OLGA)
    left = tmp_path / "batches" / ".new-abc"
    left.mkdir()
    (left / "comments.parquet").write_bytes(b"half")
    with Store(tmp_path):
        assert not left.exists()
    assert Store(tmp_path).table("comments").num_rows == 1


def test_some_columns_are_read_without_the_others(tmp_path: Path) -> None:
    assert Store(tmp_path).table("pages", ["page_id"]).column_names == ["page_id"]
    fill(tmp_path, OLGA)
    assert Store(tmp_path).table("pages", ["page_id", "version"]).column_names == ["page_id", "version"]


def test_only_one_process_writes(tmp_path: Path) -> None:
    script = f"from pathlib import Path; from comments.store import Store; Store(Path({str(tmp_path)!r})).__enter__()"
    with Store(tmp_path) as store:
        batch(store)
        second = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        assert f"another process is writing to the store {tmp_path}: process {os.getpid()} on " in second.stderr
        assert ", since 20" in second.stderr
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_reader_needs_no_lock(tmp_path: Path) -> None:
    fill(tmp_path, OLGA)
    with Store(tmp_path):
        assert Store(tmp_path).table("comments").num_rows == 1


@pytest.mark.parametrize("found", [SCHEMA_VERSION + 1, "1", None])
def test_a_store_of_another_version_is_refused_by_name(tmp_path: Path, found: object) -> None:
    (tmp_path / "store.json").write_text(json.dumps({"schema_version": found}))
    with pytest.raises(StoreError) as error:
        Store(tmp_path)
    says(error, tmp_path, f"schema version {found}, this btl reads {SCHEMA_VERSION}", "use the btl that wrote it")


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b"7", b"\xff\xfe"])
def test_a_damaged_version_file_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "store.json").write_bytes(data)
    with pytest.raises(StoreError) as error:
        Store(tmp_path)
    says(error, tmp_path / "store.json", "is damaged: restore it")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"null",
        b"\xff",
        b'{"batches": 1}',
        b'{"batches": ["x"]}',
        b'{"batches": [{}]}',
        b'{"batches": {"name": "x"}}',
        b'{"batches": [{"name": "x", "files": 1}]}',
    ],
)
def test_a_damaged_manifest_is_named_and_nothing_is_added_under_it(tmp_path: Path, data: bytes) -> None:
    fill(tmp_path, OLGA)
    (tmp_path / "manifest.json").write_bytes(data)
    with pytest.raises(StoreError) as error:
        fill(tmp_path, TARIQ)
    says(error, tmp_path / "manifest.json", "is damaged: restore it")
    assert (tmp_path / "manifest.json").read_bytes() == data


@pytest.mark.parametrize(
    "harm",
    [
        lambda file: file.write_bytes(file.read_bytes()[:-1]),
        lambda file: file.write_bytes(file.read_bytes().replace(b"text", b"tekt")),
        lambda file: file.write_bytes(b""),
        lambda file: file.unlink(),
        lambda file: (file.unlink(), file.mkdir()),
    ],
    ids=["cut", "changed", "emptied", "gone", "a folder"],
)
def test_a_damaged_batch_file_is_named(tmp_path: Path, harm: Callable[[Path], object]) -> None:
    fill(tmp_path, OLGA)
    file = only_file(tmp_path)
    harm(file)
    with pytest.raises(StoreError) as error:
        Store(tmp_path).table("comments")
    says(error, file, "restore it from a copy")


def test_a_file_that_the_manifest_does_not_name_is_no_part_of_a_batch(tmp_path: Path) -> None:
    fill(tmp_path, OLGA)
    store = Store(tmp_path)
    entries = store.batches()
    del entries[0]["files"]["comments.parquet"]
    store.name_batches(entries)
    with pytest.raises(StoreError) as error:
        Store(tmp_path).table("comments")
    says(error, only_file(tmp_path))


def test_a_file_in_the_way_of_a_store_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StoreError) as error:
            Store(path)
        says(error, path, "cannot be used", "choose another --store")


def test_a_full_disk_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    fill(tmp_path, OLGA)
    before = (tmp_path / "manifest.json").read_bytes()
    script = f"""
import resource, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
import test_store
from comments.errors import StoreError
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    texts = [f"A comment with the number {{n}} in it." for n in range(500)]
    test_store.fill(test_store.Path({str(tmp_path)!r}), *texts)
except StoreError as error:
    sys.exit(str(error))
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ended.stderr.startswith(f"the store {tmp_path} cannot be written")
    assert "what it held before is as it was" in ended.stderr
    assert (tmp_path / "manifest.json").read_bytes() == before
    assert list((tmp_path / "batches").glob(".new-*")) == []
    assert Store(tmp_path).table("comments").num_rows == 1


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"one")
    write_whole(tmp_path / "a", b"two")
    assert (tmp_path / "a").read_bytes() == b"two"
    (tmp_path / "b").mkdir()
    with pytest.raises(OSError, match=r"directory|exists"):
        write_whole(tmp_path / "b", b"x")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_vectors_are_kept_by_model_and_key(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        vectors = StoredVectors(store)
        assert vectors.load("m/1", ["a"]) == {}
        vectors.save("m/1", ["a", "b"], np.eye(2, dtype=np.float32))
        vectors.save("m/1", ["c"], np.ones((1, 2), dtype=np.float32))
        vectors.save("other", ["a"], np.zeros((1, 3), dtype=np.float32))
        found = vectors.load("m/1", ["a", "c", "d"])
    assert {key: value.tolist() for key, value in found.items()} == {"a": [1, 0], "c": [1, 1]}


def test_a_damaged_vector_file_counts_as_not_there(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        vectors = StoredVectors(store)
        vectors.save("m", ["a"], np.ones((1, 2), dtype=np.float32))
        (file,) = tmp_path.glob("vectors/m/*.parquet")
        file.write_bytes(file.read_bytes()[:-3])
        assert vectors.load("m", ["a"]) == {}
        vectors.save("m", ["a"], np.ones((1, 2), dtype=np.float32))
        assert set(vectors.load("m", ["a"])) == {"a"}


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    names = set()
    for n in range(2):
        fill(tmp_path / str(n), OLGA, TARIQ)
        names.add((tmp_path / str(n) / "manifest.json").read_bytes())
    assert len(names) == 1
