"""Measuring the splitter: what counts as found, what the floors do, what the command prints."""

from __future__ import annotations

import gzip
import json

import pytest

from comments.errors import SettingsError
from reports.cli import _run
from reports.evaluation.floors import find_missed, make_floors, pin_floors, read_floors
from reports.evaluation.score import Found, Overlap, match, score_page, sum_scores, tokens
from reports.evaluation.splitting import page_reliability, read_gold

PAGE = """<html><body><div class=entry-content>
<p>The council met on Monday and heard about the bridge at some length.</p></div>
<h2>2 Comments</h2><ol class=commentlist>
<li class="comment depth-1" id=comment-1><cite class=fn>Ann</cite>
<div class=comment-content><p>The bridge is older than the council.</p></div></li>
<li class="comment depth-1" id=comment-2><cite class=fn>Ben</cite>
<div class=comment-content><p>Nobody asked the ferryman.</p></div></li></ol>"""
ARTICLE = "The council met on Monday and heard about the bridge at some length."
COMMENTS = ["The bridge is older than the council.", "Nobody asked the ferryman."]


def gold(comments: list[str], **more):
    return {"comments": [{"text": text} for text in comments], "article": ARTICLE, "site": "a", **more}


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "gold.jsonl.gz"
    rows = [
        gold(COMMENTS, id="1", html=PAGE, platform="wordpress"),
        gold([], id="2", html="<p>Nothing here.", site="b"),
    ]
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode(), mtime=0))
    return path


def test_a_page_found_whole_is_exact():
    score = score_page(gold(COMMENTS), Found(ARTICLE, tuple(COMMENTS)))
    assert score.exact
    assert (score.tokens.f1, score.boundary.f1, score.article.f1) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("found", "boundary", "token_f1"),
    [
        ((COMMENTS[0],), Overlap(1, 1, 2), 2 * 7 / 18),
        ((" ".join(COMMENTS),), Overlap(0, 1, 2), 1.0),
        ((*COMMENTS, "Subscribe to us"), Overlap(2, 3, 2), 2 * 11 / 25),
        ((), Overlap(0, 0, 2), 0.0),
    ],
)
def test_tokens_and_boundaries_are_counted_apart(found, boundary, token_f1):
    score = score_page(gold(COMMENTS), Found(ARTICLE, found))
    assert score.boundary == boundary
    assert score.tokens.f1 == pytest.approx(token_f1)
    assert not score.exact


def test_a_pingback_that_is_found_counts_neither_way():
    row = gold(COMMENTS, pingbacks=[{"text": "Bridge news: a round-up"}])
    assert score_page(row, Found(ARTICLE, (*COMMENTS, "Bridge news: a round-up"))).exact
    assert score_page(row, Found(ARTICLE, tuple(COMMENTS))).exact


def test_equal_texts_match_one_to_one_in_their_order():
    assert match([tokens("so true"), tokens("so true")], [tokens("So true!")]) == [(0, 0)]


def test_a_large_site_does_not_decide_the_mean_over_sites():
    right = [score_page(gold(COMMENTS, site="large"), Found("", tuple(COMMENTS)))] * 9
    wrong = [score_page(gold(COMMENTS, site="small"), Found("", ()))]
    total = sum_scores([*right, *wrong])
    assert total.boundary.f1 > 0.9
    assert total.boundary_by_site == 0.5


def test_a_page_without_comments_is_false_when_any_is_found():
    pages = [score_page(gold([]), Found("", ())), score_page(gold([]), Found("", ("Buy now",)))]
    assert sum_scores(pages).false == 0.5


def test_reliability_puts_what_was_said_beside_what_was_right():
    pages = [
        score_page(gold(COMMENTS), Found("", tuple(COMMENTS), confidence=0.96)),
        score_page(gold(COMMENTS), Found("", (), confidence=0.96)),
        score_page(gold([]), Found("", (), confidence=0.6)),
    ]
    assert [(b.count, b.said, b.right) for b in page_reliability(pages)] == [(1, 0.6, 1.0), (2, 0.96, 0.5)]


def test_floors_are_held_missed_and_never_lowered_unseen(tmp_path):
    path = tmp_path / "floors.json"
    good = {"html": sum_scores([score_page(gold(COMMENTS), Found(ARTICLE, tuple(COMMENTS)))])}
    bad = {"html": sum_scores([score_page(gold(COMMENTS), Found(ARTICLE, ()))])}
    pin_floors(path, "digest", make_floors(good), lower=False)
    assert find_missed(read_floors(path)["digest"], good) == []
    assert "html: boundary_f1 0.0000 is below 0.9980" in find_missed(read_floors(path)["digest"], bad)
    assert find_missed(read_floors(path)["digest"], {}) == ["html: no page of this group was measured"]
    with pytest.raises(SettingsError, match=r"would lower .*boundary_f1 0\.998 to 0\.0"):
        pin_floors(path, "digest", make_floors(bad), lower=False)
    pin_floors(path, "digest", make_floors(bad), lower=True)
    assert find_missed(read_floors(path)["digest"], bad) == []


def test_the_command_prints_tables_and_exits_with_4_below_a_floor(labelled, tmp_path, capfdbinary):
    floors = str(tmp_path / "floors.json")
    arguments = ["eval", "split", str(labelled), "--floors", floors, "--no-peers"]
    assert _run([*arguments, "--pin"]) == 0
    assert _run(arguments) == 0
    out = capfdbinary.readouterr().out.decode()
    assert "wordpress" in out
    assert "floors: held" in out
    book = json.loads((tmp_path / "floors.json").read_text())
    next(iter(book.values()))["html"]["exact"] = 1.1
    (tmp_path / "floors.json").write_text(json.dumps(book))
    assert _run(arguments) == 4
    assert b"exact 1.0000 is below 1.1000" in capfdbinary.readouterr().err


def test_the_command_prints_json_with_other_tools_where_they_are_installed(labelled, capfdbinary):
    assert _run(["eval", "split", str(labelled), "--json", "--by", "site"]) == 0
    record = json.loads(capfdbinary.readouterr().out)
    assert record["tables"]["site"]["a"]["boundary_f1"] == 1.0
    assert record["tables"]["site"]["b"]["boundary_f1"] is None
    assert record["tables"]["all"]["btl"]["false"] == 0.0
    assert record["floors"] == {"pinned": False, "missed": []}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"{", "is no JSON Lines"),
        (b'{"text": "x"}\n', ":1 is no labelled page"),
        (b"\n", "holds no page"),
    ],
)
def test_a_file_that_is_not_labelled_pages_is_refused_with_its_name(tmp_path, content, said):
    path = tmp_path / "gold.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match=said):
        read_gold(path)


def test_split_lists_the_pages_to_look_at_and_the_least_sure_first(tmp_path, capfdbinary):
    (tmp_path / "sure.html").write_text(PAGE)
    (tmp_path / "empty.html").write_text("<html><body><h2>3 Comments</h2><div id=comments></div><p>Text.</p>")
    (tmp_path / "broken.html").write_bytes(b"")
    assert _run(["split", str(tmp_path), "--review", "0.9"]) == 0
    lines = capfdbinary.readouterr().out.decode().splitlines()
    assert [line.rpartition(" ")[2] for line in lines] == ["broken.html", "empty.html"]
    assert "0 found, 3 declared" in lines[1]
