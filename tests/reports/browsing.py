"""A headless Chromium for the tests of the page; they skip with a reason where there is none."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reports.page.build import build_report
from reports.page.html import render_html
from reports.tables import RunTables

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
NEEDS_BROWSER = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="no chromium with chromedriver on this machine")
READY = "return document.documentElement.dataset.ready === 'yes'"


def start_browser(downloads: Path) -> Iterator[Any]:
    """Yield a driver that keeps the log of requests, and end it afterwards."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1280,900"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(str(DRIVER)))
    yield driver
    driver.quit()


class Page:
    """A report open in the browser, driven as a reader would.

    Args:
        browser: the driver.
        file: the report.
    """

    def __init__(self, browser: Any, file: Path) -> None:
        self.browser, self.file = browser, file

    def go(self, fragment: str = "") -> Page:
        """Open the file afresh at a fragment and wait until its script has set itself up."""
        self.browser.get("about:blank")
        self.browser.get(self.file.as_uri() + fragment)
        self.wait(READY)
        return self

    def run(self, script: str, *values: object) -> Any:
        """Return what a script gives."""
        return self.browser.execute_script(script, *values)

    def wait(self, script: str, *values: object) -> Any:
        """Return what a script gives as soon as it is true; fail after five seconds."""
        end = time.monotonic() + 5
        while not (value := self.run(script, *values)):
            assert time.monotonic() < end, f"never true: {script}"
            time.sleep(0.01)
        return value

    def one(self, selector: str) -> Any:
        """Return the first element that matches."""
        return self.browser.find_element("css selector", selector)

    def texts(self, selector: str) -> list[str]:
        """Return the texts of all that match and are shown."""
        return self.run(
            "return [...document.querySelectorAll(arguments[0])].filter(n => n.checkVisibility())"
            ".map(n => n.textContent.trim())",
            selector,
        )

    def click(self, selector: str) -> None:
        """Click an element in the middle of the window, as a pointer does."""
        node = self.one(selector)
        self.run("arguments[0].scrollIntoView({block: 'center'})", node)
        node.click()

    def choose(self, name: str, value: str) -> None:
        """Choose a value of a select or date field and let the page know."""
        self.run(
            "const n = document.getElementById(arguments[0]); n.value = arguments[1];"
            "n.dispatchEvent(new Event('change', {bubbles: true}))",
            name,
            value,
        )

    def search(self, words: str) -> None:
        """Type into the search field and wait for the answer."""
        self.one("#query").send_keys(words)
        self.wait("return document.getElementById('found').textContent.includes(' of ')")


def write_page(browser: Any, folder: Path, run: RunTables) -> Page:
    """Write the report of a run into a folder and return it, not yet open."""
    file = folder / "report.html"
    file.write_text(render_html(build_report(run)), encoding="utf-8")
    return Page(browser, file)
