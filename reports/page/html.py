"""A `Report` as one self-contained HTML file: no request to anywhere, nothing from a comment can run."""

from __future__ import annotations

import base64
import hashlib
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

from reports import quantities
from reports.page import charts, drawings, wording
from reports.page.details import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment, FileSystemBytecodeCache
    from markupsafe import Markup

    from reports.page.model import Quote, Report, Theme

PAGE_LIMIT = 2000  # pages in the table of pages; beyond, those that are quoted from
DRAWINGS = ("ribbon", "mover", "trend", "spark", "ticks", "plain_bar")
TEMPLATES = Path(__file__).parent / "templates"
# No space, quote, bracket, control, surrogate or bidi mark: nothing that hides where a link leads.
_URL = re.compile(
    r"https?://[^\s\x00-\x20\x7f-\xa0<>\"'`\\^{|}\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+",
    re.IGNORECASE,
)
_FRAGMENT_WORDS = 5


def render_html(report: Report) -> str:
    """Return the report as one HTML page.

    Args:
        report: what :func:`reports.page.build.build_report` made.
    """
    css, script = page_style(), page_script()
    top = charts.axis_top([t.high if t.high is not None else t.share for t in report.themes])
    groups = [g for level in report.levels for g in level.groups]
    group_top = charts.axis_top([top, *(g.high if g.high is not None else g.share for g in groups)])
    pages = [p for n, p in enumerate(report.pages) if n < PAGE_LIMIT or p.entries]
    page = (
        environment()
        .get_template("report.html.j2")
        .render(
            r=report,
            css=_trusted(css),
            script=_trusted(script),
            policy=content_policy(css, script),
            top=top,
            group_top=group_top,
            alone=False,
            trends=report.trends,
            table_pages=pages,
            page_top=max((max(p.found, p.declared or 0) for p in report.pages), default=0),
            quantity_table=quantities.QUANTITY_TABLE,
            quantity_fallback=quantities.QUANTITY_FALLBACK,
        )
    )
    return printable(page)


def render_theme(theme: Theme) -> str:
    """Return one theme's card as a small HTML page without script, as a notebook shows it.

    Args:
        theme: a theme of a :class:`reports.page.model.Report`.
    """
    css = page_style()
    top = charts.axis_top([theme.high if theme.high is not None else theme.share])
    template = environment().get_template("theme.html.j2")
    page = template.render(t=theme, top=top, trends=None, alone=True, css=_trusted(css), policy=content_policy(css, ""))
    return printable(page)


def page_style() -> str:
    """Return the style of the page: the files of ``templates/style`` in the order of their names."""
    return _assets("style", "*.css")


def page_script() -> str:
    """Return the script of the page: the files of ``templates/script`` as one function, in the order of their names."""
    return f'"use strict";\n(() => {{\n{_assets("script", "*.js")}}})();\n'


def _kept_templates() -> FileSystemBytecodeCache | None:
    """Where compiled templates are kept between runs; None where the user's cache cannot be written."""
    import platformdirs
    from jinja2 import FileSystemBytecodeCache

    folder = Path(platformdirs.user_cache_dir("belowtheline")) / "templates"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return FileSystemBytecodeCache(str(folder))
    except OSError:
        return None


@cache
def environment() -> Environment:
    """Return the jinja2 environment of the HTML templates: autoescape on, unknown names are errors."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=_kept_templates(),
    )
    env.filters |= {
        "number": quantities.number,
        "percent": quantities.percent,
        "points": wording.points,
        "range": lambda theme: quantities.interval(theme.low, theme.high),
        "upfirst": quantities.upper_first,
        "lead": wording.lead,
        "stability_words": wording.stability,
        "look_words": wording.LOOKS.__getitem__,
        "web": safe_url,
        "passage": passage_url,
    }
    env.globals |= {
        "plural": quantities.plural,
        "bounds": quantities.interval,
        "axis": lambda top: _trusted(charts.axis(top)),
        "time_bars": lambda timeline: _trusted(charts.time_bars(timeline)),
        "found_bar": lambda page, top: _trusted(charts.found_bar(page.declared, page.found, top)),
        "share_bar": _share_bar,
        "group_bar": lambda group, top: _trusted(
            charts.share_bar(group.share, group.low, group.high, top, kind="discovered")
        ),
    }
    env.globals |= {name: _drawn(getattr(drawings, name)) for name in DRAWINGS}
    return env


def content_policy(css: str, script: str) -> str:
    """Return the Content-Security-Policy that allows exactly the inlined style and script."""
    return (
        f"default-src 'none'; style-src '{_hash(css)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def safe_url(url: str | None) -> str | None:
    """Return the URL where it is a plain http(s) address, else None (it is then shown, not linked)."""
    if not url or not _URL.fullmatch(url):
        return None
    try:
        return url if urlsplit(url).hostname else None
    except ValueError:
        return None


def passage_url(quote: Quote) -> str | None:
    """Return the link to a comment on its page: its permalink, else the page at the comment's words."""
    if link := safe_url(quote.permalink):
        return link
    url = safe_url(quote.url)
    words = quote.text.split()
    if url is None or not words:
        return url
    start = " ".join(words[:_FRAGMENT_WORDS])
    pieces = [start]
    if not quote.cut and len(words) > 2 * _FRAGMENT_WORDS:
        pieces.append(" ".join(words[-_FRAGMENT_WORDS:]))
    text = ",".join(_directive(piece) for piece in pieces)
    return f"{url}{':~:' if '#' in url else '#:~:'}text={text}"


def _directive(words: str) -> str:
    """Percent-encode for a text fragment, where ``-``, ``,`` and ``&`` have a meaning."""
    return percent_encode(printable(words), safe="").replace("-", "%2D")


def _share_bar(theme: Theme, top: float) -> Markup:
    bar = charts.share_bar(theme.share, theme.low, theme.high, top, kind=theme.kind, sparse=theme.low_sample)
    return _trusted(bar)


def _trusted(text: str) -> Markup:
    """Markup of our own making: the files in ``templates`` and charts drawn from numbers alone."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704


def _drawn(draw: Callable[..., str]) -> Callable[..., Markup]:
    return lambda *values: _trusted(draw(*values))


def _assets(folder: str, pattern: str) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in sorted((TEMPLATES / folder).glob(pattern)))


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
