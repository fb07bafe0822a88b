"""Where readers begin on a page without marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from comments.model import Page
from comments.split.line_model import FEATURES, line_features, line_score, line_terms, load_model, words_of
from comments.split.lines import read_lines
from comments.split.text_bylines import read_pieces
from comments.split.text_region import CANDIDATE, candidate_rows, find_region, read_voices, score_candidates

LINES = st.sampled_from(
    ["Thanks, I love your blog!", "The council said on Friday that trade rose by 6%.", "Hi Anna,", "2019"]
)


def pieces_of(text: str):
    return read_pieces(read_lines(Page("x", "x", "text", text.encode())))


def test_the_model_has_a_weight_for_every_feature():
    model = load_model()
    assert len(model.shape) == len(FEATURES)
    assert len(model.region) == len(model.means) == len(CANDIDATE)


@given(st.lists(LINES | st.text(min_size=1, max_size=80), min_size=3, max_size=12))
def test_the_short_way_to_the_scores_gives_what_the_rows_give(lines):
    voices = read_voices(pieces_of("\n".join(lines)))
    model = load_model()
    rows = [
        model.bias + sum(w * (x - m) for w, x, m in zip(model.region, row, model.means, strict=True))
        for row in candidate_rows(voices)
    ]
    assert score_candidates(voices, model) == approx(rows)


@given(LINES | st.text(min_size=1, max_size=80))
def test_a_line_scores_the_sum_of_its_terms(line):
    words, model = words_of(line), load_model()
    values = line_features(line, len(line), words)
    terms = sum(model.words.get(term, 0.0) for term in line_terms(words)) / max(1, len(words)) ** 0.5
    shape = sum(w * x for w, x in zip(model.shape, values, strict=True))
    assert line_score(values, words) == approx(model.line_bias + shape + terms)


def test_a_page_of_menus_is_not_searched_for_readers():
    menu = "\n".join(["Home", "About", "Contact", "Thanks!", "I love you"] * 8)
    assert find_region(pieces_of(menu)) is None
