"""Every table as it is: JSON Lines with a file of types, or the Parquet files themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from comments.errors import BelowTheLineError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from reports.exports.read import RunFolder

TYPES = "types.json"
LIST = "list<"


def jsonl_files(run: RunFolder) -> dict[str, bytes]:
    """Return each table as JSON Lines, one object a row, and the types of the columns in ``types.json``."""
    files = {f"{name}.jsonl": _lines(table) for name, table in run.tables.items()}
    types = {name: {field.name: _kind(field.type) for field in table.schema} for name, table in run.tables.items()}
    files[TYPES] = json.dumps(types, indent=2, ensure_ascii=False).encode() + b"\n"
    files["run.json"] = json.dumps(dict(run.manifest), indent=2, ensure_ascii=False).encode() + b"\n"
    return files


def _lines(table: pa.Table) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in table.to_pylist())


def read_jsonl(files: Mapping[str, bytes]) -> dict[str, pa.Table]:
    """Return the tables that :func:`jsonl_files` wrote, equal to those of the run.

    Args:
        files: names and contents.

    Raises:
        BelowTheLineError: when the file of types is missing.
    """
    import pyarrow as pa

    if TYPES not in files:
        raise BelowTheLineError(f"there is no {TYPES} beside the tables", "export again with --format jsonl")
    tables = {}
    for name, columns in json.loads(files[TYPES]).items():
        schema = pa.schema([(column, _type(kind)) for column, kind in columns.items()])
        rows = [json.loads(line) for line in files[f"{name}.jsonl"].splitlines()]
        tables[name] = pa.Table.from_pylist(rows, schema=schema)
    return tables


def _kind(kind: pa.DataType) -> str:
    """The name of a type, of a list by what it holds."""
    import pyarrow as pa

    return f"{LIST}{_kind(kind.value_type)}>" if pa.types.is_list(kind) else str(kind)


def _type(kind: str) -> pa.DataType:
    import pyarrow as pa

    if kind.startswith(LIST):
        return pa.list_(_type(kind.removeprefix(LIST).removesuffix(">")))
    return pa.type_for_alias(kind)


def parquet_files(run: RunFolder) -> dict[str, bytes]:
    """Return the Parquet files of the run, byte for byte, with its manifest."""
    manifest = json.dumps(dict(run.manifest), indent=2, ensure_ascii=False).encode() + b"\n"
    return {**run.files, "run.json": manifest}
