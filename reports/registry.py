"""The registry of theme ids, kept in the store so that no id is ever given twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from analysis.lineage import KnownTheme, Registry
from comments.errors import StoreError
from comments.store import write_whole

if TYPE_CHECKING:
    from comments.store import Store

FILE = "themes.json"


def load_registry(store: Store) -> Registry:
    """Return the themes that earlier runs over this store found.

    Raises:
        StoreError: when the file is damaged; going on would give old ids to new themes.
    """
    file = store.path / FILE
    if not file.exists():
        return Registry()
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        themes = [KnownTheme(t["theme_id"], t["label"], frozenset(t["texts"])) for t in data["themes"]]
        return Registry(int(data["given"]), tuple(themes))
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{file} is damaged", "restore it from a copy, or choose another --store") from error


def save_registry(store: Store, registry: Registry) -> None:
    """Write the registry whole; called before a report is published, so that its ids are never reused."""
    themes = [{"theme_id": t.theme_id, "label": t.label, "texts": sorted(t.texts)} for t in registry.themes]
    data = json.dumps({"given": registry.given, "themes": themes}, ensure_ascii=False, indent=0)
    write_whole(store.path / FILE, data.encode("utf-8", "surrogatepass") + b"\n")
