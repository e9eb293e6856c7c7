"""The rows of an import while it runs: they change where they stand, and nothing a person did is undone by that."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.journeys.shoebox import pack
from tests.serving import Archive

ROW = re.compile(r'<li class="import-row.*?</li>\s*(?=<li class="import-row|</ol>)', re.DOTALL)


def a_moment_ago(route: Route) -> None:
    """The import's page before it was finished: its first row still waiting, its last not there yet."""
    answer = route.fetch()
    html = answer.text().replace('data-finished="yes"', 'data-finished="no"')
    first, _, last = ROW.findall(html)
    name = re.search(r'id="(file-\d+)"', first)
    assert name
    waiting = f'<li class="import-row is-waiting" id="{name[1]}"><p class="row-path">gulls</p></li>'
    route.fulfill(response=answer, body=html.replace(first, waiting).replace(last, ""))


def test_rows_come_and_grow_while_ticks_focus_and_place_stay(archive: Archive, page: Page, tmp_path: Path) -> None:
    archive.run("import", *(str(file) for file in pack(tmp_path / "shoebox")))
    page.goto(archive.link)
    page.goto(f"{archive.url}/imports")
    held: list[Route] = []
    page.route(re.compile(r"/imports/\d+$"), a_moment_ago)
    page.route(re.compile(r"/rows\?"), lambda route: held.append(route))
    page.locator(".import-list a").first.click()
    rows = page.locator(".import-row")
    expect(rows).to_have_count(2)

    # A person ticks the second row and scrolls to it; the first, above it, is about to grow.
    tick = rows.nth(1).get_by_role("checkbox")
    tick.check()
    page.evaluate("document.body.style.paddingBottom = '200vh'")
    rows.nth(1).evaluate("row => scrollTo(0, row.getBoundingClientRect().top + scrollY - 4)")
    before = rows.nth(1).evaluate("row => row.getBoundingClientRect().top")
    while not held:
        page.wait_for_timeout(100)
    held[0].continue_()

    expect(page.locator("#rows")).to_have_attribute("data-finished", "yes")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("author unknown")
    expect(tick).to_be_checked()
    expect(tick).to_be_focused()
    assert abs(rows.nth(1).evaluate("row => row.getBoundingClientRect().top") - before) < 2
    expect(page.locator("#rows [role=status]")).to_contain_text("Done.")


def test_the_two_sides_show_the_same_words(archive: Archive, page: Page, tmp_path: Path) -> None:
    lines = [f"Line {number} of the log, and the lamp was still lit at that hour. " * 4 for number in range(60)]
    (tmp_path / "log.txt").write_text("The Log\n\n" + "\n\n".join(lines), "utf-8")
    archive.run("import", str(tmp_path / "log.txt"))
    page.goto(archive.link)
    page.goto(f"{archive.url}/imports")
    page.locator(".import-list a").first.click()
    page.get_by_role("link", name="Before and after").click()
    line = page.locator(".before .piece", has_text="Line 40 of")
    twin = page.locator(".after .piece", has_text="Line 40 of")
    if page.locator(".sides").is_visible():
        expect(twin).to_be_hidden()
        line.evaluate("piece => scrollTo(0, piece.getBoundingClientRect().top + scrollY - 200)")
        page.locator(".sides").get_by_role("link", name="After").click()
        expect(line).to_be_hidden()
    else:
        page.locator(".before").hover()
        line.evaluate("piece => piece.closest('.side').scrollBy(0, piece.getBoundingClientRect().top - 500)")
    expect(twin).to_be_in_viewport()
