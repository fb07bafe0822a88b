"""Arrow schemas of the store's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa


def pages_schema() -> pa.Schema:
    """One row a version of a page; ``content`` is its bytes."""
    import pyarrow as pa

    span = pa.struct([("start", pa.int64()), ("end", pa.int64()), ("role", pa.string())])
    return pa.schema(
        [
            ("page_id", pa.string()),
            ("version", pa.string()),
            ("source", pa.string()),
            ("address", pa.string()),
            ("url", pa.string()),
            ("title", pa.string()),
            ("kind", pa.string()),
            ("encoding", pa.string()),
            ("content", pa.binary()),
            ("spans", pa.list_(span)),
            ("article", pa.string()),
            ("declared_count", pa.int64()),
            ("found_count", pa.int64()),
            ("confidence", pa.float64()),
            ("reason", pa.string()),
            ("method", pa.string()),
        ]
    )


def places_schema() -> pa.Schema:
    """One row a comment and version of its page: where it stands there."""
    import pyarrow as pa

    return pa.schema(
        [
            ("page_id", pa.string()),
            ("version", pa.string()),
            ("comment_id", pa.string()),
            ("position", pa.int64()),
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("depth", pa.int64()),
            ("parent_id", pa.string()),
            ("parent_evidence", pa.string()),
            ("confidence", pa.float64()),
        ]
    )


def comments_schema() -> pa.Schema:
    """One row a comment, written when it is first seen in ``run``; ``extra`` is JSON of the input's own columns."""
    import pyarrow as pa

    return pa.schema(
        [
            ("comment_id", pa.string()),
            ("page_id", pa.string()),
            ("text", pa.string()),
            ("clean_text", pa.string()),
            ("author", pa.string()),
            ("posted_at", pa.string()),
            ("created_at", pa.string()),
            ("permalink", pa.string()),
            ("likes", pa.int64()),
            ("source", pa.string()),
            ("place", pa.string()),
            ("extra", pa.string()),
            ("run", pa.int64()),
        ]
    )


def sightings_schema() -> pa.Schema:
    """One row each time that a page was seen in another version than before, in order."""
    import pyarrow as pa

    return pa.schema([("page_id", pa.string()), ("version", pa.string())])


def rejects_schema() -> pa.Schema:
    """One row an input that could not be taken."""
    import pyarrow as pa

    return pa.schema([(name, pa.string()) for name in ("source", "place", "reason", "detail", "stage")])


TABLES: dict[str, Callable[[], pa.Schema]] = {
    "pages": pages_schema,
    "places": places_schema,
    "comments": comments_schema,
    "rejects": rejects_schema,
    "sightings": sightings_schema,
}
