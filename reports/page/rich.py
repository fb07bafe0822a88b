"""Reports and themes as a notebook shows them: the page's own cards, each in a frame that keeps them apart.

A frame has no access to the notebook around it (``sandbox``), so that nothing in a comment can reach it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from reports.page.html import render_html, render_theme

if TYPE_CHECKING:
    from reports.page.model import Report, Theme

REPORT_HEIGHT, THEME_HEIGHT = 800, 460  # pixels


def show_report(report: Report) -> str:
    """Return the whole page in a frame; its script runs in there, for search, filters and threads."""
    return _frame(render_html(report), REPORT_HEIGHT, "allow-scripts")


def show_theme(theme: Theme) -> str:
    """Return the theme's card in a frame without script."""
    return _frame(render_theme(theme), THEME_HEIGHT, "")


def _frame(page: str, height: int, sandbox: str) -> str:
    return f'<iframe sandbox="{sandbox}" srcdoc="{escape(page)}" width="100%" height="{height}"></iframe>'
