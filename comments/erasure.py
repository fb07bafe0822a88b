"""Comments, authors and pages taken out of a store for good: rows, bytes of pages, and a tombstone each.

A tombstone is a keyed hash of what was erased: it keeps it from coming back with the next crawl, and says
nothing to who has no key.
"""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comments.errors import SettingsError
from comments.privacy import keyed_hash, pseudonym, store_keys
from comments.sealed import read_sealed, write_sealed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import pyarrow as pa

    from comments.store import Store

FILE = "erased.json"
SHORT = 12
"""Texts of fewer signs are not looked for beyond their own place: they are anybody's."""


class Tombstones:
    """What must not come back; empty where nothing was ever erased.

    Args:
        store: the store.
    """

    def __init__(self, store: Store) -> None:
        value = read_sealed(store.path / FILE)
        self._hashes = frozenset(value["erased"]) if value else frozenset()
        self._key = store_keys(store).tombstones if self._hashes else b""

    def holds(self, *, comment: str | None = None, author: str | None = None, page: str | None = None) -> bool:
        """Whether any of these was erased."""
        if not self._hashes:
            return False
        some = (("comment", comment), ("author", author), ("page", page))
        return any(name is not None and _stone(kind, name, self._key) in self._hashes for kind, name in some)


def _stone(kind: str, name: str, key: bytes) -> str:
    return keyed_hash(f"{kind}\n{name}", key)


@dataclass(frozen=True, slots=True)
class Erasure:
    """What a request to erase comes to.

    Attributes:
        comments: ids of the comments.
        authors: names, as written, that are to be found nowhere any more.
        pages: ids of pages that go as a whole.
        texts: of the comments, verbatim and tidied.
        stones: the tombstones.
    """

    comments: frozenset[str]
    authors: frozenset[str]
    pages: frozenset[str]
    texts: frozenset[str]
    stones: frozenset[str]


def plan_erasure(
    store: Store, *, comment: str | None = None, author: str | None = None, page: str | None = None
) -> Erasure:
    """Return what is to be erased; nothing is changed yet.

    Args:
        store: the store, whose lock the caller holds.
        comment: id of a comment.
        author: a name as written, or its pseudonym.
        page: address, URL or id of a page.

    Raises:
        SettingsError: when the store holds nothing of the kind.
    """
    keys = store_keys(store)
    rows = store.table("comments", ["comment_id", "page_id", "author", "text", "clean_text"]).to_pylist()
    pages: set[str] = set()
    if page is not None:
        known = store.table("pages", ["page_id", "address", "url"]).to_pylist()
        pages = {row["page_id"] for row in known if page in (row["page_id"], row["address"], row["url"])}
    known_names = {row["author"] for row in rows if row["author"]}
    names = {name for name in known_names if author in (name, pseudonym(name, keys.authors))}
    taken = [r for r in rows if r["comment_id"] == comment or r["author"] in names or r["page_id"] in pages]
    if not taken and not pages:
        raise SettingsError(f"nothing in {store.path} is {comment or author or page}", "look it up with btl query")
    ids = frozenset(row["comment_id"] for row in taken)
    left = {row["author"] for row in rows if row["comment_id"] not in ids}
    authors = {row["author"] for row in taken if row["author"]} - left
    stones = {_stone("comment", name, keys.tombstones) for name in ids}
    stones |= {_stone("author", name, keys.tombstones) for name in names}
    stones |= {_stone("page", name, keys.tombstones) for name in pages}
    texts = frozenset(row[name] for row in taken for name in ("text", "clean_text") if row[name])
    return Erasure(ids, frozenset(authors), frozenset(pages), texts, frozenset(stones))


def set_tombstones(store: Store, erasure: Erasure) -> int:
    """Set the tombstones, first of all, and return how many the store has now."""
    value = read_sealed(store.path / FILE) or {"erased": []}
    stones = sorted({*value["erased"], *erasure.stones})
    write_sealed(store.path / FILE, {"erased": stones}, mode=0o600)
    return len(stones)


def erase_rows(store: Store, erasure: Erasure) -> list[str]:
    """Take the rows out of all batches, and their bytes out of the pages; return the batches written anew.

    The manifest is written once, when all is there: killed before, the store holds what it did.
    """
    entries, written = [], []
    places = store.table("places").to_pylist()
    for number, entry in enumerate(store.batches(), 1):
        names = [file.removesuffix(".parquet") for file in entry["files"]]
        before = {name: store.read_part(entry, name) for name in names}
        after = {name: _without(name, table, erasure, places) for name, table in before.items()}
        if all(after[name].equals(before[name]) for name in before):
            entries.append(entry)
            continue
        entries.append(store.write_batch(after, number))
        written.append(f"batches/{entry['name']}")
    if written:
        store.name_batches(entries)
        store.clear()
    return written


def _without(name: str, table: pa.Table, erasure: Erasure, places: Sequence[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    rows = [row for row in table.to_pylist() if not _is_erased(row, erasure)]
    if name == "places":
        rows = [row | {"parent_id": None} if row["parent_id"] in erasure.comments else row for row in rows]
    if name == "pages":
        rows = [_blank_row(row, erasure, places) for row in rows]
    return pa.Table.from_pylist(rows, schema=table.schema)


def _is_erased(row: dict[str, Any], erasure: Erasure) -> bool:
    return row.get("comment_id") in erasure.comments or row.get("page_id") in erasure.pages


def _blank_row(row: dict[str, Any], erasure: Erasure, places: Sequence[dict[str, Any]]) -> dict[str, Any]:
    here = [p for p in places if (p["page_id"], p["version"]) == (row["page_id"], row["version"])]
    if row["content"] is None or not any(p["comment_id"] in erasure.comments for p in here):
        return row
    gone = [(p["start"], p["end"]) for p in here if p["comment_id"] in erasure.comments]
    kept = [(p["start"], p["end"]) for p in here if p["comment_id"] not in erasure.comments]
    content = blank_page(row["content"], row["encoding"], gone, kept, erasure.texts, erasure.authors)
    article = row["article"]
    for text in erasure.texts:
        article = article.replace(text, "") if article and len(text) >= SHORT else article
    return row | {"content": content, "article": article, "found_count": len(kept)}


def blank_page(
    content: bytes,
    encoding: str,
    gone: Iterable[tuple[int, int]],
    kept: Iterable[tuple[int, int]],
    texts: Collection[str],
    authors: Collection[str],
) -> bytes:
    """Return the bytes of a page with erased comments as spaces, so that all other offsets hold.

    Args:
        content: the page.
        encoding: a Python codec name.
        gone: bytes of the erased comments.
        kept: bytes of the others, which are never touched.
        texts: of the erased comments, looked for elsewhere on the page too, as in data for machines.
        authors: names, looked for everywhere but in others' comments.
    """
    data = bytearray(content)
    for start, end in gone:
        data[start:end] = b" " * (end - start)
    others = sorted(kept)
    for word in sorted([*(t for t in texts if len(t) >= SHORT), *authors], key=len, reverse=True):
        for form in {word, html.escape(word), html.escape(word, quote=False), json.dumps(word)[1:-1]}:
            _blank(data, form.encode(encoding, "ignore"), others)
    return bytes(data)


def _blank(data: bytearray, needle: bytes, kept: Sequence[tuple[int, int]]) -> None:
    at = data.find(needle) if needle else -1
    while at >= 0:
        end = at + len(needle)
        if not any(at < stop and start < end for start, stop in kept):
            data[at:end] = b" " * len(needle)
        at = data.find(needle, end)
