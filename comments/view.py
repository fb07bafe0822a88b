"""The store as it stands now: every comment once, at its latest place; every page once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from comments.days import read_days
from comments.schema import TABLES

if TYPE_CHECKING:
    import pandas as pd

    from comments.store import Store


_UNSEEN = {"content", "spans", "encoding"}
"""Columns of a page that only the store needs; left on disk, for they are most of it."""


@dataclass(frozen=True, slots=True)
class View:
    """Frames of a store; rows in an order that does not depend on when they came.

    Attributes:
        comments: one row a comment; columns of docs/formats.md without the theme columns.
        pages: one row a page, its latest version.
        rejects: one row an input that could not be taken.
        runs: number of the run in which each comment was first seen, in the order of ``comments``.
        extra: the inputs' own columns, by comment_id order of ``comments``; may be empty.
        fingerprint: see :func:`fingerprint`.
    """

    comments: pd.DataFrame
    pages: pd.DataFrame
    rejects: pd.DataFrame
    runs: pd.Series
    extra: pd.DataFrame
    fingerprint: str


def view_store(store: Store) -> View:
    """Join a store's batches into frames.

    Args:
        store: the store; its lock is not needed.
    """
    import pandas as pd

    comments = store.table("comments").to_pandas().drop_duplicates("comment_id")
    places = store.table("places").to_pandas()
    seen = store.table("sightings").to_pandas().drop_duplicates("page_id", keep="last")
    pages = store.table("pages", [name for name in TABLES["pages"]().names if name not in _UNSEEN]).to_pandas()
    rejects = store.table("rejects").to_pandas().drop_duplicates()
    now = places.merge(seen, on=["page_id", "version"])
    latest = pd.concat([places, now]).drop(columns=["page_id", "version"]).drop_duplicates("comment_id", keep="last")
    table = comments.merge(latest, on="comment_id", how="left")
    table["gone"] = table["position"].notna() & ~table["comment_id"].isin(set(now["comment_id"]))
    pages = pd.concat([pages, pages.merge(seen, on=["page_id", "version"])])
    addresses = pages.drop_duplicates("page_id", keep="last")[["page_id", "address"]]
    table = table.merge(addresses, on="page_id", how="left")
    order = ["address", "position", "created_at", "comment_id"]
    table = table.sort_values(order, kind="stable", na_position="last", ignore_index=True)
    sites = [_site_of(address) if isinstance(address, str) else "" for address in table["address"]]
    written, times = ([one if isinstance(one, str) else None for one in table[n]] for n in ("posted_at", "created_at"))
    table["day"] = pd.Series(read_days(written, times, sites), index=table.index, dtype="str")
    table["depth"] = _depths(table["comment_id"].tolist(), table["parent_id"].tolist(), table["depth"].tolist())
    pages = pages.drop_duplicates("page_id", keep="last").sort_values("address", ignore_index=True)
    counts = table["page_id"].value_counts()
    pages["found_count"] = pages["page_id"].map(counts).fillna(0).astype("int64")
    solved = rejects["source"].isin(set(pages["source"])) & rejects["place"].eq("")
    rejects = rejects[~solved].sort_values(list(rejects.columns), ignore_index=True)
    integers = ("position", "start", "end", "depth", "likes")
    table = table.astype(dict.fromkeys(integers, "Int64"))
    pages = pages.astype({"declared_count": "Int64"})
    return View(
        comments=table.drop(columns=["extra", "address", "run"]),
        pages=pages,
        rejects=rejects,
        runs=table["run"].astype("Int64"),
        extra=_extra(table["extra"].tolist()),
        fingerprint=fingerprint(store),
    )


def _site_of(address: str) -> str:
    """The host of a web address, else the address itself."""
    try:
        return urlsplit(address).netloc or address
    except ValueError:  # brackets, or characters that no host name holds
        return address


def _extra(rows: list[Any]) -> pd.DataFrame:
    """The inputs' own columns, in the order of their names."""
    import pandas as pd

    records = [json.loads(row) if isinstance(row, str) else {} for row in rows]
    names = sorted({name for record in records for name in record})
    # As objects: a column of whole numbers with gaps would become one of floats, and long ids other ids.
    return pd.DataFrame({name: [_flat(record.get(name)) for record in records] for name in names}, dtype=object)


def _flat(value: Any) -> Any:  # noqa: ANN401
    """Lists and objects as JSON, which every table can hold."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, list | dict) else value


def _depths(ids: list[str], parents: list[Any], given: list[Any]) -> list[int]:
    """Depths as the pages gave them, else one more than the parent's, as far as parents are in the store.

    A comment whose parent is unknown has depth 1, and so has each that is its own ancestor.
    """
    known = {name: int(depth) for name, depth in zip(ids, given, strict=True) if depth == depth}
    parent = {name: above for name, above in zip(ids, parents, strict=True) if isinstance(above, str)}
    here = set(ids)
    for name in ids:
        path: dict[str, None] = {}
        at: str | None = name
        while at is not None and at in here and at not in known and at not in path:
            path[at] = None
            at = parent.get(at)
        chain = list(path)
        if at is not None and at in path:
            start = chain.index(at)
            known |= dict.fromkeys(chain[start:], 1)
            chain = chain[:start]
        depth = known.get(at, 0) if at is not None else 0
        for step in reversed(chain):
            depth += 1
            known[step] = depth
    return [known[name] for name in ids]


def fingerprint(store: Store) -> str:
    """Hash of what a store holds: pages in their latest versions, comments, rejects; whatever their order."""
    import hashlib

    digest = hashlib.sha256()
    seen = store.table("sightings")
    parts: list[set[str]] = [
        {"\t".join(pair) for pair in dict(zip(*(c.to_pylist() for c in seen.columns), strict=True)).items()},
        set(store.table("comments", ["comment_id"])["comment_id"].to_pylist()),
        {"\t".join(map(str, row.values())) for row in store.table("rejects").to_pylist()},
    ]
    for part in parts:
        digest.update("\n".join(sorted(part)).encode("utf-8", "surrogatepass") + b"\n\n")
    return digest.hexdigest()
