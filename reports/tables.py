"""The tables of a run, as they go from the pipeline to whatever writes or shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


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
