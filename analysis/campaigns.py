"""Near-identical texts at several places or times: found by MinHash, decided by exact comparison."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from comments.model import text_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

SHORTEST = 10  # words; what is shorter may be anybody's phrase
SHINGLE = 3  # words
SIMILAR = 0.6  # least Jaccard similarity of the shingles
PERMUTATIONS, BANDS = 128, 32  # a pair at the least similarity becomes a candidate with probability 0.99
SEED = 20
COLUMNS = (
    "campaign_id",
    "comment_ids",
    "comments",
    "pages",
    "authors",
    "first_at",
    "last_at",
    "similarity",
    "text",
)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows of one text and its near-copies, and how alike the least alike pair that ties them is."""

    rows: tuple[int, ...]
    similarity: float


def find_campaigns(comments: pd.DataFrame) -> pd.DataFrame:
    """Return groups of near-identical comments that were posted at several places or times.

    Two texts of ten words or more belong together when they are equal but for case, punctuation, spaces and
    web addresses, or when the Jaccard (1912) similarity of their shingles of three words is 0.6 or more.
    Candidates come from MinHash with banding (Broder 1997; Leskovec, Rajaraman and Ullman 2014, chapter 3): of the
    pairs at the floor one in a hundred may be missed, and none below it is taken. A group counts where it has
    several pages, names or days: a text sent twice by one person on one page is a slip of the finger.

    Args:
        comments: ``comment_id``, ``page_id``, ``clean_text``, ``author``, ``created_at`` and ``day`` (null where
            unknown; the day stands in for a time that is unknown or not ISO 8601).

    Returns:
        ``campaign_id``, ``comment_ids``, ``comments``, ``pages``, ``authors`` (null where no name is known),
        ``first_at``, ``last_at``, ``similarity`` (of the least alike pair that ties the group) and ``text`` (the
        most frequent version); largest first.
    """
    import pandas as pd

    rows = sorted(_campaigns(comments), key=lambda row: (-row["comments"], row["campaign_id"]))
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"authors": "Int64", "comments": "int64", "pages": "int64"})


def normalise_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case and compatibility form, without punctuation and web addresses."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", _ADDRESS.sub(" ", text)).casefold()))


def _campaigns(comments: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield a row for each group that stands at several places or times."""
    ids, texts = comments["comment_id"].tolist(), comments["clean_text"].tolist()
    pages, authors = comments["page_id"].tolist(), comments["author"].tolist()
    times = [
        at if isinstance(at, str) and at[:10] == day else day  # else a table's own form, which has no order
        for at, day in zip(comments["created_at"], comments["day"], strict=True)
    ]
    for group in _groups(texts):
        names = {authors[row] for row in group.rows if isinstance(authors[row], str)}
        moments = sorted(times[row] for row in group.rows if isinstance(times[row], str))
        places = {pages[row] for row in group.rows}
        if len(places) < 2 and len(names) < 2 and len({moment[:10] for moment in moments}) < 2:
            continue
        members = sorted(ids[row] for row in group.rows)
        yield {
            "campaign_id": f"K{text_key(' '.join(members))[:8]}",
            "comment_ids": members,
            "comments": len(members),
            "pages": len(places),
            "authors": len(names) or None,
            "first_at": moments[0] if moments else None,
            "last_at": moments[-1] if moments else None,
            "similarity": round(group.similarity, 6),
            "text": _most_frequent([texts[row] for row in group.rows]),
        }


def _most_frequent(texts: Sequence[str]) -> str:
    counts = Counter(texts)
    return min(counts, key=lambda text: (-counts[text], -len(text), text))


def _groups(texts: Sequence[str]) -> list[_Group]:
    """Rows of near-identical texts, each group of two rows or more."""
    rows: dict[str, list[int]] = {}
    for row, text in enumerate(texts):
        words = normalise_words(text)
        if len(words) >= SHORTEST:
            rows.setdefault(" ".join(words), []).append(row)
    distinct = sorted(rows)  # a canonical order: the ties below do not depend on who came first
    ties = _similar_pairs(distinct)
    groups = []
    for members, similarity in _connected(len(distinct), ties):
        found = tuple(sorted(row for member in members for row in rows[distinct[member]]))
        if len(found) > 1:
            groups.append(_Group(found, similarity))
    return groups


def _shingles(text: str) -> set[str]:
    words = text.split(" ")
    return {" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}


def _similar_pairs(texts: Sequence[str]) -> dict[tuple[int, int], float]:
    """Pairs of rows at or above the floor, with their exact similarity.

    Shingles are made again where two texts are compared: those of all texts together take twenty times their room.
    """
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=SIMILAR, num_perm=PERMUTATIONS, num_bands=BANDS)
    pairs: dict[tuple[int, int], float] = {}
    for row, text in enumerate(texts):
        own = _shingles(text)
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update(list(own))
        for other in sorted(index.query(sketch)):
            theirs = _shingles(texts[other])
            shared = len(own & theirs)
            similarity = shared / (len(own) + len(theirs) - shared)
            if similarity >= SIMILAR:
                pairs[other, row] = similarity
        index.insert(row, sketch)
    return pairs


def _connected(count: int, ties: Mapping[tuple[int, int], float]) -> list[tuple[list[int], float]]:
    """Rows that are tied, directly or by others, strongest ties first; with the weakest tie that was needed."""
    parent = list(range(count))
    weakest = [1.0] * count

    def root(row: int) -> int:
        while parent[row] != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    for (one, other), similarity in sorted(ties.items(), key=lambda tie: (-tie[1], tie[0])):
        a, b = root(one), root(other)
        if a != b:
            parent[b] = a
            weakest[a] = min(weakest[a], weakest[b], similarity)
    members: dict[int, list[int]] = {}
    for row in range(count):
        members.setdefault(root(row), []).append(row)
    return [(rows, weakest[top]) for top, rows in members.items()]
