"""Paths to files: folders are walked, ignored names are skipped, nothing is followed out of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from comments.errors import SettingsError
from comments.inputs.storage import list_storage
from comments.model import sound
from comments.remote import is_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

IGNORE_FILE = ".btlignore"


@dataclass(frozen=True, slots=True, order=True)
class InputFile:
    """A file to read.

    Attributes:
        address: its path below the folder that was named, or its name if it was named itself; with
            forward slashes. Moving the folder does not change it.
        path: where it lies; of a file on object storage, the end of its address.
        url: its address on object storage, or empty; see ``comments.inputs.storage``.
    """

    address: str
    path: Path
    url: str = ""


def list_files(inputs: Iterable[str]) -> list[InputFile]:
    """Return the files that ``inputs`` name, each once, in an order that does not depend on theirs.

    Folders are walked; hidden files and names that match a line of a ``.btlignore`` file in the same
    folder are passed over, and so are links that lead out of the folder, pipes and devices, and the
    folders that btl wrote itself (stores and reports).

    Args:
        inputs: paths of files and folders, or their addresses on object storage.

    Raises:
        SettingsError: when a path does not exist, cannot be listed, or is a folder without files.
    """
    found: dict[Path, InputFile] = {}
    for name in inputs:
        for file in list_storage(name) if is_url(name) else _list_input(name):
            real = Path(file.url) if file.url else _real(file.path)
            # The longer address wins, so that naming a file beside its folder changes nothing.
            if real not in found or len(file.address) > len(found[real].address):
                found[real] = file
    return sorted(found.values())


def _list_input(name: str) -> list[InputFile]:
    root = Path(name)
    try:
        is_folder, is_there = root.is_dir(), root.exists()
    except OSError as error:  # also a page's text where its name should stand
        raise SettingsError(f"{name[:200]} cannot be looked at ({error.strerror})", "name a file or folder") from error
    if not is_there:
        raise SettingsError(f"{name} does not exist", "name a file, a folder or - for standard input")
    if not is_folder:
        return [InputFile(sound(root.name), root)]
    files = list(_walk(root))
    if not files:
        todo = "name a folder with pages in it (hidden files and those in .btlignore are passed over)"
        raise SettingsError(f"the folder {name} holds no file to read", todo)
    return files


def _walk(root: Path) -> Iterator[InputFile]:
    inside = root.resolve()

    def fail(error: OSError) -> None:
        raise SettingsError(f"{error.filename} cannot be listed ({error.strerror})", "mend its permissions")

    for folder, folders, names in os.walk(root, onerror=fail):
        here = Path(folder)
        patterns = _ignored(here)
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and not _matches(f, patterns) and not _is_ours(here / f)
        )
        for name in sorted(names):
            path = here / name
            if name.startswith(".") or _matches(name, patterns) or not _real(path).is_relative_to(inside):
                continue
            if _is_special(path):  # opening a pipe would wait for ever
                continue
            yield InputFile(sound(path.relative_to(root).as_posix()), path)


def _real(path: Path) -> Path:
    """Where links lead in the end; a link that leads to itself stays where it is."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def _is_ours(folder: Path) -> bool:
    """Whether btl wrote the folder: a store, or a report whose quotes would be read as new comments."""
    return _holds(folder, "store.json") or _holds(folder, "run.json", "report.html")


def _holds(folder: Path, *names: str) -> bool:
    try:
        return all((folder / name).is_file() for name in names)
    except OSError:
        return False


def _is_special(path: Path) -> bool:
    """Whether it is neither file nor broken link."""
    try:
        return path.exists() and not path.is_file()
    except OSError:
        return False


def _ignored(folder: Path) -> list[str]:
    file = folder / IGNORE_FILE
    if not file.is_file():
        return []
    try:
        lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError as error:
        raise SettingsError(f"{file} cannot be read ({error.strerror})", "mend its permissions") from error
    return [line.strip().rstrip("/") for line in lines if line.strip() and not line.startswith("#")]


def _matches(name: str, patterns: list[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)
