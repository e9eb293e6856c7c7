"""Saved parts of Wattpad stories: data first, then the page's own marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from storyloft.ingest.imported import ImportedChapter, ImportedWork, Recognition, Rule
from storyloft.ingest.importers.pages.binding import bound, part_of
from storyloft.ingest.importers.pages.importer import PageImporter, Site
from storyloft.ingest.importers.pages.page import SavedPage, attribute, tidy, words_of
from storyloft.ingest.importers.pages.polish import embedded
from storyloft.ingest.importers.pages.refusals import front_page, no_story
from storyloft.ingest.importers.pages.region import Region
from storyloft.ingest.importers.pages.wattpad_data import WattpadData, read_head
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.headings import number_in

SITE = Site("Wattpad", ("wattpad.com", "dk390jyuckgat.cloudfront.net"), ("p[data-p-id]", "div.panel-reading pre"))
BUBBLE = Rule("wattpad-comment-bubble", "The count of comments that Wattpad shows beside a paragraph.")
BANNED = Rule("wattpad-banned-picture", "What Wattpad writes in the place of a picture it does not show.")
SAME_PAGE = Rule("wattpad-same-page", "The same text page a second time.")

_BUBBLES = (
    '.component-wrapper, [class*="comment-marker"], [class*="commentMarker"], [class*="num-comment"], '
    '[class*="inline-comment"], [data-testid*="comment"]'
)
_BANNED = "Oops! This image does not follow our content guidelines."


def _recognise(page: SavedPage) -> Recognition | None:
    if "window.prefetched" in page.html and page.tree.css_first("p[data-p-id]"):
        return Recognition(98, "The page holds Wattpad's data and its numbered paragraphs.")
    return SITE.recognise(page)


def _read(page: SavedPage) -> Iterator[ImportedWork]:
    text_pages = page.tree.css("div[data-page-number]")
    region = Region(page, _text_nodes(page, text_pages))
    data = WattpadData.of(page)
    _drop_furniture(region, text_pages)
    if region.is_empty():
        listed = len(page.all(".story-parts ul li a", "ul.table-of-contents li a"))
        raise front_page(SITE.name, listed) if page.first(".story-info__title") else no_story(page, SITE.name)
    details = Details(site=SITE.name)
    title = tidy(data.part_title) or page.words("h1.h2", "header h1", "h1")
    read_head(page, data, title, details)
    warnings = [*_missing_pages(text_pages, data), *_words_missing(region, data)]
    text = region.finish()
    number = data.number or number_in(title)
    chapter = ImportedChapter(html=text.chapters[0], title=title, number=number, key=data.part_id,
                              published=data.part_day)  # fmt: skip
    cover = embedded(page, attribute(page.first("[data-testid=cover] img", ".cover img"), "src")) or None
    part = part_of(details, number, data.total)
    yield bound(page, details, [chapter], text, part=part, cover=cover, warnings=warnings)


def _text_nodes(page: SavedPage, text_pages: list[LexborNode]) -> list[LexborNode]:
    """The elements with the paragraphs: one in each text page, else wherever marked paragraphs stand."""
    if text_pages:
        ordered = sorted(text_pages, key=_page_number)
        return [node.css_first("pre") or node.css_first(".panel-reading") or node for node in ordered]
    found: dict[int, LexborNode] = {}
    for paragraph in page.tree.css("p[data-p-id]"):
        parent = paragraph.parent
        if parent is not None:
            found.setdefault(parent.mem_id, parent)
    return list(found.values()) or page.all("div.panel-reading pre", "div.panel-reading")


def _page_number(node: LexborNode) -> int:
    value = attribute(node, "data-page-number")
    return int(value) if value.isdecimal() and len(value) < 6 else 0


def _drop_furniture(region: Region, text_pages: list[LexborNode]) -> None:
    region.drop(_BUBBLES, BUBBLE)
    region.drop("span", BUBBLE, _is_bubble)
    region.drop("p", BANNED, lambda node: words_of(node).startswith(_BANNED) and len(words_of(node)) < 200)
    region.drop("p", BUBBLE, lambda node: not node.attributes and node.child is None)  # what a bubble's end left
    said: dict[tuple[int, str], bool] = {}
    for node in region.nodes if text_pages else []:
        page = next((around for around in text_pages if _holds(around, node)), node)
        same = (_page_number(page), words_of(node))
        if said.get(same):
            for child in node.iter():
                region.drop_node(child, SAME_PAGE)
        said[same] = True


def _holds(around: LexborNode, node: LexborNode) -> bool:
    inner: LexborNode | None = node
    while inner is not None:
        if inner.mem_id == around.mem_id:
            return True
        inner = inner.parent
    return False


def _is_bubble(node: LexborNode) -> bool:
    """A span beside the paragraphs, or one with nothing but a number at the end of a paragraph."""
    parent = node.parent
    if parent is not None and parent.tag in ("div", "pre", "section"):
        return parent.css_first("p[data-p-id]") is not None
    return bool(node.attributes) and bool(re.fullmatch(r"\d{1,4}\+?", words_of(node))) and node.next is None


def _missing_pages(text_pages: list[LexborNode], data: WattpadData) -> Iterator[str]:
    """A saved page holds only the text pages to which its reader scrolled."""
    numbers = {_page_number(node) for node in text_pages if words_of(node)} or {1}
    total = max(data.pages, *numbers)
    missing = [number for number in range(1, total + 1) if number not in numbers]
    if missing:
        verb = "are" if len(missing) > 1 else "is"
        noun = "text pages" if len(missing) > 1 else "text page"
        yield f"{noun.capitalize()} {_ranges(missing)} of {total} {verb} not in this saved page."


def _ranges(numbers: list[int]) -> str:
    """ "2–4, 7" for 2, 3, 4, 7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _words_missing(region: Region, data: WattpadData) -> Iterator[str]:
    """Where the page tells how many words the part has, a text of far fewer is cut, whatever its pages say."""
    here = region.words()
    if data.pages <= 1 and data.words > 100 and here < 0.7 * data.words:
        yield f"Wattpad counts {data.words:,} words in this part; only {here:,} are in this saved page."


importer = PageImporter("wattpad_page", "Saved page of Wattpad", _recognise, _read)
