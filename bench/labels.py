"""Do the labels of discovered themes say what is in them?

Run from the project's root: ``python -m bench.labels SHARED [--cache FOLDER] [--show N] [SET...]``. The texts of each
set are grouped by ``find_groups`` at the level before stability chooses one. Each theme is named from four fifths of
its texts by ``describe_themes``, and the other fifth, drawn by hash, is held back and asked about:

- *said*: share of it that says a word of the label, and *elsewhere*: the same of what other themes hold back;
- *guessed*: share of it that lies nearer (cosine) to its theme's label than to any other label of the set.

Where gold labels are words, and half of a theme or more has one: *named*, how often the label lies nearer to that name
than to any other name of the set; *words*, share of the name's words of meaning (their first five letters) that stand
in the label, and *in keys* in label and keyphrases.

Faults, as shares of the labels: *bare*, one word; *rare*, a phrase that under a twentieth of the theme's texts hold;
*common*, a phrase that stands more than half as often in the texts of other themes; *alike*, a word of the label
that the label of another theme has as well. All figures are means over the themes of a set.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.cluster import find_groups
from analysis.corpus import read_corpus
from analysis.describe import Group, describe_themes
from analysis.embed import embed_texts, open_embedder
from analysis.function_words import content_words, find_words
from analysis.settings import ClusterSettings, Settings
from comments.model import text_key
from reports.evaluation.vectors import FolderCache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from analysis.corpus import Corpus

    Embed = Callable[[Sequence[str]], NDArray[np.float32]]

LETTERS = 5
HELD = 5  # one text of so many is held back
RARE, COMMON = 0.05, 0.5


@dataclass(frozen=True)
class Source:
    """Where a set comes from.

    Attributes:
        file: in ``data/comments``.
        within: column whose values are grouped by themselves.
        size: most texts of each, the first by hash.
        parts: how many of these, the first by hash.
        turn: 0 or 1 for every second part only.
        between: least and most comments of a part.
        worded: whether the gold labels are words.
        language: of the comments that are read.
    """

    file: str
    within: str = ""
    size: int = 3000
    parts: int = 1
    turn: int | None = None
    between: tuple[int, int] = (20, 10**9)
    worded: bool = False
    language: str = ""


CHOSEN_ON = {
    "ArgKP, even debates": Source("arguments_argkp_dev", "article_id", parts=28, turn=0, worded=True),
    "StackOverflow": Source("short_stackoverflow_dev", worded=True),
    "forum": Source("forum_debates_iac_dev"),
    "forum threads": Source("forum_debates_iac_dev", "article_id", parts=12, between=(40, 200)),
    "Reddit": Source("reddit_news_threads_2015feb_dev"),
    "German": Source("consultation_polis_dev", "article_id", size=400, parts=3, language="de"),
}
REPORTED_ON = {
    "Room for Debate": Source("news_comments_roomfordebate_dev", worded=True),
    "Banking77": Source("short_banking77_dev", worded=True),
    "NHS": Source("feedback_nhs_multitheme_dev", worded=True),
    "ArgKP, odd debates": Source("arguments_argkp_dev", "article_id", parts=28, turn=1, worded=True),
    "Polis": Source("consultation_polis_dev", "article_id", size=400, parts=9, between=(40, 1000), language="en"),
    "Globe and Mail": Source("news_comments_ctc_dev", "article_id", parts=13, between=(40, 200)),
    "Vietnamese": Source("news_comments_vietnamese_dev", size=800),
}
SETS = CHOSEN_ON | REPORTED_ON


@dataclass(frozen=True)
class Part:
    """Comments that are grouped together.

    Attributes:
        name: of the part.
        corpus: its comments, distinct texts in the order of their hashes.
        gold: the label of each; empty where it has none.
        groups: its discovered themes.
    """

    name: str
    corpus: Corpus
    gold: list[str]
    groups: list[Group]


def read_parts(shared: Path, source: Source, cache: FolderCache | None) -> Iterator[Part]:
    """Read a set and find its themes.

    Args:
        shared: folder that holds ``data``.
        source: which set.
        cache: where vectors are kept.
    """
    frame = pd.read_parquet(shared / "data/comments" / f"{source.file}.parquet")
    frame = frame[frame["text"].notna()].drop_duplicates("text")
    if source.language:
        frame = frame[frame["lang"] == source.language]
    cut = [(str(name), rows) for name, rows in frame.groupby(source.within)] if source.within else [("", frame)]
    low, high = source.between
    cut = [(name, rows) for name, rows in cut if low <= len(rows) <= high]
    if source.turn is not None:
        cut = cut[source.turn :: 2]
    else:
        cut.sort(key=lambda part: text_key(part[0]))
    for name, rows in cut[: source.parts]:
        yield _part(name, rows.loc[rows["text"].map(text_key).sort_values().index[: source.size]], cache)


def _part(name: str, rows: pd.DataFrame, cache: FolderCache | None) -> Part:
    comments = pd.DataFrame(
        {"comment_id": rows["comment_id"], "page_id": rows["article_id"].fillna(""), "clean_text": rows["text"]}
        | {"author": rows["author"], "parent_id": rows["parent_id"]}
    ).reset_index(drop=True)
    corpus = read_corpus(comments, Settings(), open_embedder(threads=1), cache)
    aside = corpus.aside[corpus.text_of]
    used = np.flatnonzero(~aside)
    texts = comments["clean_text"].iloc[used].tolist()
    found = find_groups(corpus.vectors[used], ClusterSettings(resamples=0), texts)
    groups = []
    for number in range(int(found.labels.max(initial=-1)) + 1):
        own = found.labels == number
        strengths = found.strengths[own].astype(np.float64)
        none = np.zeros(0, dtype=np.int64)
        groups.append(Group(f"T{number + 1:04d}", "discovered", used[own], strengths, none))
    return Part(name, corpus, rows["label"].fillna("").tolist(), groups)


def name_groups(part: Part, groups: Sequence[Group]) -> tuple[list[str], list[list[str]]]:
    """Return label and keyphrases of each group."""
    table = describe_themes(part.corpus, groups, [])
    return table["label"].tolist(), table["keyphrases"].tolist()


def score_part(part: Part, embed: Embed, *, worded: bool) -> pd.DataFrame:
    """Return the figures of each theme of a part.

    Args:
        part: with its themes.
        embed: turns words into unit vectors.
        worded: whether its gold labels are words.
    """
    if not part.groups:
        return pd.DataFrame()
    texts = part.corpus.comments["clean_text"].tolist()
    shown, held = zip(*(_hold_back(group, texts) for group in part.groups), strict=True)
    labels, phrases = name_groups(part, shown)
    vectors = embed(labels)
    near = (part.corpus.vectors @ vectors.T).argmax(axis=1)
    stems = [{word[:LETTERS] for word in content_words(text)} for text in texts]
    names = sorted({name for name in part.gold if name}) if worded else []
    named = embed([_spell(name) for name in names]) if names else None
    rows = []
    for number, group in enumerate(part.groups):
        own = {word[:LETTERS] for word in content_words(labels[number])}
        rest = np.concatenate([theirs for other, theirs in enumerate(held) if other != number])
        row = {
            "said": _mean(bool(own & stems[i]) for i in held[number]),
            "elsewhere": _mean(bool(own & stems[i]) for i in rest),
            "guessed": _mean(near[i] == number for i in held[number]),
        }
        if named is not None:
            keys = {word[:LETTERS] for phrase in phrases[number] for word in content_words(phrase)}
            row |= _meet_gold(Counter(part.gold[i] for i in group.members), names, vectors[number] @ named.T, own, keys)
        rows.append(row | _find_faults(labels, number, part.groups, texts))
    return pd.DataFrame(rows)


def _hold_back(group: Group, texts: Sequence[str]) -> tuple[Group, NDArray[np.int64]]:
    """A theme without a fifth of its texts, at least one, and these; by hash, whatever their order."""
    ranked = sorted(range(len(group.members)), key=lambda i: text_key(f"held back {texts[group.members[i]]}"))
    held = np.sort(ranked[: max(1, len(ranked) // HELD)])
    kept = np.setdiff1d(np.arange(len(ranked)), held)
    return replace(group, members=group.members[kept], strengths=group.strengths[kept]), group.members[held]


def _meet_gold(
    counts: Counter[str], names: Sequence[str], cosines: NDArray[np.float32], own: set[str], keys: set[str]
) -> dict[str, float]:
    """How near label and keyphrases come to the name that half of the theme or more has."""
    name, count = counts.most_common(1)[0]
    if not name or 2 * count < counts.total():
        return dict.fromkeys(("named", "words", "in keys"), np.nan)
    wanted = {word[:LETTERS] for word in content_words(_spell(name))}
    return {
        "named": float(names[int(cosines.argmax())] == name),
        "words": _mean(stem in own for stem in wanted),
        "in keys": _mean(stem in own | keys for stem in wanted),
    }


def _find_faults(labels: Sequence[str], number: int, groups: Sequence[Group], texts: Sequence[str]) -> dict[str, float]:
    inside = [texts[i] for i in groups[number].members]
    outside = [texts[i] for other, group in enumerate(groups) if other != number for i in group.members]
    phrases = [" ".join(find_words(phrase)) for phrase in labels[number].split(", ")]
    shares = [(_share(phrase, inside), _share(phrase, outside)) for phrase in phrases]
    others = {word for other, label in enumerate(labels) if other != number for word in content_words(label)}
    return {
        "bare": float(len(find_words(labels[number])) == 1),
        "rare": float(any(within < RARE for within, _ in shares)),
        "common": float(any(without > COMMON * within for within, without in shares)),
        "alike": float(bool(set(content_words(labels[number])) & others)),
    }


def _share(phrase: str, texts: Sequence[str]) -> float:
    return _mean(f" {phrase} " in f" {' '.join(find_words(text))} " for text in texts)


def _mean(values: Iterable[bool]) -> float:
    found = list(values)
    return float(np.mean(found)) if found else float("nan")


def _spell(name: str) -> str:
    return re.sub(r"[-_]+", " ", name)


def show_themes(part: Part, most: int) -> None:
    """Print label and keyphrases of the themes of a part as a report would have them, with some comments of each."""
    labels, phrases = name_groups(part, part.groups)
    texts = part.corpus.comments["clean_text"].tolist()
    for group, label, some in zip(part.groups, labels, phrases, strict=True):
        print(f"\n## {label}   [{len(group.members)}]   {' · '.join(some)}")
        for i in sorted(group.members, key=lambda row: text_key(texts[row]))[:most]:
            print("   -", " ".join(texts[i].split())[:220])


def main() -> None:
    """Print the figures of each set."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("sets", nargs="*", choices=[[], *SETS], default=[])
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--show", type=int, default=0, help="comments of each theme to print instead of figures")
    given = parser.parse_args()
    cache, embedder = FolderCache(given.cache) if given.cache else None, open_embedder(threads=1)
    found = {}
    for name in given.sets or SETS:
        parts = read_parts(given.shared, SETS[name], cache)
        if given.show:
            for part in parts:
                print(f"\n# {name} {part.name}: {len(part.gold)} comments")
                show_themes(part, given.show)
            continue
        scores = [
            score_part(part, lambda words: embed_texts(words, embedder), worded=SETS[name].worded) for part in parts
        ]
        themes = pd.concat(scores)
        found[name] = themes.mean().to_dict() | {"themes": len(themes)}
        print(pd.DataFrame(found).T.tail(1).round(3).to_string(), flush=True)
    if found:
        print(pd.DataFrame(found).T.round(3).to_string())


if __name__ == "__main__":
    main()
