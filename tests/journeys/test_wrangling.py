"""An evening at the wrangling desk, through the browser's door."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Archive

pytestmark = pytest.mark.journey

MRS = "Mrs Hudson"


def number_waiting(page: Page, archive: Archive, kind: str) -> int:
    page.goto(f"{archive.url}/desk/tags")
    told = page.locator(".desk-kinds a", has_text=kind).locator("strong").inner_text()
    return int(told.replace(",", ""))


def test_a_wording_is_given_its_meaning_and_the_counts_move_and_back(archive: Archive, page: Page) -> None:
    archive.run("demo")
    page.goto(archive.link)
    before = number_waiting(page, archive, "character")

    # Make one name canonical: it no longer waits.
    page.goto(f"{archive.url}/desk/tags/bin?kind=character&q=hudson")
    row = page.locator(".desk-rows li", has_text=MRS).first
    row.locator("input[type=checkbox]").check()
    page.get_by_role("button", name="Make canonical").click()
    expect(page.get_by_role("status").first).to_contain_text("Made canonical")
    assert number_waiting(page, archive, "character") == before - 1

    # Assign another to it, its name typed with a slip and completed by the list.
    page.goto(f"{archive.url}/desk/tags/bin?kind=character")
    other = page.locator(".desk-rows li").first
    name = other.locator(".desk-name").inner_text()
    other.locator("input[type=checkbox]").check()
    box = page.get_by_role("combobox", name="They mean")
    box.fill("hudosn")
    expect(page.get_by_role("option", name=MRS)).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value(MRS)
    box.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Assigned")
    assert number_waiting(page, archive, "character") == before - 2

    # The wording's page leads to the canonical name, which tells of it.
    page.goto(f"{archive.url}/desk/tags?q={name}")
    page.locator(".desk-names a", has_text=name).first.click()
    page.get_by_role("link", name="As readers see it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(MRS)
    expect(page.get_by_label("About this tag")).to_contain_text(name)

    # All of it can be undone from the log, the newest first.
    page.goto(f"{archive.url}/desk/tags/log")
    for _ in range(2):
        page.get_by_role("button", name="Undo").first.click()
        page.wait_for_load_state()
    assert number_waiting(page, archive, "character") == before
