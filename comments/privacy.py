"""Names of people: keyed pseudonyms everywhere but in the store, and masks in what is meant for sharing.

A pseudonym is an HMAC of the name under a key of the store. The key is made at the first run from what the
store then holds, bytes of pages and names, so that the same inputs give the same report; it cannot be made from a
report. Whoever holds the inputs knows the names anyhow.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from comments.masks import contact_spans
from comments.sealed import read_sealed, write_sealed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas as pd

    from comments.store import Store
    from comments.view import View

DIGITS = 10
MASK = "█"
COMMON = 5
"""A word that stands in lower case in so many comments is a word, also where somebody is called by it."""

_WORD = re.compile(r"\w+")
_CALLED = re.compile(
    r"(?:^\W{0,3}(?:(?:hi|hello|hey|dear|thanks|thank you|sorry|agreed?|agree with|well said|re|to|yes|no)\b\W{1,3})?"
    r"(?P<name>[^\W\d_][^\W\d_]+)(?=[ \t]*[,:;!]))",
    re.IGNORECASE,
)
"""Whom a comment speaks to, at its beginning."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Secrets of a store: one for the pseudonyms of authors, one for tombstones."""

    authors: bytes
    tombstones: bytes


def store_keys(store: Store) -> Keys:
    """Return the keys of a store, made if it has none; whoever makes them must hold its lock.

    Raises:
        StoreError: when the file is damaged: other keys would give everybody other names.
    """
    file = store.path / "key.json"
    value = read_sealed(file)
    if value is None:
        value = {"authors": _derived_key(store), "tombstones": secrets.token_hex(32)}
        write_sealed(file, value, mode=0o600)
    return Keys(bytes.fromhex(value["authors"]), bytes.fromhex(value["tombstones"]))


def _derived_key(store: Store) -> str:
    """Hash of what was read and is in no report: bytes of pages, and the name at each comment."""
    digest = hashlib.sha256(b"belowtheline: key of authors\n")
    pages = store.table("pages", ["page_id", "version", "content"])
    parts = {f"{i} {v}": c or b"" for i, v, c in zip(*(column.to_pylist() for column in pages.columns), strict=True)}
    comments = store.table("comments", ["comment_id", "author"])
    ids, authors = (column.to_pylist() for column in comments.columns)
    names = {i: (a or "").encode("utf-8", "replace") for i, a in zip(ids, authors, strict=True)}
    for some in (parts, names):
        for key in sorted(some):
            digest.update(hashlib.sha256(some[key]).digest())
    return digest.hexdigest()


def pseudonym(name: str, key: bytes) -> str:
    """Return what stands for a name in all that leaves the store: the same name, the same pseudonym."""
    return "reader-" + keyed_hash(name, key)[:DIGITS]


def keyed_hash(text: str, key: bytes) -> str:
    """Return the HMAC-SHA256 of a text in hexadecimal."""
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def hide_names(view: View, key: bytes) -> View:
    """Return a view with pseudonyms for authors, also where an input's own column repeats a name."""
    names = {name: pseudonym(name, key) for name in sorted(set(view.comments["author"].dropna()))}

    def hidden(column: pd.Series) -> pd.Series:
        return column.map(lambda value: names.get(value, value) if isinstance(value, str) else value)

    comments = view.comments.assign(author=hidden(view.comments["author"]).astype("str"))
    extra = view.extra.apply(hidden) if len(view.extra.columns) and names else view.extra
    return replace(view, comments=comments, extra=extra)


def make_mask(names: Iterable[str], texts: Sequence[str]) -> Callable[[str], str]:
    """Return a function that masks e-mail addresses, phone numbers, handles and names of authors in a text.

    Every sign but spaces becomes a block, so that offsets into the text stay what they were. A name of one word
    that is a common word of these texts is left, but for where it stands behind an ``@``. A part of a name, as a first
    name, is masked where somebody is called by it ("Ann, you are right").

    Args:
        names: of authors, as written.
        texts: all comments.
    """
    by_first, parts = _index_names(names, texts)

    def mask(text: str) -> str:
        text = _blank_spans(text, contact_spans(text))
        if parts:
            called = [found.span("name") for found in _CALLED.finditer(text) if found["name"].lower() in parts]
            text = _blank_spans(text, called)
        return _mask_names(text, by_first) if by_first else text

    return mask


def _index_names(names: Iterable[str], texts: Sequence[str]) -> tuple[dict[str, list[str]], set[str]]:
    """Names in lower case by their first word, the longest first; and parts of names that are no common words."""
    lowered = {" ".join(name.lower().split()) for name in names}
    parts = {part for name in lowered for part in _WORD.findall(name) if len(part) > 2 and part.isalpha()}
    single = {name for name in lowered if _WORD.fullmatch(name)} | parts
    uses = Counter(
        word for text in texts for word in set(_WORD.findall(_blank_spans(text, contact_spans(text)))) & single
    )
    by_first: dict[str, list[str]] = {}
    for name in sorted(lowered, key=lambda name: (-len(name), name)):
        first = _WORD.search(name)
        if first and len(name) > 2 and uses[name] < COMMON:
            by_first.setdefault(first[0], []).append(name[first.start() :])
    return by_first, {part for part in parts if uses[part] < COMMON}


def _mask_names(text: str, by_first: Mapping[str, list[str]]) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters change their length; offsets must not
        lowered = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    spans, end = [], 0
    for found in _WORD.finditer(lowered):
        if found.start() < end:
            continue
        for name in by_first.get(found[0], ()):
            stop = found.start() + len(name)
            if lowered.startswith(name, found.start()) and not lowered[stop : stop + 1].isalnum():
                spans.append((found.start(), stop))
                end = stop
                break
    return _blank_spans(text, spans)


def _blank_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with blocks for every sign but spaces in some places of it."""
    for start, stop in spans:
        text = text[:start] + _blocks(text[start:stop]) + text[stop:]
    return text


def _blocks(text: str) -> str:
    return re.sub(r"\S", MASK, text)


def mask_value(value: Any, mask: Callable[[str], str]) -> Any:  # noqa: ANN401
    """Mask the text in a value, whatever lists and objects it lies in."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {name: mask_value(item, mask) for name, item in value.items()}
    if hasattr(value, "tolist") and not isinstance(value, (int, float)):
        value = value.tolist()
    return [mask_value(item, mask) for item in value] if isinstance(value, list | tuple) else value
