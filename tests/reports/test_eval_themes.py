"""Measuring themes: what counts, and what the command prints."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from comments.errors import SettingsError
from reports.cli import _run
from reports.evaluation.theming import read_labelled, score_labels

SUBJECTS = {"trains": "The morning train was {} late again", "cats": "My cat {} sleeps on the warm sofa"}
WORDS = ("very", "rather", "often", "hardly", "always", "quite", "never", "sadly", "truly", "so", "too", "just")


def test_the_residual_counts_as_one_cluster() -> None:
    score = score_labels(["a", "a", "b", "b"], np.array([0, 0, -1, -1]))
    assert (score["AMI"], score["residual"], score["themes"]) == (1.0, 0.5, 1.0)


def test_a_table_without_labels_is_refused(tmp_path) -> None:
    pd.DataFrame({"text": ["a"]}).to_csv(tmp_path / "a.csv")
    with pytest.raises(SettingsError, match="no column label"):
        read_labelled(tmp_path / "a.csv", None, 1)


def test_two_plain_subjects_score_the_same_in_any_order(tmp_path, capsys) -> None:
    rows = [{"text": form.format(word), "label": name} for name, form in SUBJECTS.items() for word in WORDS]
    pd.DataFrame(rows).to_csv(tmp_path / "a.csv")
    _run(["eval", "themes", str(tmp_path / "a.csv"), "--no-peer", "--json"])
    got = json.loads(capsys.readouterr().out)
    assert got["order_free"]
    assert set(got["scores"]) == {"btl"}
    assert got["scores"]["btl"]["gold"] == 2
