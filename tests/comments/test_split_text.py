from __future__ import annotations

import json
import os
import tracemalloc
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.model import SPLIT_REASONS, Page, Split
from comments.split.dates import find_date
from comments.split.headings import find_heading, is_control
from comments.split.lines import read_lines
from comments.split.text import explain_text, split_text
from comments.split.text_bylines import read_pieces

HERE = Path(__file__).resolve()
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['name']}")
    for path in sorted((HERE.parent / "cases" / "text").glob("*.yaml"))
    for case in yaml.safe_load(path.read_text("utf-8"))
]
SHARED = Path(os.environ.get("BTL_SHARED") or HERE.parents[2].parent / "shared")
SEEDS = SHARED / "data" / "split" / "seeds.jsonl"
needs_seeds = pytest.mark.skipif(not SEEDS.exists(), reason="the seeds' labels are not here (BTL_SHARED)")


def make_page(data: str | bytes, encoding: str = "utf-8") -> Page:
    data = data.encode(encoding) if isinstance(data, str) else data
    return Page("test.txt", "test.txt", "text", data, encoding)


def check_invariants(split: Split) -> None:
    page = split.page
    assert sum(s.end - s.start for s in split.spans) == len(page.data)
    assert all(a.end == b.start for a, b in pairwise(split.spans))
    for comment in split.comments:
        assert comment.text == page.data[comment.start : comment.end].decode(page.encoding, "replace")
        assert comment.text.strip() == comment.text != ""
        assert any(s.role == "comment" and s.start <= comment.start and comment.end <= s.end for s in split.spans)
    assert all(a.end <= b.start for a, b in pairwise(split.comments))
    assert all(c.parent is None or c.parent < k for k, c in enumerate(split.comments))
    assert 0 <= split.confidence <= 1
    assert (split.reason is None) == (split.found_count > 0)
    assert split.reason is None or split.reason in SPLIT_REASONS


@pytest.mark.parametrize("case", CASES)
def test_a_page_splits_as_its_case_says(case: dict) -> None:
    split = split_text(make_page(case["text"]))
    check_invariants(split)
    assert [c.text for c in split.comments] == case["comments"]
    for key, found in (
        ("authors", [c.author for c in split.comments]),
        ("depths", [c.depth for c in split.comments]),
        ("parents", [c.parent for c in split.comments]),
        ("declared", split.declared_count),
        ("reason", split.reason),
        ("whole", [c.whole for c in split.comments]),
    ):
        assert key not in case or found == case[key], key


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
@pytest.mark.parametrize("case", CASES)
def test_line_breaks_of_every_system_split_alike(case: dict, newline: str) -> None:
    split = split_text(make_page(case["text"].replace("\n", newline)))
    check_invariants(split)
    assert [c.text.replace(newline, "\n") for c in split.comments] == case["comments"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16-le", "cp1252", "latin-1", "gb18030"])
def test_other_encodings_split_alike(encoding: str) -> None:
    text = CASES[0].values[0]["text"]
    split = split_text(make_page(text, encoding))
    assert [c.text for c in split.comments] == CASES[0].values[0]["comments"]
    assert sum(s.end - s.start for s in split.spans) == len(split.page.data)


@needs_seeds
@pytest.mark.parametrize("number", range(5))
def test_the_seeds_split_exactly(number: int) -> None:
    row = json.loads(SEEDS.read_text("utf-8").splitlines()[number])
    data = (SHARED / "data" / "seeds" / row["file"]).read_bytes()
    split = split_text(make_page(data))
    check_invariants(split)
    assert [c.text.split() for c in split.comments] == [c["text"].split() for c in row["comments"]]
    assert [(c.depth, c.parent) for c in split.comments] == [(c["depth"], c["parent"]) for c in row["comments"]]
    if row["stated_count"] is not None:
        assert split.declared_count == row["stated_count"]


LINES = st.sampled_from(
    [
        "3 comments",
        "Ana says:",
        "12 March 2024, 09:14",
        "Reply",
        "  1. One thing.",
        "    1. Another one, said slowly.",
        "  • Bo",
        "    Bo on June 3, 2020 at 6:20 am said:",
        "Leave a Reply",
        "",
        "",
        "A sentence that says something to you.",
        "    More of it.",
        "Pingback: x",
        "____________",
        "in reply to Ana",
        "\ufeff",
        "\u202ebidi",
        "\x00",
        "a\u2028b",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=40), st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_order_of_lines_keeps_the_invariants(lines: list[str], newline: str) -> None:
    check_invariants(split_text(make_page(newline.join(lines))))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["utf-8", "utf-16-le", "utf-16", "cp1252", "shift_jis", "ascii"]))
def test_any_bytes_keep_the_partition(data: bytes, encoding: str) -> None:
    split = split_text(make_page(data, encoding))
    assert sum(s.end - s.start for s in split.spans) == len(data)
    assert len(explain_text(split.page)) >= (len(data) > 0)


CUT = """An article — with a dash, a ☃ and some length to it, so that it is one.

2 commentaires sur « L’été »

  1. Zoë dit :
     3 mars 2021 à 10 h 05 min
     Très beau 🌞 !
     Répondre
       1. Бо сказал:
          4 марта 2021 в 9:15
          > Très beau
          да, очень
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_page_cut_at_every_byte_keeps_the_invariants(encoding: str) -> None:
    data = CUT.encode(encoding)
    for at in range(len(data)):
        check_invariants(split_text(make_page(data[:at], encoding)))
        check_invariants(split_text(make_page(data[at:], encoding)))


def test_a_line_of_50_mb_takes_at_most_four_times_its_size() -> None:
    page = make_page("слово," * (50_000_000 // len("слово,".encode())))
    tracemalloc.start()
    split = split_text(page)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(s.end - s.start for s in split.spans) == len(page.data)
    # The page itself is one of the four; the others are what decoding takes.
    assert peak <= 3 * len(page.data) + 100_000


SAID = (
    "Thanks so much for this post, I love it!",
    "Hi Anna, how long did you bake yours? I tried it twice.",
    "I agree with you, it was great fun and I am so glad you wrote it down.",
)
STORY = [
    "The ministry said on Monday that exports of tin had risen by 6% over the year.",
    "Officials in the port declined to comment on the figures, which were published by the customs office.",
] * 3


@pytest.mark.parametrize("form", ["over", "under"])
def test_names_and_dates_without_a_heading_are_comments_where_readers_speak(form: str) -> None:
    def page(said: tuple[str, ...]) -> Page:
        names = [f"Posted by: {name} | March 0{at}, 2006 at 01:26 PM" for at, name in enumerate(("Ann", "Bo", "Cy"), 1)]
        pairs = zip(names, said, strict=True) if form == "over" else zip(said, names, strict=True)
        return make_page("\n".join([*dict.fromkeys(STORY), *(line for pair in pairs for line in pair)]))

    split = split_text(page(SAID))
    assert [(c.author, c.text) for c in split.comments] == list(zip(("Ann", "Bo", "Cy"), SAID, strict=True))
    assert split_text(page((STORY[0], STORY[1], STORY[0] + " It rained."))).comments == ()


def test_one_who_answers_in_the_byline_is_put_under_the_one_who_is_answered() -> None:
    lines = ["3 comments", "", "Ann said...", "", SAID[0], "", "Bo said...", "", SAID[1], ""]
    lines += ["Cy said in reply to Ann...", "", SAID[2]]
    split = split_text(make_page("\n".join([STORY[0], "", STORY[1], "", *lines])))
    assert [(c.author, c.parent, c.parent_evidence) for c in split.comments] == [
        ("Ann", None, "none"), ("Bo", None, "none"), ("Cy", 0, "mention"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"a" * 3_000_000, id="one long line"),
        pytest.param(b"  1. x\n    - y\n" * 20_000, id="nested lists"),
        pytest.param(b"Reply\n" * 60_000, id="buttons"),
        pytest.param(b"3 comments\nAna says:\n" * 15_000, id="headings"),
        pytest.param(b"3 comments\nAna says:\n[...] and so on [...]\n" * 10_000, id="excerpts"),
        pytest.param(b"Ana\nGuest\nAna\n" * 20_000, id="profiles"),
        pytest.param(b"[[[a](b)](c\n" * 60_000, id="links"),
        pytest.param("".join(" " * k + "- x\n" for k in range(3_000)).encode(), id="deep lists"),
        pytest.param(b"\n" * 3_000_000, id="empty lines"),
        pytest.param(b"1/2/" * 200_000, id="half a date"),
        pytest.param(b"[ ]" * 200_000, id="input fields"),
    ],
)
@pytest.mark.timeout(20)
def test_hostile_pages_take_linear_time(data: bytes) -> None:
    check_invariants(split_text(make_page(data)))


def test_every_line_is_explained() -> None:
    page = make_page(CASES[0].values[0]["text"])
    rows = explain_text(page)
    assert [n for n, _, _ in rows] == list(range(1, page.data.count(b"\n") + 1))
    assert all(why for _, _, why in rows)
    assert sum("begins here" in why for _, _, why in rows) == len(split_text(page).comments)


def test_an_empty_page_says_so() -> None:
    assert split_text(make_page(b"")).reason == "page is empty"
    assert split_text(make_page(b" \n\n\t\n")).reason == "page is empty"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("3 thoughts on “Title", 3), ("One Comment", 1), ("12 Kommentare zu „x“", 12), ("Comments (3)", 3),
        ("2 Respuestas a “Y”", 2), ("1 Reactie", 1), ("## 14 thoughts on \"M\"", 14), ("Title — 45 Comments", 45),
        ("6 responses so far ↓", 6), ("No comments", 0), ("1,204 Comments", 1204), ("4 件のコメント", 4),
    ],
)  # fmt: skip
def test_a_heading_declares_its_count(text: str, count: int) -> None:
    heading = find_heading(text)
    assert heading is not None
    assert heading.count == count


@pytest.mark.parametrize("text", ["5 things to do", "I have 3 comments on this.", "a thought that came to me", ""])
def test_a_sentence_is_no_heading(text: str) -> None:
    assert find_heading(text) is None


@pytest.mark.parametrize(
    ("text", "date", "before"),
    [
        ("Tuesday, May 15, 2007 at 1:51 am", "Tuesday, May 15, 2007 at 1:51 am", ""),
        ("AmySeptember 11, 2008 at 2:06 PM", "September 11, 2008 at 2:06 PM", "Amy"),
        ("21/03/2011 | 00:21", "21/03/2011 | 00:21", ""),
        ("14. März 2021 um 18:22 Uhr", "14. März 2021 um 18:22 Uhr", ""),
        ("K // Oct 5, 2007 at 12:59 am", "Oct 5, 2007 at 12:59 am", "K //"),
        ("vor 3 Tagen", "vor 3 Tagen", ""),
        ("2021年3月4日 12:33", "2021年3月4日 12:33", ""),
    ],
)
def test_a_date_is_found_as_written(text: str, date: str, before: str) -> None:
    found = find_date(text)
    assert found is not None
    assert (found.date, found.before) == (date, before)


def test_buttons_and_forms_are_told_from_words() -> None:
    assert all(
        is_control(t) for t in ("Reply", "ReplyDelete", "Antworten", "Like (3)", "5 stars", "Répondre à ce message")
    )
    assert not any(is_control(t) for t in ("Hello", "Reply to the question, please!", "I like this"))
    forms, closers = (
        ("Leave a Reply", "Comments are closed.", "Schreibe einen Kommentar"),
        ("Related posts", "© 2024 The Echo", "« Older Comments"),
    )
    kinds = [piece.kind for piece in read_pieces(read_lines(make_page("\n".join(forms + closers))))]
    assert kinds == ["form"] * 3 + ["closer"] * 3


def test_lines_of_an_undivided_stretch_say_what_they_were_told_by() -> None:
    case = next(p.values[0] for p in CASES if p.values[0]["name"].startswith("an extractor kept no mark"))
    said = [why for _, role, why in explain_text(make_page(case["text"])) if role == "comment"]
    assert len(said) == 5
    assert all("voice changes" in why for why in said)


WORDS = (
    "My father built this boat and I will not sell it, whatever you think.", "You may have my place in the queue then.",
    "I thought that it would be louder, did you not?", "I do not agree with you at all, Cleo.",
)  # fmt: skip
NAMES = ("Ann Lee", "Bob Roe", "Cy Poe", "Dee Fox", "Ed Kay", "Flo Ray", "Gus Moy", "Hal Tay")


def entries(openings, said=WORDS):
    """Entries with a date beside what stands over each."""
    rows = (f"\n\n{one} ({2010 + n}-11-1{n})\n\n  • {said[n % len(said)]}" for n, one in enumerate(openings))
    return "Changes" + "".join(rows)


def test_names_beside_dates_over_readers_words_are_comments():
    assert len(split_text(make_page(entries(NAMES))).comments) == len(NAMES)


def test_one_word_and_a_number_are_no_names():
    assert split_text(make_page(entries([f"Version 3.{n}" for n in range(8)]))).comments == ()


def test_one_text_under_all_names_is_no_comment():
    assert split_text(make_page(entries(NAMES, WORDS[:1]))).comments == ()


def test_a_list_may_begin_at_nought():
    assert split_text(make_page("0)")).comments == ()
