"""Tables for machines: Parquet whose bytes depend on their rows alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import pyarrow as pa


def parquet_bytes(frame: pd.DataFrame, schema: pa.Schema | None) -> bytes:
    """Return a frame as a Parquet file.

    Args:
        frame: columns of ``schema`` that it lacks are null; further ones follow, typed by their values.
        schema: names and types that docs/formats.md promises; None types every column by its values.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([]) if schema is None else schema
    missing = [None] * len(frame)
    arrays = [pa.array(_values(frame[f.name]) if f.name in frame else missing, type=f.type) for f in schema]
    fields = list(schema)
    for name in frame.columns:
        if name not in schema.names:
            array = _own_column(_values(frame[name]))
            arrays.append(array)
            fields.append(pa.field(name, array.type))
    buffer = io.BytesIO()
    pq.write_table(pa.table(arrays, schema=pa.schema(fields)), buffer, compression="zstd")
    return buffer.getvalue()


def _values(column: pd.Series) -> list[object]:
    """Python values with None for everything that pandas calls missing."""
    import pandas as pd

    return [value if isinstance(value, list) or not pd.isna(value) else None for value in column.tolist()]


def _own_column(values: Sequence[object]) -> pa.Array:
    """An input's own column: its type where all values share one, else text."""
    import pyarrow as pa

    try:
        return pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
        return pa.array([None if value is None else str(value) for value in values], type=pa.string())
