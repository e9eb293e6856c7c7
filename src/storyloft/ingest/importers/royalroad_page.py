"""Saved chapters of Royal Road, with what its pages hide from readers taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from storyloft.ingest.imported import ImportedChapter, ImportedWork, Rule
from storyloft.ingest.importers.pages.binding import add_author, bound, part_of
from storyloft.ingest.importers.pages.importer import PageImporter, Site
from storyloft.ingest.importers.pages.main_text import story_region
from storyloft.ingest.importers.pages.page import SavedPage, attribute, tidy, words_of
from storyloft.ingest.importers.pages.polish import fold
from storyloft.ingest.importers.pages.refusals import front_page, no_story
from storyloft.ingest.importers.pages.region import Region
from storyloft.ingest.importers.pages.stamps import stamped
from storyloft.ingest.importers.pages.styles import hidden_classes
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.headings import number_in
from storyloft.tags.kinds import TagKind

SITE = Site("Royal Road", ("royalroad.com", "royalroadl.com"), (".chapter-inner.chapter-content",))
HIDDEN = Rule("royalroad-hidden", "A sentence against copying that the page's own style hides from readers.")
NAVIGATION = Rule("royalroad-navigation", "Links of the site inside the text.")

_TEXT = (".chapter-inner.chapter-content", ".chapter-content")
_FICTION = re.compile(r"/fiction/(?P<story>\d{1,12})")
_CHAPTER = re.compile(r"/chapter/(?P<chapter>\d{1,12})")
# A sentence against copying names the deed and where to turn to. Two plain searches: one pattern with two
# look-aheads took three milliseconds for each paragraph.
_DEED = re.compile(
    r"\b(?:stolen|theft|unauthori[sz]ed|without (?:the author['’]?s )?(?:consent|permission)|misappropriated|illicit|"
    r"pilfered|lifted)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(r"\b(?:amazon|royal ?road|report|original (?:site|source))\b", re.IGNORECASE)
_STATUSES = {"COMPLETED": "complete", "ONGOING": "in progress", "HIATUS": "hiatus", "STUB": "", "DROPPED": "dropped",
             "INACTIVE": "dropped"}  # fmt: skip


def _read(page: SavedPage) -> Iterator[ImportedWork]:
    warnings: list[str] = []
    region = story_region(page, _TEXT, warnings, of_chapter=bool(_CHAPTER.search(page.address)))
    if region.is_empty():
        listed = len(page.all("#chapters tbody tr", "table a[href*='/chapter/']"))
        raise front_page(SITE.name, listed) if page.first(".fic-header") else no_story(page, SITE.name)
    details = Details(site=SITE.name)
    _read_head(page, details)
    chapter = page.words(".fic-header h1", "h1")
    _drop_hidden(page, region)
    _open_spoilers(page, region)
    warnings += [*_suggestions(region), *_read_state(page, details)]
    notes, end_notes = _notes(page, region.nodes[0])
    text = region.finish()
    number, total = _place(page, chapter)
    imported = ImportedChapter(
        html=_without_classes(text.chapters[0]), title=chapter, number=number, key=_key(page), notes=notes,
        end_notes=end_notes, published=stamped(attribute(page.first(".profile-info time", "time"), "datetime")),
    )  # fmt: skip
    yield bound(page, details, [imported], text, part=part_of(details, number, total), warnings=warnings)


def _read_head(page: SavedPage, details: Details) -> None:
    story = next((node for node in page.tree.css('.fic-header a[href*="/fiction/"], h2 a[href*="/fiction/"]')
                  if words_of(node) and not _CHAPTER.search(attribute(node, "href"))), None)  # fmt: skip
    data = next((thing for thing in page.linked_data if thing.get("@type") == "Book"), {})
    details.title = words_of(story) or tidy(str(data.get("name", ""))) or _title_from_bar(page)
    author = page.first('.fic-header a[href*="/profile/"]', 'a[href*="/profile/"]')
    add_author(details, page.meta("books:author") or words_of(author), page.link(author))
    link = page.link(story)
    found = _FICTION.search(page.address) or _FICTION.search(link)
    details.site_id = found["story"] if found else ""
    details.url = _CHAPTER.split(page.address)[0] if found and page.address else link or page.address
    details.tag(TagKind.FREEFORM, (words_of(tag) for tag in page.all("a.fiction-tag", 'a[href*="tagsAdd="]')))
    if score := page.meta("books:rating:value"):
        details.counts["score"] = score


def _title_from_bar(page: SavedPage) -> str:
    pieces = page.title.removesuffix("| Royal Road").strip(" |").rsplit(" - ", 1)
    return pieces[-1]


def _read_state(page: SavedPage, details: Details) -> Iterator[str]:
    labels = {words_of(label).upper() for label in page.each(".label")}
    for label in sorted(labels & set(_STATUSES)):
        details.take("Status", _STATUSES[label])
    if "STUB" in labels:
        yield "Royal Road marks this story as a stub: most chapters were taken down, this copy may be the only one."
    warning = next((node for node in page.tree.css("strong") if words_of(node).rstrip(":").startswith("Warning")), None)
    parent = warning.parent if warning else None
    details.take("Warnings", ", ".join(words_of(item) for item in parent.css("li")) if parent else "")


def _place(page: SavedPage, title: str) -> tuple[int | None, int | None]:
    """The place in the list of chapters where the page has one; otherwise the number that the title tells."""
    listed = page.assigned("window.chapters")
    chapters = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    own = _CHAPTER.search(page.address)
    places = [at for at, one in enumerate(chapters, start=1) if own and str(one.get("id")) == own["chapter"]]
    return (places[0] if places else number_in(title)), len(chapters) or None


def _key(page: SavedPage) -> str:
    own = _CHAPTER.search(page.address)
    return own["chapter"] if own else ""


def _drop_hidden(page: SavedPage, region: Region) -> None:
    hidden = hidden_classes(page)
    region.drop("[class]", HIDDEN, lambda node: hidden & set(attribute(node, "class").split()))
    region.drop(".nav-buttons, .portlet-title, .chapter-nav", NAVIGATION)


def _suggestions(region: Region) -> Iterator[str]:
    """A paragraph in sight that reads like a sentence against theft is kept: a story may say this in earnest."""
    for node in region.find("p, div"):
        words = words_of(node)
        if 30 <= len(words) <= 260 and _DEED.search(words) and _WHERE.search(words) and len(node.css("p, div")) == 1:
            yield f"This paragraph reads like a sentence against copying, and was kept: “{words}”"


def _open_spoilers(page: SavedPage, region: Region) -> None:
    for spoiler in region.find("div.spoiler, .spoiler-new"):
        inner = spoiler.css_first(".spoiler-inner")
        if inner is None or region.is_gone(spoiler):
            continue
        label = words_of(spoiler.css_first("strong, .smalltext strong")) or "Spoiler"
        fold(page, spoiler, inner, label)


def _notes(page: SavedPage, text: LexborNode) -> tuple[str, str]:
    """The author's notes before and after the text."""
    before: list[str] = []
    after: list[str] = []
    passed = False
    for node in page.each(".author-note-portlet", ".chapter-content"):
        if node.mem_id == text.mem_id:
            passed = True
        elif "author-note-portlet" in attribute(node, "class").split():
            body = node.css_first(".author-note") or node.css_first(".portlet-body") or node
            (after if passed else before).append((body.inner_html or "").strip())
    return "\n".join(before), "\n".join(after)


def _without_classes(html: str) -> str:
    """Every paragraph may carry a class of random letters, another on each visit; they tell nothing."""
    return re.sub(r'(<(?:p|span|div|td|th|table)\b[^<>]*?) class="cn[A-Za-z0-9]{20,60}"', r"\1", html)


importer = PageImporter("royalroad_page", "Saved page of Royal Road", SITE.recognise, _read)
