"""BERTopic without the libraries that it imports and we do not use: torch alone takes seconds and 300 MB."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAVY = frozenset({"openai", "sentence_transformers", "torch", "transformers"})
OPTIONAL = HEAVY | {"hdbscan", "huggingface_hub", "plotly", "umap"}
"""What BERTopic can do without; its lightweight installation has none of the heavy ones.

A run that fits has loaded umap and hdbscan before, for its own use; one that only assigns needs neither.
"""


@contextmanager
def without_optional() -> Iterator[None]:
    """Hide the optional modules from what is imported in this block, but where a hub model has loaded heavy ones."""
    hidden = OPTIONAL - set(sys.modules) if HEAVY.isdisjoint(sys.modules) else frozenset[str]()
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None says that there is no such module
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)
