"""How often text without structure is said to have none: ``python -m bench.nulls SHARED [CORPORA]``.

A null corpus is made of real comments cut to words, the words shuffled over the whole corpus and dealt
out again to texts as long as they were: every word is real, and nothing belongs together.
"""

from __future__ import annotations

import random
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


def make_null(texts: list[str], size: int, seed: int) -> list[str]:
    """Return distinct texts of shuffled words, in the order of their hashes."""
    from comments.model import text_key

    draw = random.Random(seed)
    taken = [text.split()[:WORDS] for text in draw.sample(texts, size)]
    words = [word for text in taken for word in text]
    draw.shuffle(words)
    dealt = iter(words)
    return sorted({" ".join(islice(dealt, len(text))) for text in taken}, key=text_key)


def main(shared: Path, corpora: int) -> None:
    """Print how many null corpora give no stable themes, by source and size."""
    import pandas as pd

    from analysis.cluster import find_groups
    from analysis.embed import embed_texts, open_embedder
    from analysis.settings import Settings

    texts = {}
    for name, file in SOURCES.items():
        column = pd.read_parquet(shared / "data/comments" / file, columns=["text"])["text"].dropna()
        texts[name] = sorted({text for text in column if len(text.split()) >= Settings().min_words})
    embedder = open_embedder()
    honest: dict[tuple[str, int], list[bool]] = {}
    for seed, (size, name) in enumerate(islice(cycle(product(SIZES, SOURCES)), corpora)):
        null = make_null(texts[name], size, seed)
        groups = find_groups(embed_texts(null, embedder), Settings().cluster, null)
        honest.setdefault((name, size), []).append(groups.state == "no stable themes")
    for (name, size), said in honest.items():
        print(f"{size} texts of {name}: no stable themes in {sum(said)} of {len(said)}")
    print(f"all: {sum(map(sum, honest.values()))} of {corpora}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"), int(sys.argv[2]) if len(sys.argv) > 2 else 100)
