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

_EMAIL = r"[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
_SPELT = r"[\w.+-]{1,64}\s?[\[(]\s?at\s?[\])]\s?[\w-]{1,63}(?:\s?(?:[\[(]\s?dot\s?[\])]|\.)\s?[\w-]{2,63}){1,3}"
_HANDLE = r"(?<![\w@/])@\w[\w.-]{0,38}\w|(?<![\w/])/?u/[\w-]{3,30}"
_PHONE = r"(?<![\w+])(?<!\d[.,])(?:\+|\(|\d)[\d()\s./-]{5,22}\d(?!\w|[.,]\d)"
_CONTACT = re.compile(f"{_EMAIL}|{_SPELT}|{_HANDLE}", re.IGNORECASE)
_NUMBER = re.compile(_PHONE)
_YEAR = r"(?:19|20)\d\d"
_NO_PHONE = re.compile(
    rf"{_YEAR}\W+\d{{1,2}}\W+\d{{1,2}}|\d{{1,2}}\W+\d{{1,2}}\W+{_YEAR}|{_YEAR}\W+{_YEAR}|\d{{1,4}}\.\d+"
)
_WORD = re.compile(r"\w+")


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
    that is a common word of these texts is left, but for where it stands behind an ``@``.

    Args:
        names: of authors, as written.
        texts: all comments.
    """
    by_first = _index_names(names, texts)

    def mask(text: str) -> str:
        text = _CONTACT.sub(lambda found: _blocks(found[0]), text)
        text = _NUMBER.sub(lambda found: _blocks(found[0]) if _is_phone(found[0]) else found[0], text)
        return _mask_names(text, by_first) if by_first else text

    return mask


def _index_names(names: Iterable[str], texts: Sequence[str]) -> dict[str, list[str]]:
    """Names in lower case by their first word, the longest first."""
    lowered = {" ".join(name.lower().split()) for name in names}
    single = {name for name in lowered if _WORD.fullmatch(name)}
    uses = Counter(word for text in texts for word in set(_WORD.findall(_CONTACT.sub(" ", text))) & single)
    by_first: dict[str, list[str]] = {}
    for name in sorted(lowered, key=lambda name: (-len(name), name)):
        first = _WORD.search(name)
        if first and len(name) > 2 and uses[name] < COMMON:
            by_first.setdefault(first[0], []).append(name[first.start() :])
    return by_first


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
    for start, stop in reversed(spans):
        text = text[:start] + _blocks(text[start:stop]) + text[stop:]
    return text


def _blocks(text: str) -> str:
    return re.sub(r"\S", MASK, text)


def _is_phone(text: str) -> bool:
    """Whether digits with what stands between them are a phone number rather than a date or an amount."""
    digits = re.sub(r"\D", "", text)
    if not 7 <= len(digits) <= 15 or _NO_PHONE.fullmatch(text.strip()):
        return False
    return len(digits) >= 9 or text[0] in "+0(" or len(digits) < len(text.strip())


def mask_value(value: Any, mask: Callable[[str], str]) -> Any:  # noqa: ANN401
    """Mask the text in a value, whatever lists and objects it lies in."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {name: mask_value(item, mask) for name, item in value.items()}
    if hasattr(value, "tolist") and not isinstance(value, (int, float)):
        value = value.tolist()
    return [mask_value(item, mask) for item in value] if isinstance(value, list | tuple) else value
