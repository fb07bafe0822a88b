"""The carried model by torch, as on a GPU; here on the CPU, for what it computes does not depend on the place."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from analysis import minilm_torch
from analysis.claims import open_claims
from analysis.embed import embed_texts, open_embedder
from analysis.minilm import WINDOW
from analysis.minilm_torch import TorchMiniLM, find_gpu, need_gpu
from analysis.settings import WHOLE_MODEL
from comments.errors import BelowTheLineError, SettingsError

TEXTS = [
    "ok",
    "",
    "Putin's patience amazes me.",
    "Почему Москва молчит?",
    "公交车又晚点了，没有人说明原因。",
    " ".join(f"Sentence number {i} speaks of bread, diesel and the crossing." for i in range(120)),
    "word " * 700 + "x" * 900,
]


@pytest.fixture(scope="module")
def whole():
    return open_embedder(WHOLE_MODEL)


@pytest.fixture(scope="module")
def by_torch():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(minilm_torch, "PLACE", "cpu")
        yield open_embedder(WHOLE_MODEL, device="cuda")


def test_vectors_are_those_of_onnxruntime_and_kept_apart_from_them(whole, by_torch):
    assert isinstance(by_torch, TorchMiniLM)
    assert by_torch.key != whole.key
    ours, theirs = embed_texts(TEXTS, by_torch), embed_texts(TEXTS, whole)
    assert ours.dtype == np.float32
    assert np.linalg.norm(ours, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-6)
    assert (ours * theirs).sum(axis=1).min() > 0.99999


def test_tokens_past_the_window_are_not_read_and_the_mark_of_the_end_is(whole, by_torch):
    texts = ["bread " * length for length in (WINDOW - 3, WINDOW - 2, WINDOW - 1, WINDOW + 50)]
    assert (by_torch.window, by_torch.count_tokens(texts)) == (whole.window, whole.count_tokens(texts))
    assert (by_torch.encode(texts) * whole.encode(texts)).sum(axis=1).min() > 0.99999
    assert np.abs(by_torch.encode(texts[2:3]) - by_torch.encode(texts[3:])).max() < 1e-6


def test_a_vector_hardly_depends_on_its_company(by_torch):
    words = ["bread", "diesel", "crossing", "peg", "queue", "soldier"]
    for length in (1, 30, 250):
        texts = [" ".join(words[(first + n) % 6] for n in range(length)) for first in range(6)] * 2
        alone = np.stack([by_torch.encode([text])[0] for text in texts])
        assert np.abs(by_torch.encode(texts + TEXTS)[: len(texts)] - alone).max() < 1e-6


def test_claim_vectors_are_those_of_onnxruntime(whole, by_torch):
    texts = ["Prisons deter.", "Prisons do not deter.", "The tram is late, and nobody says why."]
    ours, theirs = open_claims(by_torch), open_claims(whole)
    assert isinstance(ours, TorchMiniLM)
    assert len({whole.key, by_torch.key, ours.key, theirs.key}) == 4
    assert (ours.encode(texts) * theirs.encode(texts)).sum(axis=1).min() > 0.99999
    assert (ours.encode(texts) * by_torch.encode(texts)).sum(axis=1).max() < 0.99


def test_without_a_driver_there_is_no_gpu_and_torch_is_not_asked(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "torch", None)  # to import it would fail
    monkeypatch.setattr(minilm_torch, "DRIVERS", (tmp_path / "none",))
    assert not find_gpu()


def test_a_driver_alone_is_no_gpu_nor_is_one_that_fails_at_the_first_sum(monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(minilm_torch, "DRIVERS", (tmp_path,))
    assert not find_gpu()
    monkeypatch.setattr(minilm_torch, "PLACE", "meta")  # where nothing is computed
    monkeypatch.setattr("torch.cuda.is_available", lambda: True)
    assert not find_gpu()
    assert "the GPU does not work" in caplog.text


def test_a_gpu_that_is_asked_for_and_not_there_is_a_clear_error(monkeypatch):
    with pytest.raises(SettingsError, match=r"cuda was asked for.*--device cpu"):
        need_gpu()
    monkeypatch.setattr(minilm_torch, "PLACE", "meta")
    with pytest.raises(BelowTheLineError, match=r"the GPU failed .*--device cpu"):
        TorchMiniLM().encode(["bread"])
