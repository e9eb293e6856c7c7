"""Saved chapters of FanFiction.net and FictionPress, from the desktop page and the mobile one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from storyloft.ingest.imported import ImportedChapter, ImportedWork, Recognition
from storyloft.ingest.importers.pages.binding import add_author, bound, part_of
from storyloft.ingest.importers.pages.importer import PageImporter, Site
from storyloft.ingest.importers.pages.main_text import story_region
from storyloft.ingest.importers.pages.page import SavedPage, attribute, tidy, words_of
from storyloft.ingest.importers.pages.polish import embedded
from storyloft.ingest.importers.pages.refusals import no_story
from storyloft.ingest.importers.pages.stamps import stamped
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.fanfiction_line import read_rated_line
from storyloft.tags.kinds import TagKind, rating_for

SITE = Site("FanFiction.net", ("fanfiction.net", "fictionpress.com"), ("#storytext", "#profile_top"))

_TEXT = ("#storytext", "#storycontent", "#storytextp")
_ADDRESS = re.compile(r"/s/(?P<story>\d{1,12})(?:/(?P<chapter>\d{1,5}))?")
_MOBILE = re.compile(r"Rated: (?P<rating>K\+?|T|MA|M), (?P<language>[^,]{2,40}), ")
_NUMBERED = re.compile(r"^(?P<number>\d{1,5})\. ?(?P<title>.*)$")


def _recognise(page: SavedPage) -> Recognition | None:
    """`#storytext` alone is used by other archives too; with `#profile_top` or the address it is this site."""
    if page.tree.css_first("#storytext") and page.tree.css_first("#profile_top"):
        return Recognition(96, "The page has the story box and the profile line of FanFiction.net.")
    return SITE.recognise(page) if SITE.owns(page) else None


def _read(page: SavedPage) -> Iterator[ImportedWork]:
    warnings: list[str] = []
    region = story_region(page, _TEXT, warnings, of_chapter=bool(_ADDRESS.search(page.address)))
    if region.is_empty():
        raise no_story(page, SITE.name)
    details = Details(site="FictionPress" if page.host == "fictionpress.com" else SITE.name)
    _read_head(page, details)
    _read_meta(page, details)
    number, total = _place(page, details)
    title = _chapter_title(page, number)
    text = region.finish()
    chapter = ImportedChapter(html=text.chapters[0], title=title, number=number, key=_key(details, number))
    cover = embedded(page, attribute(page.first("img.cimage", "#profile_top img"), "src")) or None
    yield bound(page, details, [chapter], text, part=part_of(details, number, total), cover=cover, warnings=warnings)


def _read_head(page: SavedPage, details: Details) -> None:
    details.title = page.words("#profile_top b.xcontrast_txt", "#content > b", "#content center b")
    details.title = details.title or re.sub(r"(?: Chapter \d+.*)?, an? .*fanfic$| \| FanFiction$", "", page.title)
    author = page.first('#profile_top a[href^="/u/"]', '#profile_top a[href*="/u/"]', '#content a[href*="/u/"]')
    add_author(details, words_of(author), page.link(author))
    summary = page.words('#profile_top div[style*="margin-top:2px"]', "#profile_top div.xcontrast_txt")
    details.summary = summary.replace("&", "&amp;").replace("<", "&lt;")
    story = _ADDRESS.search(page.address)
    details.site_id = story["story"] if story else ""
    host = "www.fictionpress.com" if details.site == "FictionPress" else "www.fanfiction.net"
    details.url = f"https://{host}/s/{details.site_id}/" if story else page.address
    _read_fandoms(page, details)


def _read_fandoms(page: SavedPage, details: Details) -> None:
    """The last link over the story is the fandom; a crossover's says both ("Dracula + Alice Crossover")."""
    links = page.tree.css("#pre_story_links a") or _mobile_fandom(page)
    if links:
        words = words_of(links[-1])
        crossover = words.endswith(" Crossover")
        details.tag(TagKind.FANDOM, words.removesuffix(" Crossover").split(" + ") if crossover else [words])


def _mobile_fandom(page: SavedPage) -> list[LexborNode]:
    """On the mobile page the fandom is the last link before the details."""
    links = page.tree.css("#content > a[href]")
    return [link for link in links if link.next is not None and "Rated:" in (link.next.text_content or "")]


def _read_meta(page: SavedPage, details: Details) -> None:
    """The grey line (`Rated: … - language - genres - …`); its stamps are truer than its words."""
    line = page.first("#profile_top span.xgray.xcontrast_txt", "#profile_top span.xgray", "#content")
    words = words_of(line)[:2_000]
    read_rated_line(words[words.find("Rated:") :] if "Rated:" in words else "", details)
    _read_stamps(line, details)
    mobile = _MOBILE.search(words)
    if mobile:
        details.tag(TagKind.RATING, [rating_for(mobile["rating"])])
        details.language = mobile["language"]


def _read_stamps(line: LexborNode | None, details: Details) -> None:
    """Two stamps are updated and published, a single one is published; printed dates may be "3h ago"."""
    days = [stamped(attribute(node, "data-xutime")) for node in (line.css("span[data-xutime]") if line else [])]
    if days:
        details.facts.pop("Published", None)
        details.facts.pop("Updated", None)
        details.published = days[-1] if len(days) < 3 else days[1]
        details.updated = days[0] if len(days) > 1 else None


def _place(page: SavedPage, details: Details) -> tuple[int | None, int | None]:
    """The chapter's number and how many there are."""
    address = _ADDRESS.search(page.address)
    options = _options(page)
    total = len(options) or int(re.sub(r"\D", "", details.counts.get("chapters", "")) or 1)
    details.expected_chapters = total if details.status == "complete" else None
    chosen = page.first("#chap_select option[selected]")
    value = attribute(chosen, "value")
    if value.isdecimal():
        return int(value), total
    return int(address["chapter"]) if address and address["chapter"] else (1 if total == 1 else None), total


def _options(page: SavedPage) -> list[str]:
    select = page.first("select#chap_select")
    return [words_of(option) for option in select.css("option")] if select else []


def _chapter_title(page: SavedPage, number: int | None) -> str:
    for option in _options(page):
        found = _NUMBERED.match(option)
        if found and int(found["number"]) == number:
            return tidy(found["title"])
    return ""


def _key(details: Details, number: int | None) -> str:
    return f"{details.site_id}/{number or 1}" if details.site_id else ""


importer = PageImporter("fanfiction_page", "Saved page of FanFiction.net", _recognise, _read)
