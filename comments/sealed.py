"""Files that are whole or not there, and small JSON files that know when a byte of them has changed."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from comments.errors import StoreError

SEAL = "sha256"


def write_whole(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write a file so that it is seen whole or not at all, also after a power cut."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def sha256_file(path: Path) -> str:
    """Return the sha256 of a file's bytes in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal(value: dict[str, Any]) -> str:
    """Return the hash of an object's content, but for the hash in it."""
    body = json.dumps({k: v for k, v in value.items() if k != SEAL}, sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()


def write_sealed(path: Path, value: dict[str, Any], *, mode: int = 0o644) -> None:
    """Write an object as JSON with the hash of its content; a file that holds it already is left alone."""
    data = json.dumps(value | {SEAL: seal(value)}, indent=1, sort_keys=True).encode() + b"\n"
    if not path.exists() or path.read_bytes() != data:
        write_whole(path, data, mode=mode)


def read_sealed(path: Path) -> dict[str, Any] | None:
    """Return the object of a sealed file, or None where there is no such file.

    Raises:
        StoreError: when it cannot be read or is not what was written.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{path} cannot be read ({error.strerror})", "mend its permissions") from error
    try:
        value = json.loads(data)
        if value.pop(SEAL) == seal(value):
            return dict(value)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise StoreError(f"{path} is damaged", "restore it from a copy, or choose another --store")


def sync(file: Path) -> None:
    """See that a file is on the disk before anything names it."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
