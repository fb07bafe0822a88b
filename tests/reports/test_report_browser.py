"""The page in a real browser: every interaction clicked, in every width, without script and printed."""

from __future__ import annotations

import base64
import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from browsing import NEEDS_BROWSER, Page, write_page
from test_report_sample import comment, crossing, everything, hostile, page, tables, theme

from analysis.edits import load_edits
from reports.page.build import OPEN_LIMIT
from reports.page.cards import MAX_EXAMPLES

pytestmark = NEEDS_BROWSER


@pytest.fixture(scope="module")
def full(browser, tmp_path_factory) -> Page:
    return write_page(browser, tmp_path_factory.mktemp("page"), everything())


def anchor(on: Page, label: str) -> str:
    return on.run(
        "return [...document.querySelectorAll('.theme')]"
        ".find(t => t.querySelector('.name').textContent === arguments[0]).id",
        label,
    )


def test_search_lists_the_comments_and_updates_every_count(full) -> None:
    on = full.go()
    on.search("DIESEL")
    assert on.one("#found").text == "1 of 5 comments"
    on.wait("return document.querySelectorAll('#results .comment').length === 1")
    assert on.texts("#results .text") == ["Diesel too, since Tuesday."]
    assert on.texts(".themes .count b") == ["1 of 2", "0 of 1", "0 of 0"]
    assert "1" in on.texts(".grid [data-short]")
    assert on.run("return [...document.querySelectorAll('[data-why]')].map(n => n.textContent)") == ["0", "0"]


def test_a_phrase_must_stand_as_it_is_and_words_may_stand_anywhere(full) -> None:
    on = full.go()
    on.search('bread "went up"')
    assert on.one("#found").text.startswith("1 of 5")
    on = full.go()
    on.search('"up went"')
    assert on.one("#found").text.startswith("0 of 5")
    assert on.one("#results-note").text == "No comment passes these filters."


def test_names_of_authors_are_searched_too(full) -> None:
    on = full.go()
    on.search("ferryman")
    on.wait("return document.querySelectorAll('#results .comment').length === 1")


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [("depth", "reply", 1), ("depth", "top", 4), ("from", "2026-03-10", 2), ("to", "2026-03-09", 1),
     ("language", "de", 1), ("by-theme", "none", 2)],
)  # fmt: skip
def test_each_filter_lets_through_what_it_says(full, field: str, value: str, found: int) -> None:
    on = full.go()
    on.choose(field, value)
    on.wait("return document.getElementById('found').textContent.startsWith(arguments[0] + ' of 5')", str(found))


def test_filters_by_page_and_theme_work_together_and_are_kept_in_the_address(full) -> None:
    on = full.go()
    on.choose("by-page", on.run("return document.getElementById('by-page').options[1].value"))
    on.choose("by-theme", anchor(on, "Prices"))
    on.wait("return document.getElementById('found').textContent.startsWith('2 of 5')")
    fragment = on.run("return location.hash")
    assert "page=p-" in fragment
    assert "theme=t-" in fragment
    on.go(fragment)
    assert on.one("#found").text.startswith("2 of 5")
    assert on.one("#by-theme").get_attribute("value") == anchor(on, "Prices")


def test_clear_brings_everything_back(full) -> None:
    on = full.go()
    on.search("nothing has this")
    on.click("#clear")
    on.wait("return document.getElementById('status').hidden")
    assert on.texts(".themes .count b") == ["2", "1", "0"]
    assert on.run("return location.hash") == ""
    assert on.run("return document.activeElement.id") == "query"


def test_a_number_in_the_grid_filters_the_whole_page(full) -> None:
    on = full.go()
    on.click(".grid .cell a")
    on.wait("return document.getElementById('found').textContent.startsWith('2 of 5')")
    assert on.one("#by-page").get_attribute("value").startswith("p-")
    assert on.one("#by-theme").get_attribute("value") == anchor(on, "Prices")


def test_a_reason_in_the_residual_lists_its_comments(full) -> None:
    on = full.go()
    on.click("#residual summary")
    on.click("#residual details[open] > p:last-child a")
    on.wait("return document.getElementById('found').textContent.startsWith('1 of 5')")


def test_all_comments_of_a_theme_are_listed_from_its_card(full) -> None:
    on = full.go()
    on.click(".theme details.card > summary")
    on.click(".theme details.card .all")
    on.wait("return document.querySelectorAll('#results .comment').length === 2")


def test_a_quote_opens_its_thread_and_then_its_page(full) -> None:
    on = full.go()
    on.click(".theme details.card > summary")
    on.click(".theme .quotes .quote:nth-child(2) a")
    on.wait("return document.querySelectorAll('#drawer-body .comment').length === 2")
    assert on.texts("#drawer-body .text")[0].startswith("They closed the road")
    assert on.texts("#drawer-body .current .text") == ["Diesel too, since Tuesday."]
    on.click("#tab-page")
    on.wait("return document.querySelectorAll('#drawer-body .comment').length === 4")
    assert on.texts("#drawer-body .current .text") == ["Diesel too, since Tuesday."]
    on.one("#tab-page").send_keys("\ue012")
    on.wait("return document.getElementById('tab-thread').getAttribute('aria-selected') === 'true'")


def test_a_deep_link_to_a_quote_opens_it_and_escape_closes_it(full) -> None:
    on = full.go()
    target = on.run("return document.querySelector('.page .comment').id")
    on.go(f"#{target}")
    on.wait("return document.querySelector('#drawer-body .current') !== null")
    assert on.run("return document.activeElement.closest('#drawer') !== null")
    on.one("#drawer").send_keys("\ue00c")
    on.wait("return !document.getElementById('drawer').open")
    assert on.run("return location.hash") == ""


def test_back_closes_the_drawer(full) -> None:
    on = full.go()
    on.click("#brief .chip")
    on.wait("return document.getElementById('drawer').open")
    on.browser.back()
    on.wait("return !document.getElementById('drawer').open")


def test_a_deep_link_to_a_theme_opens_its_card(full) -> None:
    target = anchor(full.go(), "Russian response")
    on = full.go(f"#{target}")
    on.wait("return document.querySelector('#' + arguments[0] + ' details.card').open", target)
    assert 0 <= on.run("return document.getElementById(arguments[0]).getBoundingClientRect().top", target) < 900


def test_a_passage_is_marked_in_its_article(full) -> None:
    on = full.go()
    on.click("#agenda .article")
    on.wait("return document.querySelector('#drawer-body mark') !== null")
    assert on.one("#drawer-body mark").text == "Prices were not asked about."


def test_citation_and_link_are_copied(full) -> None:
    on = full.go()
    on.browser.execute_cdp_cmd(
        "Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    )
    on.click("#brief .chip")
    on.wait("return document.querySelector('#drawer-body .current') !== null")
    on.click("#copy-citation")
    on.wait("return document.getElementById('copied').textContent === 'Citation copied.'")
    on.click("#copy-link")
    on.wait("return document.getElementById('copied').textContent === 'Link copied.'")


def test_themes_sort_and_filter_by_kind(full) -> None:
    on = full.go()
    names = "#theme-list .name"
    assert on.texts(names) == ["Prices", "Russian response", "Water"]
    on.choose("sort", "label")
    on.choose("kind", "named")
    assert on.texts(names) == ["Russian response", "Water"]
    on.choose("kind", "")
    for key in ("change", "stability", "introduced", "commenters", "pages", "count"):
        on.choose("sort", key)
        assert on.texts(names)[0] == "Prices"
    on.click("#open-all")
    assert on.run("return document.querySelectorAll('details.card[open]').length") == 3
    on.click("#open-all")
    assert on.run("return document.querySelectorAll('details.card[open]').length") == 0


def test_another_level_shows_its_groups_beside_the_named_themes_and_is_kept_in_the_address(full) -> None:
    on = full.go()
    on.choose("level", "0")
    shown = "return [...document.querySelectorAll('#theme-list > :not([hidden]) .name')].map(n => n.textContent)"
    assert on.run(shown) == ["All of it", "Russian response", "Water"]
    assert on.run("return location.hash") == "#?level=0"
    on.click("#theme-list .group:not([hidden]) .name")
    on.wait("return document.getElementById('found').textContent.startsWith('3 of 5')")
    assert "level=0" in on.run("return location.hash")
    on.choose("depth", "reply")
    on.wait("return document.querySelector('#theme-list .group .count b').textContent === '1 of 3'")
    on.go(on.run("return location.hash"))
    assert on.run(shown)[0] == "All of it"
    on.choose("level", "")
    assert on.run(shown) == ["Prices", "Russian response", "Water"]


def test_a_period_chosen_on_the_timeline_changes_every_count(full) -> None:
    on = full.go()
    on.run(
        "const s = document.querySelector('svg.time'), r = s.getBoundingClientRect(), w = r.width;"
        "s.setPointerCapture = () => {};"
        "const at = (x, type) => s.dispatchEvent(new PointerEvent(type, {pointerId: 1, bubbles: true, cancelable: true,"
        " clientX: r.left + x * w, clientY: r.top + 40}));"
        "at(0.01, 'pointerdown'); at(0.02, 'pointermove'); at(0.02, 'pointerup')"
    )
    on.wait("return document.getElementById('found').textContent.startsWith('1 of 5')")
    assert on.run("return [document.getElementById('from').value, document.getElementById('to').value]") == [
        "2026-03-09", "2026-03-09",
    ]  # fmt: skip
    assert on.texts(".themes .theme:not(.group) .count b")[0] == "1 of 2"
    tall = "return [...document.querySelectorAll('svg.time [data-bin]')].map(c => Number(c.getAttribute('height')) > 0)"
    assert on.run(tall) == [True, *[False] * (len(on.run(tall)) - 1)]
    on.click("#clear")
    on.wait("return document.getElementById('status').hidden")
    assert on.run(tall)[-1]


def test_more_like_it_lists_the_nearest_comments_of_a_quote(full) -> None:
    on = full.go()
    on.click(".theme details.card > summary")
    on.click(".theme .quotes .quote:nth-child(2) a")
    on.wait("return document.querySelectorAll('#drawer-body .comment').length === 2")
    on.click("#tab-like")
    on.wait("return document.getElementById('drawer-body').textContent.includes('closeness 81')")
    assert len(on.texts("#drawer-body .comment")) == 2
    on.one("#tab-like").send_keys("\ue014")
    on.wait("return document.getElementById('tab-thread').getAttribute('aria-selected') === 'true'")


def test_a_contested_theme_says_so_and_leads_to_the_contradictions(full) -> None:
    on = full.go()
    assert on.texts("#theme-list .mark.contested") == ["contested"]
    on.choose("sort", "contested")
    on.click(".theme details.card > summary")
    assert "6 contradict what they answer outright" in on.one(".theme .facts").text
    on.click(".theme .facts .chip")
    on.wait("return document.querySelector('#drawer-body .current') !== null")


def test_the_map_is_drawn_and_a_loop_lists_the_comments_in_it(full) -> None:
    on = full.go()
    on.run("document.getElementById('map-canvas').scrollIntoView({block: 'center'})")
    on.wait("return document.getElementById('map-canvas').height > 200")
    drawn = (
        "const c = document.getElementById('map-canvas');"
        "return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v > 0)"
    )
    on.wait(drawn)
    loop = (
        "const c = document.getElementById('map-canvas'), r = c.getBoundingClientRect();"
        "const at = (x, y, type) => c.dispatchEvent(new PointerEvent(type, {pointerId: 1, bubbles: true,"
        " clientX: r.left + x * r.width, clientY: r.top + y * r.height}));"
        "c.setPointerCapture = () => {};"
        "at(0.001, 0.001, 'pointerdown'); at(0.999, 0.001, 'pointermove'); at(0.999, 0.999, 'pointermove');"
        "at(0.001, 0.999, 'pointermove'); at(0.001, 0.999, 'pointerup')"
    )
    on.run(loop)
    on.wait("return document.getElementById('found').textContent === '5 of 5 comments in the loop'")
    for name in ("map-move", "map-in", "map-out", "map-whole", "map-lasso"):
        on.click(f"#{name}")
    assert on.one("#map-lasso").get_attribute("aria-pressed") == "true"
    on.click("#clear")
    on.wait("return document.getElementById('status').hidden")


def test_a_dot_of_the_map_opens_its_comment(full) -> None:
    on = full.go()
    on.run("document.getElementById('map-canvas').scrollIntoView({block: 'center'})")
    on.wait("return document.getElementById('map-canvas').height > 200")
    on.run(
        "const c = document.getElementById('map-canvas'), r = c.getBoundingClientRect();"
        "c.setPointerCapture = () => {};"
        "const go = () => { for (let x = 0; x < r.width; x += 6) for (let y = 0; y < r.height; y += 6)"
        " for (const type of ['pointerdown', 'pointerup']) { if (document.getElementById('drawer').open) return;"
        " c.dispatchEvent(new PointerEvent(type, {pointerId: 1, clientX: r.left + x, clientY: r.top + y})); } }; go()"
    )
    on.wait("return document.getElementById('drawer').open")


def test_edits_are_collected_and_downloaded_in_the_form_that_the_next_run_reads(full, downloads) -> None:
    on = full.go()
    on.click("#edit-mode")
    first = "#theme-list .theme:first-child .theme-tools"
    field = on.one(f"{first} input")
    field.clear()
    field.send_keys('Bread "and" fuel \\')
    on.click(f"{first} button:nth-of-type(1)")
    second = "#theme-list .theme:nth-child(2) .theme-tools"
    on.click(f"{second} button:nth-of-type(2)")
    on.click("#theme-list .theme:nth-child(3) .theme-tools button:nth-of-type(3)")
    on.one(f"{first} > input:last-of-type").send_keys("Check the dates")
    on.click(f"{first} button:last-of-type")
    on.choose("by-theme", anchor(on, "Prices"))
    on.wait("return document.querySelectorAll('#results .comment-tools').length === 2")
    tools = "#results .comment:first-child .comment-tools"
    on.click(f"{tools} button:nth-of-type(1)")
    on.click(f"{tools} button:nth-of-type(2)")
    on.click(f"{tools} button:nth-of-type(3)")
    on.click(f"{tools} button:last-of-type")
    on.one("#split-label").send_keys("Split off")
    on.click("#split-add")
    assert len(on.texts("#edit-list li")) == 8
    on.click("#edit-list li:last-child button")
    on.click("#results .comment:last-child .comment-tools button:last-of-type")
    on.one("#split-label").send_keys("Split off")
    on.click("#split-add")
    on.click("#edit-download")
    file = downloads / "edits.toml"
    on.wait("return document.getElementById('edit-said').textContent === '8 edits downloaded.'")
    while not file.exists():
        pass
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["edit"]
    assert [row["action"] for row in rows] == [
        "rename", "merge", "exclude", "note", "pin", "exclude", "exclude", "split",
    ]  # fmt: skip
    assert rows[0] == {"action": "rename", "theme_id": "d1", "label": 'Bread "and" fuel \\'}
    assert rows[1]["theme_ids"] == ["n1", "n2"]
    assert rows[-1] == {"action": "split", "theme_id": "d1", "comment_ids": ["c1"], "label": "Split off"}
    assert len(load_edits(file)) == 8


@pytest.mark.parametrize("width", [320, 390, 1024, 1600])
def test_no_width_needs_sideways_scrolling(browser, tmp_path, full, width: int) -> None:
    size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        for n, run in enumerate((everything(), hostile("x" * 5000), hostile("word " * 2000))):
            folder = tmp_path / str(n)
            folder.mkdir()
            on = write_page(browser, folder, run).go()
            on.run("document.querySelectorAll('details').forEach(d => { d.open = true; })")
            assert on.run("return document.documentElement.scrollWidth") <= width
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_without_javascript_list_quotes_and_threads_are_there(browser, tmp_path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        on = write_page(browser, tmp_path, everything())
        browser.get(on.file.as_uri())
        assert not on.one("#finder").is_displayed()
        assert not on.one("#map").is_displayed()
        assert on.one(".themes .lead").is_displayed()
        on.one(".theme details.card > summary").click()
        assert on.one(".theme blockquote").is_displayed()
        on.one("details.page > summary").click()
        assert on.one(".page .comment .text").is_displayed()
        assert len(browser.find_elements("css selector", ".page .comment")) == 5
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_the_page_prints_with_cards_open_but_those_of_low_samples_and_without_threads(full) -> None:
    on = full.go()
    pdf = base64.b64decode(on.browser.execute_cdp_cmd("Page.printToPDF", {})["data"])
    assert pdf.startswith(b"%PDF")
    assert on.run("return document.querySelectorAll('.theme:not(.thin) details.card[open]').length") == 2
    assert not on.run("return document.querySelector('.thin details.card').open")
    on.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not on.one("details.page").is_displayed()
        assert on.one(".theme:not(.thin) blockquote").is_displayed()
        wide = (
            "return document.querySelector('.theme .body').clientWidth / document.querySelector('.inside').clientWidth"
        )
        assert on.run(wide) > 0.9  # quotes have the whole measure, not a narrow column
    finally:
        on.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_above_the_limit_every_comment_is_still_found_and_opened(browser, tmp_path) -> None:
    total = OPEN_LIMIT + 400
    rows = [comment(n, f"comment number {n} about bread " * 12, page=f"p{n % 7}", position=n) for n in range(total)]
    rows[-1]["parent_id"] = rows[-8]["comment_id"]
    pages = [page(f"p{n}", found_count=total // 7) for n in range(7)]
    on = write_page(browser, tmp_path, tables(rows, pages, [theme("d1", "Bread", total, total)])).go()
    assert on.run("return document.querySelectorAll('.page .comment').length") == MAX_EXAMPLES
    on.search(f'"number {total - 1} "')
    on.wait("return document.querySelectorAll('#results .comment').length === 1")
    on.click("#results .comment a")
    on.wait("return document.querySelectorAll('#drawer-body .comment').length === 2")
    on.click("#drawer-close")
    on.run("document.getElementById('query').value = ''")
    on.search("bread")
    on.wait("return document.querySelectorAll('#results .comment').length === 50")
    on.click("#more-results")
    on.wait("return document.querySelectorAll('#results .comment').length === 100")


def test_right_to_left_comments_stand_right_to_left(browser, tmp_path) -> None:
    on = write_page(browser, tmp_path, tables([comment(0, "هذا تعليق من اليمين"), comment(1, "Left")])).go()
    on.choose("depth", "top")
    on.wait("return document.querySelectorAll('#results .comment').length === 2")
    sides = "return [...document.querySelectorAll('#results .text')].map(n => getComputedStyle(n).direction)"
    assert on.run(sides) == ["rtl", "ltr"]


def test_an_empty_run_opens(browser, tmp_path) -> None:
    on = write_page(browser, tmp_path, tables([], [])).go()
    assert on.run("return document.getElementById('finder').hidden") is False
    assert not on.texts("#results .comment")


def test_the_page_of_the_crossing_has_no_panel_without_a_table(browser, tmp_path) -> None:
    on = write_page(browser, tmp_path, crossing()).go()
    for panel in ("changes", "agenda", "desk", "integrity", "trends"):
        assert not on.run("return document.getElementById(arguments[0])", panel)
