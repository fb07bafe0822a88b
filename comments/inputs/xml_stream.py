"""Exports in XML as a stream of elements: no entities, no network, bounded depth and text, flat memory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from comments.inputs.charset import wide_encoding

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = 64 * 1024
# What no XML may hold, though exports of comments often do.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")


class ExportError(ValueError):
    """The export cannot be read (further)."""


class _Stream:
    """A file without the control characters that would end its reading."""

    def __init__(self, file: BinaryIO, head: bytes) -> None:
        self._file = file
        self._head = head
        self._drop = b"" if wide_encoding(head) else _CONTROLS

    def read(self, size: int) -> bytes:
        """Return at least a byte while there are any."""
        while data := self._head or self._file.read(size):
            self._head = b""
            if kept := data.translate(None, self._drop):
                return kept
        return b""


def root_of(head: bytes) -> str:
    """Return what an XML file is by its first bytes: ``wordpress``, ``disqus`` or nothing."""
    wide = wide_encoding(head)
    start = head.decode(wide, "ignore").encode("utf-8", "replace") if wide else head
    if b"<disqus" in start and b"disqus.com" in start:
        return "disqus"
    return "wordpress" if b"<rss" in start and b"wordpress.org/export/" in start else ""


def read_elements(file: BinaryIO) -> Iterator[tuple[str, Any]]:
    """Yield ``start`` and ``end`` of each element of an XML file; the caller clears what it has used.

    Args:
        file: the file, at its beginning.

    Raises:
        ExportError: where it is no well-formed XML, declares entities, or is deeper than 256 elements
            or has a text longer than 10 MB (libxml2's own bounds).
    """
    from lxml import etree

    head = file.read(_HEAD)
    if b"<!ENTITY" in head or b"<!\0E\0N\0T\0I\0T\0Y" in head:
        raise ExportError("it declares entities, which no export does")
    events = etree.iterparse(
        _Stream(file, head),
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        yield from events
    except etree.XMLSyntaxError as error:
        raise ExportError(str(error)) from error


def local_name(element: Any) -> str:  # noqa: ANN401
    """Return an element's name without its namespace."""
    tag = element.tag
    return str(tag).rpartition("}")[2] if isinstance(tag, str) else ""


def drop(element: Any) -> None:  # noqa: ANN401
    """Free an element that has been used, and what stands before it."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)
