"""Every page kind: nothing for axe to find, no error in the browser, no other host asked, no cookie for strangers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.journeys.conftest import DESK, PHONE
from tests.journeys.furnishing import addresses_of, furnish
from tests.serving import Archive, served

KINDS = (
    "library", "list", "filters", "narrowed", "no story fits", "work", "chapter", "whole work", "series", "byline",
    "tag", "tag with facts", "search", "search without a question", "nothing found", "filters of a search",
    "narrowed search", "bad query", "search help", "find in a story", "found in a story", "more like this",
    "remember", "remembered", "nothing remembered", "saved searches", "blocklist", "duplicates", "side by side",
    "desk", "bin", "desk tag", "desk tag without a meaning", "log", "sets", "offered set",
    "imports", "import", "before and after", "refused file", "correct", "sign in", "not there",
)  # fmt: skip
THEMES = ("sepia", "black", "contrast")
THEMED = ("library", "work", "chapter", "import", "filters", "remembered", "side by side", "bin")
PUBLIC = (
    "library", "list", "filters", "narrowed", "work", "chapter", "series", "byline", "tag", "tag with facts",
    "search", "filters of a search", "search help", "find in a story", "found in a story", "more like this",
    "remember", "remembered", "sign in", "not there",
)  # fmt: skip


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive in which every page kind has something to show."""
    folder = tmp_path_factory.mktemp("furnished")
    (folder / "home").mkdir()
    with served(folder / "home") as archive:
        furnish(archive, folder)
        yield archive


@pytest.fixture(scope="module")
def addresses(furnished: Archive, browser: Browser) -> tuple[dict[str, str], dict[str, object]]:
    """An address of each page kind, and the signed-in state."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    found = addresses_of(furnished, context.new_page(), furnished.home.parent)
    state = context.storage_state()
    context.close()
    return found, dict(state)


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
    for theme in THEMES if kind in THEMED else ():
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


def _opens_filters(page: Page) -> None:
    page.locator("main [data-panel=filters]").click()
    page.locator("dialog[open] form.filters summary", has_text="Tag").click()


def _names_a_fandom(page: Page) -> None:
    _opens_filters(page)
    page.locator("dialog[open]").get_by_label("Another fandom").press_sequentially("sherl")
    page.get_by_role("option").first.wait_for()


def _saves(page: Page) -> None:
    page.get_by_text("Save this search").click()


def _wants_it_gone(page: Page) -> None:
    page.get_by_text("Never again…").click()


def _types(page: Page) -> None:
    page.get_by_label("Search every word").press_sequentially("lam")
    page.get_by_role("option").first.wait_for()


def _sorts(page: Page) -> None:
    page.locator(".sorts summary").click()


def _selects(page: Page) -> None:
    page.locator(".prose p").first.select_text()
    page.get_by_role("link", name="Find in my library").wait_for()


def _ticks(page: Page) -> None:
    page.get_by_label("All on this page").check()


OPENING = (
    ("library", _opens_filters),
    ("library", _names_a_fandom),
    ("narrowed search", _opens_filters),
    ("narrowed", _saves),
    ("narrowed", _sorts),
    ("work", _wants_it_gone),
    ("library", _types),
    ("chapter", _selects),
    ("bin", _ticks),
)


@pytest.mark.parametrize(("kind", "doing"), OPENING)
def test_what_opens_on_a_page_is_for_everybody(
    furnished: Archive,
    addresses: tuple[dict[str, str], dict[str, object]],
    browser: Browser,
    kind: str,
    doing: Callable[[Page], None],
) -> None:
    found, state = addresses
    context = browser.new_context(viewport=PHONE, storage_state=state, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    trouble = _listened_to(page, furnished.url)
    page.goto(furnished.url + found[kind])
    doing(page)
    trouble += _barriers(page)
    trouble += ["scrolls sideways"] if page.evaluate(_WIDER) else []
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

    def told(said: ConsoleMessage) -> None:
        # A page that is not there says so in the console, too.
        if "Content Security" in said.text or (said.type == "error" and said.location["url"] != page.url):
            trouble.append(said.text)

    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", told)
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
