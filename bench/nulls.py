"""How often text without structure is said to have none: ``python -m bench.nulls SHARED [CORPORA]``.

A null corpus is made of real comments cut to words, the words shuffled over the whole corpus and dealt
out again to texts as long as they were: every word is real, and nothing belongs together.
"""

from __future__ import annotations

import sys
from itertools import cycle, islice, product
from pathlib import Path

SIZES = (100, 300, 1000)
SOURCES = {
    "arguments": "arguments_argkp_dev.parquet",
    "feedback of patients": "feedback_nhs_multitheme_dev.parquet",
    "Reddit": "reddit_news_threads_2015feb_dev.parquet",
    "forum": "forum_debates_iac_dev.parquet",
}
WORDS = 150  # of a text that are looked at, so that embedding takes minutes


def main(shared: Path, corpora: int) -> None:
    """Print how many null corpora give no stable themes, by source and size."""
    import pandas as pd

    from analysis.cluster import find_groups
    from analysis.embed import embed_texts, open_embedder
    from analysis.settings import Settings
    from comments.model import text_key
    from reports.evaluation.corpora import make_null

    texts = {}
    for name, file in SOURCES.items():
        column = pd.read_parquet(shared / "data/comments" / file, columns=["text"])["text"].dropna()
        cut = (text.split()[:WORDS] for text in column)
        texts[name] = [" ".join(words) for words in cut if len(words) >= Settings().min_words]
    embedder = open_embedder()
    honest: dict[tuple[str, int], list[bool]] = {}
    for seed, (size, name) in enumerate(islice(cycle(product(SIZES, SOURCES)), corpora)):
        null = sorted(make_null(sorted(set(texts[name])), size, seed), key=text_key)
        groups = find_groups(embed_texts(null, embedder), Settings().cluster, null)
        honest.setdefault((name, size), []).append(groups.state == "no stable themes")
    for (name, size), said in honest.items():
        print(f"{size} texts of {name}: no stable themes in {sum(said)} of {len(said)}")
    print(f"all: {sum(map(sum, honest.values()))} of {corpora}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"), int(sys.argv[2]) if len(sys.argv) > 2 else 100)
