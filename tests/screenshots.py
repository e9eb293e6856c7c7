"""The README's pictures, taken anew from the demo's stories: `make screenshots`.

Each picture is a short walk through the real program in a real browser; what it shows is what there is.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.conftest import QUIET
from tests.journeys.shoebox import pack
from tests.needs import BROWSER
from tests.serving import Archive, served

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
LARGEST = 200_000  # bytes, so that the README opens at once on a slow line
DESK = (1280, 860, 1.5)
PHONE = (390, 780, 2.0)
_SHARPEST, _COARSEST = 90, 40


def main() -> None:
    """Take every picture and write it to docs/pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="storyloft-pictures-") as name, _browser() as browser:
        folder = Path(name)
        with _furnished(folder) as archive:
            pages = _Pages(browser, archive)
            pages.take("library", DESK, _library)
            pages.take("chapter", PHONE, _chapter)
            archive.run("import", str(folder / "shoebox"))
            pages.take("before-and-after", DESK, _before_and_after)


@contextmanager
def _furnished(folder: Path) -> Iterator[Archive]:
    """A served archive with the demo's stories, and a shoebox beside it that is not imported yet."""
    (folder / "home").mkdir()
    pack(folder / "shoebox")
    with served(folder / "home") as archive:
        archive.run("demo")
        yield archive


@contextmanager
def _browser() -> Iterator[Browser]:
    assert BROWSER.found, "No browser: `make screenshots` installs it or says what to install."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER.found, args=list(QUIET))
        yield browser
        browser.close()


class _Pages:
    """A signed-in owner with windows of any size."""

    def __init__(self, browser: Browser, archive: Archive) -> None:
        self._browser, self._archive = browser, archive
        context = browser.new_context()
        context.new_page().goto(archive.link)  # good for one use: its cookie serves every window
        self._signed_in = context.storage_state()
        context.close()

    def take(self, name: str, size: tuple[int, int, float], walk: Callable[[Page, str], None]) -> None:
        """Walk to a page in a window of this size (width, height, sharpness) and write its picture."""
        width, height, scale = size
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
            color_scheme="light",
            reduced_motion="reduce",
            storage_state=self._signed_in,
        )
        page = context.new_page()
        walk(page, self._archive.url)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        data = _small(page.screenshot())
        (PICTURES / f"{name}.webp").write_bytes(data)
        print(f"docs/pictures/{name}.webp  {len(data):,} bytes")
        context.close()


def _library(page: Page, url: str) -> None:
    page.goto(f"{url}/?sort=title")


def _chapter(page: Page, url: str) -> None:
    _library(page, url)
    page.locator("a", has=page.locator(".on-title", has_text="The Lamp in Baker Street")).first.click()
    page.get_by_role("link", name="Read", exact=True).click()
    page.locator(".prose p").first.wait_for()


def _before_and_after(page: Page, url: str) -> None:
    page.goto(f"{url}/imports")
    page.locator(".import-list a").first.click()
    page.locator(".import-row", has_text="last-lesson").get_by_text("Before and after").click()
    page.locator(".stripped").first.wait_for()


def _small(png: bytes) -> bytes:
    """The picture as WebP, as sharp as fits."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in range(_SHARPEST, _COARSEST - 1, -10):
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= LARGEST:
            return out.getvalue()
    raise ValueError(f"The picture is larger than {LARGEST:,} bytes even at its coarsest.")


if __name__ == "__main__":
    main()
