"""Progress: nothing where nobody asked, events in a JSON log."""

from __future__ import annotations

import json
import logging

import pytest

from comments import progress as module
from comments.progress import LOGGER, progress


@pytest.fixture
def events(monkeypatch):
    """The records of the progress log, every one of them."""
    monkeypatch.setattr(module, "EVERY", 0.0)
    log, records = logging.getLogger(LOGGER), []
    handler = logging.Handler()
    handler.emit = records.append
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield records
    log.setLevel(logging.NOTSET)
    log.removeHandler(handler)


def test_events_say_how_much_is_done_and_the_last_says_all(events):
    with progress("embed", "texts", 5) as add:
        add(2)
        add(3)
    assert [record.getMessage() for record in events] == [
        "embed: 2 of 5 texts",
        "embed: 5 of 5 texts",
        "embed: 5 of 5 texts",
    ]


def test_a_total_that_nobody_knows_is_left_out(events):
    with progress("read", "pages") as add:
        add(7)
    assert events[-1].getMessage() == "read: 7 pages"


def test_nothing_is_written_where_there_is_neither_terminal_nor_json_log(capsys):
    with progress("read", "pages") as add:
        add(7)
    assert capsys.readouterr() == ("", "")


def test_a_command_with_a_json_log_writes_events_of_its_reading(tmp_path, capfd):
    from reports.cli import main

    (tmp_path / "rows.csv").write_text("comment_id,text\n1,The tram is late.\n2,It is.\n")
    with pytest.raises(SystemExit):
        main(["--log-json", "ingest", str(tmp_path / "rows.csv"), "--store", str(tmp_path / "store")])
    logging.getLogger(LOGGER).setLevel(logging.NOTSET)
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert {"work": "read", "done": 2, "total": None}.items() <= next(one for one in lines if "work" in one).items()
