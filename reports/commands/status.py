"""``btl status``: what a store holds."""

from __future__ import annotations

import json
from pathlib import Path

import click

from reports.commands.shared import store_option, write_line


@click.command()
@store_option
def status(store: Path) -> None:
    """Say what a store holds, as JSON.

    \b
    Example:
      btl status --store data/store
    """  # noqa: D301
    from comments.errors import SettingsError
    from comments.store import Store
    from comments.view import view_store
    from reports.registry import load_registry

    if not (store / "store.json").exists():
        raise SettingsError(f"{store} is not a store", "name the folder that btl run --store made")
    opened = Store(store)
    view = view_store(opened)
    declared = view.pages["declared_count"]
    record = {
        "batches": len(opened.batches()),
        "pages": len(view.pages),
        "pages_with_comments": int((view.pages["found_count"] > 0).sum()),
        "comments": len(view.comments),
        "declared_comments": int(declared.sum()) if declared.notna().any() else None,
        "rejects": len(view.rejects),
        "discovered_themes_known": len(load_registry(opened).themes),
    }
    write_line(json.dumps(record, indent=2))
