"""Splitting a page into article, comments and furniture."""

from __future__ import annotations

from comments.model import Page, Split


def split_page(page: Page) -> Split:
    """Take a page apart with the splitter of its kind."""
    if page.kind == "html":
        from comments.split.html import split_html

        return split_html(page)
    from comments.split.text import split_text

    return split_text(page)
