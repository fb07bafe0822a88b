"""From inputs to a published report: the one path that the command, the notebook and make share."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.edits import Edit, load_edits
from analysis.embed import open_embedder
from analysis.engine import Serial, open_engine
from analysis.lineage import Registry
from analysis.settings import NamedTheme, Settings, load_themes
from analysis.spread import SpreadEmbedder
from analysis.themes import find_themes
from comments.errors import NoCommentsError, SettingsError
from comments.ingest import ingest
from comments.inputs import read_inputs
from comments.inputs.columns import ColumnMap
from comments.privacy import hide_names, store_keys
from comments.store import Store
from comments.vectors import StoredVectors
from comments.view import View, fingerprint, view_store
from reports.erase import end_pending
from reports.files import write_files
from reports.folder import damaged_files, read_manifest, read_tables
from reports.follow import follow_themes
from reports.measures import measure
from reports.positions import add_map, load_positions, save_positions
from reports.public import mask_tables
from reports.publish import prepare_folder, publish
from reports.quantities import plural
from reports.reading import own_words
from reports.recipe import TITLE, Order, known_key, settle_model, write_recipe
from reports.registry import last_model, load_registry, save_registry
from reports.tables import RunTables, make_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from analysis.embed import VectorCache
    from analysis.engine import Engine
    from comments.writer import Ingested

log = logging.getLogger(__name__)
DEFAULT_THEMES = Path("data/themes.toml")
DEFAULT_EDITS = Path("data/edits.toml")


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run.

    Attributes:
        ingested: what its inputs held and how much of it was new.
        out: the folder that holds its report.
        is_new: whether the report was written; an earlier one that says the same is left as it is.
        made: what the report was made of, if it was made now.
    """

    ingested: Ingested
    out: Path
    is_new: bool
    made: RunTables | None

    @property
    def tables(self) -> RunTables:
        """What the report was made of."""
        return self.made or read_tables(self.out)


def named_themes(path: Path | None) -> tuple[NamedTheme, ...]:
    """Return the themes of a file; without one, those of ./data/themes.toml where it exists."""
    if path is None:
        path = DEFAULT_THEMES if DEFAULT_THEMES.is_file() else None
    return load_themes(path) if path else ()


def analyst_edits(path: Path | None) -> tuple[Edit, ...]:
    """Return the edits of a file; without one, those of ./data/edits.toml where it exists."""
    if path is None:
        path = DEFAULT_EDITS if DEFAULT_EDITS.is_file() else None
    return load_edits(path) if path else ()


def run(
    inputs: Sequence[str],
    *,
    store: Path,
    out: Path,
    themes: Sequence[NamedTheme] = (),
    settings: Settings | None = None,
    title: str | None = None,
    edits: Sequence[Edit] = (),
    refit: bool = False,
    real_names: bool = False,
    public: bool = False,
    threads: int | None = None,
    engine: str = "serial",
    strict: bool = False,
    alerts: Sequence[str] = (),
    if_new: bool = False,
) -> Run:
    """Read inputs into a store, find the themes of all it holds, and publish the report.

    Where the folder holds the report that would come of it already, no file is changed.

    Args:
        inputs: files, folders or ``-``; none to report on the store as it is.
        store: folder of the store.
        out: folder of the report.
        themes: named themes.
        settings: see :class:`analysis.settings.Settings`.
        title: headline of the report.
        edits: the analyst's decisions about themes.
        refit: discover themes anew, whatever the drift since the last fit.
        real_names: show authors as they are written, not by pseudonyms.
        public: mask e-mail addresses, phone numbers, handles and names of authors in all that is written.
        threads: cores for the embedding.
        engine: where pages are split and texts embedded; see :func:`analysis.engine.open_engine`.
        strict: fail where no comment was found, leaving the last report as it is.
        alerts: conditions to watch for, see :func:`reports.alerts.parse_alert`.
        if_new: write no report where one that says the same stands in another folder.

    Raises:
        BelowTheLineError: with the file or folder that is wrong and what to do.
    """
    order = Order(
        tuple(themes), settings or Settings(), tuple(edits), title or TITLE, real_names, public, tuple(alerts)
    )
    order.check()
    if store.resolve() in (out.resolve(), *out.resolve().parents):  # the store clears what no manifest of its names
        raise SettingsError(f"the output folder {out} lies in the store {store}", "choose another --out")
    columns = ColumnMap.from_mapping(order.settings.columns, "settings")
    items = read_inputs(inputs, columns=columns)  # before anything is made: a wrong path leaves nothing behind
    with open_engine(engine) as workers, Store(store) as opened:
        end_pending(opened)
        order = replace(order, settings=settle_model(order.settings, last_model(opened)))
        ingested = ingest(opened, items, split_parts=workers.map)
        if strict and not opened.table("comments", ["comment_id"]).num_rows:
            lost = f" ({plural(ingested.rejects, 'input')} rejected)" if ingested.rejects else ""
            where = ", ".join(inputs) or store
            raise NoCommentsError(f"no comment was found in {where}{lost}", "look at btl split, and its --explain")
        places = [out, *reversed(opened.known_runs())] if if_new else [out]
        known = None if refit else next((place for place in places if _is_there(opened, order, place)), None)
        if known is not None:
            return Run(ingested, known, is_new=False, made=None)
        opened.note_run(out)
        prepare_folder(out)  # under the lock, for it clears what another run may be about to publish
        tables = _report_on(opened, order, out, refit=refit, threads=threads, workers=workers)
    return Run(ingested, out, is_new=True, made=tables)


def _is_there(store: Store, order: Order, out: Path) -> bool:
    """Whether the folder holds, whole, the very report that a run would write."""
    manifest = read_manifest(out)
    if manifest is None or (manifest.get("llm") or {}).get("failures"):  # a language model that failed is asked again
        return False
    recipe = write_recipe(order, fingerprint(store), known_key(order.settings, manifest))
    return all(manifest.get(key) == value for key, value in recipe.items()) and not damaged_files(out, manifest)


def _report_on(
    store: Store, order: Order, out: Path, *, refit: bool, threads: int | None, workers: Engine
) -> RunTables:
    """The line from a store to a published report."""
    view = raw = view_store(store)
    if not order.real_names:
        view = hide_names(raw, store_keys(store).authors)
    log.info("%d pages, %d comments, %d rejects", len(view.pages), len(view.comments), len(view.rejects))
    model, device = order.settings.model, order.settings.device
    embedder, cache = open_embedder(model, threads=threads, device=device), StoredVectors(store)
    if not isinstance(workers, Serial) and device != "cuda":  # many workers would share one card
        embedder = SpreadEmbedder(model, embedder, workers, device)
    run_id = write_recipe(order, view.fingerprint, embedder.key)["run_id"]
    registry = load_registry(store, run_id)
    read = _to_read(view, order.settings)
    found = find_themes(
        read,
        order.themes,
        order.settings,
        embedder,
        cache=cache,
        registry=registry,
        edits=order.edits,
        refit=refit,
    )
    tables = make_tables(view, read["clean_text"].tolist(), found, order, embedder)
    tables = measure(tables, found.vectors, embedder, cache, llm=order.settings.llm)
    tables, registry = follow_themes(tables, found, registry, view.runs)
    tables, positions = add_map(tables, found.vectors, load_positions(store, embedder.key))
    if order.public:
        tables = mask_tables(tables, raw.comments["author"].dropna().unique())
    files = write_files(tables)
    save_registry(store, registry, run_id)
    save_positions(store, embedder.key, positions)
    store.push()  # before anybody can see an id that another machine could give once more
    publish(out, files)
    return tables


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
    Order(settings=settings).check()
    settings = settle_model(settings, "")
    order = Order(tuple(themes), settings)
    embedder = open_embedder(settings.model, device=settings.device)
    read = _to_read(view, settings)
    found = find_themes(read, themes, settings, embedder, cache=cache, registry=Registry())
    tables = make_tables(view, read["clean_text"].tolist(), found, order, embedder)
    tables = measure(tables, found.vectors, embedder, cache, llm=settings.llm)
    return add_map(tables, found.vectors, {})[0]


def _to_read(view: View, settings: Settings) -> pd.DataFrame:
    """The comments with what the model is to read as their tidied text."""
    return own_words(view) if settings.context.quotes else view.comments
