"""Names stay in the store; what is meant for sharing reaches and names nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.ingest import ingest
from comments.inputs.rows import TableRow
from comments.masks import CONTACTS, PHONES
from comments.privacy import MASK, hide_names, make_mask, mask_value, pseudonym, store_keys
from comments.store import Store
from comments.view import view_store

MASKED = [
    "ann.lee+news@example.co.uk",
    "ANN@EXAMPLE.ORG",
    "ann [at] example [dot] org",
    "ann(at)example.org",
    "@ann_lee",
    "u/annlee99",
    "+44 20 7946 0958",
    "(555) 123-4567",
    "555-0199",
    "020 7946 0958",
    "0171/1234567",
    "5551234567",
    "+971501234567",
    *(form.example for form in (*CONTACTS, *PHONES)),
    "ann.lee AT example DOT org",
    "tel. 600 123 456",
    "five five five, one two three four",
    "+1 (555) 123 4567",
    "+86 138 0013 8000",
    "06 12 34 56 78",
    "030/1234567",
    "555\u2011123\u20114567",
]
LEFT = [
    "503 (1977)",
    "(1767-1832)",
    "6.5907305(98)",
    "265 254 389 908",
    "http://example.org/2015/01/20/240-4150.html",
    "ISBN 0198526636",
    "1-14-09",
    "0.333333556",
    "60.39 2006",
    "youtube.com/watch",
    "2 pm at example.org",
    "2015-02-13",
    "13.02.2015",
    "2003-2011",
    "2003 - 2011",
    "1,000,000",
    "1000000",
    "12:30",
    "3.14159265",
    "$2.50",
    "at 9 or 10",
    "2 + 2",
    "Article 19(1)",
]


@pytest.mark.parametrize("text", MASKED)
def test_what_reaches_a_person_is_masked(text):
    sentence = f"Write to {text}, please."
    masked = make_mask((), ())(sentence)
    shown = masked[9 : 9 + len(text)].removeprefix("tel. ").removeprefix("skype is ")
    assert not any(sign.isalnum() for sign in shown)
    assert masked[:9] == "Write to "
    assert masked.endswith(", please.")


@pytest.mark.parametrize("text", LEFT)
def test_dates_and_amounts_are_left(text):
    assert make_mask((), ())(f"It was {text} then.") == f"It was {text} then."


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("I agree with Olga Petrova here.", "I agree with ████ ███████ here."),
        ("i agree with olga petrova's view", "i agree with ████ ███████'s view"),
        ("Kestrel42: no.", "█████████: no."),
        ("Olga, you are wrong.", "████, you are wrong."),
        ("Thanks, Petrova: no.", "Thanks, ███████: no."),
        ("The Olga river is wide.", "The Olga river is wide."),
        ("Olgas are many.", "Olgas are many."),
        ("A bank is a bank.", "A bank is a bank."),
    ],
)
def test_names_of_authors_are_masked_and_common_words_are_left(text, masked):
    texts = [f"The bank number {n}." for n in range(9)]
    assert make_mask(["Olga Petrova", "Kestrel42", "Bank", "Ed"], texts)(text) == masked


@given(st.text(), st.lists(st.text(min_size=1, max_size=12), max_size=4))
def test_a_mask_keeps_every_offset(text, names):
    masked = make_mask(names, [text])(text)
    assert len(masked) == len(text)
    assert all(a == b or b == MASK for a, b in zip(text, masked, strict=True))


def test_lists_and_objects_are_masked_within():
    mask = make_mask((), ())
    assert mask_value(["a@b.org", {"x": "a@b.org", "n": 3}, None], mask) == ["███████", {"x": "███████", "n": 3}, None]


def fill(path: Path, *authors: str | None) -> Store:
    with Store(path) as store:
        rows = [TableRow("t.csv", str(n), f"Text {n}", f"c{n}", "t", author=a) for n, a in enumerate(authors)]
        ingest(store, rows)
        store_keys(store)
    return Store(path)


def test_a_name_has_one_pseudonym_and_another_name_another(tmp_path):
    store = fill(tmp_path, "Ann", "Bo", "Ann", None)
    hidden = hide_names(view_store(store), store_keys(store).authors).comments.set_index("comment_id")["author"]
    assert hidden["c0"] == hidden["c2"] != hidden["c1"]
    assert hidden["c0"].startswith("reader-")
    assert hidden.isna()["c3"]


def test_the_same_inputs_have_the_same_pseudonyms_in_any_order_and_others_have_others(tmp_path):
    one, two = store_keys(fill(tmp_path / "1", "Ann", "Bo")), store_keys(fill(tmp_path / "2", "Ann", "Bo"))
    other = store_keys(fill(tmp_path / "3", "Ann", "Cy"))
    assert pseudonym("Ann", one.authors) == pseudonym("Ann", two.authors) != pseudonym("Ann", other.authors)
    assert one.tombstones != two.tombstones


def test_the_key_stays_as_it_is_when_the_store_grows_and_only_its_owner_reads_it(tmp_path):
    before = store_keys(fill(tmp_path, "Ann"))
    assert store_keys(fill(tmp_path, "Ann", "Bo")) == before
    assert (tmp_path / "key.json").stat().st_mode & 0o077 == 0
