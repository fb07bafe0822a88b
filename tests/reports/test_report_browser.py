"""The page in a real browser: nothing hostile runs, no request leaves, the interactions work."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from test_report_sample import HOSTILE, comment, crossing, hostile, page, tables, theme

from reports.build import OPEN_LIMIT, build_report
from reports.html import render_html

webdriver = pytest.importorskip("selenium.webdriver")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no chromium with chromedriver on this machine")


@pytest.fixture(scope="module")
def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,900"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


def opened(browser, tmp_path, run):
    file = tmp_path / "report.html"
    file.write_text(render_html(build_report(run)), encoding="utf-8")
    browser.get_log("performance")
    browser.get(file.as_uri())
    return browser


def test_no_hostile_string_runs_and_no_request_leaves(browser, tmp_path) -> None:
    for bad in HOSTILE:
        opened(browser, tmp_path, hostile(bad))
        browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert browser.execute_script("return window.hacked === undefined"), bad
        assert browser.execute_script("return document.scripts.length") == 1, bad
        sent = [m["message"] for m in browser.get_log("performance") if 'Network.requestWillBeSent"' in m["message"]]
        assert all("file://" in m for m in sent), bad
        assert not [m for m in browser.get_log("browser") if m["level"] == "SEVERE"], bad


def test_search_filters_the_threads_and_updates_the_counts(browser, tmp_path) -> None:
    opened(browser, tmp_path, crossing())
    browser.find_element("id", "query").send_keys("DIESEL")
    browser.execute_script("document.getElementById('finder').requestSubmit()")
    shown = browser.execute_script("return [...document.querySelectorAll('.comment:not([hidden])')].map(c => c.id)")
    assert len(shown) == 1
    assert browser.find_element("id", "found").text == "1 of 5 comments in this file; by theme: Prices 1"
    counts = [b.text for b in browser.find_elements("css selector", ".themes .count b")]
    assert counts == ["1 of 2", "0 of 1", "0 of 0"]
    state = browser.execute_script("return location.hash")
    browser.get("about:blank")
    opened_again = (tmp_path / "report.html").as_uri() + state
    browser.get(opened_again)
    assert browser.find_element("id", "query").get_attribute("value") == "diesel"


def test_clear_brings_everything_back(browser, tmp_path) -> None:
    opened(browser, tmp_path, crossing())
    browser.find_element("id", "query").send_keys("nothing has this")
    browser.execute_script("document.getElementById('finder').requestSubmit()")
    assert browser.find_element("id", "found").text == "0 of 5 comments in this file"
    browser.execute_script("document.querySelector('#finder button').click()")
    browser.implicitly_wait(1)
    assert browser.find_element("css selector", ".comment:not([hidden])")
    assert len(browser.find_elements("css selector", ".comment[hidden]")) == 0


def test_a_link_to_a_hidden_comment_clears_the_filter(browser, tmp_path) -> None:
    opened(browser, tmp_path, crossing())
    target = browser.execute_script("return document.querySelector('.comment').id")
    browser.find_element("id", "query").send_keys("first!")
    browser.execute_script("document.getElementById('finder').requestSubmit()")
    assert browser.execute_script(f"return document.getElementById('{target}').hidden")
    browser.execute_script(f"location.hash = '{target}'")
    browser.implicitly_wait(1)
    assert browser.find_element("css selector", f"#{target}:not([hidden])")


def test_a_theme_can_be_shown_in_the_threads(browser, tmp_path) -> None:
    opened(browser, tmp_path, crossing())
    browser.execute_script("document.querySelector('.all').click()")
    browser.implicitly_wait(1)
    assert browser.find_element("css selector", ".comment[hidden]")
    assert len(browser.find_elements("css selector", ".comment:not([hidden])")) == 2


def test_a_quote_leads_to_its_comment_far_down_the_page(browser, tmp_path) -> None:
    rows = [comment(n, f"comment {n} " * 40, page=f"p{n % 50}", position=n) for n in range(OPEN_LIMIT)]
    pages = [page(f"p{n}", found_count=OPEN_LIMIT // 50) for n in range(50)]
    last = rows[-1]["comment_id"]
    opened(browser, tmp_path, tables(rows, pages, [theme("d1", "One", 1, OPEN_LIMIT, representatives=[last])]))
    browser.execute_script("document.querySelector('.quote a').click()")
    top = "return document.querySelector(':target').getBoundingClientRect().top"
    assert 0 <= browser.execute_script(top) < 900


def test_themes_sort_and_filter_by_kind(browser, tmp_path) -> None:
    opened(browser, tmp_path, crossing())
    names = "return [...document.querySelectorAll('#theme-rows tr:not([hidden]) .name')].map(n => n.textContent)"
    select = "const s = document.getElementById(arguments[0]); s.value = arguments[1]; s.onchange()"
    assert browser.execute_script(names) == ["Prices", "Russian response", "Water"]
    browser.execute_script(select, "kind", "named")
    assert browser.execute_script(names) == ["Russian response", "Water"]


@pytest.mark.parametrize("width", [320, 390, 1024, 1600])
def test_no_width_needs_sideways_scrolling(browser, tmp_path, width: int) -> None:
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    for run in (crossing(), hostile("x" * 5000), hostile("word " * 2000)):
        opened(browser, tmp_path, run)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_without_javascript_list_quotes_and_threads_are_there(browser, tmp_path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        opened(browser, tmp_path, crossing())
        assert not browser.find_element("id", "finder").is_displayed()
        assert browser.find_element("css selector", ".themes").is_displayed()
        assert len(browser.find_elements("css selector", ".comment")) == 5
        assert browser.find_element("css selector", "blockquote").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_two_thousand_comments_are_searched_at_once(browser, tmp_path) -> None:
    rows = [comment(n, f"comment number {n} about bread " * 12) for n in range(OPEN_LIMIT)]
    run = tables(rows, [page(found_count=OPEN_LIMIT)], [theme("d1", "Bread", OPEN_LIMIT, OPEN_LIMIT)])
    opened(browser, tmp_path, run)
    assert len(browser.find_elements("css selector", ".comment")) == OPEN_LIMIT
    took = browser.execute_script(
        "document.getElementById('query').value = 'number 77';"
        "const t = performance.now(); document.getElementById('finder').requestSubmit();"
        "return performance.now() - t"
    )
    assert took < 1000
