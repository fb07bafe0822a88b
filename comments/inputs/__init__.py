"""Whatever the user names to pages, comment rows and rejects."""

from __future__ import annotations

import codecs
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

from comments.errors import SettingsError
from comments.inputs.columns import DEFAULT_COLUMNS, ColumnMap
from comments.inputs.files import list_files
from comments.inputs.jsonl import Meaning, read_jsonl
from comments.inputs.pages import page_from_bytes, read_page
from comments.inputs.storage import on_disk
from comments.inputs.tables import read_table
from comments.model import Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from comments.inputs.files import InputFile
    from comments.inputs.rows import TableRow
    from comments.model import Page

_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", ".jsonl.zst", ".ndjson.zst")
_TABLES = (".parquet", ".csv", ".tsv")
_EXPORTS = (".xml", ".wxr", ".xml.gz", ".wxr.gz", ".xml.zst", ".wxr.zst")
_WARCS = (".warc", ".wet")
_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.zst")


def read_inputs(
    inputs: Iterable[str], *, meaning: Meaning = "auto", columns: ColumnMap = DEFAULT_COLUMNS
) -> Iterator[Page | TableRow | Reject]:
    """Read files, folders, object storage and standard input (``-``), in an order that does not depend on theirs.

    The paths are looked at when it is called, the files when their turn comes.

    Args:
        inputs: paths, addresses such as ``s3://bucket/prefix``, or ``-``.
        meaning: ``pages`` to take every JSON Lines object for a page.
        columns: what the columns of tables are called.

    Yields:
        Pages, rows of comment tables and exports, and a reject for whatever is neither.

    Raises:
        SettingsError: when a path does not exist or a folder holds no files.
    """
    names = list(inputs)
    return _read(list_files(name for name in names if name != "-"), "-" in names, meaning, columns)


def _read(
    files: list[InputFile], stdin: bool, meaning: Meaning, columns: ColumnMap
) -> Iterator[Page | TableRow | Reject]:
    for file in files:
        with ExitStack() as stack:
            try:
                here = stack.enter_context(on_disk(file))
            except OSError as error:
                yield Reject(file.address, "", "unreadable file", error.strerror or str(error))
                continue
            yield from _read_file(here, meaning, columns)
    if stdin:
        yield from _read_stdin(meaning, columns)


def _read_file(file: InputFile, meaning: Meaning, columns: ColumnMap) -> Iterator[Page | TableRow | Reject]:
    name = file.path.name.lower()
    plain = name.removesuffix(".gz").removesuffix(".zst")
    if name.endswith(_LINES):
        yield from _read_lines(file, meaning, columns)
    elif name.endswith(_TABLES):
        yield from read_table(file.path, file.address, columns)
    elif plain.endswith(_WARCS):
        from comments.inputs.warc import read_warc

        yield from read_warc(file.path, file.address)
    elif name.endswith(_ARCHIVES):
        from comments.inputs.archives import read_archive

        yield from read_archive(file.path, file.address)
    elif name.endswith(_EXPORTS) and (kind := _export_kind(file)):
        from comments.inputs.exports import read_export

        yield from read_export(file.path, file.address, kind)
    else:
        yield read_page(file.path, file.address)


def _export_kind(file: InputFile) -> str:
    from comments.inputs.exports import export_kind

    return export_kind(file.path)


def _read_lines(file: InputFile, meaning: Meaning, columns: ColumnMap) -> Iterator[Page | TableRow | Reject]:
    from comments.inputs.packed import open_packed

    try:
        stream = open_packed(file.path)
    except OSError as error:
        yield Reject(file.address, "", "unreadable file", error.strerror or str(error))
        return
    with stream:
        yield from read_jsonl(stream, file.address, file.address, meaning, columns)


def _read_stdin(meaning: Meaning, columns: ColumnMap) -> Iterator[Page | TableRow | Reject]:
    """One page, or JSON Lines where the first byte opens an object."""
    import io

    if sys.stdin.isatty():
        raise SettingsError("standard input is a terminal", "pipe a page or JSON Lines into it")
    data = sys.stdin.buffer.read()
    if data.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        yield from read_jsonl(io.BytesIO(data), "-", "-", meaning, columns)
    else:
        yield page_from_bytes(data, source="-", address="-")
