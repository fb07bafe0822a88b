"""Pages with their comments in the order and nesting of the thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.page.model import Entry, PageRow
from reports.page.source import comment_anchor, page_anchor, theme_anchor
from reports.rows import real_of, text_of, whole_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reports.page.source import Source

MAX_ABOVE, MAX_BELOW = 4, 4  # surroundings of a quote when the threads are not all written out
Tree = list[tuple[str, int]]


def page_rows(source: Source, quoted: set[str] | None) -> tuple[PageRow, ...]:
    """Return every page with its threads: all of them, or only the surroundings of ``quoted`` comments.

    Args:
        source: the run.
        quoted: comments that must be there; None for all.
    """
    return tuple(_page(source, page_id, quoted) for page_id in source.pages)


def thread_order(source: Source, page_id: str) -> Tree:
    """Return the page's comments in thread order with their depth; a cycle of parents is cut, not followed."""
    ids = source.by_page.get(page_id, [])
    children: dict[str | None, list[str]] = {}
    for i in ids:
        parent = source.parent(i)
        children.setdefault(None if parent == i else parent, []).append(i)
    out: dict[str, int] = {}
    for root in (*children.get(None, ()), *ids):
        depth_of_root = max(1, whole_of(source.comments[root], "depth") or 1)
        stack = [] if root in out else [(root, depth_of_root)]
        while stack:
            i, depth = stack.pop()
            if i not in out:
                out[i] = depth
                stack += [(child, depth + 1) for child in reversed(children.get(i, ()))]
    return list(out.items())


def _page(source: Source, page_id: str, quoted: set[str] | None) -> PageRow:
    page = source.pages[page_id]
    tree = thread_order(source, page_id)
    keep = {c for c, _ in tree} if quoted is None else _surroundings(source, tree, quoted)
    entries: list[Entry] = []
    gap = 0
    for comment_id, depth in tree:
        if comment_id in keep:
            entries.append(_entry(source, comment_id, depth, gap))
        gap = 0 if comment_id in keep else gap + 1
    return PageRow(
        anchor=page_anchor(page_id),
        title=source.title(page_id),
        source=text_of(page, "source") or "unknown source",
        url=text_of(page, "url"),
        declared=whole_of(page, "declared_count"),
        found=source.found(page),
        confidence=real_of(page, "confidence"),
        reason=text_of(page, "reason"),
        method=text_of(page, "method"),
        entries=tuple(entries),
        gap_after=gap,
    )


def _surroundings(source: Source, tree: Sequence[tuple[str, int]], quoted: set[str]) -> set[str]:
    """Quoted comments with the nearest comments above them and the first replies below."""
    keep = {i for i, _ in tree if i in quoted}
    below: dict[str, int] = {}
    for i in list(keep):
        parent = source.parent(i)
        for _ in range(MAX_ABOVE):
            if parent is None:
                break
            keep.add(parent)
            parent = source.parent(parent)
    for i, _ in tree:
        parent = source.parent(i)
        if parent is not None and parent in quoted and below.get(parent, 0) < MAX_BELOW:
            below[parent] = below.get(parent, 0) + 1
            keep.add(i)
    return keep


def _entry(source: Source, comment_id: str, depth: int, gap: int) -> Entry:
    c = source.comments[comment_id]
    parent, above = text_of(c, "parent_id"), source.parent(comment_id)
    reply_to = None
    if parent:
        reply_to = "a comment that is not in the data"
        if above is not None:
            reply_to = text_of(source.comments[above], "author") or "an unnamed comment"
    themes = source.themes_of.get(comment_id, ())
    return Entry(
        quote=source.quote(comment_id, whole=True),
        depth=depth,
        gap=gap,
        reply_to=reply_to,
        reply_anchor=None if above is None else comment_anchor(above),
        themes=tuple((theme_anchor(t), source.label(t)) for t in themes),
        reason=None if themes else text_of(c, "residual_reason"),
        text_seen=real_of(c, "text_seen"),
    )
