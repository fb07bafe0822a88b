"""What --public masks in real comments, to be read by somebody: most of it should be what reaches a person.

Run from the project's root: ``python -m bench.masks SHARED [SEED]``. Of 30,000 comments drawn from the forum and the
Reddit file it prints how many telephone numbers, other contacts and names below letters are masked, and each number
with what stands around it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from comments import masks

FILES = ("forum_debates_iac_dev", "reddit_news_threads_2015feb_dev")
DRAWN = 15_000
AROUND = 25


def main() -> None:
    """Print the counts, then a line a number."""
    shared, seed = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    frames = [pd.read_parquet(shared / f"data/comments/{name}.parquet", columns=["text"]) for name in FILES]
    texts = [text for frame in frames for text in frame["text"].sample(DRAWN, random_state=seed)]
    numbers = [(text, span) for text in texts for span in masks.number_spans(text)]
    contacts = sum(len(masks.contact_spans(text)) for text in texts) - len(numbers)
    print(f"{len(texts)} comments: {len(numbers)} telephone numbers, {contacts} other contacts")
    for text, (start, end) in numbers:
        around = text[max(0, start - AROUND) : end + AROUND].replace("\n", " ")
        print(f"  {text[start:end]!r:24} in {around!r}")


if __name__ == "__main__":
    main()
