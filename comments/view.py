"""The store as it stands now: every comment once, at its latest place; every page once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from comments.store import Store


@dataclass(frozen=True, slots=True)
class View:
    """Frames of a store; rows in an order that does not depend on when they came.

    Attributes:
        comments: one row a comment; columns of docs/formats.md without the theme columns.
        pages: one row a page, its latest version.
        rejects: one row an input that could not be taken.
        extra: the inputs' own columns, by comment_id order of ``comments``; may be empty.
    """

    comments: pd.DataFrame
    pages: pd.DataFrame
    rejects: pd.DataFrame
    extra: pd.DataFrame


def view_store(store: Store) -> View:
    """Join a store's batches into frames.

    Args:
        store: the store; its lock is not needed.
    """
    comments = store.table("comments").to_pandas().drop_duplicates("comment_id")
    places = store.table("places").to_pandas()
    pages = store.table("pages").to_pandas()
    rejects = store.table("rejects").to_pandas().drop_duplicates()
    latest = places.drop(columns=["page_id", "version"]).drop_duplicates("comment_id", keep="last")
    table = comments.merge(latest, on="comment_id", how="left")
    addresses = pages.drop_duplicates("page_id", keep="last")[["page_id", "address"]]
    table = table.merge(addresses, on="page_id", how="left")
    order = ["address", "position", "created_at", "comment_id"]
    table = table.sort_values(order, kind="stable", na_position="last", ignore_index=True)
    table["depth"] = table["depth"].fillna(1)
    pages = pages.drop_duplicates("page_id", keep="last").sort_values("address", ignore_index=True)
    counts = table["page_id"].value_counts()
    pages["found_count"] = pages["page_id"].map(counts).fillna(0).astype("int64")
    solved = rejects["source"].isin(set(pages["source"])) & rejects["place"].eq("")
    rejects = rejects[~solved].sort_values(list(rejects.columns), ignore_index=True)
    integers = ("position", "start", "end", "depth", "likes")
    table = table.astype(dict.fromkeys(integers, "Int64"))
    pages = pages.astype({"declared_count": "Int64"})
    return View(
        comments=table.drop(columns=["extra", "address"]),
        pages=pages.drop(columns=["content", "spans", "encoding"]),
        rejects=rejects,
        extra=_extra(table["extra"].tolist()),
    )


def _extra(rows: list[Any]) -> pd.DataFrame:
    """The inputs' own columns, in the order of their names."""
    import pandas as pd

    records = [json.loads(row) if isinstance(row, str) else {} for row in rows]
    names = sorted({name for record in records for name in record})
    return pd.DataFrame({name: [record.get(name) for record in records] for name in names})
