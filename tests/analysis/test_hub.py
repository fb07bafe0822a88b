"""Whether a model can be asked for over the network."""

from __future__ import annotations

import socket

import huggingface_hub.constants
import pytest

from analysis.hub import hub_answers


@pytest.fixture
def port(monkeypatch):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", f"http://127.0.0.1:{server.getsockname()[1]}")
        yield server


def test_a_hub_that_takes_a_connection_answers(port):
    assert hub_answers()


def test_one_that_takes_none_does_not(port):
    port.close()
    assert not hub_answers()


def test_what_a_proxy_reaches_is_not_for_us_to_say(port, monkeypatch):
    port.close()
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert hub_answers()
