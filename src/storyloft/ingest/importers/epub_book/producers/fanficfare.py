"""EPUBs by FanFicFare: a title page of labels, a stable key, an address for every chapter (`ebook-formats.md` §3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from storyloft.ingest.imported import (
    ImportedChapter,
    ImportedSeries,
    ImportedSource,
    ImportedTag,
    ImportedWork,
    NotReadable,
    Rule,
    Status,
)
from storyloft.ingest.importers.ao3.languages import code_for
from storyloft.ingest.importers.epub_book.addresses import address_of
from storyloft.ingest.importers.epub_book.book import Book
from storyloft.ingest.importers.epub_book.chapters import NO_CHAPTERS, furniture_of, tell
from storyloft.ingest.importers.epub_book.facts import facts_of, rating_tag, urls_of
from storyloft.ingest.importers.epub_book.markup import inner_html, words_of
from storyloft.ingest.importers.epub_book.matter import CONTENTS, COVER, TITLE_PAGE, TOOL_PAGE
from storyloft.ingest.importers.epub_book.package import day
from storyloft.ingest.importers.epub_book.regions import Region
from storyloft.tags.kinds import TagKind, warning_for

_KINDS = {
    "fandoms": TagKind.FANDOM,
    "category": TagKind.FANDOM,
    "characters": TagKind.CHARACTER,
    "relationships": TagKind.RELATIONSHIP,
    "pairings": TagKind.RELATIONSHIP,
    "ships": TagKind.RELATIONSHIP,
    "genre": TagKind.FREEFORM,
    "freeform tags": TagKind.FREEFORM,
    "warnings": TagKind.WARNING,
    "ao3 categories": TagKind.CATEGORY,
}
_COUNTS = ("words", "kudos", "hits", "bookmarks", "comments", "reviews", "favs", "follows", "reads", "votes")
_READ = frozenset({*_KINDS, *_COUNTS, "summary", "series", "rating", "language", "status", "published", "updated",
                   "publisher", "packaged", "chapters"})  # fmt: skip
_STATUS: dict[str, Status] = {
    "completed": "complete", "complete": "complete", "in-progress": "in_progress", "in progress": "in_progress",
    "hiatus": "hiatus", "abandoned": "abandoned", "dropped": "abandoned",
}  # fmt: skip
_SERIES = re.compile(r"(?P<title>.+?)\s*\[(?P<position>[\d.]+)\]$")
_FAILED = "chapter url removed due to failure"
_ERROR = "(CHAPTER ERROR)"
_NEW = re.compile(r"^(\d+\.\s+)?\(new\)\s+", re.IGNORECASE)
_STAMPED = re.compile(r"^Last Update( Year/Month)?:", re.IGNORECASE)
_FILES = {"title_page": TITLE_PAGE, "toc_page": CONTENTS, "log_page": TOOL_PAGE, "cover": COVER}
UIDS = ("fanficfare-uid", "fanficdownloader-uid")


def is_ours(book: Book) -> bool:
    """Whether FanFicFare (or its ancestor) made the book, by its key or its name among the contributors."""
    package = book.package
    keyed = any(named.id in UIDS for named in package.dc.get("identifier", ()))
    return keyed or any(name.startswith(("FanFicFare", "fanficdownloader")) for name in package.all("contributor"))


def read(book: Book) -> ImportedWork:
    """The work as the title page tells it; chapters that could not be fetched are missing, never text."""
    labels = _labels(book)
    facts = facts_of(book)
    failed: list[str] = []
    told = tell(book, book.regions(), lambda region: _rule(book, region), lambda r, c: _finish(r, c, failed))
    if not told.chapters:
        raise NotReadable(NO_CHAPTERS)
    facts["tags"] = _tags(labels, book) or facts["tags"]
    facts["series"] = tuple(_series(labels)) or facts["series"]
    facts["source"] = _source(book, labels, facts["source"])
    facts["summary"] = _said(labels, "summary", html=True) or facts["summary"]
    facts["language"] = code_for(_said(labels, "language")) or facts["language"]
    warnings = [
        f'The chapter "{title}" could not be fetched when the book was made; it is missing.' for title in failed
    ]
    return ImportedWork(
        **facts,
        status=_STATUS.get(_status(book, labels), "unknown"),
        chapters=told.chapters,
        pictures=tuple(told.album.pictures.values()),
        removed=told.removed,
        warnings=(*warnings, *told.album.warnings),
    )


def _rule(book: Book, region: Region) -> Rule | None:
    piece = region.pieces[0]
    stem = piece.path.rpartition("/")[2].partition(".")[0]
    marked = _FILES.get(re.sub(r"_u\d*$", "", stem))
    return marked or (None if _meta(region, "chapterurl") else furniture_of(book)(region))


def _finish(region: Region, chapter: ImportedChapter, failed: list[str]) -> ImportedChapter | None:
    key = _meta(region, "chapterurl")
    title = _meta(region, "chapterorigtitle") or _NEW.sub(r"\1", chapter.title)
    if key == _FAILED or chapter.title.endswith(_ERROR):
        failed.append(title.removesuffix(_ERROR).strip())
        return None
    return replace(chapter, title=title, key=key)


def _meta(region: Region, name: str) -> str:
    for meta in region.pieces[0].page.root.iterfind("head/meta"):
        if meta.get("name") == name:
            return (meta.get("content") or "").strip()
    return ""


_Labels = dict[str, etree._Element]


def _labels(book: Book) -> _Labels:
    """The title page's labels, small and without colon, each with an element that holds its value."""
    for path, page in book.pages:
        if "fff_titlepage" in (page.body.get("class") or "") or "title_page" in path:
            return dict(_pairs(page.body))
    return {}


def _pairs(body: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Both layouts: `<b>Label:</b> value<br/>` lines, and a table of two columns."""
    for bold in body.iter("b"):
        words = words_of(bold)
        cell = bold.getparent()
        if not words.endswith(":"):
            continue
        value = cell.getnext() if cell is not None and cell.tag == "td" else None
        yield words.rstrip(":").strip().lower(), _until_next(bold) if value is None else value


def _until_next(bold: etree._Element) -> etree._Element:
    """What follows a label up to the next label, in an element of its own."""
    value = etree.Element("div")
    value.text = bold.tail
    for following in list(bold.itersiblings()):
        if following.tag == "b" and words_of(following).endswith(":"):
            break
        value.append(deepcopy(following))
    while len(value) and value[-1].tag == "br" and not (value[-1].tail or "").strip():
        value.remove(value[-1])
    return value


def _said(labels: _Labels, name: str, *, html: bool = False) -> str:
    value = labels.get(name)
    if value is None:
        return ""
    return inner_html(value) if html else words_of(value)


def _tags(labels: _Labels, book: Book) -> tuple[ImportedTag, ...]:
    """Tags by the label they stand under. A label of AO3's own ("Fandoms") says more than "Category"."""
    if not labels:
        return _flat_tags(book)
    found = rating_tag(_said(labels, "rating"))
    for name, kind in _KINDS.items():
        if name == "category" and "fandoms" in labels:
            continue
        for words in _split(_said(labels, name)):
            warning = warning_for(words) if kind is TagKind.WARNING else None
            found.append(ImportedTag(kind, warning or words))
    return tuple(dict.fromkeys(found))


def _flat_tags(book: Book) -> tuple[ImportedTag, ...]:
    """Without a title page the subjects are all there is; the ones about updates and state are no tags."""
    return tuple(
        tag for tag in facts_of(book)["tags"]
        if not _STAMPED.match(tag.name) and tag.name.lower() not in _STATUS
    )  # fmt: skip


def _split(words: str) -> list[str]:
    return [part.strip() for part in words.split(", ") if part.strip()]


def _series(labels: _Labels) -> Iterator[ImportedSeries]:
    value = labels.get("series")
    if value is None:
        return
    link = next(value.iter("a"), None)
    found = _SERIES.match(words_of(value))
    yield ImportedSeries(
        title=found["title"] if found else words_of(value),
        position=found["position"] if found else "",
        url="" if link is None else link.get("href") or "",
    )


def _source(book: Book, labels: _Labels, source: ImportedSource) -> ImportedSource:
    key = next((named.words for named in book.package.dc.get("identifier", ()) if named.id in UIDS), "")
    url = next(iter(urls_of(book.package)), source.url)
    address = address_of(url) if url else None
    known = address if address and address.site_id else None
    return replace(
        source,
        url=url,
        site=known.site if known else _said(labels, "publisher") or book.package.first("publisher"),
        site_id=known.site_id if known else re.sub(r"^(?:urn:)?(?:fanfic\w+-uid:)", "", key) or url,
        published=day(_said(labels, "published")) or source.published,
        updated=day(_said(labels, "updated")) or source.updated,
        counts={name: _said(labels, name) for name in _COUNTS if _said(labels, name)},
        facts={name: _said(labels, name) for name in labels if name not in _READ and _said(labels, name)},
    )


def _status(book: Book, labels: _Labels) -> str:
    said = _said(labels, "status").lower()
    return said or next((words.lower() for words in book.package.all("subject") if words.lower() in _STATUS), "")
