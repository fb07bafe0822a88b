"""What is erased is found nowhere any more, and does not come back."""

from __future__ import annotations

import base64
import gzip
import json
import sys
import zlib
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "comments"))
from made_pages import BASSEL, JUNE, OLGA, TARIQ, wordpress

from analysis.settings import ClusterSettings, NamedTheme, Settings
from comments.erasure import Tombstones
from comments.errors import SettingsError
from comments.forms import written_forms
from comments.store import Store
from reports import pipeline
from reports.cli import _run
from reports.erase import erase
from reports.folder import damaged_files, read_manifest
from reports.registry import load_registry
from reports.search import find_words

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


def test_an_erasure_that_was_killed_is_ended_by_the_next_run(made: Path, monkeypatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("reports.erase.erase_rows", killed)
        with pytest.raises(KeyboardInterrupt):
            erased(made, author=NAME)
    assert SECRET in Store(made / "store").table("comments")["text"].to_pylist()
    run(made, "two", "page.html", "table.csv")
    for folder in places(made):
        assert list(find_words(folder, [SECRET, NAME])) == []
    assert not Tombstones(Store(made / "store")).pending


def test_an_erasure_may_be_asked_for_again(made: Path) -> None:
    erased(made, author=NAME)
    receipt = erased(made, author=NAME)
    assert (receipt["comments"], receipt["rewritten"], receipt["left"]) == (0, [], [])


def test_the_fit_keeps_the_comments_that_quote_others(tmp_path: Path) -> None:
    quoting = f"> {OLGA}\nNo, the queue at our gate was longer by far, and nobody came."
    rows = [("q0", "A comment that goes, about nothing much at all."), ("q1", quoting)]
    rows += [(f"r{n}", f"{OLGA} I counted {n} of them.") for n in range(9)]
    pd.DataFrame(rows, columns=["comment_id", "text"]).to_csv(tmp_path / "table.csv", index=False)
    settings = Settings(cluster=ClusterSettings(minimum=5, structure=0, resamples=1, smallest=2))
    pipeline.run([str(tmp_path / "table.csv")], store=tmp_path / "store", out=tmp_path / "one", settings=settings)
    before = load_registry(Store(tmp_path / "store")).fit
    erased(tmp_path, comment="q0")
    after = load_registry(Store(tmp_path / "store")).fit
    assert before is not None
    assert after is not None
    assert len(after.keys) == len(before.keys) - 1


def test_a_part_of_an_erased_text_is_taken_from_lists_beside_the_comments(made: Path) -> None:
    long = "Our Wilhelmina of the bakery sells no bread on Sundays. Ask her why, she will not tell you."
    html = page(OLGA, TARIQ, JUNE, long, BASSEL).replace(
        "</body>", "<aside>Latest: Our Wilhelmina of the bakery sells no bread on Sundays.</aside></body>"
    )
    (made / "long.html").write_text(html, encoding="utf-8")
    run(made, "two", "long.html")
    assert erased(made, comment=comment_of(made, long))["left"] == []
    assert list(find_words(made / "store", ["Wilhelmina of the bakery"])) == []


@pytest.mark.parametrize("form", ['He said "no"; I said yes & left', "L’été à Kraków – c'est ça", "über/unter"])
def test_a_search_knows_how_pages_data_and_addresses_write_a_text(tmp_path: Path, form: str) -> None:
    for number, written in enumerate(sorted(written_forms(form))):
        (tmp_path / f"{number}.txt").write_text(f"before {written} after", encoding="utf-8")
    packed = base64.b64encode(raw_deflate(json.dumps([form, *range(200)], ensure_ascii=False).encode())).decode()
    (tmp_path / "packed.html").write_text(f"<script>{packed}</script>")
    (tmp_path / "table.gz").write_bytes(gzip.compress(form.encode()))
    assert list(find_words(tmp_path, [form])) == sorted(tmp_path.iterdir())
    assert list(find_words(tmp_path, ["what nobody said"])) == []


def raw_deflate(data: bytes) -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return deflate.compress(data) + deflate.flush()


def test_who_holds_the_lock_is_told_without_whom_it_erases(made: Path, monkeypatch) -> None:
    monkeypatch.setattr(sys, "argv", ["btl", "erase", "--author", NAME, "--page=secret.html", "--store", "store"])
    with Store(made / "store"):
        note = (made / "store/.holder.json").read_text()
    assert "btl erase --author ... --page=... --store store" in note
    assert "Zdenka" not in note


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
