"""An archive in which every kind of page has something to show, and an address of each kind."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Page

from storyloft.demo import stories
from tests.journeys.shoebox import pack
from tests.serving import Archive

LAMP = "The Lamp in Baker Street"
FANDOM = "Sherlock Holmes - Arthur Conan Doyle"
MEMORY = "The lamp in the street went out in the fog, and Holmes hung a lantern there for Watson. It was “yellow fog”"
BADLY_ASKED = '(lamp OR "went out wrods:>many'

TAG_SET = f"""format = 1
name = "Baker Street"
[[fandom]]
name = "{FANDOM}"
about = "Of the consulting detective, his doctor and his landlady."
[[character]]
name = "Mrs Hudson"
wordings = ["Mrs. Hudson", "Martha Hudson"]
fandoms = ["{FANDOM}"]
"""
OTHER_SET = """format = 1
name = "Weather"
[[freeform]]
name = "Weather"
wordings = ["Fog", "Mrs Rain"]
[[character]]
name = "Martha Hudson"
"""


def furnish(archive: Archive, folder: Path) -> None:
    """The demo's stories, a shoebox, a story that is there twice, a file that is refused, a few tidied tags."""
    archive.run("demo")
    box = folder / "box"
    pack(box)
    (box / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(60))
    lamp = next(path for path in stories() if path.stem == "the-lamp-in-baker-street").read_text("utf-8")
    again = lamp.replace(LAMP, "A Lantern for the Doctor").replace("lamplighter", "somebody_else")
    (box / "lantern.md").write_text(again.replace("muffin", "crumpet").replace("Thursday", "Friday"), "utf-8")
    archive.run("import", str(box))
    archive.run("duplicates")
    (folder / "baker-street.toml").write_text(TAG_SET, "utf-8")
    archive.run("tags", "import", str(folder / "baker-street.toml"))


def addresses_of(archive: Archive, page: Page, folder: Path) -> dict[str, str]:
    """An address of each kind of page, found by following links. The page is signed in by this."""
    page.goto(archive.link)
    found = {
        "library": "/",
        "list": "/?view=list",
        "imports": "/imports",
        "sign in": "/sign-in",
        "not there": "/nowhere",
    }
    return found | _lists(archive, page) | _works(archive, page) | _kept(archive, page) | _desk(archive, page, folder)


def _lists(archive: Archive, page: Page) -> dict[str, str]:
    narrow = urlencode({"fandom": FANDOM, "not-tag": "Fog", "status": "complete", "words": "500-"})
    found = {
        "narrowed": f"/?{narrow}",
        "no story fits": f"/?{narrow}&rating=Explicit",
        "search": "/search?q=lamp",
        "search without a question": "/search",
        "nothing found": "/search?q=zzzyx",
        "narrowed search": f"/search?q=watson&{narrow}",
        "bad query": f"/search?{urlencode({'q': BADLY_ASKED})}",
        "search help": "/search/help",
        "remember": "/remember",
        "remembered": f"/remember?{urlencode({'q': MEMORY})}",
        "nothing remembered": "/remember?q=zzzyx",
    }
    # Where there is room the filters stand beside the list: their link is for narrower screens, but it is there.
    for kind, list_ in (("filters", "/?sort=words"), ("filters of a search", "/search?q=lamp")):
        page.goto(archive.url + list_)
        found[kind] = _link(page, '[data-panel="filters"]')
    return found


def _works(archive: Archive, page: Page) -> dict[str, str]:
    page.goto(archive.url)
    page.locator("a", has=page.locator(".on-title", has_text=LAMP)).first.click()
    work = page.url.removeprefix(archive.url)
    found = {
        "work": work,
        "whole work": f"{work}/whole",
        "find in a story": f"{work}/find",
        "found in a story": f"{work}/find?q=lamp",
        "more like this": f"{work}/alike",
        "chapter": _link(page, 'main a[href*="/chapters/"]'),
        "side by side": _link(page, '.asked a[href*="/duplicates/"]'),
    }
    for kind, place in (("series", "/series/"), ("byline", "/by/"), ("tag", "/tags/freeform/")):
        found[kind] = _link(page, f'main a[href*="{place}"]')
    found["tag with facts"] = _link(page, '.fandom a[href*="/tags/fandom/"]')
    page.goto(f"{archive.url}/imports")
    found["import"] = _link(page, ".import-list a")
    page.goto(archive.url + found["import"])
    found["before and after"] = _link(page, ".is-done .row-acts a[href*='/files/']")
    found["refused file"] = _link(page, ".is-refused .row-acts a")
    found["correct"] = _link(page, ".row-acts a[href$='/correct']")
    return found


def _kept(archive: Archive, page: Page) -> dict[str, str]:
    """A saved search and two things never to be seen again, of which one hides a story."""
    page.goto(f"{archive.url}/?tag=Fog")
    page.get_by_text("Save this search").click()
    page.get_by_label("Name").fill("Foggy evenings")
    page.get_by_role("button", name="Save", exact=True).click()
    for what, given in (("Words in summaries", "zzzyx"), ("Tag", "Hunsford")):
        page.goto(f"{archive.url}/blocklist")
        page.get_by_label("What").select_option(what)
        page.get_by_label("Which").fill(given)
        page.get_by_role("button", name="Block", exact=True).click()
    return {"saved searches": "/searches", "blocklist": "/blocklist", "duplicates": "/duplicates"}


def _desk(archive: Archive, page: Page, folder: Path) -> dict[str, str]:
    found = {"desk": "/desk/tags", "bin": "/desk/tags/bin?kind=character", "log": "/desk/tags/log"}
    page.goto(archive.url + found["bin"])
    found["desk tag without a meaning"] = _link(page, ".desk-rows a.desk-name")
    page.goto(f"{archive.url}/desk/tags?q=Mrs+Hudson")
    found["desk tag"] = _link(page, '.desk-names a:text-is("Mrs Hudson")')
    found["sets"] = "/desk/tags/sets"
    (folder / "weather.toml").write_text(OTHER_SET, "utf-8")
    page.goto(archive.url + found["sets"])
    page.get_by_label("A tag set, as a .toml file").set_input_files(folder / "weather.toml")
    page.get_by_role("button", name="Look at it").click()
    page.wait_for_url("**/desk/tags/sets/*")
    return found | {"offered set": page.url.removeprefix(archive.url)}


def _link(page: Page, selector: str) -> str:
    href = page.locator(selector).first.get_attribute("href")
    assert href
    return href if href.startswith("/") else page.url.split("?")[0].removeprefix(_home(page)) + href


def _home(page: Page) -> str:
    return "/".join(page.url.split("/", 3)[:3])
