"""What the runs over a store have found, kept in it: theme ids, the fit, who was where, and every event.

    state.json               which state counts, and its hash; written last
    state/000007-<run id>/   registry.json, rows.parquet

Beside the state that counts, the one before it is kept: a run that was killed after it had written its state,
or is repeated into another folder, starts from there again and comes to the same.
"""

from __future__ import annotations

import io
import json
import logging
import os
import shutil
import tempfile
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.events import Snapshot
from analysis.fit import Fit
from analysis.lineage import KnownTheme, Registry
from comments.errors import StoreError
from comments.parquet import read_parquet
from comments.sealed import read_sealed, sha256_file, write_sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyarrow as pa

    from comments.store import Store

log = logging.getLogger(__name__)
OLD_FILE = "themes.json"  # of stores of version 1
Row = tuple[str, str | None, str, int | None]


@dataclass(frozen=True, slots=True)
class State:
    """A state of a store that a run ended with.

    Attributes:
        name: its folder below ``state``.
        run: its number, from 1.
        run_id: of the run.
        files: hashes of its files.
    """

    name: str
    run: int
    run_id: str
    files: dict[str, str]


def current_state(store: Store) -> State | None:
    """Return the state that counts, or None before the first run has ended."""
    return _state(store, "")


def _state(store: Store, which: str) -> State | None:
    value = read_sealed(store.path / "state.json")
    entry = value.get("before") if value and which == "before" else value
    if not entry:
        return None
    return State(str(entry["name"]), int(entry["run"]), str(entry["run_id"]), dict(entry["files"]))


def load_registry(store: Store, run_id: str | None = None) -> Registry:
    """Return what earlier runs over this store found.

    Args:
        store: the store.
        run_id: of the run that is under way. Where the last run had the same, its fit is taken and all
            else from before it.

    Raises:
        StoreError: when a file is damaged; going on would give old ids to new themes.
    """
    state = current_state(store)
    if state is None:
        return _old_registry(store)
    if state.run_id != run_id:
        return _read(store, state)
    before = _state(store, "before")
    base = _read(store, before) if before else _old_registry(store)
    return replace(base, fit=_read(store, state).fit)


def last_model(store: Store) -> str:
    """Return the key of the model that the kept themes were found with; empty where there are none."""
    state = current_state(store)
    if state is None:
        return ""
    try:
        value = json.loads((store.path / "state" / state.name / "registry.json").read_bytes())
        return str((value["fit"] or {}).get("model", ""))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ""  # what is damaged is said where all of it is read


def save_registry(store: Store, registry: Registry, run_id: str) -> None:
    """Make the registry the state that counts; called before a report is published, so that no id is used again.

    Args:
        store: the store, whose lock the caller holds.
        registry: after the run.
        run_id: of the run.

    Raises:
        StoreError: when the disk is full or the folder cannot be written; the last state still counts.
    """
    try:
        _save(store, registry, run_id)
    except OSError as error:
        todo = "free some space or mend its permissions; what it held before is as it was"
        raise StoreError(f"the store {store.path} cannot be written ({error.strerror or error})", todo) from error


def rewrite_states(store: Store, change: Callable[[Registry], Registry]) -> list[str]:
    """Change both states that are kept, in one step, and return the folders that were replaced.

    Args:
        store: the store, whose lock the caller holds.
        change: the registry as it should have been.
    """
    value = read_sealed(store.path / "state.json")
    if not value:
        return []
    replaced = []
    for which, entry in (("", value), ("before", value["before"])):
        state = _state(store, which)
        if state is None:
            continue
        folder, files = _write_state(store, change(_read(store, state)), state.run)
        if folder != state.name:
            replaced.append(f"state/{state.name}")
        entry.update({"name": folder, "files": files})
    write_sealed(store.path / "state.json", value)
    _clear_states(store, {value["name"], *([value["before"]["name"]] if value["before"] else [])})
    return replaced


def _clear_states(store: Store, kept: set[str]) -> None:
    for folder in (store.path / "state").iterdir():
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _save(store: Store, registry: Registry, run_id: str) -> None:
    last = current_state(store)
    before = _state(store, "before") if last and last.run_id == run_id else last
    run = before.run + 1 if before else 1
    name, files = _write_state(store, registry, run)
    kept = asdict(before) if before else None
    value = {"name": name, "run": run, "run_id": run_id, "files": files, "before": kept}
    write_sealed(store.path / "state.json", value)
    (store.path / OLD_FILE).unlink(missing_ok=True)
    _clear_states(store, {name, before.name if before else ""})


def _write_state(store: Store, registry: Registry, run: int) -> tuple[str, dict[str, str]]:
    """Write a state, which counts once state.json names it; return its folder and the hashes of its files."""
    root = store.path / "state"
    root.mkdir(exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=root, prefix=".new-"))
    try:
        files = {"rows.parquet": _rows_bytes(registry), "registry.json": _json_bytes(registry)}
        for name, data in files.items():
            with (temporary / name).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        hashes = {name: sha256_file(temporary / name) for name in sorted(files)}
        target = root / f"{run:06d}-{hashes['registry.json'][:6]}{hashes['rows.parquet'][:6]}"
        if target.exists():
            shutil.rmtree(temporary)  # the same content; what state.json names is never taken away
        else:
            temporary.chmod(0o755)
            temporary.rename(target)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    return target.name, hashes


def _json_bytes(registry: Registry) -> bytes:
    fit, last = registry.fit, registry.last
    value = {
        "given": registry.given,
        "themes": [{"theme_id": t.theme_id, "label": t.label, "centre": list(t.centre)} for t in registry.themes],
        "fit": None if fit is None else {k: v for k, v in asdict(fit).items() if k not in ("keys", "groups")},
        "labels": None if last is None else dict(last.labels),
        "runs": [dict(run) for run in registry.runs],
        "events": [dict(event) for event in registry.events],
    }
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace") + b"\n"


def _rows(registry: Registry) -> Iterator[Row]:
    for theme in registry.themes:
        yield from (("text", theme.theme_id, key, None) for key in sorted(theme.texts))
    if registry.fit:
        yield from (
            ("fit", None, key, group) for key, group in zip(registry.fit.keys, registry.fit.groups, strict=True)
        )
    if registry.last:
        yield from (("comment", None, name, None) for name in sorted(registry.last.comments))
        for theme_id, members in sorted(registry.last.members.items()):
            yield from (("member", theme_id, name, None) for name in sorted(members))


def _rows_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([("kind", pa.string()), ("theme_id", pa.string()), ("name", pa.string()), ("group", pa.int64())])


def _rows_bytes(registry: Registry) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns: list[tuple[Any, ...]] = list(zip(*_rows(registry), strict=True)) or [(), (), (), ()]
    schema = _rows_schema()
    arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
    buffer = io.BytesIO()
    pq.write_table(pa.table(arrays, schema=schema), buffer, compression="zstd")
    return buffer.getvalue()


def _read(store: Store, state: State) -> Registry:
    import pyarrow as pa

    folder = store.path / "state" / state.name
    for name, digest in state.files.items():
        file = folder / name
        try:
            sound = sha256_file(file) == digest
        except OSError as error:
            raise StoreError(f"{file} cannot be read ({error.strerror})", "restore it from a copy") from error
        if not sound:
            raise StoreError(f"{file} is damaged", "restore it from a copy, or choose another --store")
    try:
        value = json.loads((folder / "registry.json").read_bytes())
        rows = read_parquet(folder / "rows.parquet").to_pylist()
        return _registry(value, rows)
    except (ValueError, KeyError, TypeError, pa.ArrowInvalid) as error:
        raise StoreError(
            f"{folder} is damaged ({error})", "restore it from a copy, or choose another --store"
        ) from error


def _registry(value: dict[str, Any], rows: list[dict[str, Any]]) -> Registry:
    texts: dict[str, set[str]] = {}
    members: dict[str, set[str]] = {}
    comments, keys, groups = set(), [], []
    for row in rows:
        if row["kind"] == "text":
            texts.setdefault(row["theme_id"], set()).add(row["name"])
        elif row["kind"] == "member":
            members.setdefault(row["theme_id"], set()).add(row["name"])
        elif row["kind"] == "comment":
            comments.add(row["name"])
        else:
            keys.append(row["name"])
            groups.append(row["group"])
    themes = [
        KnownTheme(t["theme_id"], t["label"], frozenset(texts.get(t["theme_id"], ())), tuple(t["centre"]))
        for t in value["themes"]
    ]
    fit = value["fit"]
    if fit is not None:
        lists = {"ids": tuple(fit["ids"]), "stability": tuple(fit.get("stability", ()))}
        fit = Fit(**{**fit, **lists}, keys=tuple(keys), groups=tuple(groups))
    last = None
    if value["labels"] is not None:
        last = Snapshot(frozenset(comments), {k: frozenset(v) for k, v in members.items()}, value["labels"])
    return Registry(int(value["given"]), tuple(themes), fit, last, tuple(value["runs"]), tuple(value["events"]))


def _old_registry(store: Store) -> Registry:
    """The registry of a store of version 1, which knew ids, labels and texts; else an empty one."""
    file = store.path / OLD_FILE
    if not file.exists():
        return Registry()
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        themes = [KnownTheme(t["theme_id"], t["label"], frozenset(t["texts"])) for t in data["themes"]]
        return Registry(int(data["given"]), tuple(themes))
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{file} is damaged", "restore it from a copy, or choose another --store") from error
