"""Saved chapters of Fimfiction, and the whole story as the site hands it out in one HTML file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from selectolax.lexbor import LexborNode

from storyloft.ingest.imported import ImportedChapter, ImportedWork
from storyloft.ingest.importers.pages.binding import add_author, bound, part_of
from storyloft.ingest.importers.pages.importer import PageImporter, Site
from storyloft.ingest.importers.pages.main_text import story_region
from storyloft.ingest.importers.pages.page import SavedPage, attribute, tidy, words_of
from storyloft.ingest.importers.pages.refusals import front_page, no_story
from storyloft.ingest.importers.pages.region import Region, Text
from storyloft.ingest.importers.pages.stamps import stamped
from storyloft.ingest.importers.text.dates import date_in
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.headings import number_in
from storyloft.tags.kinds import TagKind, rating_for, warning_for

SITE = Site(
    "Fimfiction", ("fimfiction.net",), ("#chapter-body", ".story_content_box", 'h1 a[href*="fimfiction.net/story/"]')
)

_ADDRESS = re.compile(r"/story/(?:download/)?(?P<story>\d{1,12})(?:/(?P<number>\d{1,5}))?")
_PUBLISHED = re.compile(r"Published (?P<date>\d{1,2}(?:st|nd|rd|th) \w{3} \d{4})")
_SEEN = re.compile(r"(?P<views>[\d,]+) Views?, (?P<comments>[\d,]+) Comments?")
_TAG_KINDS = {"character": TagKind.CHARACTER, "series": TagKind.FANDOM, "genre": TagKind.FREEFORM,
              "content": TagKind.FREEFORM}  # fmt: skip


def _read(page: SavedPage) -> Iterator[ImportedWork]:
    whole = page.tree.css("article.chapter")
    if whole and not page.tree.css_first("#chapter-body"):
        yield _whole_story(page, whole)
        return
    warnings: list[str] = []
    address = _ADDRESS.search(page.address)
    region = story_region(page, ("#chapter-body",), warnings, of_chapter=bool(address and address["number"]))
    if region.is_empty():
        listed = len(page.all("ul.chapters a.chapter-title", ".chapters a"))
        raise front_page(SITE.name, listed) if page.first(".story_content_box") else no_story(page, SITE.name)
    details = Details(site=SITE.name)
    _read_head(page, details)
    title, number = _place(page)
    notes, end_notes = _notes(page, region.nodes[0])
    region.take(".authors-note")
    text = region.finish()
    chapter = ImportedChapter(
        html=text.chapters[0],
        title=title,
        number=number,
        key=f"{details.site_id}/{number}" if number else "",
        notes=notes,
        end_notes=end_notes,
        published=_published(page),
    )
    yield bound(page, details, [chapter], text, part=part_of(details, number, None), warnings=warnings)


def _read_head(page: SavedPage, details: Details) -> None:
    links = page.all("a.story_name", ".story_name a", 'h1 a[href*="/story/"]', 'a[href*="/story/"]')
    story = next((link for link in links if words_of(link)), None)
    details.title = words_of(story) or page.words("h1")
    author = page.first('a.author[href*="/user/"]', '.author a[href*="/user/"]', 'a[href*="/user/"]')
    add_author(details, words_of(author), page.link(author))
    found = _ADDRESS.search(page.address) or _ADDRESS.search(page.link(story))
    details.site_id = found["story"] if found else ""
    details.url = f"https://www.fimfiction.net/story/{details.site_id}" if found else page.address
    _read_tags(page, details)
    for node in page.each('[class*="completed-status-"]', '[class*="content-rating-"]'):
        for name in attribute(node, "class").split():
            if name.startswith("completed-status-"):
                details.take("Status", name.removeprefix("completed-status-").replace("incomplete", "in progress"))
            elif name.startswith("content-rating-"):
                details.tag(TagKind.RATING, [rating_for(name.removeprefix("content-rating-"))])
    seen = _SEEN.search(page.tree.body.text() if page.tree.body else "")
    details.counts |= {"views": seen["views"], "comments": seen["comments"]} if seen else {}


def _read_tags(page: SavedPage, details: Details) -> None:
    for node in page.each(".story-tags a"):
        kinds = [name.removeprefix("tag-") for name in attribute(node, "class").split() if name.startswith("tag-")]
        words = words_of(node)
        if "warning" in kinds:
            details.tag(TagKind.WARNING if warning_for(words) else TagKind.FREEFORM, [warning_for(words) or words])
        else:
            details.tag(next((_TAG_KINDS[kind] for kind in kinds if kind in _TAG_KINDS), TagKind.FREEFORM), [words])


def _place(page: SavedPage) -> tuple[str, int | None]:
    found = _ADDRESS.search(page.address)
    title = page.words("#chapter_title", ".chapter-header h1", ".chapter-title", "h1.chapter")
    title = title or (page.title.split(" - ")[0] if " - " in page.title else "")
    return title, int(found["number"]) if found and found["number"] else number_in(title)


def _published(page: SavedPage) -> date | None:
    stamp = stamped(attribute(page.first(".chapter-header span[data-time]", "span[data-time]"), "data-time"))
    printed = _PUBLISHED.search(page.tree.body.text() if page.tree.body else "")
    return stamp or (date_in(printed["date"]) if printed else None)


def _notes(page: SavedPage, text: LexborNode) -> tuple[str, str]:
    """The author's notes before the text and after it; one inside it stands at its end."""
    before: list[str] = []
    after: list[str] = []
    passed = False
    for node in page.each("#chapter-body", ".authors-note"):
        if node.mem_id == text.mem_id:
            passed = True
        else:
            for label in node.css("h1, h2, h3, .authors-note-title, b.title"):
                if words_of(label).rstrip(":").lower() in ("author's note", "author’s note", "authors note"):
                    label.remove()
            (after if passed else before).append((node.inner_html or "").strip())
    return "\n".join(before), "\n".join(after)


def _whole_story(page: SavedPage, articles: list[LexborNode]) -> ImportedWork:
    details = Details(site=SITE.name)
    _read_head(page, details)
    chapters: list[ImportedChapter] = []
    total = Text([], [])
    for number, article in enumerate(articles, start=1):
        region = Region(page, [article])
        heading = article.css_first("header") or article.css_first("h1, h2")
        if heading is not None:
            region.drop_node(heading, None)
        title = tidy(words_of(heading.css_first("h1, h2") or heading)) if heading is not None else ""
        notes = "\n".join((node.inner_html or "").strip() for node in region.take(".authors-note"))
        text = region.finish()
        total.absorb(text, len(chapters))
        chapters.append(ImportedChapter(html=text.chapters[0], title=title, number=number, end_notes=notes,
                                        key=f"{details.site_id}/{number}" if details.site_id else ""))  # fmt: skip
    return bound(page, details, chapters, total)


importer = PageImporter("fimfiction_page", "Saved page of Fimfiction", SITE.recognise, _read)
