"""What a run is made of, known before it is run: so that one that would come to the same need not be."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analysis.settings import CARRIED_MODELS, INT8_MODEL, NamedTheme, Settings
from comments.errors import SettingsError
from reports.alerts import parse_alert

if TYPE_CHECKING:
    from analysis.edits import Edit

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
            SettingsError: when an alert is not understood, or names are to be both written out and masked.
        """
        for text in self.alerts:
            parse_alert(text)
        if self.real_names and self.public:
            raise SettingsError("names as written are not for sharing", "leave out --real-names or --public")

    def shown(self) -> dict[str, Any]:
        """What changes how a report looks, and nothing that is found."""
        privacy = {"authors": "as written" if self.real_names else "pseudonyms", "masked": self.public}
        return {"title": self.title, "privacy": privacy, "alerts": list(self.alerts)}


def stay_with_model(settings: Settings, key: str) -> Settings:
    """Return settings with the carried model whose vectors have this key, where the user names no model.

    Vectors and themes that a store keeps serve only with the model that made them: another default of a later
    version is no reason to embed all of it once more and to find other themes.
    """
    if "model" not in settings.model_fields_set:
        for name in CARRIED_MODELS:
            named = settings.model_copy(update={"model": name})
            if name != settings.model and known_key(named, None) == key:
                log.info("the store's themes were found with %s, which stays (--model names another)", name)
                return named
    return settings


def known_key(settings: Settings, manifest: dict[str, Any] | None) -> str:
    """Return the key of the model's vectors without loading it: of a hub model, as the last run had it."""
    if settings.model in CARRIED_MODELS:
        from analysis.minilm import INT8, MiniLM

        return MiniLM.key + (INT8 if settings.model == INT8_MODEL else "")
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
