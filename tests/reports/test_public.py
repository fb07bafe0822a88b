"""A report for sharing holds no address, number or name of the thousand that were planted."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from analysis.settings import NamedTheme
from comments.errors import SettingsError
from reports import pipeline

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
    return rows


@pytest.fixture(scope="module")
def shared_report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("public")
    pd.DataFrame(planted()).to_csv(folder / "in.csv", index=False)
    pipeline.run([str(folder / "in.csv")], store=folder / "store", out=folder / "out", themes=THEMES, public=True)
    return folder


def words_of(out: Path) -> str:
    """All that any file of a report says, Parquet unpacked."""
    found = []
    for file in sorted(out.iterdir()):
        if file.suffix == ".parquet":
            found += [str(column.to_pylist()) for column in pq.read_table(file).columns]
        else:
            found.append(file.read_text("utf-8"))
    return "\n".join(found).lower()


def test_nothing_planted_can_be_read_in_any_file_of_the_report(shared_report: Path) -> None:
    words = words_of(shared_report / "out")
    needles = {word for row in planted() for word in row["text"].split() if "@" in word}
    needles |= {f"7{n:03d} {1000 + k}" for n in range(25) for k in range(18)}
    needles |= {row["author"] for row in planted()} | set(LAST)
    assert len(needles) > 950
    assert [needle for needle in sorted(needles) if needle.lower() in words] == []


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
