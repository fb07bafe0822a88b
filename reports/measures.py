"""What is measured beside the themes: one call that fills the further tables of a run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from analysis.agenda import compare_agenda
from analysis.campaigns import find_campaigns
from analysis.desk import KINDS, find_desk
from analysis.embed import embed_texts
from analysis.layers import add_intervals
from analysis.replies import count_replies
from analysis.similar import ALL, find_similar
from analysis.voices import count_voices, sum_voices
from reports.summary.brief import write_summary
from reports.summary.extract import digest_themes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from analysis.embed import Embedder, VectorCache
    from analysis.settings import LlmSettings
    from reports.tables import RunTables


def measure(
    tables: RunTables,
    vectors: NDArray[np.float32],
    embedder: Embedder,
    cache: VectorCache | None = None,
    *,
    llm: LlmSettings | None = None,
) -> RunTables:
    """Return the tables of a run with what is measured over them.

    Args:
        tables: comments, pages, themes and assignments of the run.
        vectors: unit vectors of the comments in the order of their rows, shape (n, d).
        embedder: the model that made them; passages of articles and sentences of comments are embedded with it.
        cache: where vectors are kept.
        llm: the language model to ask for descriptions, if it names one.

    Returns:
        The same with ``campaigns``, ``voices``, ``agenda_themes``, ``agenda_articles``, ``desk``, ``replies``,
        ``similar`` and ``summary`` in ``more``, intervals in its ``layers``, and sums in ``run["measures"]``.
    """
    comments = tables.comments

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        return embed_texts(texts, embedder, cache)

    agenda = compare_agenda(comments, tables.pages, tables.themes, tables.assignments, vectors, embed)
    found = {
        "agenda_articles": agenda.articles,
        "agenda_themes": agenda.themes,
        "campaigns": find_campaigns(comments),
        "desk": find_desk(comments),
        "replies": count_replies(comments, tables.assignments, tables.themes),
        "similar": find_similar(
            comments["comment_id"].tolist(), vectors, None if len(comments) <= ALL else _quoted(tables.themes)
        ),
        "voices": count_voices(comments),
    }
    if "layers" in tables.more:
        found["layers"] = add_intervals(tables.more["layers"], tables.more["layer_members"], comments)
    run = {**tables.run, "measures": _sums(found, len(comments))}
    measured = replace(tables, more={**tables.more, **found}, run=run)
    digests = digest_themes(measured, vectors, embed)
    lines = {name: one.lines for name, one in digests.items()}
    if llm is not None and llm.model:
        from reports.summary.rewrite import rewrite, with_note

        lines, account = rewrite(measured, digests, vectors, embed, llm)
        measured = with_note(measured, account)
    return replace(measured, more={**measured.more, "summary": write_summary(measured, digests, lines)})


def _quoted(themes: pd.DataFrame) -> list[str]:
    """Comments that the cards of themes quote."""
    return [i for name in ("representatives", "near_misses", "boundary") for ids in themes[name] for i in ids]


def _sums(found: Mapping[str, pd.DataFrame], comments: int) -> dict[str, Any]:
    """What the tables come to."""
    verdicts = found["agenda_themes"]["reader_introduced"].tolist()
    taken = found["agenda_articles"]["taken_up"].tolist()
    kinds = found["desk"]["kind"].tolist()
    campaigns = found["campaigns"]
    return {
        "agenda": {
            "reader_introduced": sum(verdict is True for verdict in verdicts),
            "in_articles": sum(verdict is False for verdict in verdicts),
            "unknown": sum(verdict is None for verdict in verdicts),
            "passages": len(taken),
            "passages_taken_up": sum(taken),
        },
        "campaigns": {"found": len(campaigns), "comments": int(campaigns["comments"].sum())},
        "desk": {kind: kinds.count(kind) for kind in KINDS},
        "voices": sum_voices(found["voices"], comments),
    }
