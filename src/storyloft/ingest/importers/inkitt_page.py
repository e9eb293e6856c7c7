"""Saved chapters of Inkitt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyloft.ingest.imported import ImportedChapter, ImportedWork
from storyloft.ingest.importers.pages.binding import add_author, bound, part_of
from storyloft.ingest.importers.pages.importer import PageImporter, Site
from storyloft.ingest.importers.pages.main_text import story_region
from storyloft.ingest.importers.pages.page import SavedPage, tidy, words_of
from storyloft.ingest.importers.pages.refusals import front_page, no_story
from storyloft.ingest.importers.pages.region import Region
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.headings import number_in

SITE = Site("Inkitt", ("inkitt.com",), ("#story-text-container",))

_ADDRESS = re.compile(r"/stories/(?:[\w-]+/)?(?P<story>\d{1,12})(?:/chapters/(?P<number>\d{1,5}))?")
_AGE = re.compile(r"Age Rating:? ?(?P<age>\d{1,2}\+)")


def _read(page: SavedPage) -> Iterator[ImportedWork]:
    warnings: list[str] = []
    found = _ADDRESS.search(page.address)
    region = story_region(page, ("#story-text-container",), warnings, of_chapter=bool(found and found["number"]))
    listed = page.tree.css(".chapters-list a")
    if region.is_empty():
        raise front_page(SITE.name, len(listed)) if listed else no_story(page, SITE.name)
    details = Details(site=SITE.name)
    _read_head(page, details)
    title = page.words("h2.chapter-head-title", ".chapter-head-title", "#story-text-container h2")
    number = int(found["number"]) if found and found["number"] else number_in(title)
    _take_heading(region, title)
    text = region.finish()
    key = f"{details.site_id}/{number}" if found and number else ""
    chapter = ImportedChapter(html=text.chapters[0], title=title, number=number, key=key)
    yield bound(page, details, [chapter], text, part=part_of(details, number, len(listed) or None), warnings=warnings)


def _read_head(page: SavedPage, details: Details) -> None:
    details.title = page.words("h1.story-title", "h1") or page.meta("og:title")
    author = page.first("#storyAuthor", 'a.author-link[href*="/"]')
    add_author(details, words_of(author), page.link(author))
    summary = page.first(".story-summary", "p.story-summary")
    details.summary = (summary.inner_html or "").strip() if summary else ""
    found = _ADDRESS.search(page.address)
    details.site_id = found["story"] if found else ""
    details.url = page.address.partition("/chapters/")[0]
    genres = [words_of(node) for node in page.all(".genres a", 'a[href^="/genres/"]')]
    details.take("Genre", ", ".join(dict.fromkeys(genres)))
    age = _AGE.search(tidy(page.tree.body.text())) if page.tree.body else None
    details.take("Rating", age["age"] if age else "")
    details.take("Status", page.words(".story-status", "[data-test=status]"))


def _take_heading(region: Region, title: str) -> None:
    """The chapter's title stands inside the text box too."""
    for node in region.find("h1, h2, h3")[:2]:
        if title and words_of(node) == title:
            region.drop_node(node, None)


importer = PageImporter("inkitt_page", "Saved page of Inkitt", SITE.recognise, _read)
