"""Comments that are not independent: those of one author, else of one thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


def number_threads(comments: pd.DataFrame) -> NDArray[np.int64]:
    """Return the thread of each comment, numbered in the order of the rows: its top-level comment and all replies.

    Args:
        comments: columns ``comment_id`` and ``parent_id``; an unknown parent begins a thread.
    """
    import numpy as np

    rows = {name: row for row, name in enumerate(comments["comment_id"])}
    parents = [rows.get(p, row) if isinstance(p, str) else row for row, p in enumerate(comments["parent_id"])]
    roots = np.asarray(parents, dtype=np.int64)
    while True:
        higher = roots[roots]
        if (higher == roots).all():
            return roots
        if (higher[higher] == roots).all():  # a circle of replies in a damaged table
            return np.minimum(higher, roots)
        roots = higher


def number_writers(comments: pd.DataFrame) -> NDArray[np.int64]:
    """Return the author of each comment as a number; a comment without a name counts as a writer of its own.

    Args:
        comments: column ``author``.
    """
    import numpy as np

    numbers: dict[object, int] = {}
    names = [name if isinstance(name, str) else row for row, name in enumerate(comments["author"])]
    return np.asarray([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)
