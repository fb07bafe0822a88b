"""Parquet files read without pyarrow's machinery for whole data sets, which takes a third of a second to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow as pa


def read_parquet(file: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Return the table of a Parquet file.

    Args:
        file: the file.
        columns: which of its columns, in this order; all if None.

    Raises:
        OSError: when it cannot be read.
        pyarrow.ArrowInvalid: when it is no Parquet file, or a damaged one.
    """
    import pyarrow.parquet as pq

    with pq.ParquetFile(file) as opened:
        table = opened.read(columns=None if columns is None else list(columns))
    return table if columns is None else table.select(list(columns))
