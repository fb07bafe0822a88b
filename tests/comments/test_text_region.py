"""Where readers begin on a page without marks."""

from __future__ import annotations

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
