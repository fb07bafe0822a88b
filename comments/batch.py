"""Rows of a batch: what is kept of a page, a comment on it, and a row of somebody else's table."""

from __future__ import annotations

import json
from datetime import date, time
from typing import TYPE_CHECKING, Any

from comments.clean import clean_text
from comments.model import Comment, Page, Reject, Split, sound

if TYPE_CHECKING:
    import pyarrow as pa

    from comments.inputs.rows import TableRow

HEADLINE_LINES, HEADLINE_LENGTH = 20, 160


def comment_row(comment: Comment, name: str, page: Page) -> dict[str, Any]:
    """Return the row of a comment of a page in the table ``comments``."""
    return {
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


def place_row(comment: Comment, name: str, page: Page, position: int, parent: str | None) -> dict[str, Any]:
    """Return the row in the table ``places`` of a comment on this version of its page."""
    return {
        "page_id": page.page_id,
        "version": page.version,
        "comment_id": name,
        "position": position,
        "start": comment.start,
        "end": comment.end,
        "depth": comment.depth,
        "parent_id": parent,
        "parent_evidence": comment.parent_evidence,
        "confidence": comment.confidence,
    }


def table_comment_row(row: TableRow, name: str, page_id: str, clean: str) -> dict[str, Any]:
    """Return the row of a comment that came in a table, with that table's own columns as ``extra``."""
    return {
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


def _text(value: object) -> str:
    """What JSON has no form for: times as ISO 8601, all else as Python writes it."""
    return value.isoformat() if isinstance(value, date | time) else str(value)


def rows_table(rows: list[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    """Return rows as a table; what UTF-8 cannot hold, as lone surrogates of hostile pages, becomes a question mark."""
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


def page_row(split: Split) -> dict[str, Any]:
    """Return the row of a page in the table ``pages``."""
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


def undivided(split: Split) -> Reject:
    """Return a reject that says which bytes of a page hold comments that cannot be told apart."""
    held = ", ".join(f"bytes {c.start} to {c.end}" for c in split.comments if not c.whole)
    return Reject(split.page.source, "", "boundaries of comments unknown", held, "split")


def row_page(row: TableRow, page_id: str) -> dict[str, Any]:
    """Return the row of the page that a row of a table names."""
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
