"""A `Report` as Markdown: the same words as the page, every foreign character escaped."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from reports import quantities
from reports.page import html
from reports.page.details import printable

if TYPE_CHECKING:
    from jinja2 import Environment

    from reports.page.model import Quote, Report
    from reports.quantities import Sentence

_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~&$]")
_AT_START = re.compile(r"^(?:[#+=-]|\d+(?=[.)](?:\s|$)))")


class _Literal(str):
    """Text that is Markdown already."""

    __slots__ = ()


def render_markdown(report: Report) -> str:
    """Return the report as Markdown, in the order and the words of the page.

    Args:
        report: what :func:`reports.page.build.build_report` made.
    """
    text = (
        _environment()
        .get_template("report.md.j2")
        .render(
            r=report,
            quantity_table=quantities.QUANTITY_TABLE,
            quantity_fallback=quantities.QUANTITY_FALLBACK,
        )
    )
    return printable(re.sub(r"\n{3,}", "\n\n", text))


@cache
def _environment() -> Environment:
    """The environment of the page's templates, made over for Markdown."""
    env = html.environment().overlay(autoescape=False, finalize=_finalize)
    env.filters = {**env.filters, "quoted": _quoted, "source": _source, "link": _link, "sentence": _sentence}
    return env


def escape(text: str) -> str:
    """Return text as one line in which no character has a meaning in Markdown or HTML."""
    line = _ANYWHERE.sub(r"\\\g<0>", " ".join(text.split()))
    start = _AT_START.match(line)
    if start is None:
        return line
    at = start.end() if start[0].isdigit() else 0
    return f"{line[:at]}\\{line[at:]}"


def _finalize(value: object) -> object:
    """Escape whatever a template prints; constants of the templates never pass here."""
    return value if isinstance(value, (_Literal, int)) else escape(str(value))


def _quoted(quote: Quote) -> _Literal:
    """A comment as a block quote, its own lines kept."""
    lines = [escape(line) for line in quote.text.splitlines()]
    if quote.cut:
        lines[-1] += " \\[…\\]"
    ends = ["\\" if line and after else "" for line, after in zip(lines, [*lines[1:], ""], strict=True)]
    return _Literal("\n".join(f"> {line}{end}" for line, end in zip(lines, ends, strict=True)))


_KINDS = {
    "dissent": "Against it: ",
    "model": "Written by a language model, checked: ",
    "label": "Name by the language model: ",
}


def _sentence(sentence: Sentence) -> _Literal:
    """A sentence with how it came about, and the ids of the comments that it rests on."""
    text = escape(f"{_KINDS.get(sentence.kind, '')}{sentence.text}")
    return _Literal(f"{text} ({escape(', '.join(sentence.ids))})" if sentence.ids else text)


def _source(quote: Quote, near: bool = False) -> _Literal:
    """Who wrote a quote, when, and where it stands."""
    parts = [escape(quote.author or "unknown"), escape(quote.date or "no date")]
    if near and quote.nearest:
        parts.append(f"nearest: {escape(quote.nearest)}")
    return _Literal(", ".join(parts) + f", {_link(quote.page, html.passage_url(quote))}")


def _link(label: str, url: str | None) -> _Literal:
    """A link where the address is http(s), else the label alone."""
    address = html.safe_url(url)
    if address is None:
        return _Literal(escape(label))
    return _Literal(f"[{escape(label)}](<{address}>)")
