"""What a store holds already, by hash: a few bytes an entry, so that a long reading stays flat in memory."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

KEY, VALUE = 12, 8
"""Bytes of a key's and of a value's hash: of a billion keys two agree once in a hundred billion stores."""
_RECENT = 10_000


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
        self._keys: Any = None
        self._values: Any = None
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
        if len(self._recent) >= max(_RECENT, (0 if self._keys is None else len(self._keys)) // 32):
            self._merge()

    def _get(self, key: bytes) -> bytes | None:
        found = self._recent.get(key)
        if found is not None or self._keys is None:
            return found
        place = int(self._keys.searchsorted(key))
        if place < len(self._keys) and self._keys[place] == key.rstrip(b"\0"):
            return bytes(self._values[place]).ljust(VALUE, b"\0")
        return None

    def _merge(self) -> None:
        import numpy as np

        keys = np.asarray(sorted(self._recent), dtype=f"S{KEY}")
        values = np.asarray([value for _, value in sorted(self._recent.items())], dtype=f"S{VALUE}")
        self._recent = {}
        if self._keys is None:
            self._keys, self._values = keys, values
            return
        places = self._keys.searchsorted(keys)
        there = places < len(self._keys)
        there[there] = self._keys[places[there]] == keys[there]
        self._values[places[there]] = values[there]
        self._values = np.insert(self._values, places[~there], values[~there])
        self._keys = np.insert(self._keys, places[~there], keys[~there])
