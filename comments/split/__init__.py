"""Splitting a page into article, comments and furniture."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from comments.model import Page, Split

if TYPE_CHECKING:
    from collections.abc import Iterator


def split_page(page: Page) -> Split:
    """Take a page apart with the splitter of its kind."""
    with _undisturbed():
        if page.kind == "html":
            from comments.split.html import split_html

            return split_html(page)
        from comments.split.text import split_text

        return split_text(page)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep the collector of cycles from going through a page's thousands of objects again and again.

    None of them is garbage before the end, and then no cycle is left.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
