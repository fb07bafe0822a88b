"""Pages and rows into a store: split, named, and only what is new."""

from __future__ import annotations

import logging
from collections import deque
from typing import TYPE_CHECKING, Any, TypeAlias

from comments.inputs.rows import TableRow
from comments.model import Page, Reject, Split
from comments.progress import progress
from comments.split import split_page
from comments.writer import Ingested, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from comments.store import Store

log = logging.getLogger(__name__)
BATCH_ROWS = 20_000
GROUP_ITEMS, GROUP_BYTES = 32, 4_000_000
Item: TypeAlias = Page | TableRow | Reject
SplitParts: TypeAlias = "Callable[[Callable[[list[Page]], list[Split | Reject]], Iterable[list[Page]]], Iterator[Any]]"


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
    writer = Writer(store)
    with progress("read", "pages or rows") as add:
        for group, splits in _split_ahead(items, writer, split_parts):
            for item in group:
                if isinstance(item, Page):
                    writer.add_page(item, splits.get(id(item)))
                elif isinstance(item, TableRow):
                    writer.add_row(item)
                else:
                    writer.add_reject(item)
            add(len(group))
            if writer.waiting >= BATCH_ROWS:
                writer.flush()
    writer.end()
    return writer.result


def _split_ahead(
    items: Iterable[Item], writer: Writer, split_parts: SplitParts
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
