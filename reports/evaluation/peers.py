"""Other tools on the same pages: what each takes for the article and for comments."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from typing import Any

from reports.evaluation.score import Found


def trafilatura_split(row: Mapping[str, Any]) -> Found:
    """Split with trafilatura: its field ``comments``, a line each (it marks no boundaries)."""
    from trafilatura import bare_extraction

    document = bare_extraction(row["html"], include_comments=True, with_metadata=False)
    if document is None:
        return Found("", ())
    held = document if isinstance(document, dict) else document.as_dict()
    return Found(held.get("text") or "", _lines(held.get("comments") or ""))


def resiliparse_split(row: Mapping[str, Any]) -> Found:
    """Split with Resiliparse: the lines that go when its option ``comments`` is off."""
    from resiliparse.extract.html2text import extract_plain_text

    article = extract_plain_text(row["html"], main_content=True, comments=False)
    both = extract_plain_text(row["html"], main_content=True, comments=True)
    kept = set(_lines(article))
    return Found(article, tuple(line for line in _lines(both) if line not in kept))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


PEERS: dict[str, Callable[[Mapping[str, Any]], Found]] = {
    "trafilatura": trafilatura_split,
    "resiliparse": resiliparse_split,
}


def installed_peers() -> list[str]:
    """Return the names of the tools that can be imported here (extra ``eval``)."""
    return [name for name in PEERS if importlib.util.find_spec(name) is not None]
