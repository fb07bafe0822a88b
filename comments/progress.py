"""How far long work has come: a bar on a terminal, events in a JSON log, and nothing anywhere else."""

from __future__ import annotations

import logging
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOGGER = "btl.progress"
"""The command turns it on for ``--log-json``."""
EVERY = 5.0
"""Seconds between two events."""


@contextmanager
def progress(what: str, unit: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show how far a piece of work has come, while it is being done.

    Args:
        what: the work, in a word or two.
        unit: what is counted, in the plural.
        total: how many there are, None where nobody knows yet.

    Yields:
        A function to be called with how many more are done.
    """
    log = logging.getLogger(LOGGER)
    if log.isEnabledFor(logging.INFO) and log.level == logging.INFO:
        yield from _events(log, what, unit, total)
    elif sys.stderr.isatty() and logging.getLogger().level < logging.ERROR:
        from tqdm import tqdm

        with tqdm(desc=what, unit=f" {unit}", total=total, leave=False) as bar:

            def add(more: int) -> None:
                bar.update(more)

            yield add
    else:
        yield lambda more: None


def _events(log: logging.Logger, what: str, unit: str, total: int | None) -> Iterator[Callable[[int], None]]:
    done, last = 0, time.monotonic()

    def tell() -> None:
        of = "" if total is None else f" of {total}"
        log.info("%s: %d%s %s", what, done, of, unit, extra={"progress": {"work": what, "done": done, "total": total}})

    def add(more: int) -> None:
        nonlocal done, last
        done += more
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            tell()

    yield add
    tell()
