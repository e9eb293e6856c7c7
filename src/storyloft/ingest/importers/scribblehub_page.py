"""Saved chapters of Scribble Hub."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyloft.ingest.imported import ImportedChapter, ImportedWork, Rule
from storyloft.ingest.importers.pages.binding import add_author, bound, part_of
from storyloft.ingest.importers.pages.importer import PageImporter, Site
from storyloft.ingest.importers.pages.main_text import story_region
from storyloft.ingest.importers.pages.page import SavedPage, words_of
from storyloft.ingest.importers.pages.polish import fold
from storyloft.ingest.importers.pages.refusals import front_page, no_story
from storyloft.ingest.importers.pages.region import Region
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.headings import number_in
from storyloft.tags.kinds import TagKind

SITE = Site("Scribble Hub", ("scribblehub.com",), ("#chp_raw",))
OPTIONS = Rule("scribblehub-options", "The reading options and counts that Scribble Hub puts beside the text.")

_SERIES = re.compile(r"/(?:series|read)/(?P<story>\d{1,12})")
_CHAPTER = re.compile(r"/chapter/(?P<chapter>\d{1,12})")


def _read(page: SavedPage) -> Iterator[ImportedWork]:
    warnings: list[str] = []
    region = story_region(page, ("#chp_raw", "#chp_contents"), warnings, of_chapter=bool(_CHAPTER.search(page.address)))
    if region.is_empty():
        raise (
            front_page(SITE.name, len(page.all("li.toc_w"))) if page.first(".fic_title") else no_story(page, SITE.name)
        )
    details = Details(site=SITE.name)
    _read_head(page, details)
    title = page.words(".chapter-title", "#main h1")
    notes, end_notes = _notes(region)
    region.drop(".chp_stats_feature, .chp_reading_options, .nav_chp_fi, .sharing_chp", OPTIONS)
    for box in region.find(".sp-wrap"):
        inner = box.css_first(".sp-body")
        if inner is not None:
            fold(page, box, inner, words_of(box.css_first(".sp-head")) or "Spoiler")
    text = region.finish()
    own = _CHAPTER.search(page.address)
    key, number = own["chapter"] if own else "", number_in(title)
    chapter = ImportedChapter(
        html=text.chapters[0], title=title, number=number, key=key, notes=notes, end_notes=end_notes
    )
    yield bound(page, details, [chapter], text, part=part_of(details, number, None), warnings=warnings)


def _read_head(page: SavedPage, details: Details) -> None:
    story = page.first(*(f'{around} a[href*="/series/"]' for around in (".chp_byauthor", ".wi_breadcrumb", "body")))
    details.title = page.words(".fic_title") or words_of(story)
    author = page.first('.chp_byauthor a[href*="/profile/"]', 'a[href*="/profile/"]')
    add_author(details, page.words(".auth_name_fic") or words_of(author), page.link(author))
    link = page.link(story)
    found = _SERIES.search(page.address) or _SERIES.search(link)
    details.site_id, details.url = found["story"] if found else "", link or page.address
    description = page.first(".wi_fic_desc")
    details.summary = (description.inner_html or "").strip() if description else ""
    details.take("Genre", ", ".join(words_of(genre) for genre in page.all("a.fic_genre")))
    details.tag(TagKind.FREEFORM, (words_of(tag) for tag in page.all(".wi_fic_showtags_inner a")))
    details.take("Warnings", ", ".join(words_of(warning) for warning in page.all("ul.ul_rate_expand a")))


def _notes(region: Region) -> tuple[str, str]:
    """Author's notes stand inside the text: those before its first words, and the others."""
    total = region.words()
    before: list[str] = []
    after: list[str] = []
    for box in region.find(".wi_authornotes, .wi_news"):
        ahead = _words_before(region, box.mem_id)
        body = box.css_first(".wi_authornotes_body") or box.css_first(".wi_news_body") or box
        own = len(words_of(box).split())
        (before if ahead <= (total - own) / 2 else after).append((body.inner_html or "").strip())
        region.drop_node(box, None)
    return "\n".join(before), "\n".join(after)


def _words_before(region: Region, mem_id: int) -> int:
    words = 0
    for node, leaving in region.steps():
        if node.mem_id == mem_id:
            break
        if not leaving and node.is_text_node:
            words += len((node.text_content or "").split())
    return words


importer = PageImporter("scribblehub_page", "Saved page of Scribble Hub", SITE.recognise, _read)
