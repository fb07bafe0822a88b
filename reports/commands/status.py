"""``btl status``: what a store holds."""

from __future__ import annotations

import json
from pathlib import Path

import click

from reports.commands.shared import open_store, store_option, write_line


@click.command()
@store_option
def status(store: Path) -> None:
    """Say what a store holds, as JSON.

    \b
    Example:
      btl status --store data/store
    """  # noqa: D301
    from analysis.fit import is_refit
    from comments.view import view_store
    from reports.registry import load_registry

    opened = open_store(store)
    view = view_store(opened)
    registry = load_registry(opened)
    declared = view.pages["declared_count"]
    record = {
        "batches": len(opened.batches()),
        "pages": len(view.pages),
        "pages_with_comments": int((view.pages["found_count"] > 0).sum()),
        "comments": len(view.comments),
        "declared_comments": int(declared.sum()) if declared.notna().any() else None,
        "rejects": len(view.rejects),
        "comments_gone": int(view.comments["gone"].sum()),
        "discovered_themes_known": len(registry.themes),
        "runs": len(registry.runs),
        "last_refit": next((run["run"] for run in reversed(registry.runs) if is_refit(run["refit"])), None),
        "reports": [str(out) for out in opened.known_runs()],
    }
    write_line(json.dumps(record, indent=2))
