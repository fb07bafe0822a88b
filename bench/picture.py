"""The picture of a report in the README: its head as a browser shows it, 1,280 pixels wide.

Run from the project's root, after ``make report``:
``python -m bench.picture data/runs/TIME/report.html docs/report.png``.
"""

from __future__ import annotations

import base64
import sys
from pathlib import Path

from bench.page import open_browser

WIDTH, HEIGHT = 1280, 1900


def main() -> None:
    """Open the report and write its head as a PNG file."""
    report, picture = map(Path, sys.argv[1:])
    driver = open_browser()
    try:
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
        driver.get(report.resolve().as_uri())
        while not driver.execute_script("return document.documentElement.dataset.ready === 'yes'"):
            pass
        shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
        picture.write_bytes(base64.b64decode(shot["data"]))
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
