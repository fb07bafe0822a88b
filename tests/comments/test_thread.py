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
    ],
)
def test_a_parent_comes_with_its_evidence(text, depth, said, parent, evidence):
    places = find_places([1, 1, depth], NAMES, [None, None, said], [FIRST, "So what?", text])
    assert (places[2].parent, places[2].evidence) == (parent, evidence)
