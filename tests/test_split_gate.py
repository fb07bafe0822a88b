"""Floors of splitting quality on labelled pages: pinned with the data's digest, never lowered unseen.

They were set a little below what was measured on development data, on which the rules were written too: a
floor says that nothing was lost, not how well unseen sites are split. `btl eval split GOLD --pin` sets them.
"""

from __future__ import annotations

import hashlib
import json

import pytest

from comments.model import Page
from comments.split import split_page
from reports.evaluation.floors import find_missed, read_floors
from reports.evaluation.score import sum_scores
from reports.evaluation.splitting import Gold, group_of, read_gold, score_rows

SEEDS = "9f2f572d7157a4dbfce4a4e29de9d403837ec30fdca0e4c3901764adaea2f87f"
FILES = ("pages.jsonl.gz", "texts.jsonl.gz")
GROUPS = [(FILES[0], "html")] + [
    (FILES[1], group) for held in read_floors().values() for group in sorted(held) if group != "html"
]


@pytest.fixture(scope="module")
def golds(shared) -> dict[str, Gold]:
    return {name: read_gold(shared / "data/split" / name) for name in FILES}


@pytest.mark.parametrize(("file", "group"), GROUPS, ids=[group for _, group in GROUPS])
def test_splitting_keeps_its_floors(golds, file, group):
    gold = golds[file]
    pinned = read_floors().get(gold.digest)
    if pinned is None:
        pytest.skip(f"{gold.path} is not the file that the floors were set on")
    rows = [row for row in gold.rows if group_of(row) == group]
    assert find_missed({group: pinned[group]}, {group: sum_scores(score_rows(rows))}) == []


def test_every_byte_of_every_text_is_one_thing_and_every_comment_stands_in_its_span(golds):
    for row in golds[FILES[1]].rows:
        body = row["text"].encode("utf-8", "replace")
        split = split_page(Page(row["id"], row["id"], "text", body))
        edges = [0, *(s.end for s in split.spans)]
        assert [s.start for s in split.spans] == edges[:-1], row["id"]
        assert edges[-1] == len(body), row["id"]
        assert all(body[c.start : c.end].decode() == c.text for c in split.comments), row["id"]


def test_floors_are_pinned_for_pages_and_for_texts():
    assert len(read_floors()) == len(FILES)
    assert len(GROUPS) > len(FILES)


def test_the_seeds_are_split_exactly(shared):
    path = shared / "data/split/seeds.jsonl"
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != SEEDS:
        pytest.skip(f"{path} is not the file that this was written for")
    for row in map(json.loads, data.splitlines()):
        body = (shared / "data/seeds" / row["file"]).read_bytes()
        split = split_page(Page(row["file"], row["file"], "text", body))
        found = [(" ".join(c.text.split()), c.depth, c.parent) for c in split.comments]
        assert found == [(" ".join(c["text"].split()), c["depth"], c["parent"]) for c in row["comments"]]
        assert split.declared_count == row["stated_count"]
        assert all(body[c.start : c.end].decode() == c.text for c in split.comments)
