"""Comments out of a WordPress export (WXR 1.0 to 1.2): the true tree, with articles, authors and times."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

from comments.inputs.rows import TableRow
from comments.inputs.xml_stream import drop, local_name, read_elements
from comments.model import Reject, sound
from comments.split.decode import html_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_GMT = re.compile(r"(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})")
_NOT_PUBLISHED = {"0": "waiting for approval", "spam": "spam", "trash": "in the bin", "post-trashed": "in the bin"}
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")


@dataclass(slots=True)
class _Article:
    """What the export has said so far about the article whose comments follow."""

    title: str | None = None
    link: str | None = None
    text: str | None = None
    post_id: str | None = None


def read_wordpress(file: BinaryIO, source: str) -> Iterator[TableRow | Reject]:
    """Read the comments of a WordPress export, one after another, in flat memory.

    Ids are the host and the number that the site gave, since numbers begin anew on every site. Addresses of
    e-mail and of the network, which the export holds, are not read.

    Args:
        file: the export.
        source: its name, for people.

    Yields:
        A row a published comment; a reject for what waits, is spam or in the bin, for pingbacks and
        trackbacks, and for a comment without text.

    Raises:
        ExportError: where the file cannot be read (further).
    """
    host, article = "", _Article()
    for event, element in read_elements(file):
        name = local_name(element)
        if event == "start":
            article = _Article() if name == "item" else article
        elif name == "comment" and _is_wp(element):
            yield _from_comment(element, article, host, source)
            drop(element)
        elif name == "item":
            drop(element)
        elif name == "base_blog_url" or (name == "link" and _parent(element) == "channel"):
            host = _host(_text(element)) or host
        elif _parent(element) == "item":
            _note(article, name, element)


def _note(article: _Article, name: str, element: Any) -> None:  # noqa: ANN401
    text = _text(element)
    if name == "title":
        article.title = html_text((text or "").encode(), "utf-8") or None
    elif name == "link":
        article.link = text if text and text.startswith(("http://", "https://")) else None
    elif name == "post_id":
        article.post_id = text
    elif name == "encoded" and "/content/" in element.tag:
        article.text = fragment_text(text or "") or None


def _from_comment(element: Any, article: _Article, host: str, source: str) -> TableRow | Reject:  # noqa: ANN401
    fields = {local_name(child): _text(child) for child in element}
    number = fields.get("comment_id") or ""
    place = f"comment {sound(number)[:40]}".strip()
    kind = fields.get("comment_type") or "comment"
    if kind != "comment":
        return Reject(source, place, "comment not published", sound(kind)[:40])
    approved = fields.get("comment_approved") or "1"
    if approved != "1":
        return Reject(source, place, "comment not published", _NOT_PUBLISHED.get(approved, sound(approved)[:40]))
    text = fragment_text(fields.get("comment_content") or "")
    if not text:
        return Reject(source, place, "row without text")
    parent = fields.get("comment_parent") or "0"
    site = host or source
    written, created = _times(fields)
    return TableRow(
        source=source,
        place=place,
        text=text,
        comment_id=f"{site}:{number}" if number else None,
        address=article.link or f"{site}:post-{article.post_id or ''}",
        title=article.title,
        url=article.link,
        author=fields.get("comment_author"),
        created_at=created,
        posted_at=written,
        parent_id=None if parent == "0" else f"{site}:{parent}",
        permalink=f"{article.link}#comment-{number}" if article.link and number else None,
        article=article.text,
    )


def fragment_text(markup: str) -> str:
    """Return the text of HTML as the site stored it; blank lines part paragraphs, as WordPress shows them."""
    return html_text(_PARAGRAPH.sub("<p>", markup.replace("\r\n", "\n")).replace("\n", "<br>").encode(), "utf-8")


def _times(fields: dict[str, str | None]) -> tuple[str | None, str | None]:
    """The time as the site shows it, and as ISO 8601 where it is known in UTC."""
    written = fields.get("comment_date")
    match = _GMT.fullmatch(fields.get("comment_date_gmt") or "")
    created = f"{match[1]}T{match[2]}+00:00" if match and not match[1].startswith("0000") else None
    return (None if (written or "").startswith("0000") else written), created


def _is_wp(element: Any) -> bool:  # noqa: ANN401
    return "wordpress.org/export/" in element.tag


def _parent(element: Any) -> str:  # noqa: ANN401
    parent = element.getparent()
    return "" if parent is None else local_name(parent)


def _text(element: Any) -> str | None:  # noqa: ANN401
    text = "".join(element.itertext()).strip()
    return sound(text) or None


def _host(link: str | None) -> str:
    try:
        parts = urlsplit(link or "")
        return sound((parts.hostname or "") + parts.path.rstrip("/"))
    except ValueError:
        return ""
