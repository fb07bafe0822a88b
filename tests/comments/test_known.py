"""What is known already, by hash."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from comments import known
from comments.known import KnownKeys


@given(st.lists(st.tuples(st.integers(0, 40).map(str), st.integers(0, 3).map(str)), max_size=200), st.integers(1, 9))
def test_known_keys_answer_as_a_dictionary_does_however_often_they_are_merged(pairs, recent):
    before, known._RECENT = known._RECENT, recent
    try:
        keys = KnownKeys(pairs)
    finally:
        known._RECENT = before
    plain = dict(pairs)
    for number in map(str, range(42)):
        assert (number in keys) == (number in plain)
        assert [keys.has(number, str(value)) for value in range(5)] == [plain.get(number) == str(v) for v in range(5)]


def test_a_hash_that_ends_in_zeros_is_found_among_the_sorted_ones(monkeypatch):
    ends = {"a": b"\1" * 10 + b"\0\0", "b": b"\1" * 12, "c": b"\0" * 12}
    monkeypatch.setattr(known, "_hash", lambda text, size: ends[text][:size])
    monkeypatch.setattr(known, "_RECENT", 1)
    keys = KnownKeys([("a", "c"), ("b", "a")])
    assert ("a" in keys, "b" in keys, "c" in keys) == (True, True, False)
    assert keys.has("a", "c") and not keys.has("b", "c")
