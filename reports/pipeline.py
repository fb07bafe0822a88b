"""From inputs to a published report: the one path that the command, the notebook and make share."""

from __future__ import annotations

import hashlib
import json
import logging
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.embed import open_embedder, text_seen
from analysis.language import detect_languages, language_note
from analysis.lineage import Registry
from analysis.settings import DEFAULT_MODEL, NamedTheme, Settings, load_themes
from analysis.themes import Themes, find_themes
from comments.errors import NoCommentsError
from comments.ingest import Ingested, ingest
from comments.inputs import read_inputs
from comments.inputs.columns import ColumnMap
from comments.schema import rejects_schema
from comments.store import Store, StoredVectors
from comments.view import View, view_store
from reports.build import build_report
from reports.export import assignments_out, comments_out, more_out, pages_out, parquet_bytes, themes_out
from reports.html import render_html
from reports.markdown import render_markdown
from reports.measures import measure
from reports.model import RunTables
from reports.publish import prepare_folder, publish
from reports.registry import load_registry, save_registry

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from analysis.embed import Embedder, VectorCache

log = logging.getLogger(__name__)
DEFAULT_THEMES = Path("data/themes.toml")
PACKAGES = (
    "bertopic",
    "hdbscan",
    "numpy",
    "onnxruntime",
    "pandas",
    "pyarrow",
    "scikit-learn",
    "sentence-transformers",
    "torch",
    "umap-learn",
)


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run.

    Attributes:
        tables: what the report was made of.
        ingested: what its inputs held and how much of it was new.
        out: the folder it was published to.
    """

    tables: RunTables
    ingested: Ingested
    out: Path


def named_themes(path: Path | None) -> tuple[NamedTheme, ...]:
    """Return the themes of a file; without one, those of ./data/themes.toml where it exists."""
    if path is None:
        path = DEFAULT_THEMES if DEFAULT_THEMES.is_file() else None
    return load_themes(path) if path else ()


def run(
    inputs: Sequence[str],
    *,
    store: Path,
    out: Path,
    themes: Sequence[NamedTheme] = (),
    settings: Settings | None = None,
    title: str | None = None,
    threads: int | None = None,
    strict: bool = False,
) -> Run:
    """Read inputs into a store, find the themes of all it holds, and publish the report.

    Args:
        inputs: files, folders or ``-``; none to report on the store as it is.
        store: folder of the store.
        out: folder of the report.
        themes: named themes.
        settings: see :class:`analysis.settings.Settings`.
        title: headline of the report.
        threads: cores for the embedding.
        strict: fail where no comment was found, leaving the last report as it is.

    Raises:
        BelowTheLineError: with the file or folder that is wrong and what to do.
    """
    settings = settings or Settings()
    columns = ColumnMap.from_mapping(settings.columns, "settings")
    items = read_inputs(inputs, columns=columns)  # before anything is made: a wrong path leaves nothing behind
    with Store(store) as opened:
        prepare_folder(out)  # under the lock, for it clears what another run may be about to publish
        ingested = ingest(opened, items)
        view = view_store(opened)
        log.info("%d pages, %d comments, %d rejects", len(view.pages), len(view.comments), len(view.rejects))
        if strict and view.comments.empty:
            raise NoCommentsError(
                f"no comment was found in {', '.join(inputs) or store}", "look at btl split --explain"
            )
        embedder = open_embedder(settings.model, threads=threads)
        registry = load_registry(opened)
        cache = StoredVectors(opened)
        found = find_themes(view.comments, themes, settings, embedder, cache=cache, registry=registry)
        tables = make_tables(view, found, settings, themes, embedder, title)
        tables = measure(tables, found.vectors, embedder, cache)
        files = _files(tables, view)
        if found.registry != registry:
            save_registry(opened, found.registry)
        publish(out, files)
    return Run(tables, ingested, out)


def analyse(
    view: View, themes: Sequence[NamedTheme], settings: Settings, *, cache: VectorCache | None = None
) -> RunTables:
    """Find themes in a view without a store or a folder, as a notebook does.

    Args:
        view: frames of comments and pages.
        themes: named themes.
        settings: see :class:`analysis.settings.Settings`.
        cache: where vectors are kept.
    """
    embedder = open_embedder(settings.model)
    found = find_themes(view.comments, themes, settings, embedder, cache=cache, registry=Registry())
    return measure(make_tables(view, found, settings, themes, embedder, None), found.vectors, embedder, cache)


def make_tables(
    view: View,
    found: Themes,
    settings: Settings,
    themes: Sequence[NamedTheme],
    embedder: Embedder,
    title: str | None,
) -> RunTables:
    """Join what was read and what was found into the tables that a report is made of."""
    comments = view.comments.join(found.comments)
    texts = comments["clean_text"].tolist()
    comments["text_seen"] = text_seen(texts, embedder)
    comments = comments.join(detect_languages(texts, settings.language))
    own = {name: f"input_{name}" if name in comments.columns else name for name in view.extra.columns}
    return RunTables(
        comments=comments.join(view.extra.rename(columns=own)),
        pages=view.pages,
        themes=found.themes,
        assignments=found.assignments,
        rejects=view.rejects,
        run=_manifest(view, found, settings, themes, embedder, title)
        | {"notes": _notes(settings, themes, comments["language"])},
    )


def _manifest(
    view: View,
    found: Themes,
    settings: Settings,
    themes: Sequence[NamedTheme],
    embedder: Embedder,
    title: str | None,
) -> dict[str, Any]:
    """What the run was made of; nothing in it comes from a clock."""
    from importlib.metadata import version

    inputs = _frame_hash(view.pages[["page_id", "version"]], view.comments[["comment_id"]])
    steering = {"settings": settings.model_dump(mode="json"), "themes": [t.model_dump(mode="json") for t in themes]}
    versions = {name: version(name) for name in PACKAGES}
    recipe = json.dumps([inputs, steering, versions, version("belowtheline"), embedder.key], sort_keys=True)
    return {
        "run_id": hashlib.sha256(recipe.encode()).hexdigest()[:12],
        "title": title or "What readers raised below the line",
        "btl_version": version("belowtheline"),
        "python": platform.python_version(),
        "settings": steering["settings"],
        "named_themes": steering["themes"],
        "model": {
            "name": settings.model,
            "key": embedder.key,
            "dimension": embedder.dimension,
            "max_tokens": embedder.window,
        },
        "versions": versions,
        "inputs": {
            "pages": len(view.pages),
            "comments": len(view.comments),
            "rejects": len(view.rejects),
            "sha256": inputs,
        },
        "discovery": found.discovery,
    }


def _notes(settings: Settings, themes: Sequence[NamedTheme], languages: pd.Series) -> list[str]:
    """What the reader of the report should know about how this run was steered."""
    notes = []
    if themes and settings.model != DEFAULT_MODEL:
        notes.append(
            f"The weights of named themes were fitted to the vectors of {DEFAULT_MODEL}; with {settings.model} their "
            "strengths rank comments but are not calibrated."
        )
    about_language = language_note(languages, settings.model, settings.language)
    return [*notes, about_language] if about_language else notes


def _frame_hash(*frames: pd.DataFrame) -> str:
    digest = hashlib.sha256()
    for frame in frames:
        rows = sorted("\t".join(map(str, row)) for row in frame.itertuples(index=False))
        digest.update("\n".join(rows).encode("utf-8", "surrogatepass") + b"\n\n")
    return digest.hexdigest()


def _files(tables: RunTables, view: View) -> dict[str, bytes]:
    """Every file of a report; the manifest is last and holds the hashes of the others."""
    report = build_report(tables)
    files = {
        "comments.parquet": parquet_bytes(tables.comments, comments_out()),
        "assignments.parquet": parquet_bytes(tables.assignments, assignments_out()),
        "themes.parquet": parquet_bytes(tables.themes, themes_out()),
        "pages.parquet": parquet_bytes(tables.pages, pages_out()),
        "rejects.parquet": parquet_bytes(tables.rejects, rejects_schema()),
        **{f"{name}.parquet": parquet_bytes(table, more_out(name)) for name, table in sorted(tables.more.items())},
        "report.html": render_html(report).encode("utf-8", "replace"),
        "report.md": render_markdown(report).encode("utf-8", "replace"),
    }
    manifest = {
        **tables.run,
        "outputs": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        "published_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    files["run.json"] = json.dumps(manifest, indent=2, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    return files
