"""How a text may be written in a page, a file of data or an address: the forms that a search for it must know."""

from __future__ import annotations

import html
import json
from urllib.parse import quote, quote_plus


def written_forms(text: str) -> set[str]:
    """Return a text as plain text, HTML, JSON and part of an address write it.

    Args:
        text: as it is read.
    """
    apostrophes = {"'": ("&#39;", "&#039;", "&#x27;", "&apos;")}
    marked = {html.escape(text, quote=False)}
    escaped = html.escape(text, quote=False).replace('"', "&quot;")
    marked |= {escaped, *(escaped.replace("'", form) for form in apostrophes["'"])}
    marked |= {form.encode("ascii", "xmlcharrefreplace").decode() for form in marked}
    data = {json.dumps(text, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)}
    data |= {form.replace("/", "\\/") for form in data}
    return {text, *marked, *data, quote(text, safe=""), quote_plus(text)}
