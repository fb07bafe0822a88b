"""A person, comment or page taken out of everything that the program wrote, and the proof of it."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from analysis.events import Snapshot
from comments.erasure import (
    Erasure,
    Tombstones,
    end_erasure,
    erase_rows,
    plan_erasure,
    plan_pending,
    set_tombstones,
)
from comments.model import text_key
from comments.privacy import pseudonym, store_keys
from comments.sealed import read_sealed, write_sealed
from comments.vectors import StoredVectors
from comments.view import view_store
from reports.files import write_files
from reports.folder import read_manifest, read_tables
from reports.publish import prepare_folder, publish
from reports.reading import own_words
from reports.registry import rewrite_states
from reports.search import find_words

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from analysis.lineage import Registry
    from comments.store import Store
    from reports.tables import RunTables

log = logging.getLogger(__name__)
NOTE = "Comments were erased from this report on request; its counts are those of the run before that."
BESIDE = {"similar": "closeness"}
"""Lists that go with a list of ids, item by item."""


def erase(
    store: Store, *, comment: str | None = None, author: str | None = None, page: str | None = None
) -> dict[str, Any]:
    """Erase a comment, all of an author, or a page, and return the receipt.

    The rows themselves go last: a request that was killed is found again and done whole when it is repeated, or by the
    next run.

    Args:
        store: the store, whose lock the caller holds.
        comment: id of a comment.
        author: a name as written, or its pseudonym.
        page: address, URL or id of a page.

    Returns:
        What was erased, in numbers; the files that were written anew; and ``left``: files in which words
        of it still stand, because somebody else wrote them or another program did.
    """
    return _carry_out(store, plan_erasure(store, comment=comment, author=author, page=page))


def end_pending(store: Store) -> dict[str, Any] | None:
    """End an erasure that was killed; return its receipt, or None where there is none to end.

    Args:
        store: the store, whose lock the caller holds.
    """
    if not Tombstones(store).pending:
        return None
    log.warning("an erasure was interrupted: it is ended first")
    return _carry_out(store, plan_pending(store))


def _carry_out(store: Store, erasure: Erasure) -> dict[str, Any]:
    key = store_keys(store).authors
    hidden = frozenset(pseudonym(name, key) for name in erasure.authors)
    stones = set_tombstones(store, erasure)
    live = _live_keys(store, erasure)
    rewritten = [str(file.relative_to(store.path)) for file in _erase_vectors(store, live)]
    rewritten += rewrite_states(store, lambda registry: _without(registry, erasure, live))
    rewritten += _erase_positions(store, live)
    for out in store.known_runs():
        rewritten += _erase_report(out, erasure, hidden)
    rewritten += erase_rows(store, erasure)
    end_erasure(store)
    places = [store.path, *store.known_runs()]
    return {
        "comments": len(erasure.comments),
        "authors": len(erasure.authors),
        "pages": len(erasure.pages),
        "tombstones": stones,
        "rewritten": rewritten,
        "left": sorted(str(file) for folder in places for file in find_words(folder, erasure.needles)),
    }


def _live_keys(store: Store, erasure: Erasure) -> set[str]:
    """Hashes of the texts that stay: whole, and as the model reads them, without what they quote."""
    view = view_store(store)
    comments = view.comments
    stays = ~(comments["comment_id"].isin(erasure.comments) | comments["page_id"].isin(erasure.pages))
    read = own_words(view)["clean_text"]
    return {text_key(text) for column in (comments["clean_text"], read) for text in column[stays]}


def _erase_vectors(store: Store, live: set[str]) -> list[Path]:
    """Drop every vector but those of whole comments that stay; those of their sentences are made again when needed."""
    import pyarrow.parquet as pq

    files = store.path.glob("vectors/*/*.parquet")
    known = {key for file in files for key in pq.read_table(file, columns=["key"])["key"].to_pylist()}
    return StoredVectors(store).merge(drop=known - live)


def _without(registry: Registry, erasure: Erasure, live: set[str]) -> Registry:
    fit, last = registry.fit, registry.last
    if fit is not None:
        pairs = [(key, group) for key, group in zip(fit.keys, fit.groups, strict=True) if key in live]
        fit = replace(fit, keys=tuple(k for k, _ in pairs), groups=tuple(g for _, g in pairs))
    if last is not None:
        members = {name: ids - erasure.comments for name, ids in last.members.items()}
        last = Snapshot(last.comments - erasure.comments, members, last.labels)
    themes = tuple(replace(theme, texts=theme.texts & live) for theme in registry.themes)
    return replace(registry, fit=fit, last=last, themes=themes)


def _erase_positions(store: Store, live: set[str]) -> list[str]:
    rewritten = []
    for file in sorted(store.path.glob("map/*.json")):
        value = read_sealed(file) or {"positions": {}}
        kept = {key: place for key, place in value["positions"].items() if key in live}
        if len(kept) < len(value["positions"]):
            write_sealed(file, {"positions": kept})
            rewritten.append(str(file.relative_to(store.path)))
    return rewritten


def _erase_report(out: Path, erasure: Erasure, hidden: frozenset[str]) -> list[str]:
    """Write a report anew from its own tables, less what is erased; its counts stay those of its run."""
    if read_manifest(out) is None:
        return []
    tables = read_tables(out)
    is_in = tables.comments["comment_id"].isin(erasure.comments) | tables.comments["page_id"].isin(erasure.pages)
    if not is_in.any() and not tables.pages["page_id"].isin(erasure.pages).any():
        return []
    files = write_files(_report_without(tables, erasure, hidden))
    prepare_folder(out)
    publish(out, files)
    return [str(out / name) for name in files]


def _report_without(tables: RunTables, erasure: Erasure, hidden: frozenset[str]) -> RunTables:
    run = {name: value for name, value in tables.run.items() if name not in ("outputs", "published_at", "sha256")}
    run["notes"] = list(dict.fromkeys([*run.get("notes", []), NOTE]))
    edits = [edit for edit in run.get("edits", []) if edit.get("comment_id") not in erasure.comments]
    run["edits"] = [
        {k: [i for i in v if i not in erasure.comments] if isinstance(v, list) else v for k, v in edit.items()}
        for edit in edits
    ]
    five = {name: getattr(tables, name) for name in ("comments", "pages", "themes", "assignments", "rejects")}
    frames = {name: _frame_without(frame, erasure, hidden) for name, frame in {**five, **tables.more}.items()}
    return replace(
        tables,
        **{name: frames[name] for name in five},
        more={name: frames[name] for name in tables.more},
        run=run,
    )


def _frame_without(frame: pd.DataFrame, erasure: Erasure, hidden: frozenset[str]) -> pd.DataFrame:
    import pandas as pd

    gone = erasure.comments
    for name, erased in (("comment_id", gone), ("page_id", erasure.pages), ("author", erasure.authors | hidden)):
        if name in frame.columns:
            frame = frame[~frame[name].isin(erased)]
    if "comment_ids" in frame.columns:  # what is said about several comments may quote each of them
        clean = [not gone.intersection(ids if isinstance(ids, list) else ()) for ids in frame["comment_ids"]]
        frame = frame[pd.Series(clean, index=frame.index, dtype=bool)]
    frame = frame.reset_index(drop=True)
    for name in frame.columns:
        held = [bool(gone.intersection(ids)) if isinstance(ids, list) else False for ids in frame[name]]
        if any(held):
            frame = _lists_without(frame, name, gone)
    if "parent_id" in frame.columns:
        frame = frame.assign(parent_id=frame["parent_id"].where(~frame["parent_id"].isin(gone)))
    return frame


def _lists_without(frame: pd.DataFrame, name: str, gone: frozenset[str]) -> pd.DataFrame:
    """A frame without some ids in the lists of a column, and without what goes with them in another."""
    import pandas as pd

    kept = [
        [n for n, item in enumerate(ids) if item not in gone] if isinstance(ids, list) else None for ids in frame[name]
    ]
    for column in dict.fromkeys((name, BESIDE.get(name, name))):
        if column in frame.columns:
            pairs = zip(frame[column], kept, strict=True)
            rows = [ids if places is None else [ids[n] for n in places] for ids, places in pairs]
            frame = frame.assign(**{column: pd.Series(rows, index=frame.index, dtype=object)})
    return frame
