"""Measuring themes: what counts, what the simulations tell, what the floors do, and what the command prints."""

from __future__ import annotations

import json
import random

import numpy as np
import pandas as pd
import pytest

from comments.errors import SettingsError
from reports.cli import _run
from reports.evaluation.corpora import cut_halves, make_null, plant_themes, simulate_writers
from reports.evaluation.simulations import Simulator
from reports.evaluation.theming import read_labelled, score_labels
from reports.evaluation.vectors import FolderCache

SUBJECTS = {"trains": "The morning train was {} late again", "cats": "My cat {} sleeps on the warm sofa"}
WORDS = ("very", "rather", "often", "hardly", "always", "quite", "never", "sadly", "truly", "so", "too", "just")
ABOUT = {
    "trains": "train station platform delay ticket conductor carriage rails timetable commuter",
    "cats": "cat kitten paws whiskers purring fur litter mouse sofa vet",
    "bread": "bread flour oven baker crust yeast dough loaf rye butter",
    "chess": "chess knight bishop gambit opening checkmate board rook endgame pawn",
}
"""Words of which texts are made that any model tells apart."""


def speak(about, seed):
    draw = random.Random(seed)
    return [" ".join(draw.sample(about.split(), 5)) + f" in {draw.choice(WORDS)} short" for _ in range(40)]


CORPUS = {name: sorted(set(speak(words, seed))) for seed, (name, words) in enumerate(ABOUT.items())}


def write_table(path, rows):
    pd.DataFrame(rows).to_csv(path)
    return path


@pytest.fixture
def two_subjects(tmp_path):
    rows = [{"text": form.format(word), "label": name} for name, form in SUBJECTS.items() for word in WORDS]
    return write_table(tmp_path / "a.csv", rows)


@pytest.fixture(scope="module")
def simulator(embedder):
    return Simulator([CORPUS], embedder, None, runs=2)


def test_the_residual_counts_as_one_cluster() -> None:
    score = score_labels(["a", "a", "b", "b"], np.array([0, 0, -1, -1]))
    assert (score["AMI"], score["residual"], score["themes"]) == (1.0, 0.5, 1.0)


def test_a_table_without_labels_is_refused(tmp_path) -> None:
    with pytest.raises(SettingsError, match="no column label"):
        read_labelled(write_table(tmp_path / "a.csv", [{"text": "a"}]))


def test_parts_are_cut_by_a_column_and_hold_distinct_texts(tmp_path) -> None:
    rows = [{"text": f"text {n % 6}", "label": "x" if n % 2 else "y", "debate": n % 3} for n in range(24)]
    held = read_labelled(write_table(tmp_path / "a.csv", rows), "debate", limit=2)
    assert [(part.name, len(part.texts)) for part in held.parts] == [("0", 2), ("1", 2)]


def test_a_sample_does_not_depend_on_the_order_of_the_rows(tmp_path) -> None:
    rows = [{"text": f"text {n}", "label": n % 2} for n in range(20)]
    one = read_labelled(write_table(tmp_path / "a.csv", rows), sample=7)
    other = read_labelled(write_table(tmp_path / "b.csv", rows[::-1]), sample=7)
    assert one.parts == other.parts
    assert len(one.parts[0].texts) == 7


def test_two_plain_subjects_score_the_same_in_any_order(two_subjects, capsys) -> None:
    _run(["eval", "themes", str(two_subjects), "--no-peer", "--json"])
    got = json.loads(capsys.readouterr().out)
    assert got["order_free"]
    assert set(got["scores"]) == {"btl"}
    assert got["scores"]["btl"]["gold"] == 2


def test_a_model_agrees_with_itself(two_subjects, capsys) -> None:
    call = ["eval", "themes", str(two_subjects), "--no-peer", "--orders", "0", "--json"]
    _run([*call, "--agree-model", "all-MiniLM-L6-v2"])
    got = json.loads(capsys.readouterr().out)["agreement"]
    assert (got["AMI"], got["ARI"]) == (1.0, 1.0)
    assert got["themes"] == got["their themes"]


def test_a_floor_is_pinned_held_and_missed_with_exit_code_4(two_subjects, tmp_path, capsys) -> None:
    floors = tmp_path / "floors.json"
    floors.write_text("{}")
    call = ["eval", "themes", str(two_subjects), "--no-peer", "--orders", "0", "--floors", str(floors)]
    assert _run([*call, "--pin"]) == 0
    assert _run(call) == 0
    book = json.loads(floors.read_text())
    ((digest, groups),) = book.items()
    ((cut, numbers),) = groups.items()
    floors.write_text(json.dumps({digest: {cut: numbers | {"AMI": 1.1}}}))
    capsys.readouterr()
    assert _run(call) == 4
    assert "AMI" in capsys.readouterr().out
    assert _run([*call, "--pin"]) == 2
    assert _run([*call, "--pin", "--lower"]) == 0


def test_vectors_in_a_folder_are_found_again(tmp_path) -> None:
    vectors = np.eye(3, dtype=np.float32)
    FolderCache(tmp_path / "v").save("model", ["a", "b", "c"], vectors)
    again = FolderCache(tmp_path / "v")
    assert again.load("model", ["b", "z"]).keys() == {"b"}
    assert (again.load("model", ["b"])["b"] == vectors[1]).all()
    assert not again.load("another", ["b"])


def test_a_null_corpus_holds_the_same_words_and_no_text_of_before() -> None:
    texts = CORPUS["cats"]
    null = make_null(texts, len(texts), 0)
    assert sorted(" ".join(null).split()) == sorted(" ".join(texts).split())
    assert not set(null) & set(texts)


def test_planted_themes_stand_amid_as_many_strangers() -> None:
    other = {"x": [f"stranger {n}" for n in range(300)]}
    corpus = plant_themes([CORPUS], 1, [other])
    rows = {row for theme in corpus.themes for row in theme}
    assert len(corpus.themes) >= 3
    assert all(len(theme) >= 20 for theme in corpus.themes)
    assert sum(text.startswith("stranger") for text in corpus.texts) == len(corpus.texts) - len(rows) == len(rows)


def test_halves_have_no_text_in_common() -> None:
    texts = [text for some in CORPUS.values() for text in some]
    first, other = cut_halves(texts, 0)
    assert not set(first) & set(other)
    assert set(first) | set(other) == set(texts)


def test_simulated_writers_have_the_share_that_they_lean_to() -> None:
    made = [simulate_writers(1, seed) for seed in range(300)]
    gaps = [len(one.themes[0]) / len(one.writers) - one.truth[0] for one in made]
    assert abs(float(np.mean(gaps))) < 0.02


def test_shuffled_rows_give_identical_tables(simulator) -> None:
    assert simulator.shuffles()["shuffles the same"] == 1.0


def test_a_comment_pasted_500_times_leaves_the_others_where_they_were(simulator) -> None:
    found = simulator.pasted()
    assert found["ARI of the others after a paste"] >= 0.99
    assert found["copies in one theme"] == 1.0


def test_planted_themes_are_found(simulator) -> None:
    assert simulator.planted()["recall of planted themes"] >= 0.8


def test_stable_themes_return_in_a_fresh_half(simulator) -> None:
    found = simulator.halves()
    assert found["stable themes"] >= 3
    assert found["stable themes that return"] >= 0.9


def test_intervals_hold_the_truth_of_simulated_writers() -> None:
    found = Simulator([CORPUS], None, None, runs=60).intervals()
    assert 0.9 <= found["intervals that hold, ten themes"] <= 0.99


def test_shuffled_words_have_no_stable_themes(root, embedder) -> None:
    gold = pd.read_json(root / "data" / "sample" / "gold.jsonl", lines=True)
    sample = {"all": gold["text"].tolist()}
    assert Simulator([sample], embedder, None, runs=2).nulls()["nulls without stable themes"] == 1.0
