"""EPUBs of AO3 and its software: made by calibre since 2019, by the archive itself from 2011, and our own editions.

Regions come from the contents alone, never from classes: calibre gives a centred paragraph the message line's class,
repeats the wrappers' ids in every file, and starts a new file at an author's heading (`ao3-formats.md` §4).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from storyloft.ingest.imported import (
    ImportedByline,
    ImportedChapter,
    ImportedSource,
    ImportedWork,
    NotReadable,
    Removed,
)
from storyloft.ingest.importers.ao3.heads import Head, chapter, read_end_notes, read_head
from storyloft.ingest.importers.ao3.labels import AO3
from storyloft.ingest.importers.ao3.preface import Afterword, Preface, read_afterword, read_preface
from storyloft.ingest.importers.ao3.work import work
from storyloft.ingest.importers.epub_book.addresses import address_of
from storyloft.ingest.importers.epub_book.book import Book
from storyloft.ingest.importers.epub_book.chapters import NO_CHAPTERS, RuleFor, dress, furniture_of, language_of
from storyloft.ingest.importers.epub_book.facts import facts_of, urls_of
from storyloft.ingest.importers.epub_book.markup import inner_html, words_of
from storyloft.ingest.importers.epub_book.matter import CONTENTS, removed
from storyloft.ingest.importers.epub_book.pictures import Album
from storyloft.ingest.importers.epub_book.regions import Region

_WRAPPERS = frozenset({"preface", "chapters", "afterword"})
_LABELS = frozenset({"rating", "fandom", "fandoms", "stats"})
_WORK_ID = re.compile(r"/works/(\d+)")
_FIRST_PAGES = 2


def is_ours(book: Book) -> bool:
    """Whether the first pages hold the archive's tag list and message line."""
    for _path, page in book.pages[: _FIRST_PAGES + 1]:
        labels = {words_of(term).rstrip(":").lower() for term in page.body.iter("dt")}
        if labels & _LABELS and any(_is_message(line) for line in page.body.iter("p")):
            return True
    return False


def read(book: Book) -> ImportedWork:
    """The work as its preface tells it; the package document only fills what the preface leaves empty."""
    found, listings = _without_listings(book.regions(), furniture_of(book))
    before, regions, after = _parts(found)
    album = Album(book.files)
    preface = read_preface(_html(book, before, album))
    end = read_afterword(_html(book, after, album)) if after else Afterword()
    told = [_chapter(book, region, album, place) for place, region in enumerate(regions)]
    made = [(head, each) for head, each in told if each.html]
    if not made:
        raise NotReadable(NO_CHAPTERS)
    whole = work(_completed(preface, book), [each for _head, each in made], [head for head, _each in made], end)
    return replace(
        whole,
        source=_original(book, whole.source) if whole.source else None,
        language=facts_of(book)["language"] or whole.language,
        series=whole.series or book.package.series,
        pictures=tuple(album.pictures.values()),
        removed=listings,
        warnings=(*whole.warnings, *album.warnings),
    )


def _original(book: Book, posted: ImportedSource) -> ImportedSource:
    """The first source of an edition of an imported work: `dc:source` names it beside the archive that made the book,
    and it, not that archive, is what another copy of the story shares."""
    url = next(iter(urls_of(book.package, "source")), "")
    if "edition of" in posted.facts or not url or url.rstrip("/") == posted.url.rstrip("/"):
        return posted
    address = address_of(url)
    work_id = address.site_id or next(iter(_WORK_ID.findall(url)), url)
    site = address.site or book.package.first("publisher") or posted.site
    return replace(posted, site=site, url=url, site_id=work_id, facts={**posted.facts, "edition of": posted.url})


def _without_listings(regions: list[Region], rule: RuleFor) -> tuple[list[Region], tuple[Removed, ...]]:
    """The regions without the list of contents that converters put behind the afterword, or before the preface."""
    listings = [region for region in regions if region.entry is None and rule(region) is CONTENTS]
    told = filter(None, (removed(region, CONTENTS) for region in listings))
    return [region for region in regions if region not in listings], tuple(told)


def _parts(regions: list[Region]) -> tuple[list[Region], list[Region], list[Region]]:
    """Preface, chapters, afterword. An author's own "Preface" or "Afterword" is a chapter: only the first region up
    to the tag list and byline, and the last one, are the archive's."""
    start = next((n for n, region in enumerate(regions) if region.entry and region.entry.title == "Preface"), None)
    first = start + 1 if start is not None else _after_byline(regions)
    last = len(regions)
    if last - 1 > first and _title(regions[-1]) in ("Afterword", "afterword"):
        last -= 1
    return regions[:first], regions[first:last], regions[last:]


def _after_byline(regions: list[Region]) -> int:
    """Without contents: the preface is as long as the pages up to the one with the tag list, and the title's."""
    tags = next((n for n, region in enumerate(regions) if _has_tags(region)), 0)
    follows = tags + 1 < len(regions) - 1 and next(regions[tags + 1].pieces[0].body.iter("h1"), None) is not None
    return tags + 1 + follows


def _has_tags(region: Region) -> bool:
    return any(next(piece.body.iter("dl"), None) is not None for piece in region.pieces)


def _title(region: Region) -> str:
    if region.entry:
        return region.entry.title
    return words_of(next(region.pieces[0].body.iter("h2"), None))


def _completed(preface: Preface, book: Book) -> Preface:
    """The preface with what only the package document has left: a broken first page must not cost the title."""
    facts = facts_of(book)
    names = [name for author in book.package.authors for name in author.split(", ")]
    bylines = tuple(ImportedByline(name=name) for name in names if name.casefold() not in ("anonymous", "unknown"))
    return replace(
        preface,
        title=preface.title or facts["title"],
        site=preface.site or book.package.first("publisher") or AO3,
        bylines=preface.bylines if preface.title else bylines,
        summary=preface.summary or (facts["summary"] if not preface.title else ""),
        tags=preface.tags or facts["tags"],
    )


@dataclass(frozen=True, slots=True)
class _Split:
    head: list[etree._Element]
    text: list[etree._Element]
    end: list[etree._Element]


def _chapter(book: Book, region: Region, album: Album, place: int) -> tuple[Head, ImportedChapter]:
    dress(book, region, album)
    split = _split(part for piece in region.pieces for part in _unwrapped(piece.body))
    head = read_head("".join(map(_outer, split.head)))
    html = "\n".join(filter(None, (inner_html(e) if _is_text(e) else _outer(e) for e in split.text))).strip()
    made = chapter(head, html, read_end_notes("".join(map(_outer, split.end))), place)
    return head, replace(made, language=language_of(region, book.package.first("language")))


def _split(parts: Iterable[etree._Element]) -> _Split:
    """The frame before the text, the text, and the frame with the end notes."""
    split = _Split([], [], [])
    for part in parts:
        if _is_end(part):
            split.end.append(part)
        elif _is_text(part) or split.text:
            split.text.append(part)
        else:
            split.head.append(part)
    # A converter may have lost the text's wrapper: then all that is no heading is text, so that nothing goes missing.
    return split if split.text else _Split(split.head[:1], split.head[1:], split.end)


def _unwrapped(body: etree._Element) -> Iterator[etree._Element]:
    """What stands inside the wrappers that calibre reopens in every file; its empty page breaks are left out."""
    for part in body.iterchildren("*"):
        if part.tag == "div" and part.get("id") in _WRAPPERS:
            yield from _unwrapped(part)
        elif not _is_page_break(part):
            yield part


def _is_page_break(part: etree._Element) -> bool:
    marks = (f"{each.get('id') or ''} {each.get('class') or ''}" for each in part.iter("div"))
    return any("calibre_pb" in mark for mark in marks) and not words_of(part) and next(part.iter("img"), None) is None


def _is_text(part: etree._Element) -> bool:
    return part.tag == "div" and any(name.startswith("userstuff") for name in part.get("class", "").split())


def _is_end(part: etree._Element) -> bool:
    return part.tag == "div" and (part.get("id") or "").startswith("endnotes") and not _is_text(part)


def _is_message(line: etree._Element) -> bool:
    return words_of(line).find("Posted originally on") >= 0


def _html(book: Book, regions: list[Region], album: Album) -> str:
    """A region of the archive's frame as HTML; links to the archive stay whole."""
    for region in regions:
        for piece in region.pieces:
            album.collect(piece.body, piece.path)
    return "".join(inner_html(piece.body) for region in regions for piece in region.pieces)


def _outer(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", method="html", with_tail=False)
