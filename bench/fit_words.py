"""Make ``analysis/english_words.tsv``: how often English comments have a word, and how it stands in them.

Run from the project's root: ``python -m bench.fit_words SHARED``. Up to 25,000 comments of each of five corpora are
read, the first by hash. A word's rate is the median of its rates in the five, so that what only one of them is about
does not count; words below ten in a million are left out.
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.function_words import is_function_word
from analysis.lexicon import read_lexicon
from analysis.nouns import TABLE, count_standing
from comments.model import text_key

SETS = (
    "forum_debates_iac",
    "reddit_news_threads_2015feb",
    "news_comments_civil",
    "news_comments_c3",
    "reddit_goemotions",
)
MOST, LEAST = 25_000, 10.0
HEAD = """\
# Made by bench/fit_words.py of {:,} comments: for each word how often a million words hold it (the median of five
# corpora), and in hundredths how much it stands like a noun and like a verb. Counts of single words; no text of the
# sources is in it. The sources: Internet Argument Corpus and Reddit news threads of 2015 (no licence stated), Civil
# Comments (CC0-1.0), SOCC's Constructive Comments Corpus (CC BY-NC-SA 4.0), GoEmotions (Apache-2.0)."""


def read_texts(shared: Path) -> list[list[str]]:
    """Return the texts of each corpus."""
    found = []
    for name in SETS:
        texts = pd.read_parquet(shared / "data/comments" / f"{name}_dev.parquet")["text"].dropna().drop_duplicates()
        found.append(texts.loc[texts.map(text_key).sort_values().index[:MOST]].tolist())
    return found


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("shared", type=Path)
    corpora = read_texts(parser.parse_args().shared)
    lexicon = read_lexicon([text for texts in corpora for text in texts])
    ends = lexicon.starts[np.cumsum([0, *map(len, corpora)])]
    of = lexicon.words[lexicon.tokens]
    rates = []
    for start, end in pairwise(ends.tolist()):
        own = of[start:end]
        rates.append(np.bincount(own[own > 0], minlength=len(lexicon.forms)) / max(1, (own > 0).sum()) * 1e6)
    rate = np.median(rates, axis=0)
    nouns, verbs, adjectives = count_standing(lexicon)
    every = nouns + verbs + adjectives + 2
    lines = [HEAD.format(sum(map(len, corpora)))]
    for number in np.flatnonzero(rate >= LEAST).tolist():
        if not is_function_word(form := lexicon.forms[number]):
            noun, verb = round(100 * (nouns[number] + 1) / every[number]), round(100 * verbs[number] / every[number])
            lines.append(f"{form}\t{rate[number]:.0f}\t{noun}\t{verb}")
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} words of {sum(map(len, corpora))} comments")


if __name__ == "__main__":
    main()
