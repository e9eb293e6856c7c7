"""The whole first evening, through the browser's door: from the printed link to an EPUB in the pocket."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.shoebox import pack
from tests.serving import Archive


def drop(page: Page, files: list[Path]) -> None:
    """Drop files on the page as a hand would."""
    handed = page.evaluate_handle(
        """files => {
            const data = new DataTransfer();
            for (const [name, text] of files) data.items.add(new File([text], name, {type: "text/plain"}));
            return data;
        }""",
        [[file.name, file.read_text("utf-8")] for file in files],
    )
    page.dispatch_event("body", "dragover", {"dataTransfer": handed})
    page.dispatch_event("body", "drop", {"dataTransfer": handed})


def in_library(page: Page) -> list[str]:
    return sorted(page.locator(".on-title").all_inner_texts())


def test_from_the_first_link_to_an_epub_in_the_pocket(archive: Archive, page: Page, tmp_path: Path) -> None:
    # The printed link signs in, once.
    page.goto(archive.link)
    expect(page).to_have_url(f"{archive.url}/")

    # A shoebox dropped on the library is received, read and shown with its progress.
    drop(page, pack(tmp_path / "shoebox"))
    page.wait_for_url("**/imports/*")
    expect(page.locator("#rows")).to_have_attribute("data-finished", "yes")
    expect(page.locator(".import-row")).to_have_count(3)
    expect(page.get_by_text("It looks cut at the start")).to_be_visible()

    # Before and after: what was stripped, by which rule; one line is kept after all.
    page.locator(".import-row", has_text="last-lesson").get_by_text("Before and after").click()
    expect(page.locator(".stripped del", has_text="1.2K 61 18")).to_be_visible()
    page.locator(".stripped", has_text="1.2K 61 18").get_by_role("button").click()
    expect(page.locator(".side").last).to_contain_text("1.2K 61 18")

    # One is undone, and put back.
    page.get_by_role("button", name="Undo this file").click()
    expect(page.get_by_text("(undone)")).to_be_visible()
    page.goto(archive.url)
    assert len(in_library(page)) == 2
    page.go_back()
    page.get_by_role("button", name="Put it back").click()

    # Reading, with another paper and a larger size.
    page.goto(archive.url)
    assert len(in_library(page)) == 3
    page.locator("a", has=page.locator(".on-title", has_text="The keeper who counted")).first.click()
    page.get_by_role("link", name="Read", exact=True).click()
    # On a slow machine the page before is still there for a moment, and would take the click.
    page.wait_for_url("**/chapters/*")
    page.wait_for_load_state()
    page.keyboard.press("Escape")
    page.evaluate("document.querySelector('[data-opens=appearance]').click()")
    page.locator("#appearance label", has_text="Sepia").click()
    page.get_by_role("button", name="Close").first.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "sepia")

    # A phrase is searched and found at its paragraph.
    page.goto(f"{archive.url}/search?q=%22made+of+tin%22")
    expect(page.locator("html")).to_have_attribute("data-theme", "sepia")
    page.locator("main mark", has_text="made of tin").first.click()
    page.wait_for_url("**#p-*")
    target = page.locator(f"[id='{page.url.split('#')[1]}']")
    expect(target).to_contain_text("made of tin")
    expect(target).to_be_in_viewport()

    # The EPUB is taken away.
    page.goto(page.url.split("/chapters/")[0])
    with page.expect_download() as download:
        page.get_by_role("link", name="EPUB").click()
    book = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
    assert any("made of tin" in book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml"))


def test_the_place_is_kept_to_the_paragraph_and_offered_on_return(archive: Archive, page: Page, tmp_path: Path) -> None:
    long = "The Long Evening\n\n" + "\n\n".join(
        f"Paragraph {number} of the evening, and the lamp was still lit." * 6 for number in range(1, 80)
    )
    (tmp_path / "long.txt").write_text(long, "utf-8")
    archive.run("import", str(tmp_path / "long.txt"))
    page.goto(archive.link)
    page.locator("a", has=page.locator(".on-title")).first.click()
    page.get_by_role("link", name="Read", exact=True).click()
    target = page.get_by_text("Paragraph 40 of the evening").first
    target.scroll_into_view_if_needed()
    page.evaluate("element => element.scrollIntoView({block: 'start'})", target.element_handle())
    page.wait_for_timeout(1500)
    page.goto(archive.url)
    page.get_by_role("link", name="Continue").first.click()
    page.wait_for_url("**#p-*")
    place = page.locator(f"[id='{page.url.split('#')[1]}']")
    expect(place).to_be_in_viewport()
    number = int(place.inner_text().split()[1])
    assert 37 <= number <= 43
