"""Comments, authors and pages taken out of a store for good: rows, bytes of pages, and a tombstone each.

A tombstone is a keyed hash of what was erased: it keeps it from coming back with the next crawl, and says
nothing to who has no key. Tombstones are set before anything else, with a mark that they are not carried out yet:
whoever writes to the store next can tell from them alone what is still to go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comments.errors import SettingsError
from comments.forms import written_forms
from comments.model import digest
from comments.privacy import keyed_hash, pseudonym, store_keys
from comments.sealed import read_sealed, write_sealed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import pyarrow as pa

    from comments.privacy import Keys
    from comments.store import Store

FILE = "erased.json"
SHORT, PART = 12, 25
"""Texts of fewer signs are not looked for beyond their own place, nor are shorter parts: they are anybody's."""
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


class Tombstones:
    """What must not come back; empty where nothing was ever erased.

    Args:
        store: the store.
    """

    def __init__(self, store: Store) -> None:
        value = read_sealed(store.path / FILE)
        self._hashes = frozenset(value["erased"]) if value else frozenset()
        self._pending = bool(value and value.get("pending"))
        self._key = store_keys(store).tombstones if self._hashes else b""

    @property
    def pending(self) -> bool:
        """Whether an erasure was begun and not ended."""
        return self._pending

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
        parts: lines and sentences of the texts that stand in nobody else's, for where a text was quoted in part.
    """

    comments: frozenset[str]
    authors: frozenset[str]
    pages: frozenset[str]
    texts: frozenset[str]
    stones: frozenset[str]
    parts: frozenset[str] = frozenset()

    @property
    def needles(self) -> frozenset[str]:
        """What is to be found in no file any more."""
        return frozenset(text for text in self.texts if len(text) >= SHORT) | self.authors | self.parts


def plan_erasure(
    store: Store, *, comment: str | None = None, author: str | None = None, page: str | None = None
) -> Erasure:
    """Return what is to be erased; nothing is changed yet.

    What was erased before is found by its tombstone: then there are no rows, but maybe words to look for.

    Args:
        store: the store, whose lock the caller holds.
        comment: id of a comment.
        author: a name as written, or its pseudonym.
        page: address, URL or id of a page.

    Raises:
        SettingsError: when the store holds nothing of the kind, and never erased any.
    """
    keys = store_keys(store)
    rows = _rows(store)
    known = store.table("pages", ["page_id", "address", "url"]).to_pylist()
    pages = {row["page_id"] for row in known if page in (row["page_id"], row["address"], row["url"])} if page else set()
    known_names = {row["author"] for row in rows if row["author"]}
    names = {name for name in known_names if author in (name, pseudonym(name, keys.authors))}
    taken = [r for r in rows if r["comment_id"] == comment or r["author"] in names or r["page_id"] in pages]
    if not taken and not pages:
        tombstones = Tombstones(store)
        some = [page, page and digest("page", page)]
        if not tombstones.holds(comment=comment, author=author) and not any(tombstones.holds(page=p) for p in some):
            raise SettingsError(f"nothing in {store.path} is {comment or author or page}", "look it up with btl query")
        return Erasure(frozenset(), frozenset({author} if author else ()), frozenset(), frozenset(), frozenset())
    return _erasure(store, rows, taken, pages, names, keys)


def plan_pending(store: Store) -> Erasure:
    """Return what tombstones hold and the store still has: all that an erasure left which was killed."""
    tombstones = Tombstones(store)
    rows = _rows(store)
    pages = {name for name in store.table("pages", ["page_id"])["page_id"].to_pylist() if tombstones.holds(page=name)}
    names = {name for name in {row["author"] for row in rows if row["author"]} if tombstones.holds(author=name)}
    taken = [
        row
        for row in rows
        if row["page_id"] in pages or row["author"] in names or tombstones.holds(comment=row["comment_id"])
    ]
    return _erasure(store, rows, taken, pages, names, store_keys(store))


def _rows(store: Store) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = store.table(
        "comments", ["comment_id", "page_id", "author", "text", "clean_text"]
    ).to_pylist()
    return rows


def _erasure(
    store: Store,
    rows: Sequence[dict[str, Any]],
    taken: Sequence[dict[str, Any]],
    pages: set[str],
    names: set[str],
    keys: Keys,
) -> Erasure:
    ids = frozenset(row["comment_id"] for row in taken)
    left = [row for row in rows if row["comment_id"] not in ids]
    authors = {row["author"] for row in taken if row["author"]} - {row["author"] for row in left}
    stones = {_stone("comment", name, keys.tombstones) for name in ids}
    stones |= {_stone("author", name, keys.tombstones) for name in names}
    stones |= {_stone("page", name, keys.tombstones) for name in pages}
    texts = frozenset(row[name] for row in taken for name in ("text", "clean_text") if row[name])
    articles = [a for i, a in _articles(store) if i not in pages]
    parts = _own_parts(texts, [*(row["clean_text"] for row in left), *articles])
    return Erasure(ids, frozenset(authors), frozenset(pages), texts, frozenset(stones), parts)


def _articles(store: Store) -> list[tuple[str, str]]:
    pages = store.table("pages", ["page_id", "article"]).to_pylist()
    return [(row["page_id"], row["article"]) for row in pages if row["article"]]


def _own_parts(texts: Iterable[str], others: Sequence[str]) -> frozenset[str]:
    """Lines and sentences of texts, long enough to be nobody else's, that no other comment or article holds."""
    parts = {part.strip() for text in texts for line in text.splitlines() for part in _SENTENCE.split(line)}
    long = {part for part in parts if len(part) >= PART}
    spoken = "\n".join(" ".join(other.split()) for other in others) if long else ""
    return frozenset(part for part in long if " ".join(part.split()) not in spoken)


def set_tombstones(store: Store, erasure: Erasure) -> int:
    """Set the tombstones, first of all, marked as not carried out yet; return how many the store has now."""
    value = read_sealed(store.path / FILE) or {"erased": []}
    stones = sorted({*value["erased"], *erasure.stones})
    write_sealed(store.path / FILE, {"erased": stones, "pending": True}, mode=0o600)
    return len(stones)


def end_erasure(store: Store) -> None:
    """Take the mark away: what the tombstones name is gone."""
    value = read_sealed(store.path / FILE)
    if value:
        write_sealed(store.path / FILE, {"erased": value["erased"]}, mode=0o600)


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
    article = [(span["start"], span["end"]) for span in row["spans"] or () if span["role"] == "article"]
    content = blank_page(row["content"], row["encoding"], gone, kept, erasure.texts, erasure.authors)
    content = blank_parts(content, row["encoding"], [*kept, *article], erasure.parts)
    text = row["article"]
    for word in erasure.texts:
        text = text.replace(word, "") if text and len(word) >= SHORT else text
    return row | {"content": content, "article": text, "found_count": len(kept)}


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
        for form in written_forms(word):
            _blank(data, form.encode(encoding, "ignore"), others)
    return bytes(data)


def blank_parts(content: bytes, encoding: str, kept: Iterable[tuple[int, int]], parts: Iterable[str]) -> bytes:
    """Return a page with parts of erased texts as spaces, as in lists of the latest comments.

    Args:
        content: the page.
        encoding: a Python codec name.
        kept: bytes of others' comments and of the article, which are never touched.
        parts: of the texts.
    """
    data = bytearray(content)
    others = sorted(kept)
    for part in sorted(parts, key=len, reverse=True):
        for form in written_forms(part):
            _blank(data, form.encode(encoding, "ignore"), others)
    return bytes(data)


def _blank(data: bytearray, needle: bytes, kept: Sequence[tuple[int, int]]) -> None:
    at = data.find(needle) if needle else -1
    while at >= 0:
        end = at + len(needle)
        if not any(at < stop and start < end for start, stop in kept):
            data[at:end] = b" " * len(needle)
        at = data.find(needle, end)
