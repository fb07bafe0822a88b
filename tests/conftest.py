"""What several tests need: the model, loaded once, and the labelled data where they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
os.environ["HF_HUB_OFFLINE"] = "1"  # before any library reads it: no test asks a hub
os.environ["CUDA_VISIBLE_DEVICES"] = ""  # the same vectors on every machine
# A busy machine draws slowly: that says nothing of what is tested.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of labelled data beside the checkout, or named by BTL_SHARED; tests skip without it."""
    folder = Path(os.environ.get("BTL_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip(f"labelled data are not at {folder}")
    return folder


@pytest.fixture(scope="session")
def embedder():
    from analysis.embed import open_embedder

    return open_embedder()
