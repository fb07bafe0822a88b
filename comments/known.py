"""What a store holds already, by hash: a few bytes an entry, so that a long reading stays flat in memory."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

KEY, VALUE = 12, 8
"""Bytes of a key's and of a value's hash: of a billion keys two agree once in a hundred billion stores."""
_RECENT = 5_000
_SHELVES = 64
"""Sorted arrays that the entries are dealt to, so that only a small one is copied at a time."""


def _hash(text: str, size: int) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()


class KnownKeys:
    """A map of texts to texts that can say whether a key is there, and whether a value is the one it has.

    A dictionary takes 200 bytes an entry and more; this takes 20: sorted arrays of hashes, with what came lately
    beside them in a dictionary, which is merged in when it has grown to a share of them.

    Args:
        pairs: keys and values to begin with; of a key that comes twice the last value counts.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self._shelves: dict[int, _Shelf] = {}
        self._held = 0
        self._recent: dict[bytes, bytes] = {}
        for key, value in pairs:
            self.put(key, value)

    def __contains__(self, key: str) -> bool:
        return self._get(_hash(key, KEY)) is not None

    def has(self, key: str, value: str) -> bool:
        """Whether the key is there and has this value."""
        return self._get(_hash(key, KEY)) == _hash(value, VALUE)

    def put(self, key: str, value: str = "") -> None:
        """Give a key a value, in place of what it had."""
        self._recent[_hash(key, KEY)] = _hash(value, VALUE)
        if len(self._recent) >= max(_RECENT, self._held // 128):
            self._merge()

    def _get(self, key: bytes) -> bytes | None:
        shelf = self._shelves.get(key[0] % _SHELVES)
        found = self._recent.get(key)
        return found if found is not None or shelf is None else shelf.get(key)

    def _merge(self) -> None:
        dealt: dict[int, list[tuple[bytes, bytes]]] = {}
        while self._recent:
            key, value = self._recent.popitem()
            dealt.setdefault(key[0] % _SHELVES, []).append((key, value))
        for number, pairs in dealt.items():
            self._shelves.setdefault(number, _Shelf()).merge(sorted(pairs))
        self._held = sum(map(len, self._shelves.values()))


class _Shelf:
    """Hashes of keys in their order, and those of their values."""

    def __init__(self) -> None:
        import numpy as np

        self._keys, self._values = np.empty(0, dtype=f"S{KEY}"), np.empty(0, dtype=f"S{VALUE}")

    def __len__(self) -> int:
        return len(self._keys)

    def get(self, key: bytes) -> bytes | None:
        """Return the value of a key; NumPy drops zeros at the end of both."""
        place = int(self._keys.searchsorted(key))
        if place < len(self._keys) and self._keys[place] == key.rstrip(b"\0"):
            return bytes(self._values[place]).ljust(VALUE, b"\0")
        return None

    def merge(self, pairs: list[tuple[bytes, bytes]]) -> None:
        """Take pairs, in the order of their keys."""
        import numpy as np

        keys = np.asarray([key for key, _ in pairs], dtype=self._keys.dtype)
        values = np.asarray([value for _, value in pairs], dtype=self._values.dtype)
        places = self._keys.searchsorted(keys)
        there = places < len(self._keys)
        there[there] = self._keys[places[there]] == keys[there]
        self._values[places[there]] = values[there]
        self._values = np.insert(self._values, places[~there], values[~there])
        self._keys = np.insert(self._keys, places[~there], keys[~there])
