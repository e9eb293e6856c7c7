"""Every page kind: nothing for axe to find, no error in the browser, no other host asked, no cookie for strangers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.shoebox import pack
from tests.serving import Archive, served

KINDS = (
    "library", "list", "filters", "work", "chapter", "whole work", "series", "byline", "tag",
    "search", "search without a question", "nothing found",
    "imports", "import", "before and after", "refused file", "correct", "sign in", "not there",
)  # fmt: skip
THEMES = ("sepia", "black", "contrast")
PUBLIC = ("library", "list", "work", "chapter", "series", "byline", "tag", "search", "sign in", "not there")


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive with the demo's stories, public, and a shoebox imported."""
    folder = tmp_path_factory.mktemp("furnished")
    (folder / "home").mkdir()
    with served(folder / "home") as archive:
        archive.run("demo")
        box = folder / "box"
        pack(box)
        (box / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(60))
        archive.run("import", str(box))
        yield archive


@pytest.fixture(scope="module")
def addresses(furnished: Archive, browser: Browser) -> tuple[dict[str, str], dict[str, object]]:
    """An address of each page kind, found by following links, and the signed-in state."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(furnished.link)
    found = {
        "library": "/",
        "list": "/?view=list",
        "imports": "/imports",
        "sign in": "/sign-in",
        "not there": "/nowhere",
    }
    found |= {"search": "/search?q=lamp", "search without a question": "/search", "nothing found": "/search?q=zzzyx"}
    page.goto(f"{furnished.url}/?sort=words")
    found["filters"] = _link(page, '[data-panel="narrow"]')
    page.locator("a", has=page.locator(".on-title", has_text="The Lamp in Baker Street")).first.click()
    found["work"] = page.url.removeprefix(furnished.url)
    for kind, place in (("series", "/series/"), ("byline", "/by/"), ("tag", "/tags/")):
        found[kind] = _link(page, f'main a[href*="{place}"]')
    found["chapter"] = _link(page, 'main a[href*="/chapters/"]')
    found["whole work"] = f"{found['work']}/whole"
    page.goto(f"{furnished.url}/imports")
    found["import"] = _link(page, ".import-list a")
    page.goto(furnished.url + found["import"])
    found["before and after"] = _link(page, ".is-done .row-acts a[href*='/files/']")
    found["refused file"] = _link(page, ".is-refused .row-acts a")
    found["correct"] = _link(page, ".row-acts a[href$='/correct']")
    state = context.storage_state()
    context.close()
    return found, dict(state)


def _link(page: Page, selector: str) -> str:
    href = page.locator(selector).first.get_attribute("href")
    assert href
    return href if href.startswith("/") else page.url.split("?")[0] + href


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_for_everybody(
    furnished: Archive, addresses: tuple[dict[str, str], dict[str, object]], browser: Browser, kind: str
) -> None:
    found, state = addresses
    context = browser.new_context(viewport=DESK, storage_state=state, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    trouble = _listened_to(page, furnished.url)
    page.goto(furnished.url + found[kind])
    page.wait_for_load_state("networkidle")
    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light")
        trouble += _barriers(page)
        trouble += [f"{size} scrolls sideways"] if page.evaluate(_WIDER) else []
        # Another paper changes nothing but colours.
        page.emulate_media(color_scheme="dark")
        trouble += _barriers(page, only="color-contrast")
    for theme in THEMES if kind in ("library", "work", "chapter", "import") else ():
        page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
        trouble += _barriers(page, only="color-contrast")
    context.close()
    assert trouble == []


@pytest.mark.parametrize("key", ["a", "t", "?", "m"])
def test_what_opens_over_a_chapter_is_for_everybody(
    furnished: Archive, addresses: tuple[dict[str, str], dict[str, object]], browser: Browser, key: str
) -> None:
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(furnished.url + addresses[0]["chapter"])
    page.keyboard.press(key)
    page.locator(".bar.shown" if key == "m" else "dialog[open]").wait_for()
    trouble = _barriers(page)
    page.emulate_media(color_scheme="dark")
    trouble += _barriers(page, only="color-contrast")
    context.close()
    assert trouble == []


_WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def _barriers(page: Page, only: str = "") -> list[str]:
    """What axe finds on the page as it is now, or what one of its rules finds."""
    said = Axe().run(page, options={"runOnly": {"type": "rule", "values": [only]}} if only else None)
    return [said.generate_report()] if said.violations_count else []


def _listened_to(page: Page, home: str) -> list[str]:
    """A list that fills with whatever goes wrong on the page: errors, breaches of its policy, other hosts asked."""
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda said: trouble.append(said.text) if "Content Security" in said.text else None)
    page.on("request", lambda asked: trouble.append(asked.url) if not asked.url.startswith(home) else None)
    return trouble


@pytest.mark.parametrize("kind", PUBLIC)
def test_a_stranger_gets_no_cookie(
    furnished: Archive, addresses: tuple[dict[str, str], dict[str, object]], browser: Browser, kind: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(furnished.url + addresses[0][kind])
    page.wait_for_load_state("networkidle")
    cookies = context.cookies()
    context.close()
    assert answer is not None
    assert (cookies, answer.status) == ([], 404 if kind == "not there" else 200)


@pytest.mark.parametrize("kind", ["library", "work", "chapter", "search"])
def test_a_page_is_whole_without_javascript(
    furnished: Archive, addresses: tuple[dict[str, str], dict[str, object]], browser: Browser, kind: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(furnished.url + addresses[0][kind])
    text = page.locator("main").inner_text()
    context.close()
    assert "Lamp" in text if kind != "chapter" else len(text) > 2_000
