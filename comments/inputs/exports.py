"""Exports of comment systems: which system wrote a file, and its comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from comments.inputs.packed import PACKED_ERRORS, ExpansionError, open_packed
from comments.inputs.xml_stream import ExportError, root_of
from comments.model import Reject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from comments.inputs.rows import TableRow

HEAD = 16 * 1024


def export_kind(path: Path) -> str:
    """Return ``wordpress`` or ``disqus``, or nothing where the file is no export that is known."""
    try:
        with open_packed(path) as file:
            return root_of(file.read(HEAD))
    except PACKED_ERRORS:
        return ""


def read_export(path: Path, address: str, kind: str) -> Iterator[TableRow | Reject]:
    """Read the comments of an export, as :func:`export_kind` told it.

    Yields:
        A row a comment; a reject for each that was not published, and for what cannot be read.
    """
    from comments.inputs.disqus import read_disqus
    from comments.inputs.wordpress import read_wordpress

    number = 0
    try:
        with open_packed(path) as file:
            for item in (read_wordpress if kind == "wordpress" else read_disqus)(file, address):
                number += 1
                yield item
    except ExpansionError as error:
        yield Reject(address, f"after comment {number}", "archive expands too far", str(error))
    except ExportError as error:
        yield Reject(address, f"after comment {number}", "unreadable export", str(error)[:300])
    except PACKED_ERRORS as error:
        yield Reject(address, f"after comment {number}", "broken archive", str(error) or type(error).__name__)
    else:
        if not number:
            yield Reject(address, "", "empty file", "the export holds no comments")
