"""Stores of older versions are brought up to date, also when that is killed half way."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from made_pages import OLGA, TARIQ, wordpress

from comments.errors import StoreError
from comments.ingest import ingest
from comments.migrations import MIGRATIONS
from comments.model import Page
from comments.store import SCHEMA_VERSION, Store
from comments.view import view_store


def fill(path: Path, *texts: str) -> None:
    with Store(path) as store:
        ingest(store, [Page("a.html", "a", "html", wordpress(texts).encode())])


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store as version 1 wrote it: no runs, no sightings, no seals, and a registry of its own."""
    fill(tmp_path, OLGA)
    fill(tmp_path, OLGA, TARIQ)
    entries = []
    for number, entry in enumerate(Store(tmp_path).batches(), 1):
        folder = tmp_path / "batches" / entry["name"]
        (folder / "sightings.parquet").unlink()
        file = folder / "comments.parquet"
        pq.write_table(pq.read_table(file).drop_columns(["run"]), file, compression="zstd")
        files = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}
        name = f"{number:06d}-{number:012x}"
        folder.rename(folder.parent / name)
        entries.append({"name": name, "files": files})
    (tmp_path / "manifest.json").write_text(json.dumps({"batches": entries}, indent=1))
    (tmp_path / "store.json").write_text('{"schema_version": 1}\n')
    return tmp_path


def test_every_version_up_to_this_one_has_a_step():
    assert sorted(MIGRATIONS) == list(range(1, SCHEMA_VERSION))


def test_an_old_store_holds_the_same_after_it_was_brought_up_to_date(old: Path) -> None:
    view = view_store(Store(old))
    assert view.comments["text"].tolist() == [OLGA, TARIQ]
    assert not view.comments["gone"].any()
    assert view.runs.isna().all()
    assert json.loads((old / "store.json").read_text()) == {"schema_version": SCHEMA_VERSION}
    fill(old, OLGA, TARIQ, "And a third one, of some length.")
    assert view_store(Store(old)).comments.shape[0] == 3


def test_a_migration_that_was_killed_before_its_end_is_done_again(old: Path) -> None:
    before = shutil.copytree(old, old.parent / "again")
    Store(before)
    (before / "store.json").write_text('{"schema_version": 1}\n')  # killed before the version was written
    Store(before)
    Store(old)
    assert Store(before).batches() == Store(old).batches()


def test_a_damaged_manifest_of_an_old_store_is_named(old: Path) -> None:
    (old / "manifest.json").write_text("{")
    with pytest.raises(StoreError, match=r"manifest\.json is damaged"):
        Store(old)


def test_a_page_that_shrank_keeps_its_comments_marked_as_gone(tmp_path: Path) -> None:
    fill(tmp_path, OLGA, TARIQ)
    fill(tmp_path, TARIQ)
    gone = view_store(Store(tmp_path)).comments.set_index("text")["gone"]
    assert gone.to_dict() == {OLGA: True, TARIQ: False}
    fill(tmp_path, OLGA, TARIQ)  # and it is back, in a version that is known
    assert not view_store(Store(tmp_path)).comments["gone"].any()
    batches = Store(tmp_path).batches()
    fill(tmp_path, OLGA, TARIQ)
    assert Store(tmp_path).batches() == batches
