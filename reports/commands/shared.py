"""What several commands share: options, and writing to standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from comments.ingest import Ingested

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)


def write_line(line: str) -> None:
    """Write UTF-8 whatever the locale says; a lone half of a surrogate pair becomes a question mark."""
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")


def store_option(function: Any) -> Any:  # noqa: ANN401
    """Add ``--store``."""
    return click.option(
        "--store", type=FOLDER, required=True, metavar="DIR", help="Where comments are kept between runs."
    )(function)


def say_ingested(got: Ingested) -> str:
    """One line on what was read."""
    return (
        f"read {got.pages} pages ({got.pages_known} known) and {got.comments} comments "
        f"({got.comments_known} known); {got.rejects} rejected"
    )


def columns_option(function: Any) -> Any:  # noqa: ANN401
    """Add ``--columns``."""
    return click.option(
        "--columns", type=FILE, metavar="FILE", help="What tables call their columns, as TOML; see docs/formats.md."
    )(function)
