"""What each switch of the context settings changes, on discussions of a forum and on debates of one subject each.

Run from the project's root: ``python -m bench.context SHARED [COMMENTS]``. One discussion of each annotated topic of
the forum file, so many of its first comments by date (70); the discussions are the labels of discovered themes, and
their topics are named themes by name alone. The publishers took marked quotations out of the file, so they are put
back too: each reply begins with the first words of what it answers, marked as a quotation. The corpus' own subject is
taken out of all vectors and left in all of them to see what either is worth.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_mutual_info_score

from analysis.claims import open_claims
from analysis.cluster import find_groups
from analysis.corpus import parent_rows
from analysis.embed import embed_texts, open_embedder
from analysis.named import match_named
from analysis.named_features import Views
from analysis.quotes import own_texts
from analysis.settings import ClusterSettings, ContextSettings, NamedTheme, Settings
from analysis.themes import find_themes
from bench.debates import read_debates
from comments.model import text_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from analysis.embed import Embedder
    from bench.debates import Debate

    Vectors = NDArray[np.float32]

FILE = "data/comments/forum_debates_iac_dev.parquet"
FEWEST, MOST = 60, 100  # comments of a discussion that may be drawn
QUOTED = 40  # words of a parent that are put back
SWITCHES: dict[str, tuple[bool, ContextSettings]] = {
    "as shipped": (False, ContextSettings()),
    "parents = false": (False, ContextSettings(parents=False)),
    "quotes = false": (False, ContextSettings(quotes=False)),
    "put back": (True, ContextSettings()),
    "put back, quotes = false": (True, ContextSettings(quotes=False)),
}
"""Whether quotations are put back, and the settings."""

SUBJECT = {
    "as shipped": ClusterSettings().centred,
    "subject taken out": (True, True, True),
    "subject left in": (False, False, False),
}
"""Where what all texts are about is taken out of the vectors."""


class Kept:
    """Vectors in memory."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], Vectors] = {}

    def load(self, model: str, keys: Sequence[str]) -> Mapping[str, Vectors]:
        """Return those known."""
        return {key: self.known[model, key] for key in keys if (model, key) in self.known}

    def save(self, model: str, keys: Sequence[str], vectors: Vectors) -> None:
        """Keep them."""
        self.known.update({(model, key): vector for key, vector in zip(keys, vectors, strict=True)})


@dataclass(frozen=True)
class Seen:
    """What one setting of the switches came to.

    Attributes:
        groups: discovered theme of each comment, empty for none.
        strengths: of each comment in each named theme, shape (n, themes).
    """

    groups: NDArray[np.str_]
    strengths: NDArray[np.float64]


def discussions(shared: Path, size: int) -> pd.DataFrame:
    """The first comments of one discussion of each topic."""
    frame = pd.read_parquet(shared / FILE)
    frame = frame[frame["labels"].notna()]
    frame["topic"] = [json.loads(labels).get("iac_topic") for labels in frame["labels"]]
    frame = frame[frame["topic"].notna()].sort_values(["created_at", "comment_id"])
    frame = frame[frame.groupby("article_id")["text"].transform("size").between(FEWEST, MOST)]
    chosen = frame.groupby("topic")["article_id"].min()
    rows = frame[frame["article_id"].isin(chosen)].groupby("article_id").head(size)
    return rows.rename(columns={"article_id": "page_id", "text": "clean_text"}).reset_index(drop=True)


def put_back(rows: pd.DataFrame) -> pd.DataFrame:
    """The same comments, each reply below a quotation from what it answers."""
    texts = rows["clean_text"].tolist()
    parents = parent_rows(rows)
    quoted = [" ".join(texts[parent].split()[:QUOTED]) if parent >= 0 else "" for parent in parents]
    return rows.assign(clean_text=[f"> {q}\n{text}" if q else text for q, text in zip(quoted, texts, strict=True)])


def look(rows: pd.DataFrame, context: ContextSettings, embedder: Embedder, claims: Embedder, cache: Kept) -> Seen:
    """Discovered themes of comments, and their strengths in the topics of all discussions."""
    settings = Settings(context=context)
    texts, parents = rows["clean_text"].tolist(), parent_rows(rows)
    texts = own_texts(texts, parents) if context.quotes else texts
    found = find_themes(rows.assign(clean_text=texts), (), settings, embedder, cache=cache)
    named = [NamedTheme(name=topic, description=topic) for topic in sorted(set(rows["topic"]))]
    views = Views(
        found.vectors,
        lambda some: embed_texts(some, embedder, cache),
        lambda some: embed_texts(some, claims, cache),
    )
    strengths = match_named(texts, parents, named, views, settings)
    return Seen(found.comments["theme_id"].fillna("").to_numpy(dtype=str), strengths)


def moved(before: NDArray[np.str_], now: NDArray[np.str_]) -> float:
    """Share of comments elsewhere, where the themes of two runs are paired so that as many as possible stay."""
    from scipy.optimize import linear_sum_assignment

    table = pd.crosstab(before, now)
    none = table.loc[""].get("", 0) if "" in table.index else 0
    themes = table.drop(index="", columns="", errors="ignore").to_numpy()
    rows, columns = linear_sum_assignment(-themes)
    return float(1 - (none + themes[rows, columns].sum()) / len(before))


def say(name: str, rows: pd.DataFrame, seen: Seen, first: Seen) -> None:
    """Print a line of each kind."""
    floor = Settings().named.bare_floor
    topics = sorted(set(rows["topic"]))
    gold = rows["topic"].to_numpy()[:, None] == np.asarray(topics)[None]
    taken, before = seen.strengths >= floor, first.strengths >= floor
    right = int((taken & gold).sum())
    ami = adjusted_mutual_info_score(rows["page_id"], seen.groups)
    print(
        f"{name:25} AMI {ami:.3f}, themes {len(set(seen.groups) - {''})}, in none {np.mean(seen.groups == ''):.1%}, "
        f"elsewhere {moved(first.groups, seen.groups):.1%}; named: {taken.sum()} of which {right} right, "
        f"F1 {2 * right / (taken.sum() + gold.sum()):.3f}, comments with other named themes "
        f"{int((taken != before).any(axis=1).sum())}, strengths that change by .05 or more "
        f"{int((np.abs(seen.strengths - first.strengths) >= 0.05).any(axis=1).sum())}",
        flush=True,
    )


def subject_in_and_out(texts: Sequence[str], labels: Sequence[str], embedder: Embedder, cache: Kept) -> list[float]:
    """Adjusted mutual information for each entry of ``SUBJECT``."""
    order = sorted({text: n for n, text in enumerate(texts)}.items(), key=lambda pair: text_key(pair[0]))
    some, gold = [text for text, _ in order], [labels[n] for _, n in order]
    vectors = embed_texts(some, embedder, cache)
    found = []
    for centred in SUBJECT.values():
        settings = ClusterSettings(centred=centred)
        groups = find_groups(vectors, settings, some)
        found.append(float(adjusted_mutual_info_score(gold, groups.labels)))
    return found


def debate_in_and_out(debate: Debate, embedder: Embedder, cache: Kept) -> list[float]:
    """The same for the arguments of a debate that make one key point, which is their label."""
    makes = debate.gold.sum(axis=1) == 1
    texts = [text for text, one in zip(debate.texts, makes, strict=True) if one]
    points = [debate.points[n] for n in debate.gold[makes].argmax(axis=1)]
    return subject_in_and_out(texts, points, embedder, cache)


def main() -> None:
    """Print what every switch changes, then what taking the subject out of the vectors is worth."""
    shared, cache = Path(sys.argv[1]), Kept()
    embedder = open_embedder(threads=1)
    claims = open_claims(embedder)
    if claims is None:
        raise SystemExit("no claim vectors: they go with the default model")
    rows = discussions(shared, int(sys.argv[2]) if len(sys.argv) > 2 else 70)
    parents = np.asarray(parent_rows(rows))
    words = rows["clean_text"].str.split().str.len()
    replies = int(((words <= ContextSettings().short_reply) & (parents >= 0)).sum())
    own = own_texts(rows["clean_text"].tolist(), parents.tolist())
    quoting = int((pd.Series(own) != rows["clean_text"]).sum())
    print(
        f"{len(rows)} comments of {rows['page_id'].nunique()} discussions, {int((parents >= 0).sum())} with a parent, "
        f"{replies} of them short; {quoting} quote"
    )
    said: dict[str, Seen] = {}
    for name, (quoted, context) in SWITCHES.items():
        said[name] = look(put_back(rows) if quoted else rows, context, embedder, claims, cache)
        say(name, rows, said[name], said["as shipped"])
    found = subject_in_and_out(rows["clean_text"].tolist(), rows["page_id"].tolist(), embedder, cache)
    print("discussions: AMI", ", ".join(f"{name} {ami:.3f}" for name, ami in zip(SUBJECT, found, strict=True)))
    debates = read_debates(shared)
    for part, some in (("that chose settings", debates[0::2]), ("that only report", debates[1::2])):
        means = np.mean([debate_in_and_out(debate, embedder, cache) for debate in some], axis=0)
        print(f"debates {part}: AMI", ", ".join(f"{name} {ami:.3f}" for name, ami in zip(SUBJECT, means, strict=True)))


if __name__ == "__main__":
    main()
