"""What is measured beside the themes: one call that fills the further tables of a run."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.campaigns import find_campaigns
from analysis.voices import count_voices, sum_voices

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analysis.embed import Embedder, VectorCache
    from reports.model import RunTables


def measure(
    tables: RunTables, vectors: NDArray[np.float32], embedder: Embedder, cache: VectorCache | None = None
) -> RunTables:
    """Return the tables of a run with what is measured over them.

    Args:
        tables: comments, pages, themes and assignments of the run.
        vectors: unit vectors of the comments in the order of their rows, shape (n, d).
        embedder: the model that made them; passages of articles and sentences of comments are embedded with it.
        cache: where vectors are kept.

    Returns:
        The same with ``campaigns`` and ``voices`` in ``more``, and sums in ``run["measures"]``.
    """
    campaigns = find_campaigns(tables.comments)
    voices = count_voices(tables.comments)
    sums = {
        "voices": sum_voices(voices, len(tables.comments)),
        "campaigns": {"found": len(campaigns), "comments": int(campaigns["comments"].sum())},
    }
    return replace(
        tables, more={**tables.more, "campaigns": campaigns, "voices": voices}, run={**tables.run, "measures": sums}
    )
