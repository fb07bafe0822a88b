"""Pages packed into one file: zip, and tar with or without gzip or Zstandard; nothing is written to disk."""

from __future__ import annotations

import stat
import tarfile
import zipfile
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING

from comments.inputs.packed import PACKED_ERRORS, ExpansionError, check_ratio, open_packed
from comments.inputs.pages import PAGE_LIMIT, page_from_bytes
from comments.model import Page, Reject, sound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PIECE = 1 << 20


def read_archive(path: Path, address: str) -> Iterator[Page | Reject]:
    """Read the pages of an archive, one after another; hidden files are passed over, as in folders.

    Members whose names lead out of the archive, links and special files are refused, and an archive that
    gives more than 100 bytes for each of its own is not read further.

    Args:
        path: the archive.
        address: its name, for people; a page's address begins with it where the page names no URL.

    Yields:
        Pages, and a reject for each member that is none.
    """
    reader = _Reader(address, path)
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        yield Reject(address, "", "unreadable file", error.strerror or str(error))
        return
    try:
        yield from reader.read_zip() if path.suffix.lower() == ".zip" else reader.read_tar()
    except ExpansionError as error:
        yield Reject(address, reader.place, "archive expands too far", str(error))
    except (*PACKED_ERRORS, tarfile.TarError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        yield Reject(address, reader.place, "broken archive", (str(error) or type(error).__name__)[:200])
    else:
        if not reader.members:
            yield Reject(address, "", "empty file", "the archive holds no file")


class _Reader:
    """One archive, and how far it has been read."""

    def __init__(self, address: str, path: Path) -> None:
        self._address = address
        self._path = path
        self._given = 0
        self.place = ""
        self.members = 0

    def read_zip(self) -> Iterator[Page | Reject]:
        with zipfile.ZipFile(self._path) as archive:
            for info in archive.infolist():
                mode = info.external_attr >> 16
                is_plain = not mode or stat.S_ISREG(mode) or not stat.S_IFMT(mode)
                if info.is_dir() or not self._is_wanted(info.filename):
                    continue
                if problem := _problem(info.filename, is_plain):
                    yield self._refuse(problem)
                elif info.flag_bits & 1:
                    yield Reject(self._address, self.place, "unreadable file", "it is encrypted")
                else:
                    yield self._take_member(archive, info)

    def _take_member(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Page | Reject:
        try:
            with archive.open(info) as file:
                return self._take(file)
        except ExpansionError:
            raise
        except (*PACKED_ERRORS, zipfile.BadZipFile, NotImplementedError) as error:
            # The others stand in the directory at the end, so that one costs itself alone.
            return Reject(self._address, self.place, "broken archive", str(error)[:200])

    def read_tar(self) -> Iterator[Page | Reject]:
        with open_packed(self._path) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                if info.isdir() or not self._is_wanted(info.name):
                    continue
                file = archive.extractfile(info) if info.isreg() else None
                if (problem := _problem(info.name, info.isreg())) or file is None:
                    yield self._refuse(problem)
                else:
                    yield self._take(file)

    def _is_wanted(self, name: str) -> bool:
        self.place = sound(name)[:300]
        self.members += 1
        parts = name.replace("\\", "/").split("/")
        return "__MACOSX" not in parts and not any(p.startswith(".") and p not in {".", ".."} for p in parts)

    def _refuse(self, problem: str) -> Reject:
        return Reject(self._address, self.place, "unsafe name in archive", problem)

    def _take(self, file: IO[bytes]) -> Page | Reject:
        pieces, size = [], 0
        while piece := file.read(_PIECE):
            size += len(piece)
            self._given += len(piece)
            check_ratio(self._given, self._path.stat().st_size)
            if size > PAGE_LIMIT:
                return Reject(self._address, self.place, "unreadable file", f"larger than {PAGE_LIMIT >> 20} MB")
            pieces.append(piece)
        name = f"{self._address}/{self.place}"
        suffix = PurePosixPath(self.place).suffix.lower()
        page = page_from_bytes(b"".join(pieces), source=name, address=name, suffix=suffix)
        return page if isinstance(page, Page) else Reject(self._address, self.place, page.reason, page.detail)


def _problem(name: str, is_plain: bool) -> str:
    """Why a member is not to be read; nothing where it may be."""
    if not is_plain:
        return "it is a link or a special file"
    if name.startswith(("/", "\\")) or name[1:2] == ":":
        return "its path is absolute"
    if ".." in name.replace("\\", "/").split("/"):
        return "its path leads out of the archive"
    return ""
