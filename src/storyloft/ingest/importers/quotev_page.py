"""Saved chapters of Quotev."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyloft.ingest.imported import ImportedChapter, ImportedWork
from storyloft.ingest.importers.pages.binding import add_author, bound, part_of
from storyloft.ingest.importers.pages.importer import PageImporter, Site
from storyloft.ingest.importers.pages.main_text import story_region
from storyloft.ingest.importers.pages.page import SavedPage, attribute, words_of
from storyloft.ingest.importers.pages.refusals import front_page, no_story
from storyloft.ingest.importers.pages.stamps import stamped
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.headings import number_in
from storyloft.tags.kinds import TagKind

SITE = Site("Quotev", ("quotev.com",), ("#quizHeaderTitle", "#rescontent"))

_ADDRESS = re.compile(r"/(?:story|fic|quiz)/(?P<story>\d{1,12})(?:/[^/?#]*)?(?:/(?P<number>\d{1,5}))?")


def _read(page: SavedPage) -> Iterator[ImportedWork]:
    warnings: list[str] = []
    address = _ADDRESS.search(page.address)
    region = story_region(
        page, ("#rescontent", "#quizResArea"), warnings, of_chapter=bool(address and address["number"])
    )
    listed = page.tree.css("#rselect a, #rselect option")
    if region.is_empty():
        raise front_page(SITE.name, len(listed)) if listed else no_story(page, SITE.name)
    details = Details(site=SITE.name)
    _read_head(page, details)
    number, title = _place(page)
    found = _ADDRESS.search(page.address)
    region.take("#quizSubtitle")
    text = region.finish()
    key = f"{details.site_id}/{number or 1}" if found else ""
    chapter = ImportedChapter(html=text.chapters[0], title=title, number=number, key=key)
    part = part_of(details, number, len(listed) or None) if listed or number else None
    yield bound(page, details, [chapter], text, part=part, warnings=warnings + _missing_pages(page))


def _read_head(page: SavedPage, details: Details) -> None:
    details.title = page.words("#quizHeaderTitle h1", "#quizHeaderTitle", "h1") or page.meta("og:title")
    for author in page.all(".quizAuthorList a"):
        add_author(details, words_of(author), page.link(author))
    summary = page.first("#qdesct")
    details.summary = (summary.inner_html or "").strip() if summary else ""
    found = _ADDRESS.search(page.address)
    details.site_id = found["story"] if found else ""
    details.url = page.address[: found.start("number")].rstrip("/") if found and found["number"] else page.address
    days = [day for node in page.tree.css("time[ts]") if (day := stamped(attribute(node, "ts")))]
    details.published, details.updated = (min(days), max(days)) if days else (None, None)
    head = page.words("#quizHeader", "#quizHeaderInner", "#quizHeaderTitle")
    if re.search(r"· ?Completed\b", page.tree.body.text()[:20_000] if page.tree.body else head):
        details.status = "complete"
    details.tag(TagKind.FREEFORM, (words_of(tag) for tag in page.all("#quizHeaderTags a", 'a[href^="/stories/c/"]')))
    details.counts |= _counts(page)


def _counts(page: SavedPage) -> dict[str, str]:
    shown = {"favorites": page.words("#fav_btn"), "comments": page.words("#comment_btn")}
    found = {name: re.search(r"\d[\d.,]*[KM]?", words) for name, words in shown.items()}
    return {name: match[0] for name, match in found.items() if match}


def _place(page: SavedPage) -> tuple[int | None, str]:
    """The chapter's number and title: its place in the list, else what address and heading tell."""
    found = _ADDRESS.search(page.address)
    number = int(found["number"]) if found and found["number"] else None
    listed = page.tree.css("#rselect a, #rselect option")
    for at, entry in enumerate(listed, start=1):
        current = {"selected", "sel", "curr"} & {*attribute(entry, "class").split(), *entry.attributes}
        if current or number == at:
            return at, words_of(entry)
    title = page.words("#quizSubtitle", "h2.chapter")
    return number or number_in(title), title


def _missing_pages(page: SavedPage) -> list[str]:
    """A long chapter comes on several pages, of which a saved one holds but one."""
    pages = page.tree.css("#footer_pages select option")
    if len(pages) < 2:
        return []
    here = next((at for at, option in enumerate(pages, start=1) if "selected" in option.attributes), 1)
    rest = [str(at) for at in range(1, len(pages) + 1) if at != here]
    return [f"This is page {here} of {len(pages)} of the chapter; page {', '.join(rest)} is not in this file."]


importer = PageImporter("quotev_page", "Saved page of Quotev", SITE.recognise, _read)
