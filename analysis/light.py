"""BERTopic without the libraries that it imports and we do not use: torch alone takes seconds and 300 MB."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

HEAVY = frozenset({"openai", "sentence_transformers", "torch", "transformers"})
OPTIONAL = HEAVY | {"hdbscan", "huggingface_hub", "umap"}
"""What BERTopic can do without; its lightweight installation has none of them.

A run that fits has loaded umap and hdbscan before, for its own use; one that only assigns needs neither.
"""


class _Hidden(MetaPathFinder):
    """Says of optional modules that they are not installed."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> Any:  # noqa: ANN401
        if fullname.partition(".")[0] in OPTIONAL:
            raise ModuleNotFoundError(f"{fullname} is not needed here", name=fullname)
        return None


@contextmanager
def without_optional() -> Iterator[None]:
    """Hide the optional modules from what is imported in this block, but where a hub model has loaded heavy ones."""
    finder = _Hidden()
    if not HEAVY.isdisjoint(sys.modules):  # a hub model has loaded them: nothing to save
        yield
        return
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
