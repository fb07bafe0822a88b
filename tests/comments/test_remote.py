"""Stores and inputs on object storage, on a real S3 server on this machine."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from comments import remote_lock
from comments.errors import SettingsError, StoreError
from comments.ingest import ingest
from comments.inputs import read_inputs
from comments.remote import copy_of, open_storage
from comments.store import Store
from comments.vectors import StoredVectors

pytest.importorskip("s3fs")
pytest.importorskip("moto.server")

PAGE = "<html><body><article><p>Text.</p></article><ol class='commentlist'>{}</ol></body></html>"
ITEM = "<li class='comment' id='comment-{0}'><cite class='fn'>Ann</cite><p>Comment {0} on trams.</p></li>"


@pytest.fixture(scope="module")
def server():
    from moto.server import ThreadedMotoServer

    made = ThreadedMotoServer(port=0, verbose=False)
    made.start()
    host, port = made.get_host_and_port()
    yield f"http://{host}:{port}"
    made.stop()


@pytest.fixture
def bucket(server, monkeypatch, tmp_path):
    """A new bucket, and this machine's cache in a folder of its own."""
    for name, value in {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    on_machine("first", monkeypatch, tmp_path)
    url = f"s3://b{abs(hash(tmp_path)) % 10**12}"
    fs, root = open_storage(url)
    fs.mkdir(root)
    return url


def on_machine(name, monkeypatch, tmp_path):
    """From here on this is another machine: nothing is shared with the last one but the bucket."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / name))


def pages(folder, count, first=0):
    folder.mkdir(exist_ok=True)
    for number in range(first, first + count):
        items = "".join(ITEM.format(f"{number}{place}") for place in range(3))
        (folder / f"p{number}.html").write_text(PAGE.format(items))
    return str(folder)


def names(url):
    fs, root = open_storage(url)
    return sorted(name.removeprefix(root + "/") for name in fs.find(root))


def take(url, folder):
    with Store(copy_of(url)) as store:
        return ingest(store, read_inputs([folder]))


def test_what_one_machine_stores_another_reads_and_adds_to(bucket, monkeypatch, tmp_path):
    url = f"{bucket}/store"
    take(url, pages(tmp_path / "a", 2))
    on_machine("second", monkeypatch, tmp_path)
    assert take(url, pages(tmp_path / "a", 3)).pages_known == 2
    on_machine("first", monkeypatch, tmp_path)
    store = Store(copy_of(url))
    assert store.table("comments").num_rows == 9
    assert len(store.batches()) == 2


def test_a_store_on_storage_holds_the_bytes_that_one_on_a_disk_holds(bucket, tmp_path):
    folder = pages(tmp_path / "a", 2)
    take(f"{bucket}/store", folder)
    with Store(tmp_path / "disk") as store:
        ingest(store, read_inputs([folder]))
    fs, root = open_storage(f"{bucket}/store")
    on_disk = {p.relative_to(tmp_path / "disk").as_posix(): p.read_bytes() for p in (tmp_path / "disk").rglob("*.*")}
    there = {name: fs.cat_file(f"{root}/{name}") for name in names(f"{bucket}/store")}
    assert there == {name: data for name, data in on_disk.items() if not name.startswith(".")}


def test_two_writers_cannot_be_in_and_the_second_is_told_who_is(bucket, monkeypatch, tmp_path):
    url = f"{bucket}/store"
    with Store(copy_of(url)):
        on_machine("second", monkeypatch, tmp_path)
        with pytest.raises(StoreError, match=rf"process {os.getpid()} on .* its lock ends at"), Store(copy_of(url)):
            pass
    with Store(copy_of(url)):
        pass
    assert not [name for name in names(url) if name.startswith("lock/")]


def when_free(url, folder):
    """Take pages in as soon as the lease of who held the lock has run out."""
    while True:
        try:
            return take(url, folder)
        except StoreError as error:
            assert "its lock ends at" in str(error)
            time.sleep(0.1)


def test_a_writer_that_stood_still_too_long_publishes_nothing(bucket, monkeypatch, tmp_path):
    url = f"{bucket}/store"
    monkeypatch.setattr(remote_lock, "LEASE", timedelta(seconds=1.5))
    still = Store(copy_of(url))
    still.lock()
    still._remote._lease._ended.set()  # as if the process were stopped: nothing renews its lease
    on_machine("second", monkeypatch, tmp_path)
    when_free(url, pages(tmp_path / "a", 1))
    before = names(url)
    with pytest.raises(StoreError, match="was lost"):
        ingest(still, read_inputs([pages(tmp_path / "b", 1, first=7)]))
    still.unlock()
    assert names(url) == before


def test_a_lease_is_renewed_while_its_holder_lives(bucket, monkeypatch, tmp_path):
    url = f"{bucket}/store"
    monkeypatch.setattr(remote_lock, "LEASE", timedelta(seconds=3))
    with Store(copy_of(url)) as store:
        time.sleep(3.5)
        on_machine("second", monkeypatch, tmp_path)
        with pytest.raises(StoreError, match="another process is writing"), Store(copy_of(url)):
            pass
        assert ingest(store, read_inputs([pages(tmp_path / "a", 1)])).pages == 1


def test_storage_that_writes_over_what_is_there_is_refused(monkeypatch, tmp_path):
    import fsspec
    from fsspec.implementations.memory import MemoryFileSystem

    class Forgetful(MemoryFileSystem):
        """As servers are that do not know conditional writes."""

        protocol = ("forgetful",)

        def pipe_file(self, path, value, mode="overwrite", **given):
            super().pipe_file(path, value, mode="overwrite", **given)

    on_machine("first", monkeypatch, tmp_path)
    fsspec.register_implementation("forgetful", Forgetful, clobber=True)
    with pytest.raises(StoreError, match="cannot hold a lock"), Store(copy_of("forgetful://b/store")):
        pass


KILLED = """
import os, sys
from comments.ingest import ingest
from comments.inputs import read_inputs
from comments import remote
from comments.remote import copy_of
from comments.store import Store
from datetime import timedelta
from comments import remote_lock
remote_lock.LEASE = timedelta(seconds=2)
url, folder = sys.argv[1:]
store = Store(copy_of(url))
store.lock()
fs = store._remote._fs
put = fs.pipe_file
def kill_before_manifest(name, *given, **more):
    if name.endswith("manifest.json"):
        os.kill(os.getpid(), 9)
    return put(name, *given, **more)
fs.pipe_file = kill_before_manifest
ingest(store, read_inputs([folder]))
"""


def test_a_batch_counts_once_the_manifest_names_it_and_what_a_killed_writer_left_goes(bucket, monkeypatch, tmp_path):
    url = f"{bucket}/store"
    take(url, pages(tmp_path / "a", 1))
    before = {name for name in names(url) if name.startswith("batches/")}
    folder = pages(tmp_path / "b", 2, first=5)
    done = subprocess.run([sys.executable, "-c", KILLED, url, folder], check=False)
    assert done.returncode == -signal.SIGKILL
    assert {name for name in names(url) if name.startswith("batches/")} > before
    on_machine("second", monkeypatch, tmp_path)
    assert Store(copy_of(url)).table("comments").num_rows == 3
    when_free(url, folder)
    assert Store(copy_of(url)).table("comments").num_rows == 9
    entries = Store(copy_of(url)).batches()
    named = {f"batches/{entry['name']}/{file}" for entry in entries for file in entry["files"]}
    assert {name for name in names(url) if name.startswith("batches/")} == named


def test_vectors_are_put_up_as_they_are_made(bucket, monkeypatch, tmp_path):
    import numpy as np

    url = f"{bucket}/store"
    with Store(copy_of(url)) as store:
        StoredVectors(store).save("model", ["k"], np.ones((1, 3), dtype=np.float32))
        assert [name for name in names(url) if name.startswith("vectors/model/")]
    on_machine("second", monkeypatch, tmp_path)
    assert list(StoredVectors(Store(copy_of(url))).load("model", ["k"])) == ["k"]


def test_pages_tables_and_archives_are_read_from_storage_as_from_a_folder(bucket, tmp_path):
    folder = tmp_path / "in"
    pages(folder, 2)
    (folder / "deep").mkdir()
    (folder / "deep" / "rows.csv").write_text("comment_id,text\n1,The tram is late again.\n")
    with gzip.open(folder / "lines.jsonl.gz", "wt") as file:
        file.write(json.dumps({"id": "x", "text": "Plain text."}) + "\n")
    (folder / ".hidden.html").write_text("not read")
    fs, root = open_storage(bucket)
    for path in folder.rglob("*"):
        if path.is_file():
            fs.put_file(str(path), f"{root}/in/{path.relative_to(folder).as_posix()}")
    assert list(read_inputs([f"{bucket}/in"])) == list(read_inputs([str(folder)]))
    assert [item.source for item in read_inputs([f"{bucket}/in/p0.html"])] == ["p0.html"]


def test_an_address_with_nothing_below_it_is_an_error_that_names_it(bucket):
    with pytest.raises(SettingsError, match="no file to read"):
        read_inputs([f"{bucket}/nothing"])


def test_erased_comments_are_gone_from_the_bucket(bucket, tmp_path):
    from reports.erase import erase

    url = f"{bucket}/store"
    take(url, pages(tmp_path / "a", 2))
    with Store(copy_of(url)) as store:
        ids = store.table("comments", ["comment_id"])["comment_id"].to_pylist()
        erase(store, comment=ids[0])
    assert Store(copy_of(url)).table("comments").num_rows == len(ids) - 1
    entries = Store(copy_of(url)).batches()
    assert {name.split("/")[1] for name in names(url) if name.startswith("batches/")} == {e["name"] for e in entries}


def test_objects_with_hidden_names_or_that_lead_out_of_the_store_are_left_where_they_are(bucket, tmp_path):
    url = f"{bucket}/store"
    take(url, pages(tmp_path / "a", 1))
    fs, root = open_storage(url)
    for name in (".remote", "batches/../../escaped", "map/.hidden.json"):
        fs.pipe_file(f"{root}/{name}", b"s3://elsewhere/store")
    folder = copy_of(url)
    assert Store(folder).table("comments").num_rows == 3
    assert (folder / ".remote").read_text() == url
    assert not list(tmp_path.rglob("escaped"))


def test_a_bucket_that_is_not_there_is_an_error_that_names_it(bucket):
    with (
        pytest.raises(StoreError, match="s3://no-such-bucket/store cannot be reached"),
        Store(copy_of("s3://no-such-bucket/store")),
    ):
        pass


def test_commands_take_a_store_by_its_address(bucket, tmp_path, capsysbinary):
    from reports.cli import main

    url = f"{bucket}/store"
    for words in (["ingest", pages(tmp_path / "a", 2)], ["status"], ["verify"], ["query", "select 1 from store_pages"]):
        with pytest.raises(SystemExit) as ended:
            main([*words, "--store", url])
        assert ended.value.code == 0
    out = capsysbinary.readouterr().out.decode()
    assert '"comments": 6' in out
    with pytest.raises(SystemExit) as ended:
        main(["status", "--store", f"{bucket}/other"])
    assert ended.value.code == 2
