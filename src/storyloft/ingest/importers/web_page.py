"""Any other saved web page or HTML file: the main text, with what can be told of title, author and chapters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from storyloft.ingest.imported import ImportedWork, Recognition
from storyloft.ingest.importers.pages.binding import add_author, bound
from storyloft.ingest.importers.pages.chapters import chapter_starts, cut_into_chapters
from storyloft.ingest.importers.pages.importer import PageImporter
from storyloft.ingest.importers.pages.lines import first_lines, take_header, take_line
from storyloft.ingest.importers.pages.main_text import main_region
from storyloft.ingest.importers.pages.page import SavedPage, attribute, tidy, words_of
from storyloft.ingest.importers.pages.refusals import no_story
from storyloft.ingest.importers.pages.region import Region
from storyloft.ingest.importers.pages.stamps import stamped
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.headings import heading_of
from storyloft.ingest.importers.text.sheet import folded
from storyloft.ingest.importers.text.titles import byline_on

FEW = 60  # words under which a page with a log-in box or an error is believed to be just that

_AUTHOR_LINKS = (
    '[rel~="author"]',
    '[itemprop="author"] [itemprop="name"]',
    '[itemprop="author"]',
    ".byline a",
    ".author a",
    ".author",
)
_OFFICE_AUTHOR = re.compile(r"<o:Author>(?P<name>[^<]{1,120})</o:Author>")
_NO_STORY_TITLE = re.compile(r"just a moment|log ?in|sign ?in|\b404\b|not found|access denied|error", re.IGNORECASE)
_NO_TITLE = re.compile(r"^(?:untitled(?: document)?|unknown|new page \d*|document\d*|no title)$", re.IGNORECASE)
_DATES = ("article:published_time", "dc.date", "DC.date.issued", "datePublished", "date")


def _recognise(page: SavedPage) -> Recognition | None:
    return Recognition(40, "This is an HTML page of no site that is known here; its main text is taken.")


def _read(page: SavedPage) -> Iterator[ImportedWork]:
    region = main_region(page)
    if _is_no_story(page, region):
        raise no_story(page, page.host)
    details = Details(site=page.host, url=page.address, site_id=page.address)
    _read_meta(page, details)
    told = Details()
    if take_header(region, told):
        _believe_header(details, told)
    _read_title(page, region, details)
    _read_byline(page, region, details)
    text, chapters, preface = cut_into_chapters(region, chapter_starts(region))
    details.notes += preface
    yield bound(page, details, chapters, text)


def _is_no_story(page: SavedPage, region: Region) -> bool:
    words = region.words()
    bad = page.tree.css_first('input[type="password"]') or _NO_STORY_TITLE.search(page.title)
    return region.is_empty() or (words < FEW and bool(bad))


def _read_meta(page: SavedPage, details: Details) -> None:
    html = page.first("html")
    details.language = attribute(html, "lang") or attribute(html, "xml:lang") or page.meta("dc.language", "og:locale")
    details.published = stamped(page.meta(*_DATES) or attribute(page.first("time[datetime]"), "datetime"))
    details.updated = stamped(page.meta("article:modified_time", "dateModified"))
    details.summary = ""


def _believe_header(details: Details, told: Details) -> None:
    """What an author typed over the story is truer than what the page says of itself."""
    for name in ("title", "summary", "notes", "end_notes", "status", "expected_chapters", "series", "tags", "bylines"):
        if getattr(told, name) and getattr(told, name) != "unknown":
            setattr(details, name, getattr(told, name))
    details.language = told.language or details.language
    details.published = told.published or details.published
    details.updated = told.updated or details.updated
    details.counts |= told.counts
    details.facts |= told.facts
    if told.url:
        details.keep("Source", told.url)


def _read_title(page: SavedPage, region: Region, details: Details) -> None:
    """A header's title, else the only main heading, `og:title`, the title bar without the site's name."""
    headings = [node for node in page.tree.css("h1") if words_of(node) and not heading_of(words_of(node))]
    own = [
        node for node in region.find("h1, h2, .title, .MsoTitle") if words_of(node) and not heading_of(words_of(node))
    ]
    bar = _bar_title(page)
    if not details.title:
        candidates = [words_of(headings[0])] if len(headings) == 1 else []
        candidates += [page.meta("og:title", "dc.title", "twitter:title"), bar, *map(words_of, own[:1])]
        details.title = next((tidy(one) for one in candidates if one and not _NO_TITLE.match(one)), "")
    for line in first_lines(region, 4):
        if folded(line.words) == folded(details.title):
            take_line(region, line)


def _titles_among(nodes: list[LexborNode]) -> list[LexborNode]:
    return [node for node in nodes if words_of(node) and not heading_of(words_of(node))]


def _bar_title(page: SavedPage) -> str:
    """`Title - Site`, `Title | Site`, `Title by Author`: the title."""
    bar = page.title
    site = page.meta("og:site_name")
    for name in filter(None, (site, page.host)):
        bar = re.sub(rf"\s*[-–—|:»·]+\s*{re.escape(name)}$", "", bar, flags=re.IGNORECASE)
    return re.split(r" \| | » | :: ", bar)[0].strip()


def _read_byline(page: SavedPage, region: Region, details: Details) -> None:
    near = first_lines(region, 6)
    typed = [(line, byline_on(line.words)) for line in near]
    said = next(((line, name) for line, name in typed if name), None)
    if said is not None and not details.bylines and len(said[1].split()) <= 6:
        details.byline(said[1])
        take_line(region, said[0])
        return
    if details.bylines:
        return
    link = next((node for selector in _AUTHOR_LINKS for node in page.tree.css(selector) if words_of(node)), None)
    office = _OFFICE_AUTHOR.search(page.html)
    name = page.meta("author", "article:author", "dc.creator", "DC.creator") or words_of(link)
    name = name or (tidy(office["name"]) if office else "")
    if name and not name.startswith("http"):
        add_author(details, name.removeprefix("by ").removeprefix("By "), page.link(link) if link else "")


importer = PageImporter("web_page", "Web page or HTML file", _recognise, _read)
