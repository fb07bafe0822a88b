"""Everything that steers a run, checked once, frozen, and written into its manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from comments.errors import SettingsError
from comments.toml_file import read_toml

if TYPE_CHECKING:
    from pathlib import Path

WHOLE_MODEL = "all-MiniLM-L6-v2"
INT8_MODEL = f"{WHOLE_MODEL}-int8"
"""The same with products in whole numbers: twice as fast, one in thirty neighbours another (docs/scale.md)."""
CARRIED_MODELS = (WHOLE_MODEL, INT8_MODEL)
"""Those whose weights a package carries, so that no network is asked."""
DEFAULT_MODEL = INT8_MODEL
Device = Literal["auto", "cpu", "cuda"]
Share = Annotated[float, Field(ge=0, lt=1)]
Several = Annotated[int, Field(ge=2)]
Level = Annotated[float, Field(gt=0, le=10)]


class Frozen(BaseModel):
    """Base of all settings: unknown keys are errors, values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class NamedTheme(Frozen):
    """A theme that the user asks for.

    Attributes:
        name: its label, unique in the file.
        description: one or two sentences that say what a comment in it raises.
        examples: sentences such as readers write, which belong to it.
        counter_examples: sentences that look like it and do not belong.
        words: words or phrases (case ignored, ``*`` at the end matches any ending) that speak for it.
    """

    name: str = Field(min_length=1, max_length=200)
    description: str = Field(min_length=1)
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class ClusterSettings(Frozen):
    """How themes are discovered.

    Attributes:
        minimum: fewest distinct texts that are clustered at all.
        structure: least excess closeness at which 300 texts are clustered; 0 clusters any (``analysis.structure``).
        smallest: fewest texts that make a theme.
        fit_limit: most distinct texts that a fit looks at; the rest are assigned.
        wordings: shares of the words in how alike two texts are, each looked at; 0 leaves it to the model's vectors.
        centred: for each of ``wordings``, whether what all texts are about is taken out of the vectors.
        neighbours: sizes of the neighbourhood in which a text is seen, each looked at.
        components: dimensions of each diffusion map.
        steps: of a walk over neighbours, as a multiple of the square root of the number of texts.
        groups: how many there are where texts do not lie in heaps, as a multiple of the same square root.
        levels: multiples of that number, one of which stands instead where halves of the texts agree clearly better
            at it (``analysis.stability``); 1 alone leaves no choice.
        gap: how many times more one join must cost than the one before it where texts lie in heaps.
        resamples: draws of two halves of the texts that tell how stable themes are, and which level; 0 for neither.
        stable: stability from which a theme counts as stable.
        loose: stability below which it counts as a loose group, which the report shows last.
        votes: how many nearest fitted texts vote on a text's theme.
        floor: least strength at which a text is in a discovered theme.
    """

    minimum: int = Field(default=40, ge=5)
    structure: float = Field(default=0.07, ge=0, le=1)
    smallest: int = Field(default=5, ge=2)
    fit_limit: int = Field(default=5000, ge=100)
    wordings: tuple[Share, ...] = Field(default=(0.2, 0.4, 0.6), min_length=1)
    centred: tuple[bool, ...] = (False, True, False)
    neighbours: tuple[Several, ...] = Field(default=(10, 15), min_length=1)
    components: int = Field(default=20, ge=3)
    steps: float = Field(default=0.25, gt=0)
    groups: float = Field(default=1.0, gt=0, le=10)
    levels: tuple[Level, ...] = Field(default=(0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5), min_length=1)
    gap: float = Field(default=2.2, gt=1)
    resamples: int = Field(default=4, ge=0)
    stable: float = Field(default=0.65, ge=0, le=1)
    loose: float = Field(default=0.2, ge=0, le=1)
    votes: int = Field(default=5, ge=1)
    floor: float = Field(default=0.25, ge=0, le=1)

    @model_validator(mode="after")
    def _pair_up(self) -> ClusterSettings:
        if len(self.centred) != len(self.wordings):
            lengths = f"{len(self.centred)} and {len(self.wordings)}"
            raise ValueError(f"centred and wordings go together, one of each, but their lengths are {lengths}")
        return self


class NamedSettings(Frozen):
    """How named themes take comments.

    Attributes:
        floor: least strength at which a comment is in a named theme that has examples.
        near: strength from which a comment below the floor is shown as a near miss.
        bare_floor: the floor of a theme without examples, whose strengths are lower: less is known of it.
        bare_near: the same for its near misses.
        closeness: least cosine to any text of any named theme at which a comment is looked at more closely.
        first: whether a named theme is a comment's main theme before a discovered one.
        fold: share of a discovered theme's texts that must surely be in a named one for it to be folded into
            that; 1 folds none.
        fold_back: share of the named theme's texts that must be in the discovered one.
        fold_centres: least cosine of their centres, as seen from the centre of all comments.
    """

    floor: float = Field(default=0.3, ge=0, le=1)
    near: float = Field(default=0.15, ge=0, le=1)
    bare_floor: float = Field(default=0.2, ge=0, le=1)
    bare_near: float = Field(default=0.12, ge=0, le=1)
    closeness: float = Field(default=0.1, ge=-1, le=1)
    first: bool = True
    fold: float = Field(default=0.4, gt=0, le=1)
    fold_back: float = Field(default=0.5, ge=0, le=1)
    fold_centres: float = Field(default=0.6, ge=-1, le=1)

    def floors_for(self, theme: NamedTheme) -> tuple[float, float]:
        """Return the strengths from which a comment is in a theme and from which it is a near miss of it."""
        return (self.floor, self.near) if theme.examples else (self.bare_floor, self.bare_near)


class ContextSettings(Frozen):
    """What is read with a comment, and what is not.

    Attributes:
        quotes: leave out what a comment quotes from the comments above it or from its page's article.
        parents: for named themes, read a short reply also together with what it answers.
        short_reply: most words of a short reply.
    """

    quotes: bool = True
    parents: bool = True
    short_reply: int = Field(default=25, ge=0)


class RefitSettings(Frozen):
    """When the themes of earlier runs no longer serve and are discovered anew.

    Attributes:
        growth: a refit is due when there are more than so many times the texts of the last fit.
        residual: or when the share of new texts in no theme is surely higher by so much than expected.
        texts: fewest new texts by which that is judged.
        hold: least share of the pairs of texts of a theme that must still fall together for a refit to leave it whole.
    """

    growth: float = Field(default=2.0, gt=1)
    residual: float = Field(default=0.1, ge=0, le=1)
    texts: int = Field(default=30, ge=1)
    hold: float = Field(default=0.5, ge=0)


class LanguageSettings(Frozen):
    """When the language of a comment counts as known.

    Attributes:
        confidence: least confidence of the detector.
        letters: fewest letters, counted in bytes of UTF-8, so that scripts with more signs need fewer.
        foreign: share of comments in other languages than the model's from which the report warns.
    """

    confidence: float = Field(default=0.5, ge=0, le=1)
    letters: int = Field(default=15, ge=1)
    foreign: float = Field(default=0.1, gt=0, le=1)


class LlmSettings(Frozen):
    """Whether and how a language model writes descriptions of themes.

    Attributes:
        model: name of a model that the ``llm`` package knows; empty for none.
        themes: most themes that it is asked about, largest first.
        comments: most comments of a theme that it is shown.
        characters: most signs of a comment that it is shown.
        timeout: seconds to wait for an answer.
        input_price: price of a million tokens shown to it, in any currency; 0 where unknown.
        output_price: price of a million tokens of its answers.
    """

    model: str = ""
    themes: int = Field(default=20, ge=1)
    comments: int = Field(default=30, ge=2)
    characters: int = Field(default=600, ge=100)
    timeout: float = Field(default=120.0, gt=0)
    input_price: float = Field(default=0.0, ge=0)
    output_price: float = Field(default=0.0, ge=0)


class Settings(Frozen):
    """All settings of a run.

    Attributes:
        model: ``all-MiniLM-L6-v2-int8`` or ``all-MiniLM-L6-v2`` (carried by a package, no network), or the name or
            path of any sentence-transformers model. Where none is named, a store's model stays what it was.
        device: where the model runs. ``auto`` is a GPU where there is one; but where a carried model found a store's
            themes on the CPU, it stays there.
        min_words: comments with fewer words are set aside as too short.
        cluster: how themes are discovered.
        named: how named themes take comments.
        context: what is read with a comment, and what is not.
        refit: when themes are discovered anew.
        language: when the language of a comment counts as known.
        keyphrases: how many a theme shows.
        representatives: how many a theme shows.
        columns: what tables of comments call their columns; see :class:`comments.inputs.columns.ColumnMap`.
        llm: whether a language model writes descriptions.
    """

    model: str = DEFAULT_MODEL
    device: Device = "auto"
    min_words: int = Field(default=3, ge=1)
    cluster: ClusterSettings = ClusterSettings()
    named: NamedSettings = NamedSettings()
    context: ContextSettings = ContextSettings()
    refit: RefitSettings = RefitSettings()
    language: LanguageSettings = LanguageSettings()
    keyphrases: int = Field(default=8, ge=1)
    representatives: int = Field(default=5, ge=1)
    columns: dict[str, str] = Field(default_factory=dict)
    llm: LlmSettings = LlmSettings()


def say_invalid(error: ValidationError) -> str:
    """The first fault of a settings file in words."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"{where} is no field"
    if first["type"] == "missing":
        return f"{where} is missing"
    what = str(first["msg"]).removeprefix("Value error, ")
    return f"{where}: {what}" if where else what


def load_themes(path: Path) -> tuple[NamedTheme, ...]:
    """Read named themes from a TOML file of ``[[theme]]`` tables.

    Args:
        path: the file.

    Returns:
        The themes in the order of the file.

    Raises:
        SettingsError: when the file cannot be read, is not TOML, or a theme in it is incomplete,
            unknown or named twice, or names give one id; the message names the file and the theme.
    """
    from analysis.named import named_id

    data = read_toml(path)
    unknown = sorted(set(data) - {"theme"})
    rows = data.get("theme", [])
    if unknown or not isinstance(rows, list):
        raise SettingsError(f"{path} holds {', '.join(unknown) or '[theme]'}", "write each theme as a [[theme]] table")
    themes: dict[str, NamedTheme] = {}
    for number, row in enumerate(rows, 1):
        try:
            theme = NamedTheme.model_validate(row)
        except ValidationError as error:
            todo = "see data/themes.toml for the form"
            raise SettingsError(f"{path}, {_called(number, row)}: {say_invalid(error)}", todo) from error
        name = named_id(theme.name)
        if name in themes:
            twice = "stands twice" if themes[name].name == theme.name else f"is too like {themes[name].name!r}"
            raise SettingsError(f"{path}, theme {number}: the name {theme.name!r} {twice}", "rename one")
        themes[name] = theme
    return tuple(themes.values())


def _called(number: int, row: object) -> str:
    """A theme by its place in the file, and by its name where it has one."""
    name = row.get("name") if isinstance(row, dict) else None
    return f"theme {number} ({name})" if isinstance(name, str) and name.strip() else f"theme {number}"


def load_settings(path: Path | None) -> Settings:
    """Read run settings from a TOML file, or give the defaults.

    Args:
        path: a TOML file with the fields of :class:`Settings`, or None.

    Raises:
        SettingsError: when the file cannot be read or a field in it is unknown or out of range.
    """
    if path is None:
        return Settings()
    try:
        return Settings.model_validate(read_toml(path))
    except ValidationError as error:
        raise SettingsError(f"{path}: {say_invalid(error)}", "see docs/formats.md for the fields") from error
