"""A served archive and a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.needs import BROWSER
from tests.serving import Archive, served

# Chromium asks its maker's servers for this and that; here it may ask nobody.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, as Debian packs it."""
    assert BROWSER.found, "No browser: run `make test`, which installs it or says what to install."
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=BROWSER.found, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An empty archive, served."""
    home = tmp_path / "home"
    home.mkdir()
    with served(home) as running:
        yield running


@pytest.fixture(params=["phone", "desk"])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile, once as small as a phone and once as wide as a desk."""
    size = PHONE if request.param == "phone" else DESK
    fresh = browser.new_context(viewport=size, accept_downloads=True)  # type: ignore[arg-type]
    fresh.set_default_timeout(20_000)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
