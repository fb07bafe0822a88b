"""Paths to files: folders are walked, ignored names are skipped, nothing is followed out of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from comments.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

IGNORE_FILE = ".btlignore"


@dataclass(frozen=True, slots=True, order=True)
class InputFile:
    """A file to read.

    Attributes:
        address: its path below the folder that was named, or its name if it was named itself; with
            forward slashes. Moving the folder does not change it.
        path: where it lies.
    """

    address: str
    path: Path


def list_files(inputs: Iterable[str]) -> list[InputFile]:
    """Return the files that ``inputs`` name, each once, in an order that does not depend on theirs.

    Folders are walked; hidden files and names that match a line of a ``.btlignore`` file in the same
    folder are passed over, links that lead out of the folder too.

    Args:
        inputs: paths of files and folders.

    Raises:
        SettingsError: when a path does not exist or cannot be listed.
    """
    found: dict[Path, InputFile] = {}
    for name in inputs:
        root = Path(name)
        if root.is_dir():
            files = list(_walk(root))
        elif root.exists():
            files = [InputFile(root.name, root)]
        else:
            raise SettingsError(f"{name} does not exist", "name a file, a folder or - for standard input")
        for file in files:
            real = file.path.resolve()
            # The longer address wins, so that naming a file beside its folder changes nothing.
            if real not in found or len(file.address) > len(found[real].address):
                found[real] = file
    return sorted(found.values())


def _walk(root: Path) -> Iterator[InputFile]:
    inside = root.resolve()

    def fail(error: OSError) -> None:
        raise SettingsError(f"{error.filename} cannot be listed ({error.strerror})", "mend its permissions")

    for folder, folders, names in os.walk(root, onerror=fail):
        here = Path(folder)
        patterns = _ignored(here)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not _matches(f, patterns))
        for name in sorted(names):
            path = here / name
            if name.startswith(".") or _matches(name, patterns) or not path.resolve().is_relative_to(inside):
                continue
            yield InputFile(path.relative_to(root).as_posix(), path)


def _ignored(folder: Path) -> list[str]:
    file = folder / IGNORE_FILE
    if not file.is_file():
        return []
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line.strip().rstrip("/") for line in lines if line.strip() and not line.startswith("#")]


def _matches(name: str, patterns: list[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)
