"""What comes of pages and rows in a store: rows of a batch, named, and only what is new."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from comments.batch import comment_row, page_row, place_row, row_page, rows_table, table_comment_row, undivided
from comments.clean import clean_text
from comments.erasure import Tombstones, blank_page
from comments.known import KnownKeys
from comments.model import Comment, Page, Reject, Split, digest
from comments.schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from comments.inputs.rows import TableRow
    from comments.store import Store


@dataclass(slots=True)
class Ingested:
    """What one reading of inputs found, and how much of it was new."""

    pages: int = 0
    pages_known: int = 0
    comments: int = 0
    comments_known: int = 0
    rejects: int = 0
    batches: list[str] = field(default_factory=list)


def comment_id(address: str, text: str, ordinal: int) -> str:
    """Return the identity of a comment: neither its position nor the bytes of its page are in it.

    Args:
        address: of its page.
        text: tidied, so that another indentation is no other comment.
        ordinal: 0 for the first comment with this text on the page, and so on.
    """
    return digest("comment", address, text, str(ordinal))


class Writer:
    """Rows that wait for the next batch, and what the store holds already.

    Args:
        store: an open store whose lock the caller holds.
    """

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
        """Write what waits as a batch."""
        if not any(self.rows.values()):
            return
        tables = {name: rows_table(self.rows[name], schema()) for name, schema in TABLES.items()}
        self.result.batches.append(self.store.append(tables))
        self.rows = {name: [] for name in TABLES}
        self.bytes = 0

    def end(self) -> None:
        """Note which version of each page was seen last, and write what waits."""
        for page_id, version in self.seen.items():
            self.rows["sightings"].append({"page_id": page_id, "version": version})
        self.flush()

    def add_reject(self, reject: Reject) -> None:
        """Take a reject; one that the store holds already is only counted."""
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
        """Take a page with its split, or with None where its version was known before."""
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
        self.rows["pages"].append(page_row(split))
        self.bytes += len(page.data) + 2 * len(split.article)
        self._add_comments(split)

    def _add_comments(self, split: Split) -> None:
        page = split.page
        places = [place for place, comment in enumerate(split.comments) if comment.whole]
        whole = [split.comments[place] for place in places]
        if len(whole) < len(split.comments):
            self.add_reject(undivided(split))
        ids = _name_comments(whole, page)
        by_place = dict(zip(places, ids, strict=True))
        erased = self._erased(whole, ids)
        if erased:
            self._blank_erased([(c, name in erased) for c, name in zip(whole, ids, strict=True)], page)
        for position, (comment, name) in enumerate(zip(whole, ids, strict=True)):
            if name in erased:
                continue
            parent = None if comment.parent is None else by_place.get(comment.parent)  # none where it is not whole
            parent = None if parent in erased else parent
            self.rows["places"].append(place_row(comment, name, page, position, parent))
            self._add_comment(comment_row(comment, name, page))

    def _erased(self, comments: Sequence[Comment], ids: Sequence[str]) -> set[str]:
        """Ids of the comments that were erased on request, by themselves or with all of their author."""
        holds = self.tombstones.holds
        pairs = zip(comments, ids, strict=True)
        return {name for comment, name in pairs if holds(comment=name, author=comment.author)}

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
        """Take a row of a table of comments, whose page is known by its address alone."""
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
            self.rows["pages"].append(row_page(row, page_id))
        if name not in self.texts:
            self.rows["places"].append(
                {"page_id": page_id, "version": "table", "comment_id": name, "parent_id": row.parent_id}
            )
        self._add_comment(table_comment_row(row, name, page_id, clean))

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


def _name_comments(comments: Sequence[Comment], page: Page) -> list[str]:
    """Ids of the comments of a page, equal texts told apart by their ordinal."""
    seen: Counter[str] = Counter()
    ids = []
    for comment in comments:
        clean = clean_text(comment.text)
        ids.append(comment_id(page.address, clean, seen[clean]))
        seen[clean] += 1
    return ids


def _pairs(store: Store, name: str, columns: Sequence[str] | None = None) -> Iterator[tuple[str, str]]:
    """Rows of a table of two text columns, a batch at a time."""
    for table in store.parts(name, columns):
        first, second = (column.to_pylist() for column in table.columns)
        yield from zip(first, second, strict=True)


def _version(page_id: str, version: str) -> str:
    return f"{page_id} {version}"
