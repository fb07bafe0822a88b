"""Is every file of a store and of its reports what was written?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from comments.errors import StoreError
from comments.sealed import read_sealed, sha256_file
from reports.folder import damaged_files, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from comments.store import Store

SEALED = ("manifest.json", "state.json", "runs.json", "key.json", "erased.json")


def verify_store(store: Store) -> tuple[int, list[str]]:
    """Return how many files were looked at, and a line for each that is missing or damaged."""
    files, problems = 0, []
    for problem in _all(store):
        files += 1
        if problem:
            problems.append(problem)
    return files, problems


def _all(store: Store) -> Iterator[str]:
    """Look at each file: a line on what is wrong with it, or an empty one."""
    yield from (_sealed(store.path / name) for name in SEALED if (store.path / name).exists())
    yield from (_sealed(file) for file in sorted(store.path.glob("map/*.json")))
    try:
        for entry in store.batches():
            folder = store.path / "batches" / entry["name"]
            yield from (_hashed(folder / name, digest) for name, digest in sorted(entry["files"].items()))
    except StoreError:
        pass  # the manifest itself is damaged, which was said above
    for file in sorted(store.path.glob("vectors/*/*.parquet")):
        yield _hashed(file, file.stem.partition("-")[2])
    yield from _state(store)
    for out in store.known_runs():
        yield from _report(out)


def _state(store: Store) -> Iterator[str]:
    try:
        value = read_sealed(store.path / "state.json")
    except StoreError:
        return
    for entry in filter(None, (value, (value or {}).get("before"))):
        for name, digest in sorted(entry["files"].items()):
            yield _hashed(store.path / "state" / entry["name"] / name, digest)


def _report(out: Path) -> Iterator[str]:
    if not out.exists():
        return  # moved or deleted by its owner
    manifest = read_manifest(out)
    if manifest is None:
        yield f"{out / 'run.json'}: missing or damaged; write the report again with btl run"
        return
    yield ""
    bad = set(damaged_files(out, manifest))
    for name in sorted(manifest["outputs"]):
        yield f"{out / name}: missing or damaged; write the report again with btl run" if name in bad else ""


def _sealed(file: Path) -> str:
    try:
        read_sealed(file)
    except StoreError as error:
        return str(error)
    return ""


def _hashed(file: Path, digest: str) -> str:
    try:
        return "" if sha256_file(file).startswith(digest) and digest else f"{file}: damaged"
    except OSError as error:
        return f"{file}: cannot be read ({error.strerror})"
