"""Saved pages of eFiction archives: the printable view, which holds everything, and single chapters of any skin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from storyloft.ingest.imported import ImportedChapter, ImportedWork, Recognition, Rule
from storyloft.ingest.importers.pages.address import host_of
from storyloft.ingest.importers.pages.binding import add_author, bound, part_of
from storyloft.ingest.importers.pages.importer import PageImporter
from storyloft.ingest.importers.pages.main_text import main_region
from storyloft.ingest.importers.pages.page import SavedPage, attribute, tidy, words_of
from storyloft.ingest.importers.pages.refusals import front_page, no_story
from storyloft.ingest.importers.pages.region import Region, Text
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.headings import number_in

JUMPING = Rule("efiction-jumping", "Links and boxes of the archive for going to other chapters and for reviewing.")

_ID = re.compile(r"viewstory\.php\?(?:[^\"'#]{0,200}&(?:amp;)?)?sid=(?P<story>\d{1,10})")
_CHAPTER = re.compile(r"[?&;]chapter=(?P<chapter>\d{1,5})\b")
_NUMBERED = re.compile(r"^(?P<number>\d{1,5})\. ?(?P<title>.*)$")
_BY = re.compile(r"^(?P<title>.+?) by (?P<author>.+)$")
_FURNITURE = ".jumpmenu, #jump, #prev, #next, #pagelinks, .review, #review, .reviewform, #reviewform, #sort, #respond"
_END_NOTES = re.compile(r"end ?notes?", re.IGNORECASE)
_STORY_NOTES = re.compile(r"story ?notes?", re.IGNORECASE)
_LABELS = {"categories": "Fandom", "completed": "Status", "word count": "Words", "chapters": "Chapters"}
_ENOUGH = 30  # words of main text that make a page without marks a chapter rather than an index


@dataclass
class _Chapter:
    """A chapter as its pieces come along in the printable view."""

    title: str = ""
    notes: list[str] = field(default_factory=list)
    end_notes: list[str] = field(default_factory=list)
    text: LexborNode | None = None


def _recognise(page: SavedPage) -> Recognition | None:
    archived = page.tree.css_first("#archivedat") is not None
    ours = _ID.search(page.html) is not None
    if archived and ours:
        return Recognition(95, "The page says where in an eFiction archive the story is.")
    if ours and page.tree.css_first("#pagetitle, .chaptertitle, .infobox, #story, .chapter, a[href*='viewuser.php']"):
        return Recognition(85, "The page links to stories the way eFiction archives do.")
    return None


def _read(page: SavedPage) -> Iterator[ImportedWork]:
    details = Details()
    _read_head(page, details)
    _read_infobox(page, details)
    chapters = _printed(page, details)
    if len(chapters) > 1 or (chapters and not _place(page)[1]):
        yield _whole(page, details, chapters)
    else:
        yield _single(page, details, chapters)


def _read_head(page: SavedPage, details: Details) -> None:
    heading = page.first("#pagetitle")
    links = heading.css("a[href]") if heading else []
    title = next((link for link in links if "viewstory.php" in attribute(link, "href")), None)
    authors = [link for link in links if "viewuser.php" in attribute(link, "href")]
    said = _BY.match(words_of(heading)) or _BY.match(page.title)
    details.title = words_of(title) or (said["title"] if said else words_of(heading))
    for author in authors:
        add_author(details, words_of(author), _absolute(page, author))
    if not authors and said:
        details.byline(said["author"])
    _read_source(page, details)


def _archived_at(page: SavedPage) -> str:
    node = page.first("#archivedat")
    link = node.css_first("a[href]") if node else None
    said = re.search(r"https?://\S+", words_of(node))
    return attribute(link, "href") or (said[0] if said else "")


def _absolute(page: SavedPage, link: LexborNode) -> str:
    return urljoin(page.address or _archived_at(page), attribute(link, "href"))


def _read_source(page: SavedPage, details: Details) -> None:
    """The archive is known by its host; the story by its number there."""
    address = next((found for found in (_archived_at(page), page.address) if _ID.search(found)), page.address)
    found = _ID.search(address) or _ID.search(page.html)
    details.site, details.site_id = host_of(address) or "eFiction archive", found["story"] if found else ""
    base = address.partition("viewstory.php")[0]
    details.url = f"{base}viewstory.php?sid={details.site_id}" if found and base.startswith("http") else address
    if not host_of(address):
        details.site_id = ""  # the number means nothing without the archive


def _read_infobox(page: SavedPage, details: Details) -> None:
    box = page.first(".infobox .content", ".infobox")
    for label in box.css(".label") if box else []:
        name = words_of(label).rstrip(": ")
        html, words = _value_after(label)
        if name.lower() == "summary":
            details.summary = html
        elif name.lower() == "read":
            details.counts["reads"] = words
        elif words.lower() not in ("", "none"):
            details.take(_LABELS.get(name.lower(), name), words)


def _value_after(label: LexborNode) -> tuple[str, str]:
    """The HTML and the words between a label and the next one."""
    html, words, node = [], [], label.next
    while node is not None and "label" not in attribute(node, "class").split():
        html.append(node.html or "")
        words.append(node.text() if node.is_element_node else node.text_content or "")
        node = node.next
    return re.sub(r"^(?:\s|<br\s*/?>)+|(?:\s|<br\s*/?>)+$", "", "".join(html)), tidy("".join(words)).strip(" ,")


def _printed(page: SavedPage, details: Details) -> list[_Chapter]:
    """The chapters as titles, notes and texts follow one another; notes after a text go with it where they say so."""
    chapters = [_Chapter()]
    for node in page.each(".chaptertitle", ".notes", ".endnotes", ".chapter", "#story"):
        names = {*attribute(node, "class").split(), attribute(node, "id")}
        if "chaptertitle" in names:
            if chapters[-1].text is not None or chapters[-1].title:
                chapters.append(_Chapter())
            chapters[-1].title = _chapter_title(node, details)
        elif names & {"notes", "endnotes"}:
            _take_note(node, names, chapters, details)
        elif chapters[-1].text is None or words_of(chapters[-1].text):
            if chapters[-1].text is not None:
                chapters.append(_Chapter())
            chapters[-1].text = node
    if len(chapters) > 1 and chapters[-1].text is None:
        chapters[-2].end_notes += chapters.pop().notes
    return [chapter for chapter in chapters if chapter.text is not None and words_of(chapter.text)]


def _take_note(node: LexborNode, names: set[str], chapters: list[_Chapter], details: Details) -> None:
    label = words_of(node.css_first(".title"))
    body = node.css_first(".noteinfo") or node
    html = (body.inner_html or "").strip()
    if _STORY_NOTES.match(label):
        details.notes += html
    elif "endnotes" in names or _END_NOTES.search(label):
        chapters[-1].end_notes.append(html)
    elif chapters[-1].text is not None:
        chapters.append(_Chapter(notes=[html]))
    else:
        chapters[-1].notes.append(html)


def _chapter_title(node: LexborNode, details: Details) -> str:
    """The title, without the author's name that the archive prints behind it."""
    said = _BY.match(words_of(node))
    links = [link for link in node.css("a") if "viewuser.php" in attribute(link, "href")]
    known = {byline.name for byline in details.bylines}
    return said["title"] if said and (links or said["author"] in known) else words_of(node)


def _whole(page: SavedPage, details: Details, printed: list[_Chapter]) -> ImportedWork:
    total, chapters = Text([], []), []
    for number, one in enumerate(printed, start=1):
        region = Region(page, [one.text] if one.text is not None else [])
        region.drop(_FURNITURE, JUMPING)
        text = region.finish()
        total.absorb(text, number - 1)
        chapters.append(ImportedChapter(html=text.chapters[0], title=one.title, number=number, key=f"chapter={number}",
                                        notes="".join(one.notes), end_notes="".join(one.end_notes)))  # fmt: skip
    return bound(page, details, chapters, total)


def _single(page: SavedPage, details: Details, printed: list[_Chapter]) -> ImportedWork:
    """One chapter, in whatever skin: the marked text, else the main text of the page."""
    one = printed[0] if printed else _Chapter()
    region = Region(page, [one.text]) if one.text is not None else main_region(page)
    region.drop(_FURNITURE, JUMPING)
    number, total = _place(page)
    for note in region.find(".notes, .endnotes"):
        _take_note(note, set(), [one], details)
        region.drop_node(note, None)
    if region.words() < (1 if one.text is not None else _ENOUGH):
        listed = {attribute(link, "href") for link in page.tree.css('a[href*="chapter="]')}
        raise front_page(details.site, len(listed)) if listed else no_story(page, details.site)
    text = region.finish()
    title = one.title or _jump_title(page, number)
    chapter = ImportedChapter(html=text.chapters[0], title=title, number=number or number_in(title),
                              key=f"chapter={number}" if number else "", notes="".join(one.notes),
                              end_notes="".join(one.end_notes))  # fmt: skip
    return bound(page, details, [chapter], text, part=part_of(details, chapter.number, total))


def _options(page: SavedPage) -> list[LexborNode]:
    return page.all('select[name="chapter"] option', ".jumpmenu select option", "#jump select option")


def _place(page: SavedPage) -> tuple[int | None, int | None]:
    options = [option for option in _options(page) if _NUMBERED.match(words_of(option))]
    chosen = next((option for option in options if "selected" in option.attributes), None)
    found = _NUMBERED.match(words_of(chosen)) if chosen else _CHAPTER.search(page.address)
    return (int(found[1]) if found else None), len(options) or None


def _jump_title(page: SavedPage, number: int | None) -> str:
    for option in _options(page):
        found = _NUMBERED.match(words_of(option))
        if found and int(found["number"]) == number:
            return tidy(found["title"])
    return ""


importer = PageImporter("efiction_page", "Saved page of an eFiction archive", _recognise, _read)
