"""Comments out of a Disqus export: the true tree, with threads, authors and times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from comments.inputs.rows import TableRow
from comments.inputs.xml_stream import drop, local_name, read_elements
from comments.model import Reject, sound
from comments.split.decode import html_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_ID = "{http://disqus.com/disqus-internals}id"


def read_disqus(file: BinaryIO, source: str) -> Iterator[TableRow | Reject]:
    """Read the comments of a Disqus export, one after another; only the threads' names are kept in memory.

    Ids are Disqus's own, which are given once in all. E-mail addresses, which the export holds, are not read.

    Args:
        file: the export.
        source: its name, for people.

    Yields:
        A row a comment; a reject for what is spam or deleted, and for a comment without text.

    Raises:
        ExportError: where the file cannot be read (further).
    """
    threads: dict[str, tuple[str | None, str | None]] = {}
    for event, element in read_elements(file):
        parent = element.getparent()
        if event == "start" or parent is None or local_name(parent) != "disqus":
            continue
        name = local_name(element)
        if name == "thread":
            link, title = _field(element, "link"), _field(element, "title")
            is_web = link is not None and link.startswith(("http://", "https://"))
            threads[element.get(_ID) or ""] = (link if is_web else None, title)
        elif name == "post":
            yield _from_post(element, threads, source)
        drop(element)


def _from_post(
    element: Any,  # noqa: ANN401
    threads: dict[str, tuple[str | None, str | None]],
    source: str,
) -> TableRow | Reject:
    number = sound(element.get(_ID) or "")
    place = f"comment {number[:40]}".strip()
    for mark, why in (("isSpam", "spam"), ("isDeleted", "deleted")):
        if _field(element, mark) == "true":
            return Reject(source, place, "comment not published", why)
    text = html_text((_field(element, "message") or "").encode(), "utf-8")
    if not text:
        return Reject(source, place, "row without text")
    thread = _reference(element, "thread") or ""
    link, title = threads.get(thread, (None, None))
    return TableRow(
        source=source,
        place=place,
        text=text,
        comment_id=number or None,
        address=link or f"{source}:thread-{thread}",
        title=title,
        url=link,
        author=_author(element),
        created_at=_field(element, "createdAt"),
        parent_id=_reference(element, "parent"),
        permalink=f"{link}#comment-{number}" if link and number else None,
    )


def _author(element: Any) -> str | None:  # noqa: ANN401
    """The name shown; None for the one who wrote without a name."""
    for child in element:
        if local_name(child) == "author":
            return _field(child, "name") or _field(child, "username")
    return None


def _field(element: Any, name: str) -> str | None:  # noqa: ANN401
    for child in element:
        if local_name(child) == name:
            return sound("".join(child.itertext()).strip()) or None
    return None


def _reference(element: Any, name: str) -> str | None:  # noqa: ANN401
    for child in element:
        if local_name(child) == name:
            return sound(child.get(_ID) or "") or None
    return None
