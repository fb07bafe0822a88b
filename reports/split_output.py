"""What `btl split` prints of a page: its record as JSON, or why each line is what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comments.model import Reject, Split


def split_record(result: Split | Reject) -> dict[str, Any]:
    """Return the object that stands for a page, with the same fields for an input that is none."""
    from comments.days import read_days
    from comments.model import Reject

    if isinstance(result, Reject):
        detail = f" ({result.detail})" if result.detail else ""
        place = f"{result.place}: " if result.place else ""
        empty: dict[str, Any] = {"id": None, "source": result.source, "article": "", "comments": []}
        counts = {"declared_count": None, "found_count": 0, "confidence": None}
        return empty | counts | {"reason": f"rejected: {place}{result.reason}{detail}"}
    page = result.page
    dates = [c.posted_at for c in result.comments], [c.created_at for c in result.comments]
    days = read_days(*dates, [""] * len(result.comments))
    comments = [
        {
            "text": c.text,
            "author": c.author,
            "posted_at": c.posted_at,
            "created_at": c.created_at,
            "day": day,
            "depth": c.depth,
            "parent": c.parent,
            "parent_evidence": c.parent_evidence,
            "start": c.start,
            "end": c.end,
            "permalink": c.permalink,
            "likes": c.likes,
            "confidence": round(c.confidence, 4),
            "whole": c.whole,
        }
        for c, day in zip(result.comments, days, strict=True)
    ]
    return {
        "id": page.id if page.id is not None else page.address,
        "source": page.source,
        "url": page.url,
        "title": page.title,
        "article": result.article,
        "comments": comments,
        "declared_count": result.declared_count,
        "found_count": result.found_count,
        "confidence": round(result.confidence, 4),
        "reason": result.reason,
        "method": result.method,
        "notes": list(result.notes),
    }


def explain_split(result: Split | Reject) -> str:
    """Return a line for each line of a text page, or each stretch of an HTML page, and why it is what it is."""
    from comments.model import Reject

    if isinstance(result, Reject):
        return f"{result.source}  rejected: {result.reason} {result.detail}".rstrip()
    page = result.page
    head = f"== {page.source}: {result.found_count} comments ({result.method}; confidence {result.confidence:.2f})"
    if result.reason:
        head += f": {result.reason}"
    if page.kind == "text":
        from comments.split.text import explain_text

        return "\n".join([head, *(f"{line:6d} {role:9} {why}" for line, role, why in explain_text(page))])
    from comments.split.html import explain_html

    return "\n".join([head, *(f"{a:8d}-{b:<8d} {role:9} {why}" for a, b, role, why in explain_html(page))])


def review_line(result: Split | Reject) -> str:
    """Return a page's line in a list of pages to look at: confidence, comments found and declared, why, source."""
    from comments.model import Reject

    if isinstance(result, Reject):
        return f"0.00  rejected: {result.reason}  {result.source}"
    declared = "?" if result.declared_count is None else result.declared_count
    why = result.reason or result.method
    return f"{result.confidence:.2f}  {result.found_count} found, {declared} declared  {why}  {result.page.source}"
