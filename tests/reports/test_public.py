"""A report for sharing holds no address, number or name of the thousand that were planted."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.settings import NamedTheme
from comments.errors import SettingsError
from comments.masks import CONTACTS, PHONES
from reports import pipeline
from reports.cli import _run
from reports.public import legible
from reports.search import find_words

FIRST, LAST = ("Orla", "Tomasz", "Ines", "Bashir", "Wen"), ("Quillfeather", "Zabrodny", "Ostrowe", "Haddadi", "Liangsu")
THEMES = (NamedTheme(name="Border", description="Queues of lorries at the border.", examples=("The gate is shut.",)),)


def planted() -> list[dict[str, str]]:
    """Twenty-five comments whose texts carry a thousand addresses, numbers and names of those who write."""
    rows = []
    for n in range(25):
        name = f"{FIRST[n % 5]} {LAST[n // 5]}"
        mails = " ".join(f"{name.split()[1].lower()}.{n}.{k}@mail{k}.example.org" for k in range(20))
        phones = " or ".join(f"+44 20 7{n:03d} {1000 + k}" for k in range(18))
        other = f"{FIRST[(n + 1) % 5]} {LAST[(n + 1) % 25 // 5]}"
        text = f"The lorries wait at the border, {other} is right. Write to {mails}, ring {phones}. {name}"
        rows.append({"comment_id": f"c{n}", "text": text, "author": name, "contact": f"@{LAST[n // 5]}{n} {name}"})
    forms = [form.example for form in (*CONTACTS, *PHONES)]
    for n, form in enumerate(forms):
        text = f"The queue at the border was long on Sunday, gate {n}. Reach me: {form}."
        rows.append({"comment_id": f"f{n}", "text": text, "author": f"{FIRST[n % 5]} {LAST[0]}", "contact": form})
    return rows


@pytest.fixture(scope="module")
def shared_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("public")
    pd.DataFrame(planted()).to_csv(folder / "in.csv", index=False)
    pipeline.run([str(folder / "in.csv")], store=folder / "store", out=folder / "out", themes=THEMES, public=True)
    return folder


def needles() -> set[str]:
    """All that was planted."""
    words = {word for row in planted() for word in row["text"].split() if "@" in word and len(word) > 3}
    words |= {f"7{n:03d} {1000 + k}" for n in range(25) for k in range(18)}
    words |= {form.example for form in (*CONTACTS, *PHONES)}
    return words | {row["author"] for row in planted()} | set(LAST)


def test_nothing_planted_can_be_read_in_any_file_of_the_report(shared_report: Path) -> None:
    assert len(needles()) > 1000
    lowered = {form for word in needles() for form in (word, word.lower())}
    assert list(find_words(shared_report / "store", lowered))
    assert list(find_words(shared_report / "out", lowered)) == []


@pytest.mark.parametrize("kind", ["jsonl", "parquet", "csv", "xlsx", "convokit", "refi-qda", "coding-sheet"])
def test_nothing_planted_can_be_read_in_what_is_exported_from_it(
    shared_report: Path, tmp_path: Path, kind: str
) -> None:
    assert _run(["-q", "export", str(shared_report / "out"), "--format", kind, "--out", str(tmp_path)]) == 0
    assert list(tmp_path.iterdir())
    assert list(find_words(tmp_path, needles())) == []


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("bracelets, ██████, number", "bracelets, number"),
        ("███ █████, storms", "storms"),
        ("Mr ████", "Mr ████"),
        ("bread, flour", "bread, flour"),
    ],
)
def test_a_label_leaves_out_masked_phrases_while_another_is_left(label: str, shown: str) -> None:
    assert legible(label) == shown


def test_the_store_keeps_the_text_as_it_stood_and_spans_stay_valid(shared_report: Path) -> None:
    from comments.store import Store

    kept = Store(shared_report / "store").table("comments").to_pandas().set_index("comment_id")["text"]
    shown = pd.read_parquet(shared_report / "out/comments.parquet").set_index("comment_id")["text"]
    assert kept["c3"] == planted()[3]["text"]
    assert [len(shown[name]) for name in kept.index] == [len(text) for text in kept]


def test_names_as_written_are_not_for_sharing(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="leave out --real-names or --public"):
        pipeline.run([], store=tmp_path / "s", out=tmp_path / "o", public=True, real_names=True)


def test_without_being_asked_the_report_has_pseudonyms_and_the_words_as_written(shared_report: Path) -> None:
    inputs = [str(shared_report / "in.csv")]
    pipeline.run(inputs, store=shared_report / "store", out=shared_report / "plain", themes=THEMES)
    comments = pd.read_parquet(shared_report / "plain/comments.parquet").set_index("comment_id")
    assert comments["author"].str.fullmatch(r"reader-[0-9a-f]{10}").all()
    assert comments.loc["c3", "text"] == planted()[3]["text"]
    pipeline.run(inputs, store=shared_report / "store", out=shared_report / "named", themes=THEMES, real_names=True)
    comments = pd.read_parquet(shared_report / "named/comments.parquet").set_index("comment_id")
    assert comments.loc["c3", "author"] == planted()[3]["author"]
