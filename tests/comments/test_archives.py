"""Archives of pages are read in memory, bounded; nothing in them leads out of them."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st
from made_pages import OLGA, TARIQ, numbered, wordpress

from comments.inputs import read_inputs
from comments.model import REJECT_REASONS, Page, Reject

PAGES = {"b/two.html": wordpress([OLGA]).encode(), "one.txt": numbered([TARIQ]).encode()}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


def make_zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def make_tar(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


MAKERS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "a.zip": make_zip,
    "a.tar": make_tar,
    "a.tar.gz": lambda files: gzip.compress(make_tar(files)),
    "a.tgz": lambda files: gzip.compress(make_tar(files)),
    "a.tar.zst": lambda files: zstandard.ZstdCompressor().compress(make_tar(files)),
}


def read(path: Path, data: bytes) -> list[Page | Reject]:
    path.write_bytes(data)
    items = [item for item in read_inputs([str(path)]) if isinstance(item, Page | Reject)]
    assert {item.reason for item in items if isinstance(item, Reject)} <= set(REJECT_REASONS)
    return items


def rejects(items: list[Page | Reject]) -> list[tuple[str, str]]:
    return [(item.place, item.reason) for item in items if isinstance(item, Reject)]


@pytest.mark.parametrize("name", MAKERS)
def test_the_pages_of_an_archive_are_read_and_named_by_their_paths_in_it(tmp_path: Path, name: str) -> None:
    items = read(tmp_path / name, MAKERS[name](PAGES | {".hidden.txt": b"x", "__MACOSX/._one.txt": b"x"}))
    assert [(i.address, i.kind, i.data) for i in items if isinstance(i, Page)] == [
        (f"{name}/b/two.html", "html", PAGES["b/two.html"]),
        (f"{name}/one.txt", "text", PAGES["one.txt"]),
    ]
    assert rejects(items) == []


@pytest.mark.parametrize("name", ["a.zip", "a.tar"])
@pytest.mark.parametrize(
    "member", ["../x.txt", "a/../../x.txt", "/etc/x.txt", "..\\x.txt", "C:\\x.txt", "\\\\s\\x.txt"]
)
def test_a_member_whose_path_leads_out_is_refused_and_the_rest_is_read(tmp_path: Path, name: str, member: str) -> None:
    items = read(tmp_path / name, MAKERS[name]({member: b"x"} | PAGES))
    assert rejects(items) == [(member, "unsafe name in archive")]
    assert sum(isinstance(item, Page) for item in items) == 2


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_links_and_devices_in_a_tar_are_refused(tmp_path: Path, kind: bytes) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("x.txt")
        info.type, info.linkname = kind, "/etc/passwd"
        archive.addfile(info)
    assert rejects(read(tmp_path / "a.tar", out.getvalue())) == [("x.txt", "unsafe name in archive")]


def test_links_in_a_zip_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("x.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    assert rejects(read(tmp_path / "a.zip", out.getvalue())) == [("x.txt", "unsafe name in archive")]


def test_what_is_no_page_is_a_reject_that_names_it(tmp_path: Path) -> None:
    items = read(tmp_path / "a.zip", make_zip({"x.png": PNG, "y.txt": b"", "inner.zip": make_zip(PAGES)}))
    assert rejects(items) == [("x.png", "binary file"), ("y.txt", "empty file"), ("inner.zip", "binary file")]


@pytest.mark.parametrize("name", MAKERS)
def test_a_bomb_is_left_after_a_hundred_times_its_size(tmp_path: Path, name: str) -> None:
    if name == "a.tar":
        pytest.skip("nothing in a plain tar is packed")
    items = read(tmp_path / name, MAKERS[name](PAGES | {"bomb.txt": bytes(90_000_000)}))
    assert [reason for _, reason in rejects(items)] == ["archive expands too far"]
    assert sum(isinstance(item, Page) for item in items) == 2


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("data", [b"", b"not an archive", b"PK\x03\x04" + bytes(99)])
def test_a_file_that_is_no_archive_is_one_reject(tmp_path: Path, name: str, data: bytes) -> None:
    assert len(rejects(read(tmp_path / name, data))) == 1


def test_an_empty_archive_is_an_empty_file(tmp_path: Path) -> None:
    assert rejects(read(tmp_path / "a.zip", make_zip({}))) == [("", "empty file")]


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_whatever_is_done_to_an_archive_no_error_escapes(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(MAKERS)))
    whole = bytearray(MAKERS[name](PAGES))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=6)):
        whole[at] = data.draw(st.integers(0, 255))
    items = read(tmp_path_factory.mktemp("fuzz") / name, bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    assert items
