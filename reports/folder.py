"""An output folder, read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from comments.errors import BelowTheLineError, SettingsError
from comments.parquet import read_parquet
from comments.sealed import SEAL, seal, sha256_file

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from reports.tables import RunTables

FIVE = ("comments", "pages", "themes", "assignments", "rejects")


def read_manifest(out: Path) -> dict[str, Any] | None:
    """Return the manifest of a report, or None where there is none that can be read."""
    try:
        manifest = json.loads((out / "run.json").read_bytes())
        return manifest if isinstance(manifest["outputs"], dict) and manifest[SEAL] == seal(manifest) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def damaged_files(out: Path, manifest: dict[str, Any]) -> list[str]:
    """Return the files of a report that are missing or not what the manifest says."""
    return [name for name, digest in sorted(manifest["outputs"].items()) if not _is(out / name, digest)]


def _is(file: Path, digest: str) -> bool:
    try:
        return sha256_file(file) == digest
    except OSError:
        return False


def read_tables(out: Path) -> RunTables:
    """Return the tables of a report as they were published.

    Raises:
        SettingsError: when the folder holds no report.
        BelowTheLineError: when not all of it is there.
    """
    import pyarrow as pa

    from reports.tables import RunTables

    manifest = read_manifest(out)
    if manifest is None:
        raise SettingsError(f"{out} holds no report", "name a folder that btl run --out wrote")
    names = [name.removesuffix(".parquet") for name in manifest["outputs"] if name.endswith(".parquet")]
    try:
        frames = {name: _frame(out / f"{name}.parquet") for name in sorted({*names, *FIVE})}
    except (OSError, pa.ArrowInvalid) as error:
        raise BelowTheLineError(f"the report in {out} is damaged ({error})", "write it again with btl run") from error
    five = {name: frames.pop(name) for name in FIVE}
    return RunTables(**five, run=manifest, more=frames)


def _frame(file: Path) -> pd.DataFrame:
    """A table as the run had it: whole numbers with gaps stay whole, lists are lists."""
    import pandas as pd
    import pyarrow as pa

    table = read_parquet(file)
    frame: pd.DataFrame = table.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
    lists = [field.name for field in table.schema if pa.types.is_list(field.type)]
    for name in lists:
        frame[name] = pd.Series(table[name].to_pylist(), dtype=object)
    return frame
