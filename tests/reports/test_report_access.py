"""axe-core (Deque, npm) finds no serious or critical violation, in light and dark, with everything open."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from browsing import NEEDS_BROWSER, write_page
from test_report_sample import everything

AXE = Path(__file__).resolve().parents[2] / ".node" / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    NEEDS_BROWSER,
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not there: make .node fetches it with npm"),
]
CHECK = (
    "const done = arguments[arguments.length - 1]; axe.run(document, {resultTypes: ['violations']}).then(r => done("
    "r.violations.filter(v => ['serious', 'critical'].includes(v.impact))"
    ".map(v => [v.id, v.nodes.slice(0, 5).map(n => n.html.slice(0, 160) + ' :: ' + n.failureSummary)])))"
)


@pytest.fixture(scope="module")
def full(browser, tmp_path_factory):
    return write_page(browser, tmp_path_factory.mktemp("page"), everything())


def violations(on) -> list[object]:
    on.run(AXE.read_text(encoding="utf-8"))
    on.browser.set_script_timeout(60)
    return on.browser.execute_async_script(CHECK)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("where", ["as it opens", "all open", "drawer", "editing"])
def test_no_serious_violation(full, scheme: str, where: str) -> None:
    scheme_now = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    full.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", scheme_now)
    on = full.go()
    if where == "all open":
        on.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        on.search("bread")
    if where == "drawer":
        on.click("#brief .chip")
        on.wait("return document.querySelector('#drawer-body .current') !== null")
    if where == "editing":
        on.click("#edit-mode")
        on.choose("depth", "top")
        on.wait("return document.querySelectorAll('#results .comment-tools').length > 0")
    assert violations(on) == []


def test_the_check_sees_a_violation_that_is_planted(full) -> None:
    on = full.go()
    on.run("document.querySelector('main').append(Object.assign(document.createElement('button'), {id: 'bare'}))")
    assert [name for name, _ in violations(on)] == ["button-name"]
