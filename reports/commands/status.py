"""``btl status``: what a store holds, and what is due."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from reports.commands.shared import open_store, store_option, write_line

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.lineage import Registry
    from comments.store import Store
    from comments.view import View

MANY = 20
"""Batches from which joining them is worth while."""


@click.command()
@store_option
def status(store: Path) -> None:
    """Say what a store holds and what is due, as JSON.

    Under "due" stands what the next run would do or what you had better: comments that no report shows yet, an erasure
    that was interrupted, a refit because the texts have grown, batches to be joined by btl compact.

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
        "due": _due(opened, view, registry),
    }
    write_line(json.dumps(record, indent=2))


def _due(store: Store, view: View, registry: Registry) -> list[str]:
    """What is to be done, in words with the command that does it."""
    from comments.erasure import Tombstones

    due = []
    if Tombstones(store).pending:
        due.append("an erasure was interrupted: the next btl run or btl erase ends it")
    shown = registry.last.comments if registry.last else frozenset()
    new = len(set(view.comments["comment_id"]) - shown)
    if new:
        due.append(f"{new} comments are in no report yet: btl report")
    grown = _growth(view, registry)
    if grown:
        due.append(f"the next run discovers themes anew: {grown}")
    if len(store.batches()) >= MANY:
        due.append(f"{len(store.batches())} batches: btl compact joins them")
    return due


def _growth(view: View, registry: Registry) -> str:
    """Why texts have outgrown the last fit, by the default settings; empty where they have not or there is none."""
    from analysis.fit import why_refit
    from analysis.settings import Settings
    from analysis.word_count import count_words

    fit: Any = registry.fit
    if fit is None:
        return ""
    settings = Settings()
    texts = {text for text in view.comments["clean_text"] if count_words(text) >= settings.min_words}
    reason = why_refit(fit, fit.model, sorted(texts), settings) if len(texts) > fit.texts else ""
    return reason if " times the " in reason else ""
