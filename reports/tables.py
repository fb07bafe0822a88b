"""The tables of a run, as they go from the pipeline to whatever writes or shows them, and how they come to be."""

from __future__ import annotations

import platform
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analysis.embed import text_seen
from analysis.language import detect_languages, language_note
from analysis.settings import CARRIED_MODELS, WHOLE_MODEL, NamedTheme, Settings
from reports.recipe import Order, write_recipe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from analysis.embed import Embedder
    from analysis.themes import Themes
    from comments.view import View


@dataclass(frozen=True, slots=True)
class RunTables:
    """The tables of one run, as written by the pipeline; null means unknown.

    ``more`` holds tables beyond the five by name; a report copes without any of them.
    """

    comments: pd.DataFrame
    pages: pd.DataFrame
    themes: pd.DataFrame
    assignments: pd.DataFrame
    rejects: pd.DataFrame
    run: Mapping[str, Any]
    more: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def make_tables(view: View, texts: Sequence[str], found: Themes, order: Order, embedder: Embedder) -> RunTables:
    """Join what was read and what was found into the tables that a report is made of.

    Args:
        view: frames of comments and pages.
        texts: of the comments, what the model read.
        found: themes of these.
        order: what the user asks for.
        embedder: the model.
    """
    comments = view.comments.join(found.comments)
    comments["own_text"] = [
        own if own != text else None for own, text in zip(texts, comments["clean_text"], strict=True)
    ]
    comments["text_seen"] = text_seen(texts, embedder)
    comments = comments.join(detect_languages(texts, order.settings.language))
    own = {name: f"input_{name}" if name in comments.columns else name for name in view.extra.columns}
    return RunTables(
        comments=comments.join(view.extra.rename(columns=own)),
        pages=view.pages,
        themes=found.themes,
        assignments=found.assignments,
        rejects=view.rejects,
        more=found.more,
        run=_manifest(view, found, order, embedder)
        | {"notes": _notes(order.settings, order.themes, comments["language"])},
    )


def _manifest(view: View, found: Themes, order: Order, embedder: Embedder) -> dict[str, Any]:
    """What the run was made of; nothing in it comes from a clock."""
    return {
        **write_recipe(order, view.fingerprint, embedder.key),
        "python": platform.python_version(),
        "model": {
            "name": order.settings.model,
            "key": embedder.key,
            "dimension": embedder.dimension,
            "max_tokens": embedder.window,
        },
        "inputs": {
            "pages": len(view.pages),
            "comments": len(view.comments),
            "rejects": len(view.rejects),
            "sha256": view.fingerprint,
        },
        "discovery": found.discovery,
    }


def _notes(settings: Settings, themes: Sequence[NamedTheme], languages: pd.Series) -> list[str]:
    """What the reader of the report should know about how this run was steered."""
    notes = []
    if themes and settings.model not in CARRIED_MODELS:
        notes.append(
            f"The weights of named themes were fitted to the vectors of {WHOLE_MODEL}; with {settings.model} their "
            "strengths rank comments but are not calibrated."
        )
    about_language = language_note(languages, settings.model, settings.language)
    return [*notes, about_language] if about_language else notes
