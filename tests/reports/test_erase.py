"""What is erased is found nowhere any more, and does not come back."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "comments"))
from made_pages import BASSEL, JUNE, OLGA, TARIQ, wordpress

from analysis.settings import NamedTheme
from comments.errors import SettingsError
from comments.store import Store
from reports import pipeline
from reports.cli import _run
from reports.erase import erase, find_words
from reports.folder import damaged_files, read_manifest

BORDER = NamedTheme(name="Border", description="Queues of lorries at the border.", examples=("Lorries wait.",))
SECRET = "My neighbour Wilhelmina at number 40 keeps two lorries in the queue, ask her."
NAME = "Zdenka Procházková"


def page(*texts: str) -> str:
    """A page on which the fourth comment is Zdenka's, with data for machines that repeat it."""
    html = wordpress(texts, authors="Reader")
    machine = json.dumps({"@type": "Comment", "text": SECRET, "author": NAME})
    return html.replace("Reader 4", NAME).replace(
        "</head>", f'<script type="application/ld+json">{machine}</script></head>'
    )


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Two runs: a page and a table, both with words of hers."""
    (tmp_path / "page.html").write_text(page(OLGA, TARIQ, JUNE, SECRET, BASSEL), encoding="utf-8")
    rows = pd.DataFrame(
        {"comment_id": ["t1", "t2"], "text": ["The bread is fine, I say so.", "Lorries, lorries again."]}
    )
    rows.assign(author=[NAME, "Ann"]).to_csv(tmp_path / "table.csv", index=False)
    run(tmp_path, "one", "page.html")
    run(tmp_path, "two", "page.html", "table.csv")
    return tmp_path


def run(folder: Path, out: str, *names: str, **more: bool) -> pipeline.Run:
    inputs = [str(folder / name) for name in names]
    return pipeline.run(inputs, store=folder / "store", out=folder / out, themes=[BORDER], **more)  # type: ignore[arg-type]


def erased(folder: Path, **what: str) -> dict[str, object]:
    with Store(folder / "store") as store:
        return erase(store, **what)  # type: ignore[arg-type]


def comment_of(folder: Path, text: str) -> str:
    frame = pd.read_parquet(folder / "two/comments.parquet")
    return str(frame.loc[frame["text"] == text, "comment_id"].iloc[0])


def places(folder: Path) -> list[Path]:
    return [folder / name for name in ("store", "one", "two")]


def test_an_erased_comment_is_in_no_file_of_the_store_and_of_any_run(made: Path) -> None:
    name = comment_of(made, SECRET)
    receipt = erased(made, comment=name)
    assert receipt["comments"] == 1
    assert receipt["left"] == []
    for folder in places(made):
        assert list(find_words(folder, [SECRET, name, "Wilhelmina"])) == []
    assert pd.read_parquet(made / "one/comments.parquet").shape[0] == 4


def test_an_erased_author_is_in_no_file_under_name_or_pseudonym(made: Path) -> None:
    frame = pd.read_parquet(made / "two/comments.parquet").set_index("comment_id")
    reader = frame.loc["t1", "author"]
    receipt = erased(made, author=reader)
    assert (receipt["comments"], receipt["authors"], receipt["left"]) == (2, 1, [])
    for folder in places(made):
        assert list(find_words(folder, [SECRET, NAME, reader, "The bread is fine, I say so."])) == []


def test_an_erased_comment_has_no_place_on_the_map(made: Path) -> None:
    from comments.model import text_key
    from reports.positions import load_positions, save_positions

    store = Store(made / "store")
    texts = store.table("comments", ["clean_text"])["clean_text"].to_pylist()
    save_positions(store, "a model", {text_key(text): (0.0, 1.0) for text in texts})
    erased(made, comment=comment_of(made, SECRET))
    assert set(load_positions(store, "a model")) == {text_key(text) for text in texts if text != SECRET}


def test_an_erased_page_goes_with_all_its_comments(made: Path) -> None:
    assert erased(made, page="page.html")["comments"] == 5
    for folder in places(made):
        assert list(find_words(folder, [OLGA, BASSEL, SECRET])) == []
    run(made, "two", "page.html", "table.csv")
    assert pd.read_parquet(made / "two/comments.parquet")["comment_id"].tolist() == ["t1", "t2"]


@pytest.mark.parametrize("what", ["comment", "author"])
def test_what_was_erased_does_not_come_back_with_a_new_version_of_its_page(made: Path, what: str) -> None:
    erased(made, **{"comment": comment_of(made, SECRET)} if what == "comment" else {"author": NAME})
    (made / "page.html").write_text(
        page(OLGA, TARIQ, JUNE, SECRET, BASSEL, "A new one, on the same."), encoding="utf-8"
    )
    result = run(made, "two", "page.html", "table.csv")
    assert "A new one, on the same." in result.tables.comments["text"].tolist()
    assert "erased on request" in result.tables.rejects["reason"].tolist()
    for folder in places(made):
        assert list(find_words(folder, [SECRET])) == []
    assert not run(made, "two", "page.html", "table.csv").is_new


def test_the_reports_stay_whole_and_say_so(made: Path) -> None:
    erased(made, author=NAME)
    for name in ("one", "two"):
        manifest = read_manifest(made / name)
        assert manifest is not None
        assert damaged_files(made / name, manifest) == []
        assert "erased from this report on request" in (made / name / "report.html").read_text("utf-8")


def test_others_keep_their_words_and_spans(made: Path) -> None:
    erased(made, author=NAME)
    store = Store(made / "store")
    content = store.table("pages")["content"].to_pylist()[0]
    for place in store.table("places").to_pylist():
        if place["start"] is not None:
            assert content[place["start"] : place["end"]].strip()
    assert set(store.table("comments")["text"].to_pylist()) == {OLGA, TARIQ, JUNE, BASSEL, "Lorries, lorries again."}


def test_words_that_another_repeats_are_left_and_named(made: Path) -> None:
    (made / "quote.csv").write_text(f'comment_id,text\nq1,"As she says: {SECRET}"\n', encoding="utf-8")
    run(made, "two", "page.html", "table.csv", "quote.csv")
    left = erased(made, comment=comment_of(made, SECRET))["left"]
    assert any(str(file).endswith("two/comments.parquet") for file in left)


def test_erasing_what_is_not_there_is_an_error(made: Path) -> None:
    with pytest.raises(SettingsError, match=r"nothing in .* is nobody: look it up with btl query"):
        erased(made, author="nobody")


def test_the_receipt_holds_numbers_and_files_and_no_words(made: Path, capfdbinary) -> None:
    assert _run(["erase", "--store", str(made / "store"), "--author", NAME]) == 0
    said = capfdbinary.readouterr().out.decode()
    assert NAME not in said
    assert {"comments", "rewritten", "left"} <= set(json.loads(said))
    assert _run(["erase", "--store", str(made / "store"), "--author", "x", "--page", "y"]) == 2
