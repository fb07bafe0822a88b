"""What several commands share: options, and writing to standard output."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reports.quantities import plural

if TYPE_CHECKING:
    from comments.store import Store
    from comments.writer import Ingested

FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)


class StorePlace(click.Path):
    """A folder, or the address of one on object storage, which stands for its copy on this machine."""

    def __init__(self) -> None:
        super().__init__(path_type=Path, file_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Return the folder to work in."""
        from comments.remote import copy_of, is_url

        return copy_of(value) if isinstance(value, str) and is_url(value) else super().convert(value, param, ctx)


class JsonLines(logging.Formatter):
    """Log records as JSON, one object a line, for whatever collects the logs of scheduled runs."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's line."""
        line = {"time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"), "level": record.levelname.lower()}
        line |= {"logger": record.name, "message": record.getMessage()}
        line |= getattr(record, "progress", {})
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def say(text: str, level: str = "info") -> None:
    """Tell the user on standard error, in the form that the log has."""
    root = logging.getLogger()
    if level != "error" and root.level >= logging.ERROR:
        return
    handlers = root.handlers
    if handlers and isinstance(handlers[0].formatter, JsonLines):
        record = logging.makeLogRecord({"name": "btl", "levelname": level, "msg": text})
        text = handlers[0].formatter.format(record)
    click.echo(text, err=True)


def write_line(line: str) -> None:
    """Write UTF-8 whatever the locale says; a lone half of a surrogate pair becomes a question mark."""
    sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")


def store_option(function: Any) -> Any:  # noqa: ANN401
    """Add ``--store``."""
    return click.option(
        "--store",
        type=StorePlace(),
        required=True,
        metavar="DIR",
        help="Where comments are kept between runs: a folder, or s3://BUCKET/PREFIX.",
    )(function)


def say_ingested(got: Ingested, where: str) -> str:
    """One line on what was read; ``where`` says what tells why something was rejected."""
    why = f", why stands in {where}" if got.rejects else ""
    return (
        f"read {plural(got.pages, 'page')} ({got.pages_known:,} known) and {plural(got.comments, 'comment')} "
        f"({got.comments_known:,} known); {got.rejects:,} rejected{why}"
    )


def engine_option(function: Any) -> Any:  # noqa: ANN401
    """Add ``--engine``."""
    return click.option(
        "--engine",
        default="serial",
        show_default=True,
        metavar="NAME",
        help="Where pages are split and texts embedded: serial, processes:N, dask or dask://HOST:PORT.",
    )(function)


def columns_option(function: Any) -> Any:  # noqa: ANN401
    """Add ``--columns``."""
    return click.option(
        "--columns", type=FILE, metavar="FILE", help="What tables call their columns, as TOML; see docs/formats.md."
    )(function)


def open_store(path: Path) -> Store:
    """Return a store that is there already.

    Raises:
        SettingsError: when the folder is no store.
    """
    from comments.errors import SettingsError
    from comments.remote import remote_of
    from comments.store import Store

    remote = remote_of(path)
    if not (remote.exists() if remote else (path / "store.json").exists()):
        name = remote.url if remote else path
        raise SettingsError(f"{name} is not a store", "name the folder that btl run --store made")
    return Store(path)
