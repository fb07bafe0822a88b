"""The words of all texts, read once: as numbers, with which of them carry a matter and what stands between them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.function_words import WORD, find_foreign, is_foreign_function_word, is_function_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

# An address; a word, with the 's that makes "women's rights" of two; or a sign, which parts what stands on its sides.
_PIECE = re.compile(rf"(?:https?://|www\.)\S+|{WORD}(?:['’]s(?!\w))?|\S")
LOUD = 5  # letters from which a word of capitals alone shouts
_KEPT = {"arms", "goods", "means", "news", "species", "series", "politics", "economics", "ethics", "physics"}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the texts are made of.

    Attributes:
        forms: the distinct words as they are written, in small letters; the first is empty and stands for a gap.
        words: number of the word that each form is of ("drivers" and "driver's" of "driver"), an index of ``forms``.
        tokens: forms of all texts, one text after another, shape (t,); 0 where a sign, an address, a number or the
            end of a text parts words.
        content: which tokens carry a matter rather than grammar, shape (t,).
        spellings: the distinct pieces of the texts as they stand, with their capitals.
        spelt: spelling of each token, shape (t,).
        usual: for each spelling the one that most uses of its form have where a word comes before, itself where none
            does, shape (spellings,).
        starts: where each text begins, and the end of the last, shape (n + 1,).
        joint: number of "of", which may join words; -1 where no text has it.
    """

    forms: list[str]
    words: NDArray[np.int64]
    tokens: NDArray[np.int64]
    content: NDArray[np.bool_]
    spellings: list[str]
    spelt: NDArray[np.int64]
    usual: NDArray[np.int64]
    starts: NDArray[np.int64]
    joint: int

    def spell(self, uses: NDArray[np.int64], length: int) -> str:
        """Return words as most of their uses are written, without a capital that they owe to their place.

        Args:
            uses: places of the first word of each use, shape (u,).
            length: how many words.
        """
        import numpy as np

        inside = uses[self.tokens[np.maximum(uses - 1, 0)] > 0]
        some = inside if len(inside) else uses
        counts = Counter(map(tuple, self.spelt[some[:, None] + np.arange(length)].tolist()))
        first, *rest = min(counts, key=lambda one: (-counts[one], [self.spellings[n].swapcase() for n in one]))
        if length == 1 or not len(inside):
            first = int(self.usual[first])
        if all(_is_loud(self.spellings[number]) for number in (first, *rest)):
            first, *rest = self.usual[[first, *rest]].tolist()
        return " ".join(self.spellings[number] for number in (first, *rest)).replace("’", "'").removesuffix("'s")

    def places(self, texts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return places of the tokens of some texts, and which of the texts each is of, by its number among them."""
        import numpy as np

        sizes = self.starts[texts + 1] - self.starts[texts]
        of = np.repeat(np.arange(len(texts)), sizes)
        before = np.cumsum(sizes) - sizes
        return np.arange(int(sizes.sum())) - np.repeat(before - self.starts[texts], sizes), of


class _Numbers(dict[str, int]):
    """A number for each piece, given when it is first asked for."""

    def __missing__(self, piece: str) -> int:
        self[piece] = number = len(self)
        return number


def read_lexicon(texts: Sequence[str]) -> Lexicon:
    """Read the words of texts.

    Args:
        texts: distinct texts.
    """
    import numpy as np

    numbers = _Numbers({"": 0})
    tokens, starts = [], np.zeros(len(texts) + 1, dtype=np.int64)
    for row, text in enumerate(texts):
        read = np.fromiter(map(numbers.__getitem__, _PIECE.findall(text)), dtype=np.int64)
        tokens += [read, np.zeros(1, dtype=np.int64)]
        starts[row + 1] = starts[row] + len(read) + 1
    pieces = list(numbers)
    lowered = [_written(piece) for piece in pieces]
    forms = ["", *sorted(set(lowered) - {""})]
    number_of = {form: number for number, form in enumerate(forms)}
    raw = np.concatenate(tokens) if tokens else np.zeros(0, dtype=np.int64)
    every = np.asarray([number_of[form] for form in lowered])[raw]
    usual = _find_usual(every, raw, pieces)
    content, joint = _find_content(forms, every, starts), number_of.get("of", -1)
    return Lexicon(forms, _find_words(forms), every, content, pieces, raw, usual, starts, joint)


def _find_usual(tokens: NDArray[np.int64], spelt: NDArray[np.int64], spellings: Sequence[str]) -> NDArray[np.int64]:
    """The commonest spelling of the form of each inside sentences, where capitals tell something; none that shouts."""
    import numpy as np

    form_of = np.zeros(len(spellings), dtype=np.int64)
    form_of[spelt] = tokens
    inside = np.flatnonzero((tokens[1:] > 0) & (tokens[:-1] > 0)) + 1
    found, counts = np.unique(spelt[inside], return_counts=True)
    loud = np.asarray([_is_loud(text) for text in spellings])[found]
    small = np.asarray([text.islower() for text in spellings])[found]
    names = np.argsort(np.argsort(np.asarray(spellings)))[found]
    order = found[np.lexsort((-names, small, counts, ~loud))]
    best = np.full(int(form_of.max(initial=0)) + 1, -1, dtype=np.int64)
    best[form_of[order]] = order  # the last of each form stays
    return np.where(best[form_of] >= 0, best[form_of], np.arange(len(spellings)))


def _is_loud(spelling: str) -> bool:
    return len(spelling) > LOUD and spelling.isupper()


def _written(piece: str) -> str:
    """A piece as a word in small letters, empty where it is none."""
    form = piece.lower().replace("’", "'")
    return "" if len(form) < 2 or "_" in form or "://" in form or form.startswith("www.") else form


def _find_words(forms: Sequence[str]) -> NDArray[np.int64]:
    """The word of each form: without 's, and without the -s of a plural whose singular is written too (Harman 1991)."""
    import numpy as np

    number_of = {form: number for number, form in enumerate(forms)}
    return np.asarray([number_of[_base_of(form, number_of)] for form in forms], dtype=np.int64)


def _base_of(form: str, known: dict[str, int]) -> str:
    bare = form.removesuffix("'s")
    if bare not in known:
        return form
    if len(bare) < 4 or not bare.endswith("s") or bare.endswith(("ss", "us", "is")) or bare in _KEPT:
        return bare
    if bare.endswith("ies") and f"{bare[:-3]}y" in known:
        return f"{bare[:-3]}y"
    if bare[:-1] in known:
        return bare[:-1]
    return bare[:-2] if bare.endswith("es") and bare[:-2] in known else bare


def _find_content(forms: Sequence[str], tokens: NDArray[np.int64], starts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which tokens carry a matter; some words do only where the text is in one language and not in another."""
    import numpy as np

    bare = [form.removesuffix("'s") for form in forms]
    grammar = np.asarray([not form or is_function_word(form) for form in bare])
    foreign = np.asarray([is_foreign_function_word(form) for form in bare])
    content = ~grammar[tokens]
    before = np.concatenate([[0], np.cumsum(foreign[tokens])])
    for row in np.flatnonzero(before[starts[1:]] - before[starts[:-1]] >= 2).tolist():
        own = slice(int(starts[row]), int(starts[row + 1]))
        doubtful = find_foreign({bare[number] for number in np.unique(tokens[own]).tolist()})
        if doubtful:
            content[own] &= ~np.asarray([bare[number] in doubtful for number in tokens[own].tolist()])
    return content
