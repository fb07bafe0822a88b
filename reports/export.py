"""Tables for machines: Parquet whose bytes depend on their rows alone."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas as pd
    import pyarrow as pa


def parquet_bytes(frame: pd.DataFrame, schema: pa.Schema | None) -> bytes:
    """Return a frame as a Parquet file.

    Args:
        frame: at least the columns of ``schema``; further ones follow, typed by their values.
        schema: names and types that docs/formats.md promises; None types every column by its values.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([]) if schema is None else schema
    arrays = [pa.array(_values(frame[field.name]), type=field.type) for field in schema]
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


def comments_out() -> pa.Schema:
    """Columns of comments.parquet; the input's own columns follow."""
    import pyarrow as pa

    text, real, whole = pa.string(), pa.float64(), pa.int64()
    return pa.schema(
        [
            ("comment_id", text),
            ("theme_id", text),
            ("theme", text),
            ("strength", real),
            ("page_id", text),
            ("position", whole),
            ("text", text),
            ("clean_text", text),
            ("own_text", text),
            ("author", text),
            ("posted_at", text),
            ("created_at", text),
            ("depth", whole),
            ("parent_id", text),
            ("parent_evidence", text),
            ("start", whole),
            ("end", whole),
            ("permalink", text),
            ("likes", whole),
            ("confidence", real),
            ("gone", pa.bool_()),
            ("text_seen", real),
            ("language", text),
            ("language_confidence", real),
            ("residual_reason", text),
            ("nearest_theme_id", text),
            ("nearest_theme", text),
            ("nearest_strength", real),
            ("source", text),
            ("place", text),
        ]
    )


def pages_out() -> pa.Schema:
    """Columns of pages.parquet."""
    import pyarrow as pa

    names = ("page_id", "version", "source", "address", "url", "title", "kind")
    return pa.schema(
        [(name, pa.string()) for name in names]
        + [
            ("declared_count", pa.int64()),
            ("found_count", pa.int64()),
            ("confidence", pa.float64()),
            ("reason", pa.string()),
            ("method", pa.string()),
            ("article", pa.string()),
        ]
    )


def themes_out() -> pa.Schema:
    """Columns of themes.parquet."""
    import pyarrow as pa

    words = pa.list_(pa.string())
    return pa.schema(
        [
            ("theme_id", pa.string()),
            ("kind", pa.string()),
            ("label", pa.string()),
            ("description", pa.string()),
            ("rule", pa.string()),
            ("count", pa.int64()),
            ("share", pa.float64()),
            ("share_low", pa.float64()),
            ("share_high", pa.float64()),
            ("commenters", pa.int64()),
            ("commenter_share", pa.float64()),
            ("commenter_share_low", pa.float64()),
            ("commenter_share_high", pa.float64()),
            ("pages", pa.int64()),
            ("keyphrases", words),
            ("representatives", words),
            ("near_misses", words),
            ("boundary", words),
            ("stability", pa.float64()),
            ("stable", pa.bool_()),
            ("low_sample", pa.bool_()),
            ("folded", words),
        ]
    )


def assignments_out() -> pa.Schema:
    """Columns of assignments.parquet."""
    import pyarrow as pa

    text = pa.string()
    return pa.schema(
        [("comment_id", text), ("theme_id", text), ("theme", text), ("strength", pa.float64()), ("kind", text)]
    )


def campaigns_out() -> pa.Schema:
    """Columns of campaigns.parquet."""
    import pyarrow as pa

    text, whole = pa.string(), pa.int64()
    return pa.schema(
        [
            ("campaign_id", text),
            ("comment_ids", pa.list_(text)),
            ("comments", whole),
            ("pages", whole),
            ("authors", whole),
            ("first_at", text),
            ("last_at", text),
            ("similarity", pa.float64()),
            ("text", text),
        ]
    )


def voices_out() -> pa.Schema:
    """Columns of voices.parquet."""
    import pyarrow as pa

    return pa.schema([("author", pa.string()), ("comments", pa.int64()), ("share", pa.float64())])


def map_out() -> pa.Schema:
    """Columns of map.parquet."""
    import pyarrow as pa

    return pa.schema([("comment_id", pa.string()), ("x", pa.float64()), ("y", pa.float64())])


def events_out() -> pa.Schema:
    """Columns of events.parquet."""
    import pyarrow as pa

    text, whole, real = pa.string(), pa.int64(), pa.float64()
    return pa.schema(
        [
            ("event", text),
            ("theme_id", text),
            ("label", text),
            ("parents", pa.list_(text)),
            ("children", pa.list_(text)),
            ("count_before", whole),
            ("count_after", whole),
            ("share_before", real),
            ("share_after", real),
            ("change_low", real),
            ("change_high", real),
            ("evidence", text),
        ]
    )


def history_out() -> pa.Schema:
    """Columns of history.parquet."""
    import pyarrow as pa

    return pa.schema([pa.field("run", pa.int64()), *events_out()])


def trend_out() -> pa.Schema:
    """Columns of trend.parquet."""
    import pyarrow as pa

    text, whole, real = pa.string(), pa.int64(), pa.float64()
    return pa.schema(
        [
            ("theme_id", text),
            ("period", text),
            ("basis", text),
            ("count", whole),
            ("total", whole),
            ("share", real),
            ("low", real),
            ("high", real),
            ("gap", pa.bool_()),
        ]
    )


def notes_out() -> pa.Schema:
    """Columns of notes.parquet."""
    import pyarrow as pa

    return pa.schema([(name, pa.string()) for name in ("theme_id", "comment_id", "note")])


def conflicts_out() -> pa.Schema:
    """Columns of conflicts.parquet."""
    import pyarrow as pa

    names = ("action", "theme_id", "comment_id", "reason")
    return pa.schema([("edit", pa.int64()), *((name, pa.string()) for name in names)])


def agenda_themes_out() -> pa.Schema:
    """Columns of agenda_themes.parquet."""
    import pyarrow as pa

    return pa.schema(
        [
            ("theme_id", pa.string()),
            ("reader_introduced", pa.bool_()),
            ("closeness", pa.float64()),
            ("page_id", pa.string()),
            ("passage", pa.string()),
            ("start", pa.int64()),
            ("end", pa.int64()),
        ]
    )


def agenda_articles_out() -> pa.Schema:
    """Columns of agenda_articles.parquet."""
    import pyarrow as pa

    return pa.schema(
        [
            ("page_id", pa.string()),
            ("passage", pa.string()),
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("closeness", pa.float64()),
            ("comment_id", pa.string()),
            ("taken_up", pa.bool_()),
        ]
    )


def desk_out() -> pa.Schema:
    """Columns of desk.parquet."""
    import pyarrow as pa

    return pa.schema(
        [
            ("comment_id", pa.string()),
            ("kind", pa.string()),
            ("passage", pa.string()),
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("score", pa.float64()),
            ("rule", pa.string()),
        ]
    )


def summary_out() -> pa.Schema:
    """Columns of summary.parquet."""
    import pyarrow as pa

    words = pa.list_(pa.string())
    return pa.schema(
        [
            ("section", pa.string()),
            ("position", pa.int64()),
            ("sentence", pa.string()),
            ("comment_ids", words),
            ("kind", pa.string()),
            ("quotes", words),
        ]
    )


def layers_out() -> pa.Schema:
    """Columns of layers.parquet."""
    import pyarrow as pa

    text, words, whole = pa.string(), pa.list_(pa.string()), pa.int64()
    return pa.schema(
        [
            ("node_id", text),
            ("level", whole),
            ("parent_id", text),
            ("label", text),
            ("keyphrases", words),
            ("count", whole),
            ("share", pa.float64()),
            ("stability", pa.float64()),
            ("theme_ids", words),
            ("chosen", pa.bool_()),
        ]
    )


def layer_members_out() -> pa.Schema:
    """Columns of layer_members.parquet."""
    import pyarrow as pa

    return pa.schema([("comment_id", pa.string()), ("level", pa.int64()), ("node_id", pa.string())])


MORE: Mapping[str, Callable[[], pa.Schema]] = {
    "agenda_articles": agenda_articles_out,
    "agenda_themes": agenda_themes_out,
    "campaigns": campaigns_out,
    "conflicts": conflicts_out,
    "desk": desk_out,
    "events": events_out,
    "history": history_out,
    "layer_members": layer_members_out,
    "layers": layers_out,
    "map": map_out,
    "notes": notes_out,
    "summary": summary_out,
    "trend": trend_out,
    "voices": voices_out,
}
"""Tables beyond the five whose columns docs/formats.md promises; each is written as its name and `.parquet`."""


def more_out(name: str) -> pa.Schema | None:
    """Columns of a further table; None where they are typed by their values."""
    return MORE[name]() if name in MORE else None
