"""A ConvoKit corpus (Chang et al. 2020): the folder that `convokit.Corpus(filename=...)` reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reports.rows import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.exports.read import RunFolder
    from reports.rows import Row

UNKNOWN = "unknown"  # ConvoKit has no utterance without a speaker
FIELDS = (
    "theme_id",
    "theme",
    "strength",
    "page_id",
    "depth",
    "posted_at",
    "day",
    "permalink",
    "likes",
    "residual_reason",
)


def convokit_files(run: RunFolder) -> dict[str, bytes]:
    """Return the files of a corpus: a comment is an utterance, a thread a conversation, a name a speaker.

    Comments without a name have the speaker ``unknown``, whose ``known`` is false: he is no person. A comment
    whose parent is not in the run, or that is its own ancestor, begins a thread. All themes of a comment are in
    its ``themes``.

    Args:
        run: the run.
    """
    comments = run.rows("comments")
    parents = _parents(comments)
    pages = {page["page_id"]: page for page in run.rows("pages")}
    themes: dict[str, list[str]] = {}
    for row in run.rows("assignments"):
        themes.setdefault(row["comment_id"], []).append(row["theme_id"])
    utterances: list[dict[str, Any]] = []
    conversations: dict[str, dict[str, Any]] = {}
    speakers: dict[str, dict[str, Any]] = {}
    for row in comments:
        root = _root(row["comment_id"], parents)
        speaker = text_of(row, "author") or UNKNOWN
        known = text_of(row, "author") is not None
        # A person who calls himself "unknown" must not become nobody.
        speaker = f"{speaker} (name)" if known and speaker == UNKNOWN else speaker
        speakers[speaker] = {"meta": {"known": known}, "vectors": []}
        page = pages.get(row["page_id"], {})
        meta = {name: page.get(name) for name in ("page_id", "address", "url", "title")}
        conversations[root] = {"meta": meta, "vectors": []}
        utterances.append(_utterance(row, root, speaker, parents[row["comment_id"]], themes))
    overall = {"name": run.manifest.get("title"), "run_id": run.manifest.get("run_id"), "made_by": "belowtheline"}
    index = {
        "utterances-index": _index([u["meta"] for u in utterances]),
        "speakers-index": _index([s["meta"] for s in speakers.values()]),
        "conversations-index": _index([c["meta"] for c in conversations.values()]),
        "overall-index": _index([overall]),
        "version": 1,
        "vectors": [],
    }
    return {
        "utterances.jsonl": b"".join(_json(u) for u in utterances),
        "speakers.json": _json(speakers),
        "conversations.json": _json(conversations),
        "corpus.json": _json(overall),
        "index.json": _json(index),
    }


def _json(value: object) -> bytes:
    # Plain ASCII: ConvoKit opens its files in the encoding of the locale.
    return json.dumps(value, sort_keys=True).encode() + b"\n"


def _utterance(
    row: Row, root: str, speaker: str, parent: str | None, themes: Mapping[str, list[str]]
) -> dict[str, Any]:
    return {
        "id": row["comment_id"],
        "conversation_id": root,
        "text": row["text"],
        "speaker": speaker,
        "reply-to": parent,
        "timestamp": text_of(row, "created_at"),
        "meta": {**{name: row.get(name) for name in FIELDS}, "themes": themes.get(row["comment_id"], [])},
        "vectors": [],
    }


def _parents(comments: list[Row]) -> dict[str, str | None]:
    """The parent of each comment as far as it is in the run; a circle of answers is opened at its first comment."""
    here = {row["comment_id"] for row in comments}
    parents = {row["comment_id"]: row["parent_id"] if row["parent_id"] in here else None for row in comments}
    for start in parents:
        seen = {start}
        at = parents[start]
        while at is not None and at not in seen:
            seen.add(at)
            at = parents[at]
        if at == start:
            parents[start] = None
    return parents


def _root(comment_id: str, parents: Mapping[str, str | None]) -> str:
    while (above := parents[comment_id]) is not None:
        comment_id = above
    return comment_id


def _index(metas: list[dict[str, Any]]) -> dict[str, list[str]]:
    """The Python types of each field, as ConvoKit writes them."""
    types: dict[str, set[str]] = {}
    for meta in metas:
        for name, value in meta.items():
            types.setdefault(name, set()).add(str(type(value)))
    return {name: sorted(kinds) for name, kinds in sorted(types.items())}
