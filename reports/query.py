"""SQL over a store and its last report, read only: DuckDB sees their Parquet files and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from comments.errors import SettingsError, StoreError
from comments.schema import TABLES
from reports.folder import read_manifest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from duckdb import DuckDBPyConnection

    from comments.store import Store


def tables_of(store: Store) -> dict[str, list[Path]]:
    """Return the Parquet files behind each name: tables of the last report, and those of the store as ``store_...``."""
    found: dict[str, list[Path]] = {}
    for name in TABLES:
        found[f"store_{name}"] = [store.path / "batches" / e["name"] / f"{name}.parquet" for e in store.batches()]
    for out in reversed(store.known_runs()):
        manifest = read_manifest(out)
        if manifest:
            names = [name for name in manifest["outputs"] if name.endswith(".parquet")]
            found |= {name.removesuffix(".parquet"): [out / name] for name in names}
            break
    return {name: files for name, files in found.items() if files}


def query_store(store: Store, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Return names of the columns and the rows of a query.

    Nothing outside the files named by :func:`tables_of` can be read, and nothing can be written.

    Args:
        store: the store; its lock is not needed.
        sql: one statement of DuckDB.

    Raises:
        SettingsError: when the statement is wrong (the message is DuckDB's), or there is not exactly one.
        StoreError: when the store holds nothing yet, or a file is damaged.
    """
    import duckdb

    tables = tables_of(store)
    if not tables:
        raise StoreError(f"the store {store.path} is empty", "fill it with btl run")
    connection = duckdb.connect(":memory:", config={"threads": 1})
    try:
        files = [str(file.resolve()) for paths in tables.values() for file in paths]
        _name_files(connection, tables)
        connection.execute("set allowed_paths = $1", [files])
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        statements = connection.extract_statements(sql)
        if len(statements) != 1:  # of several, only the last one's rows would be seen
            raise SettingsError(f"the query holds {len(statements)} statements", "ask one at a time")
        done = connection.execute(statements[0])
        return [str(column[0]) for column in done.description or []], done.fetchall()
    except duckdb.CatalogException as error:
        todo = f"tables: {', '.join(sorted(tables))}"
        raise SettingsError(f"the query failed ({_first_line(error)})", todo) from error
    except duckdb.Error as error:
        todo = "ask with one select over the tables that btl query --help names; nothing else is read or written"
        raise SettingsError(f"the query failed ({_first_line(error)})", todo) from error
    finally:
        connection.close()


def _first_line(error: Exception) -> str:
    """DuckDB's message without the drawing of where it stands."""
    return (str(error).splitlines() or ["no reason given"])[0]


def _name_files(connection: DuckDBPyConnection, tables: Mapping[str, list[Path]]) -> None:
    """Make a view of each table; raises StoreError where a file of it cannot be read."""
    import duckdb

    for name, paths in sorted(tables.items()):
        listed = ", ".join("'" + str(path.resolve()).replace("'", "''") + "'" for path in paths)
        try:
            connection.execute(f'create view "{name}" as select * from read_parquet([{listed}])')  # noqa: S608
        except duckdb.Error as error:
            todo = "btl verify says which files are damaged"
            raise StoreError(f"the table {name} cannot be read ({_first_line(error)})", todo) from error
