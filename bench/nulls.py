"""How often text without structure is said to have none: ``python -m bench.nulls SHARED [CORPORA]``.

A null corpus is made of real comments cut to words, the words shuffled over the whole corpus and dealt
out again to texts as long as they were: every word is real, and nothing belongs together.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

SIZES = (100, 200, 300)


def make_null(texts: list[str], size: int, seed: int) -> list[str]:
    """Return distinct texts of shuffled words, in the order of their letters."""
    draw = random.Random(seed)
    taken = draw.sample(texts, size)
    words = [word for text in taken for word in text.split()]
    draw.shuffle(words)
    dealt = iter(words)
    return sorted({" ".join(next(dealt) for _ in text.split()) for text in taken})


def main(shared: Path, corpora: int) -> None:
    """Print the share of null corpora that give no stable themes, by size."""
    import pandas as pd

    from analysis.cluster import find_groups
    from analysis.embed import embed_texts, open_embedder
    from analysis.settings import Settings

    texts = sorted(set(pd.read_parquet(shared / "data/comments/arguments_argkp_dev.parquet")["text"]))
    embedder = open_embedder()
    honest = dict.fromkeys(SIZES, 0)
    for seed in range(corpora):
        size = SIZES[seed % len(SIZES)]
        null = make_null(texts, size, seed)
        honest[size] += find_groups(embed_texts(null, embedder), Settings().cluster, null).state == "no stable themes"
    for place, size in enumerate(SIZES):
        made = len(range(place, corpora, len(SIZES)))
        print(f"{size} texts: no stable themes in {honest[size]} of {made}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"), int(sys.argv[2]) if len(sys.argv) > 2 else 100)
