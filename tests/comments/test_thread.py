"""Who answers whom, and by what evidence."""

from __future__ import annotations

import pytest

from comments.split.thread import find_places

NAMES = ["Anna Berg", "Bo", "Mira"]
FIRST = "The crane was paid for twice, once by the town and once by the port."


@pytest.mark.parametrize(
    ("text", "depth", "said", "parent", "evidence"),
    [
        ("I agree.", 1, None, None, "none"),
        ("I agree.", 2, None, 1, "nesting"),
        ("I agree.", 1, "Anna Berg", 0, "mention"),
        ("@Anna Berg I agree.", 1, None, 0, "mention"),
        ("@Anna I agree.", 1, None, None, "none"),
        ("Anna Berg: I agree.", 1, None, 0, "mention"),
        ("Anna Berg, I agree.", 1, None, 0, "mention"),
        ("Bo, I agree.", 1, None, None, "none"),
        ("> once by the town and once by the port\nWas it?", 1, None, 0, "quote"),
        ("“The crane was paid for twice, once by the town” - was it?", 1, None, 0, "quote"),
        ("“Something that nobody has said here before” - was it?", 1, None, None, "none"),
        ("I see.\n> once by the town and once\n> by the port.\nWas it?", 1, None, 0, "quote"),
        ("Anna Berg wrote:\n> once by the town and once by the port\nWas it?", 1, None, 0, "quote"),
        ("Anna Berg schrieb: „The crane was paid for twice, once […]“ War er das?", 1, None, 0, "quote"),
        ("Anna Berg a écrit :\n« The crane was paid for twice, once by the town »\nVraiment ?", 1, None, 0, "quote"),
        ("Originally posted by Anna Berg\nWas it paid for?", 1, None, 0, "mention"),
        ("Anna Berg wrote:\nWas it paid for?", 1, None, 0, "mention"),
        ("In reply to Anna Berg:\nWas it?", 1, None, 0, "mention"),
        ("In risposta a Anna Berg\nDavvero?", 1, None, 0, "mention"),
        ("Mr Holt wrote: it was paid for.", 1, None, None, "none"),
    ],
)
def test_a_parent_comes_with_its_evidence(text, depth, said, parent, evidence):
    places = find_places([1, 1, depth], NAMES, [None, None, said], [FIRST, "So what?", text])
    assert (places[2].parent, places[2].evidence) == (parent, evidence)


@pytest.mark.parametrize("quoting", ["Bo wrote:\n> The crane was paid for twice.", "> The crane was paid for twice."])
def test_words_that_two_have_written_are_given_to_the_one_who_is_named_else_to_the_later_one(quoting):
    said = "The crane was paid for twice. So they say."
    places = find_places([1, 1, 1, 1], ["Bo", "Mira", "Anna", "Dov"], [None] * 4, [said, said, "Well.", quoting])
    assert places[3].parent == (0 if quoting.startswith("Bo") else 1)
    assert places[3].evidence == "quote"
