"""Pages and rows into a store: split, named, and only what is new."""

from __future__ import annotations

import json
import logging
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import date, time
from typing import TYPE_CHECKING, Any, TypeAlias

from comments.clean import clean_text
from comments.erasure import Tombstones, blank_page
from comments.inputs.rows import TableRow
from comments.known import KnownKeys
from comments.model import Comment, Page, Reject, Split, digest, sound
from comments.schema import TABLES
from comments.split import split_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pyarrow as pa

    from comments.store import Store

log = logging.getLogger(__name__)
BATCH_ROWS = 20_000
GROUP_ITEMS, GROUP_BYTES = 32, 4_000_000
Item: TypeAlias = Page | TableRow | Reject
SplitParts: TypeAlias = "Callable[[Callable[[list[Page]], list[Split | Reject]], Iterable[list[Page]]], Iterator[Any]]"
HEADLINE_LINES, HEADLINE_LENGTH = 20, 160


@dataclass(slots=True)
class Ingested:
    """What one reading of inputs found, and how much of it was new."""

    pages: int = 0
    pages_known: int = 0
    comments: int = 0
    comments_known: int = 0
    rejects: int = 0
    batches: list[str] = field(default_factory=list)


def ingest(store: Store, items: Iterable[Page | TableRow | Reject], *, split_parts: SplitParts = map) -> Ingested:
    """Add to ``store`` what it does not hold yet, in batches, so that memory holds a few pages at a time.

    Args:
        store: an open store whose lock the caller holds.
        items: what ``comments.inputs.read_inputs`` yields.
        split_parts: maps a function over lists of pages, in order; here or on many workers. What it gives
            instead of a list says by its ``reason`` why that part could not be split.

    Returns:
        Counts of what came and of what was known before.
    """
    writer = _Writer(store)
    for group, splits in _split_ahead(items, writer, split_parts):
        for item in group:
            if isinstance(item, Page):
                writer.add_page(item, splits.get(id(item)))
            elif isinstance(item, TableRow):
                writer.add_row(item)
            else:
                writer.add_reject(item)
        if writer.waiting >= BATCH_ROWS:
            writer.flush()
    writer.end()
    return writer.result


def _split_ahead(
    items: Iterable[Item], writer: _Writer, split_parts: SplitParts
) -> Iterator[tuple[list[Item], dict[int, Split | Reject]]]:
    """Groups of what was read, with the splits of the new pages among it by their place in memory."""
    held: deque[tuple[list[Item], list[Page]]] = deque()

    def fresh() -> Iterator[list[Page]]:
        for group in _groups(items):
            pages = [item for item in group if isinstance(item, Page) and not writer.knows(item)]
            held.append((group, pages))
            yield pages

    for done in split_parts(split_all, fresh()):
        group, pages = held.popleft()
        if not isinstance(done, list):
            done = [_not_split(page, f"its part failed twice: {done.reason}") for page in pages]
        yield group, {id(page): split for page, split in zip(pages, done, strict=True)}


def _groups(items: Iterable[Item]) -> Iterator[list[Item]]:
    """What was read, in groups of few pages and few bytes."""
    group: list[Item] = []
    size = 0
    for item in items:
        group.append(item)
        size += len(item.data) if isinstance(item, Page) else 1000
        if len(group) >= GROUP_ITEMS or size >= GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def comment_id(address: str, text: str, ordinal: int) -> str:
    """Return the identity of a comment: neither its position nor the bytes of its page are in it.

    Args:
        address: of its page.
        text: tidied, so that another indentation is no other comment.
        ordinal: 0 for the first comment with this text on the page, and so on.
    """
    return digest("comment", address, text, str(ordinal))


def split_all(pages: list[Page]) -> list[Split | Reject]:
    """Split pages one after another: the work of one part."""
    return [split_safely(page) for page in pages]


def split_safely(page: Page) -> Split | Reject:
    """Split a page; a fault of the splitter costs that page alone, and is said."""
    try:
        return split_page(page)
    except Exception as error:
        log.debug("split of %s", page.source, exc_info=True)
        return _not_split(page, f"{type(error).__name__}: {error}")


def _not_split(page: Page, detail: str) -> Reject:
    return Reject(page.source, "", "page cannot be split", detail, "split")


class _Writer:
    """Rows that wait for the next batch, and what the store holds already."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.result = Ingested()
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self.bytes = 0
        self.run = store.run_number
        self.versions = KnownKeys((_version(*pair), "") for pair in _pairs(store, "sightings"))
        self.latest = KnownKeys(_pairs(store, "sightings"))
        self.seen: dict[str, str] = {}  # versions seen last that are not the latest
        self.texts = KnownKeys(_pairs(store, "comments", ["comment_id", "clean_text"]))
        self.rejects = {tuple(row.values()) for row in store.table("rejects").to_pylist()}
        self.ordinals: Counter[str] = Counter()
        self.given: set[str] = set()
        self.tombstones = Tombstones(store)

    @property
    def waiting(self) -> int:
        """Size of what waits, in rows; a page counts as 20, and 2 kB of it as another."""
        return len(self.rows["comments"]) + 20 * len(self.rows["pages"]) + self.bytes // 2048

    def knows(self, page: Page) -> bool:
        """Whether the store holds this version of the page."""
        return _version(page.page_id, page.version) in self.versions

    def flush(self) -> None:
        if not any(self.rows.values()):
            return
        tables = {name: _table(self.rows[name], schema()) for name, schema in TABLES.items()}
        self.result.batches.append(self.store.append(tables))
        self.rows = {name: [] for name in TABLES}
        self.bytes = 0

    def end(self) -> None:
        """Note which version of each page was seen last, and write what waits."""
        for page_id, version in self.seen.items():
            self.rows["sightings"].append({"page_id": page_id, "version": version})
        self.flush()

    def add_reject(self, reject: Reject) -> None:
        row = {
            "source": reject.source,
            "place": reject.place,
            "reason": reject.reason,
            "detail": reject.detail,
            "stage": reject.stage,
        }
        self.result.rejects += 1
        if tuple(row.values()) not in self.rejects:
            self.rejects.add(tuple(row.values()))
            self.rows["rejects"].append(row)

    def add_page(self, page: Page, split: Split | Reject | None) -> None:
        self.result.pages += 1
        if self.tombstones.holds(page=page.page_id):
            self.add_reject(Reject(page.source, "", "erased on request"))
            return
        self._see(page)
        if split is None or self.knows(page):  # also one that stood earlier in the same input
            self.result.pages_known += 1
            return
        if isinstance(split, Reject):
            self.add_reject(split)
            return
        self.versions.put(_version(page.page_id, page.version))
        self._sight(page.page_id, page.version)
        self.rows["pages"].append(_page_row(split))
        self.bytes += len(page.data) + 2 * len(split.article)
        self._add_comments(split)

    def _add_comments(self, split: Split) -> None:
        page = split.page
        seen: Counter[str] = Counter()
        ids: list[str] = []
        places = [place for place, comment in enumerate(split.comments) if comment.whole]
        whole = [split.comments[place] for place in places]
        if len(whole) < len(split.comments):
            self.add_reject(_undivided(split))
        for comment in whole:
            clean = clean_text(comment.text)
            ids.append(comment_id(page.address, clean, seen[clean]))
            seen[clean] += 1
        by_place = dict(zip(places, ids, strict=True))
        erased = {
            name
            for comment, name in zip(whole, ids, strict=True)
            if self.tombstones.holds(comment=name, author=comment.author)
        }
        if erased:
            self._blank_erased([(c, name in erased) for c, name in zip(whole, ids, strict=True)], page)
        for position, (comment, name) in enumerate(zip(whole, ids, strict=True)):
            if name in erased:
                continue
            parent = None if comment.parent is None else by_place.get(comment.parent)  # none where it is not whole
            self.rows["places"].append(
                {
                    "page_id": page.page_id,
                    "version": page.version,
                    "comment_id": name,
                    "position": position,
                    "start": comment.start,
                    "end": comment.end,
                    "depth": comment.depth,
                    "parent_id": None if parent in erased else parent,
                    "parent_evidence": comment.parent_evidence,
                    "confidence": comment.confidence,
                }
            )
            self._add_comment(
                {
                    "comment_id": name,
                    "page_id": page.page_id,
                    "text": comment.text,
                    "clean_text": clean_text(comment.text),
                    "author": comment.author,
                    "posted_at": comment.posted_at,
                    "created_at": comment.created_at,
                    "permalink": comment.permalink,
                    "likes": comment.likes,
                    "source": page.source,
                    "place": f"byte {comment.start}",
                    "extra": None,
                }
            )

    def _blank_erased(self, comments: list[tuple[Comment, bool]], page: Page) -> None:
        """Erased comments come back with a new version of their page: they are blanked there, and said."""
        row = self.rows["pages"][-1]
        gone, kept = ([c for c, erased in comments if erased is which] for which in (True, False))
        row["content"] = blank_page(
            row["content"],
            row["encoding"],
            [(c.start, c.end) for c in gone],
            [(c.start, c.end) for c in kept],
            {c.text for c in gone},
            {c.author for c in gone if c.author} - {c.author for c in kept},
        )
        row["found_count"] = len(kept)
        for comment in gone:
            self.add_reject(Reject(page.source, f"byte {comment.start}", "erased on request", "", "split"))

    def _add_comment(self, row: dict[str, Any]) -> None:
        self.result.comments += 1
        if row["comment_id"] in self.texts:
            self.result.comments_known += 1
            return
        self.texts.put(row["comment_id"], row["clean_text"])
        self.rows["comments"].append(row | {"run": self.run})

    def _see(self, page: Page) -> None:
        """Remember a version that was not the last one seen; what is new is sighted at once instead."""
        self.seen.pop(page.page_id, None)
        if not self.latest.has(page.page_id, page.version):
            self.seen[page.page_id] = page.version

    def _sight(self, page_id: str, version: str) -> None:
        self.seen.pop(page_id, None)
        self.latest.put(page_id, version)
        self.rows["sightings"].append({"page_id": page_id, "version": version})

    def add_row(self, row: TableRow) -> None:
        clean = clean_text(row.text)
        name = row.comment_id
        if name is None:
            same = digest(row.address, clean)
            name = comment_id(row.address, clean, self.ordinals[same])
            self.ordinals[same] += 1
        elif self._is_repeated(row, name, clean):
            return
        page_id = digest("page", row.address)
        if self.tombstones.holds(comment=name, author=row.author, page=page_id):
            self.add_reject(Reject(row.source, row.place, "erased on request"))
            return
        if _version(page_id, "table") not in self.versions:
            self.versions.put(_version(page_id, "table"))
            self._sight(page_id, "table")
            self.result.pages += 1
            self.rows["pages"].append(_table_row(row, page_id))
        if name not in self.texts:
            self.rows["places"].append(
                {"page_id": page_id, "version": "table", "comment_id": name, "parent_id": row.parent_id}
            )
        self._add_comment(
            {
                "comment_id": name,
                "page_id": page_id,
                "text": row.text,
                "clean_text": clean,
                "author": row.author,
                "posted_at": row.posted_at or row.created_at,
                "created_at": row.created_at,
                "permalink": row.permalink,
                "likes": row.likes,
                "source": row.source,
                "place": row.place,
                "extra": json.dumps(row.extra, ensure_ascii=False, sort_keys=True, default=_text),
            }
        )

    def _is_repeated(self, row: TableRow, name: str, clean: str) -> bool:
        """Reject an id that stands twice in the input, or that the store knows with another text."""
        if name in self.texts and not self.texts.has(name, clean):
            detail = f"{name}: the text of another row or an earlier reading is kept"
            self.add_reject(Reject(row.source, row.place, "comment_id taken by another text", detail))
            return True
        if name in self.given:
            self.add_reject(Reject(row.source, row.place, "comment_id repeated", name))
            return True
        self.given.add(name)
        return False


def _pairs(store: Store, name: str, columns: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
    """Rows of a table of two text columns, a batch at a time."""
    for table in store.parts(name, columns):
        first, second = (column.to_pylist() for column in table.columns)
        yield from zip(first, second, strict=True)


def _version(page_id: str, version: str) -> str:
    return f"{page_id} {version}"


def _text(value: object) -> str:
    """What JSON has no form for: times as ISO 8601, all else as Python writes it."""
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _table(rows: list[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    """Rows as a table; what UTF-8 cannot hold (lone surrogates, out of hostile pages) becomes a question mark."""
    import pyarrow as pa

    try:
        return pa.Table.from_pylist(rows, schema=schema)
    except UnicodeEncodeError:
        rows = [{name: sound(v) if isinstance(v, str) else v for name, v in row.items()} for row in rows]
        return pa.Table.from_pylist(rows, schema=schema)


def headline(article: str) -> str | None:
    """Return the line of a plain-text article that can stand for its title, or None.

    It is the first short line near the top that is neither an editor's note nor a sentence.

    Args:
        article: text of the article.
    """
    lines = [line.strip() for line in article[:20_000].splitlines() if line.strip()][:HEADLINE_LINES]
    for line in lines:
        if len(line) <= HEADLINE_LENGTH and line[0] not in "[(" and line[-1] not in ".:;,":
            return line
    return None


def _page_row(split: Split) -> dict[str, Any]:
    page = split.page
    return {
        "page_id": page.page_id,
        "version": page.version,
        "source": page.source,
        "address": page.address,
        "url": page.url,
        "title": page.title or headline(split.article),
        "kind": page.kind,
        "encoding": page.encoding,
        "content": page.data,
        "spans": [{"start": s.start, "end": s.end, "role": s.role} for s in split.spans],
        "article": split.article,
        "declared_count": split.declared_count,
        "found_count": split.found_count,
        "confidence": split.confidence,
        "reason": split.reason,
        "method": split.method,
    }


def _undivided(split: Split) -> Reject:
    """Say which bytes of a page hold comments that cannot be told apart."""
    held = ", ".join(f"bytes {c.start} to {c.end}" for c in split.comments if not c.whole)
    return Reject(split.page.source, "", "boundaries of comments unknown", held, "split")


def _table_row(row: TableRow, page_id: str) -> dict[str, Any]:
    return {
        "page_id": page_id,
        "version": "table",
        "source": row.source,
        "address": row.address,
        "url": row.url,
        "title": row.title,
        "kind": "table",
        "article": row.article,
        "method": "table",
    }
