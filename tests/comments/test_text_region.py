"""Where readers begin on a page without marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from comments.model import Page
from comments.split import split_page
from comments.split.line_model import FEATURES, line_features, line_score, line_terms, load_model, words_of
from comments.split.lines import read_lines
from comments.split.text_bylines import read_pieces
from comments.split.text_region import find_region, load_region
from comments.split.text_voices import CANDIDATE, COLUMNS, candidate_rows, mark_prose, mean_voice, read_voices

LINES = st.sampled_from(
    ["Thanks, I love your blog!", "The council said on Friday that trade rose by 6%.", "Hi Anna,", "2019"]
)


def pieces_of(text: str):
    return read_pieces(read_lines(Page("x", "x", "text", text.encode())))


def test_the_models_have_a_weight_for_every_feature():
    assert len(load_model().shape) == len(FEATURES)
    assert load_region().weights.shape == (len(CANDIDATE),)


@given(st.lists(LINES | st.text(min_size=1, max_size=80), min_size=3, max_size=12))
def test_every_line_but_the_first_is_a_candidate_in_finite_numbers(lines):
    voices = read_voices(pieces_of("\n".join(lines)))
    if len(voices.sizes) > 1:
        rows = candidate_rows(voices)
        assert voices.values.shape == (len(voices.sizes), len(COLUMNS))
        assert rows.shape == (len(voices.sizes) - 1, len(CANDIDATE))
        assert abs(rows).max() < 1e4


def test_no_one_speaks_in_an_address_or_in_what_was_said_before():
    lines = ["Read this.", "https://example.org/a", "Read this.", "See https://example.org/a"]
    assert mark_prose([("text", line) for line in lines]) == [True, False, False, True]


def test_equal_lines_are_no_readers():
    line = "The warden opened the gate before the market and wrote the number of carts into the book."
    for count in (3, 60, 350):
        assert find_region(pieces_of("\n".join([line] * count))) is None
        assert split_page(Page("x", "x", "text", "\n\n".join([line] * count).encode())).comments == ()


def test_readers_sound_unlike_reports():
    readers = ["Thanks so much for this post, I love it!", "Hi Anna, how long did you bake yours?"]
    reports = [
        "The ministry said on Monday that exports had risen by 6% over the year.",
        "Officials declined to comment.",
    ]
    assert mean_voice(pieces_of("\n".join(readers))) > 0.5 > 0 > mean_voice(pieces_of("\n".join(reports)))


@given(LINES | st.text(min_size=1, max_size=80))
def test_a_line_scores_the_sum_of_its_terms(line):
    words, model = words_of(line), load_model()
    values = line_features(line, len(line), words)
    terms = sum(model.words.get(term, 0.0) for term in line_terms(words)) / max(1, len(words)) ** 0.5
    shape = sum(w * x for w, x in zip(model.shape, values, strict=True))
    assert line_score(values, words) == approx(model.bias + shape + terms)


def test_a_page_of_menus_is_not_searched_for_readers():
    menu = "\n".join(["Home", "About", "Contact", "Thanks!", "I love you"] * 8)
    assert find_region(pieces_of(menu)) is None


ARTICLE = [
    "The ferry crossed the estuary on Monday for the first time since the bridge was closed for repairs last autumn.",
    "Engineers found cracks in two of the cables, and the county council hired the old boat for the rest of the year.",
    "From next month a car will cost four pounds and a foot passenger one, and bicycles will travel without a fare.",
]
READERS = [
    "Great post, thanks! I took the ferry with my kids and we loved it.",
    "Hi Anna, how long did you have to wait? I hope they keep it.",
    "I don't agree with you, Anna. Why should I pay for your bridge?",
    "lol, you really think they will ever finish it?!",
    "Thanks Anna, I love your blog, and I wish my town had a boat like that! We took it twice, my mum was so happy :)",
    "Wow... I can't believe you wrote this. You should read what you said last year, it is the same nonsense!!",
    "Hey Tom, I agree with you, but please don't tell me that you would pay four pounds for it. I know I won't.",
    "Yes, thank you for this post, I was looking for it! Do you know if I can take my dog?",
]


@pytest.mark.parametrize(
    ("line", "called"),
    [
        ("Keith, I think I get the idea.", True),
        ("Joanna! What a surprise.", True),
        ("@tom that is what I meant", True),
        ("However, nobody came.", False),
        ("Coincidentally, nobody came.", False),
        ("Malheureusement, personne ne vint.", False),
        ("Breakfast: eggs and toast", False),
    ],
)
def test_a_word_apart_calls_somebody_where_it_opens_no_sentence(line, called):
    assert line_features(line, len(line), words_of(line))[FEATURES.index("calls a name")] == called


def test_a_quotation_is_seen_and_a_title_that_its_text_repeats_is_none():
    quoted = ["The ferry crossed the estuary on Monday.", "Nobody asked for it.", "The ferry crossed the estuary, ha!"]
    titled = ["Something else was built here.", "So why a ferry at all", "So why a ferry at all, ha!"]
    seen = [read_voices(pieces_of("\n".join(lines))).values[2] for lines in (quoted, titled)]
    assert [row[COLUMNS.index("opens as said above")] for row in seen] == [1, 0]


def test_readers_begin_below_the_heading_that_announces_them():
    pieces = pieces_of("\n\n".join([*ARTICLE, "Comments", *READERS]))
    region = find_region(pieces)
    assert region is not None
    assert pieces[region.first].text == READERS[0]


def test_readers_begin_no_later_than_below_the_first_pingback():
    pieces = pieces_of("\n\n".join([*ARTICLE, "Pingback: The Tide Book » Ferries", *READERS]))
    region = find_region(pieces)
    assert region is not None
    assert pieces[region.first].text == READERS[0]


def test_a_list_of_articles_that_counts_their_comments_has_none():
    page = [*ARTICLE, *READERS]
    assert find_region(pieces_of("\n\n".join(page))) is not None
    counted = [line for at, text in enumerate(page) for line in (text, f"Posted by Anna at 9:0{at} AM 3 comments")]
    assert find_region(pieces_of("\n\n".join(counted))) is None
