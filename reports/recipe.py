"""What a run is made of, known before it is run: so that one that would come to the same need not be."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analysis.minilm import INT8, MiniLM
from analysis.minilm_torch import TorchMiniLM, find_gpu, need_gpu
from analysis.settings import CARRIED_MODELS, INT8_MODEL, WHOLE_MODEL, NamedTheme, Settings
from comments.errors import SettingsError
from reports.alerts import parse_alert

if TYPE_CHECKING:
    from analysis.edits import Edit
    from analysis.settings import Device

    Form = tuple[str, Device]

log = logging.getLogger(__name__)
TITLE = "What readers raised below the line"
PACKAGES = (
    "bertopic",
    "numpy",
    "onnxruntime",
    "pandas",
    "pyarrow",
    "scikit-learn",
    "sentence-transformers",
    "torch",
    "umap-learn",
)
FORMS: tuple[Form, ...] = ((INT8_MODEL, "cpu"), (WHOLE_MODEL, "cpu"), (WHOLE_MODEL, "cuda"))
"""How the carried model runs, the default first."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asks of a run.

    Attributes:
        themes: named themes.
        settings: see :class:`analysis.settings.Settings`.
        edits: the analyst's decisions.
        title: headline of the report.
        real_names: show authors as they are written, not by pseudonyms.
        public: mask what could reach or name a person.
        alerts: conditions to watch for.
    """

    themes: tuple[NamedTheme, ...] = ()
    settings: Settings = field(default_factory=Settings)
    edits: tuple[Edit, ...] = ()
    title: str = TITLE
    real_names: bool = False
    public: bool = False
    alerts: tuple[str, ...] = ()

    def check(self) -> None:
        """See that the parts go together.

        Raises:
            SettingsError: when an alert is not understood, names are to be both written out and masked, or a GPU is
                asked for and there is none, or for the model in eight bits.
        """
        for text in self.alerts:
            parse_alert(text)
        if self.real_names and self.public:
            raise SettingsError("names as written are not for sharing", "leave out --real-names or --public")
        if self.settings.device == "cuda":
            if self.settings.model == INT8_MODEL and "model" in self.settings.model_fields_set:
                raise SettingsError(f"{INT8_MODEL} runs on the CPU alone", f"leave out --device, or name {WHOLE_MODEL}")
            need_gpu()

    def shown(self) -> dict[str, Any]:
        """What changes how a report looks, and nothing that is found."""
        privacy = {"authors": "as written" if self.real_names else "pseudonyms", "masked": self.public}
        return {"title": self.title, "privacy": privacy, "alerts": list(self.alerts)}


def settle_model(settings: Settings, key: str) -> Settings:
    """Return settings that say which carried model runs and where.

    Vectors and themes that a store keeps serve only with the form of the model that made them: another default of a
    later version, or a machine with a GPU, is no reason to embed all of it once more and to find other themes. So that
    form stays unless the user names another or it needs a GPU that is not there; then the log says so.

    Args:
        settings: as the user gave them, checked (``Order.check``).
        key: of the vectors that the store's themes were found with; empty where there are none.
    """
    if settings.model not in CARRIED_MODELS:
        return settings
    open_to = [form for form in FORMS if _is_allowed(settings, *form)]
    kept = next((form for form in FORMS if carried_key(*form) == key), None)
    name, device = chosen = _choose(open_to, kept)
    if key and kept != chosen:
        log.warning("the store's themes were found with other vectors (%s): by %s on %s all is made anew", key, *chosen)
    elif kept and chosen != FORMS[0]:
        log.info("the store's themes were found with %s on %s, which stays", *chosen)
    return settings.model_copy(update={"model": name, "device": device})


def _is_allowed(settings: Settings, name: str, device: Device) -> bool:
    """Whether what the user says leaves room for this form."""
    named = "model" in settings.model_fields_set
    return settings.device in ("auto", device) and (not named or settings.model == name)


def _choose(open_to: list[Form], kept: Form | None) -> Form:
    """The form that the store knows; else the one on a GPU, where there is one; else the first on the CPU."""
    on_cpu = [form for form in open_to if form[1] == "cpu"]
    if kept in on_cpu:
        return kept
    if not on_cpu or (open_to != on_cpu and find_gpu()):
        return open_to[-1]
    # What a GPU began goes on with the same weights.
    return on_cpu[-1] if kept and kept[1] == "cuda" else on_cpu[0]


def carried_key(name: str, device: Device) -> str:
    """Return the key of a carried model's vectors without loading it."""
    if device == "cuda":
        return TorchMiniLM.key
    return MiniLM.key + (INT8 if name == INT8_MODEL else "")


def known_key(settings: Settings, manifest: dict[str, Any] | None) -> str:
    """Return the key of the model's vectors without loading it: of a hub model, as the last run had it."""
    if settings.model in CARRIED_MODELS:
        return carried_key(settings.model, settings.device)
    model = (manifest or {}).get("model", {})
    return str(model["key"]) if model.get("name") == settings.model else ""


def write_recipe(order: Order, inputs: str, model_key: str) -> dict[str, Any]:
    """Return the part of the manifest that says what goes into a run.

    Args:
        order: what the user asks for.
        inputs: fingerprint of the store, see ``comments.view.fingerprint``.
        model_key: of the embedder.

    Returns:
        ``run_id``, a hash of all the rest that can change a result, and the rest.
    """
    from importlib.metadata import version

    steering = {
        "settings": order.settings.model_dump(mode="json"),
        "named_themes": [theme.model_dump(mode="json") for theme in order.themes],
        "edits": [edit.model_dump(mode="json", exclude_defaults=True) for edit in order.edits],
    }
    versions = {name: version(name) for name in PACKAGES}
    parts = json.dumps([inputs, steering, versions, version("belowtheline"), model_key], sort_keys=True)
    return {
        "run_id": hashlib.sha256(parts.encode()).hexdigest()[:12],
        **order.shown(),
        "btl_version": version("belowtheline"),
        **steering,
        "versions": versions,
    }
