"""Sentences of a language model: kept only where citation, quote, number and words check out; else the readers' own."""

from __future__ import annotations

import logging
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from comments.privacy import make_mask
from reports.rows import list_of
from reports.summary.check import check_citations, check_quotes, check_words
from reports.summary.extract import Line
from reports.summary.llm_door import ask, open_model
from reports.summary.llm_prompt import SYSTEM, find_attack, write_prompt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray
    from pydantic import BaseModel

    from analysis.settings import LlmSettings
    from reports.summary.extract import Digest
    from reports.tables import RunTables

    Vectors = NDArray[np.float32]

log = logging.getLogger(__name__)
Dropped = Literal[
    "it cites fewer than two of the comments that it was given",
    "its quotes are not words of the comments that it cites",
    "its numbers or quantity words are not what the counts give",
    "it is unlike the comments that it cites",
    "it is no plain sentence",
]
ENOUGH = 2  # sentences that must be left of an answer, and comments that each must cite
LONGEST = 45  # words of a sentence
ALIKE = 0.3  # least cosine of a sentence to two of the comments that it cites
NEAR_COPY = 0.95
FAILURES = 2  # in a row, after which the model is not asked again
_MARKUP = re.compile(
    r"[<>{}\[\]`|\\]|https?:|www\.|\n|[\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\*\*|__"
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass
class Account:
    """What asking came to; grows theme by theme."""

    model: str
    asked: int = 0
    answered: int = 0
    kept: int = 0
    withheld: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)

    def record(self, settings: LlmSettings) -> dict[str, Any]:
        """The account as it stands in run.json."""
        known = settings.input_price > 0 or settings.output_price > 0
        cost = (self.input_tokens * settings.input_price + self.output_tokens * settings.output_price) / 1e6
        return {
            "model": self.model,
            "themes_asked": self.asked,
            "themes_answered": self.answered,
            "failures": dict(sorted(self.failures.items())),
            "sentences_kept": self.kept,
            "sentences_dropped": dict(sorted(self.dropped.items())),
            "comments_withheld": self.withheld,
            "input_tokens": self.input_tokens,
            "output_tokens": self.output_tokens,
            "cost": round(cost, 6) if known else None,
        }


def answer_form() -> type[BaseModel]:
    """Return the schema of an answer; a function, for pydantic is heavy."""
    from pydantic import BaseModel, ConfigDict, Field

    class Sentence(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        text: str = Field(min_length=1, max_length=600)
        comments: list[int] = Field(max_length=60)
        quotes: list[str] = Field(max_length=10)

    class Answer(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)
        sentences: list[Sentence] = Field(max_length=8)
        label: str = Field(max_length=200)

    return Answer


def rewrite(
    tables: RunTables,
    digests: Mapping[str, Digest],
    vectors: Vectors,
    embed: Callable[[Sequence[str]], Vectors],
    settings: LlmSettings,
) -> tuple[dict[str, tuple[Line, ...]], dict[str, Any]]:
    """Return the lines of each theme with a model's sentences where they check out, and the account of it.

    Args:
        tables: the run.
        digests: the summary without a model; what fails keeps it.
        vectors: unit vectors of the comments in the order of their rows, shape (n, d).
        embed: texts to unit vectors by the same model.
        settings: the model and its budget.

    Raises:
        SettingsError: when the model is not known; any other failure is counted.
    """
    desk = _Desk(tables, vectors, embed, settings)
    lines = {name: one.lines for name, one in digests.items()}
    labels: set[str] = set()
    for name, one in list(digests.items())[: settings.themes]:
        if desk.in_a_row >= FAILURES:
            break
        found = desk.describe(one, labels)
        if found:
            lines[name] = (one.counted, *found, *one.against)
    return lines, desk.account.record(settings)


class _Desk:
    """Where comments go out and sentences come in."""

    def __init__(
        self, tables: RunTables, vectors: Vectors, embed: Callable[[Sequence[str]], Vectors], settings: LlmSettings
    ) -> None:
        self.ids, self.texts = tables.comments["comment_id"].tolist(), tables.comments["text"].tolist()
        # What could reach a person does not leave the machine; a quote of it would be no slice, and is dropped.
        mask = make_mask((), ())
        self.shown = [mask(text) for text in tables.comments["clean_text"]]
        self.labels = [str(label) for label in tables.themes["label"]]
        self.vectors, self.embed, self.settings = vectors, embed, settings
        self.model, self.form = open_model(settings.model), answer_form()
        self.account = Account(settings.model)
        self.in_a_row = 0  # questions without an answer

    def describe(self, one: Digest, labels: set[str]) -> tuple[Line, ...]:
        """The sentences for a theme that check out, and a label if one does; none where they are too few."""
        given = self._choose(one)
        if len(given) < ENOUGH:
            return ()
        self.account.asked += 1
        prompt = write_prompt(one.row, len(self.ids), [self.shown[row] for row in given], self.settings.characters)
        reply = ask(self.model, system=SYSTEM, prompt=prompt, form=self.form, timeout=self.settings.timeout)
        self.account.input_tokens += reply.input_tokens
        self.account.output_tokens += reply.output_tokens
        if reply.answer is None:
            self.account.failures[str(reply.failure)] += 1
            log.warning("language model: %s for %s; its description stays as it is", reply.failure, one.row["label"])
            self.in_a_row += 1
            return ()
        self.in_a_row = 0
        self.account.answered += 1
        answer: Any = reply.answer
        kept = [line for said in answer.sentences if (line := self._check(said, one, given)) is not None]
        if len(kept) < ENOUGH:
            self.account.failures["too few sentences left"] += 1
            return ()
        self.account.kept += len(kept)
        label = check_label(answer.label, [self.shown[row] for row in given], {*labels, *self.labels})
        if label is None:
            return tuple(kept)
        labels.add(label)
        return (*kept, Line(label, kept[0].comment_ids, "label"))

    def _choose(self, one: Digest) -> list[int]:
        """Comments to show: those quoted, then representatives, then the rest; no near-copies, none that attacks."""
        rows = {name: row for row, name in enumerate(self.ids)}
        first = [i for line in one.voices for i in line.comment_ids] + list_of(one.row, "representatives")
        order = dict.fromkeys([*(rows[i] for i in first if i in rows), *one.members])
        chosen: list[int] = []
        for row in order:
            if len(chosen) == self.settings.comments:
                break
            if find_attack(self.texts[row]):
                self.account.withheld += 1
            elif not chosen or float((self.vectors[chosen] @ self.vectors[row]).max()) < NEAR_COPY:
                chosen.append(row)
        return chosen

    def _check(self, said: Any, one: Digest, given: Sequence[int]) -> Line | None:  # noqa: ANN401
        """A model's sentence as a line of the summary, or None and a count of why not."""
        reason = next(self._faults(said, one, given), None)
        if reason is not None:
            self.account.dropped[reason] += 1
            return None
        ids = tuple(dict.fromkeys(self.ids[given[n - 1]] for n in said.comments))
        return Line(said.text.strip(), ids, "model", tuple(said.quotes))

    def _faults(self, said: Any, one: Digest, given: Sequence[int]) -> Iterator[Dropped]:  # noqa: ANN401
        """Yield what is wrong with a sentence, cheapest first."""
        cited = sorted(set(said.comments))
        text = said.text.strip()
        if len(cited) < ENOUGH or not all(1 <= n <= len(given) for n in cited):
            yield "it cites fewer than two of the comments that it was given"
            return
        rows = [given[n - 1] for n in cited]
        texts = {self.ids[row]: self.texts[row] for row in rows}
        if _MARKUP.search(text) or len(text.split()) > LONGEST or not text.endswith((".", ".”", "!”", "?”")):
            yield "it is no plain sentence"
        if [*check_citations(list(texts), said.quotes, texts), *check_quotes(text, said.quotes, [])] or '"' in text:
            yield "its quotes are not words of the comments that it cites"
        if list(check_words(text, [one.row], len(self.ids))):
            yield "its numbers or quantity words are not what the counts give"
        alike = self.vectors[rows] @ self.embed([text])[0]
        if sorted(alike.tolist())[-ENOUGH] < ALIKE:
            yield "it is unlike the comments that it cites"


def check_label(label: str, texts: Sequence[str], taken: set[str]) -> str | None:
    """Return a label if it is two to six plain words that stand in two of the comments each; else None.

    Args:
        label: what the model proposed.
        texts: the comments that it was given.
        taken: labels that other themes have.
    """
    label = " ".join(label.split())
    words = _WORD.findall(label.casefold())
    if not 2 <= len(words) <= 6 or len(label) > 60 or _MARKUP.search(label) or label in taken:
        return None
    held = [set(_WORD.findall(text.casefold())) for text in texts]
    for word in words:
        stem = word[:5]
        if len(word) > 3 and sum(any(other.startswith(stem) for other in own) for own in held) < ENOUGH:
            return None
    return label


def with_note(tables: RunTables, account: dict[str, Any]) -> RunTables:
    """Return the run with the account of the model in its manifest, and a note for the reader."""
    dropped = sum(account["sentences_dropped"].values())
    spent = f"{account['input_tokens']} tokens in and {account['output_tokens']} out"
    cost = "" if account["cost"] is None else f", cost {account['cost']:.4f}"
    note = (
        f"The language model {account['model']} was asked about {account['themes_asked']} themes ({spent}{cost}). "
        f"{account['sentences_kept']} of its sentences are in the report, marked as generated; {dropped} were dropped "
        "because what they cite, quote or count did not check out."
    )
    return replace(tables, run={**tables.run, "llm": account, "notes": [*(tables.run.get("notes") or []), note]})
