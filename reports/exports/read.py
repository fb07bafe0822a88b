"""The tables of a published report, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comments.errors import BelowTheLineError, SettingsError
from reports.folder import damaged_files, read_manifest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

    from reports.rows import Row

NEEDED = ("comments", "themes", "assignments", "pages")


@dataclass(frozen=True, slots=True)
class RunFolder:
    """A published report.

    Attributes:
        tables: every table by its name, as it was written.
        manifest: ``run.json``.
        files: the tables' files as they are.
    """

    tables: Mapping[str, pa.Table]
    manifest: Mapping[str, Any]
    files: Mapping[str, bytes]

    def rows(self, name: str) -> list[Row]:
        """The rows of a table as plain values; none where the run has no such table."""
        return self.tables[name].to_pylist() if name in self.tables else []


def read_run(folder: Path) -> RunFolder:
    """Read the tables of a report's folder and check them against its manifest.

    Args:
        folder: what ``btl run --out`` named.

    Raises:
        SettingsError: when it holds no report.
        BelowTheLineError: when a file is not the one that the manifest names.
    """
    import io

    import pyarrow.parquet as pq

    manifest = read_manifest(folder)
    if manifest is None:
        raise SettingsError(f"{folder} holds no report", "name the folder that btl run --out made")
    damaged = damaged_files(folder, manifest)
    if damaged:
        raise BelowTheLineError(f"{folder / damaged[0]} is not as the run wrote it", "run again, then export")
    names = sorted(name for name in manifest["outputs"] if name.endswith(".parquet"))
    files = {name: (folder / name).read_bytes() for name in names}
    tables = {name.removesuffix(".parquet"): pq.read_table(io.BytesIO(data)) for name, data in files.items()}
    missing = [name for name in NEEDED if name not in tables]
    if missing:
        raise BelowTheLineError(f"{folder} has no table {missing[0]}", "run again, then export")
    return RunFolder(tables, manifest, files)
