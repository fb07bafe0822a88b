"""Files into an output folder, all or none: the last good report stays until the new one is whole."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

from comments.errors import BelowTheLineError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

STAGING = ".btl-staging"
COMPLETE = "COMPLETE"
LAST = "run.json"


def prepare_folder(out: Path) -> None:
    """Make the output folder, see that it can be written, and end what a killed run left half done.

    Raises:
        BelowTheLineError: when the folder cannot be made or written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        _recover(out)
        probe = out / f"{STAGING}-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise BelowTheLineError(
            f"the output folder {out} cannot be written ({error.strerror})", "choose another --out"
        ) from error


def publish(out: Path, files: Mapping[str, bytes]) -> None:
    """Replace the files of a report by new ones.

    They are first written whole beside the old ones; then a mark is set; then each takes its place,
    ``run.json`` last. A process killed before the mark leaves the old report, one killed after it
    leaves work that the next call to :func:`prepare_folder` ends.

    Args:
        out: the folder, as ``prepare_folder`` left it.
        files: names and contents.

    Raises:
        BelowTheLineError: when the disk is full, the folder cannot be written, or a folder has the
            name of one of the files.
    """
    staging = out / STAGING
    for name in files:
        if (out / name).is_dir():  # seen before the mark is set: half of a report must not take its place
            raise BelowTheLineError(f"{out / name} is a folder", "move it away or choose another --out")
    try:
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        for name, data in files.items():
            _write(staging / name, data)
        _write(staging / COMPLETE, b"")
        _recover(out)
    except OSError as error:
        if not (staging / COMPLETE).exists():
            shutil.rmtree(staging, ignore_errors=True)
        todo = "free some space or choose another --out; the last report is as it was"
        raise BelowTheLineError(f"the report cannot be written to {out} ({error.strerror})", todo) from error


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _recover(out: Path) -> None:
    staging = out / STAGING
    if (staging / COMPLETE).exists():
        names = sorted(path.name for path in staging.iterdir() if path.name != COMPLETE)
        for name in _outputs(out / LAST) - _outputs(staging / LAST) if LAST in names else ():
            (out / name).unlink(missing_ok=True)  # the last report had it, the new one has not
        for name in sorted(names, key=lambda n: n == LAST):
            (staging / name).replace(out / name)
    shutil.rmtree(staging, ignore_errors=True)


def _outputs(manifest: Path) -> set[str]:
    """Names of the other files of a report, as its manifest says; none where there is none."""
    try:
        outputs = json.loads(manifest.read_bytes())["outputs"]
        return {name for name in outputs if "/" not in name and name not in ("", ".", "..")}
    except (OSError, ValueError, KeyError, TypeError):
        return set()
