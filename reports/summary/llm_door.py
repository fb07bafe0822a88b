"""The optional door to a language model: any that the `llm` package knows, asked once a theme, never trusted."""

from __future__ import annotations

import json
import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from comments.errors import SettingsError

if TYPE_CHECKING:
    from pydantic import BaseModel

Failure = Literal["no answer", "no answer in time", "answer not in the form asked for"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model gave back.

    Attributes:
        answer: the checked form, or None.
        failure: why there is none.
        input_tokens: tokens of the prompt, as the model's server counts them; 0 where it does not say.
        output_tokens: tokens of the answer.
    """

    answer: BaseModel | None
    failure: Failure | None
    input_tokens: int = 0
    output_tokens: int = 0


def open_model(name: str) -> Any:  # noqa: ANN401
    """Return the model that ``llm`` knows by this name.

    Raises:
        SettingsError: when it knows none.
    """
    import llm

    try:
        return llm.get_model(name)
    except llm.UnknownModelError as error:
        todo = "`llm models` lists those that it knows; see docs/formats.md for a model of your own"
        raise SettingsError(f"the language model {name!r} is not known to llm", todo) from error


def ask(model: Any, *, system: str, prompt: str, form: type[BaseModel], timeout: float) -> Reply:  # noqa: ANN401
    """Ask a model once and check its answer against a form.

    Args:
        model: what :func:`open_model` gave.
        system: what it is to do.
        prompt: the data.
        form: the schema that the answer must have.
        timeout: seconds to wait. A request that takes longer is left to its thread and its answer dropped.
    """
    done: queue.Queue[tuple[str, int, int] | None] = queue.Queue()

    def work() -> None:
        try:
            done.put(_prompt(model, system, prompt, form))
        except Exception:  # each model's library has errors of its own; whatever it is, there is no answer
            done.put(None)

    # A daemon: a server that never answers must not keep the command from ending.
    threading.Thread(target=work, daemon=True, name="llm").start()
    try:
        got = done.get(timeout=timeout)
    except queue.Empty:
        return Reply(None, "no answer in time")
    if got is None:
        return Reply(None, "no answer")
    text, given, made = got
    answer = _read_form(text, form)
    return Reply(answer, None if answer else "answer not in the form asked for", given, made)


def _prompt(model: Any, system: str, prompt: str, form: type[BaseModel]) -> tuple[str, int, int]:  # noqa: ANN401
    """The text of the answer, and tokens in and out."""
    options: dict[str, Any] = {"stream": False}
    if "temperature" in getattr(model.Options, "model_fields", {}):
        options["temperature"] = 0
    if model.supports_schema:
        options["schema"] = form
    response = model.prompt(prompt, system=system, **options)
    text = response.text()
    usage = response.usage()
    return text, usage.input or 0, usage.output or 0


def _read_form(text: str, form: type[BaseModel]) -> BaseModel | None:
    """The one JSON object in an answer, if it has the form; fences and words around it are let pass."""
    from pydantic import ValidationError

    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return None
    try:
        return form.model_validate(json.loads(text[start : end + 1]))
    except (ValueError, ValidationError, RecursionError):
        return None
