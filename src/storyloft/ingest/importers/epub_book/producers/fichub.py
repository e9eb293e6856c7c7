"""EPUBs by FicHub: an introduction page with the original's address; the identifier is FicHub's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from storyloft.ingest.imported import ImportedSource, ImportedWork, Rule, Status
from storyloft.ingest.importers.epub_book.addresses import Address, address_of
from storyloft.ingest.importers.epub_book.book import Book
from storyloft.ingest.importers.epub_book.chapters import furniture_of, tell
from storyloft.ingest.importers.epub_book.facts import facts_of
from storyloft.ingest.importers.epub_book.markup import Page, words_of
from storyloft.ingest.importers.epub_book.matter import TOOL_PAGE
from storyloft.ingest.importers.epub_book.package import day
from storyloft.ingest.importers.epub_book.regions import Region

_MARK = "FicHub"
_STATUS: dict[str, Status] = {"complete": "complete", "ongoing": "in_progress", "incomplete": "in_progress",
                              "abandoned": "abandoned", "hiatus": "hiatus"}  # fmt: skip
_FACT = re.compile(r"(Status|Published|Updated|Words|Fandom|Genre|Rating):\s*(.+)")


def is_ours(book: Book) -> bool:
    """Whether there is an introduction that names FicHub."""
    return _introduction(book) is not None


def read(book: Book) -> ImportedWork:
    """The work with the address of its original."""
    found = _introduction(book)
    assert found is not None
    path, page = found
    facts = facts_of(book)
    said = dict(_said(page))
    facts["source"] = _source(page, facts["source"], said)
    told = tell(book, book.regions(), lambda region: _rule(book, region, path))
    return ImportedWork(
        **facts,
        status=_STATUS.get(said.get("status", "").lower(), "unknown"),
        chapters=told.chapters,
        pictures=tuple(told.album.pictures.values()),
        removed=told.removed,
        warnings=told.album.warnings,
    )


def _introduction(book: Book) -> tuple[str, Page] | None:
    for path, page in book.pages[:3]:
        if "introduction" in path.rpartition("/")[2] and _MARK in words_of(page.body):
            return path, page
    return None


def _said(page: Page) -> Iterator[tuple[str, str]]:
    for line in page.body.iter("p", "li"):
        if found := _FACT.match(words_of(line)):
            yield found[1].lower(), found[2]


def _rule(book: Book, region: Region, introduction: str) -> Rule | None:
    return TOOL_PAGE if region.pieces[0].path == introduction else furniture_of(book)(region)


def _source(page: Page, source: ImportedSource, said: dict[str, str]) -> ImportedSource:
    address = _original(page)
    return replace(
        source,
        site=address.site or source.site,
        url=address.url or source.url,
        site_id=address.site_id or address.url or source.site_id,
        published=day(said.get("published", "")) or source.published,
        updated=day(said.get("updated", "")) or source.updated,
        counts={"words": said["words"]} if "words" in said else {},
        facts={name: said[name] for name in ("fandom", "genre", "rating") if name in said},
    )


def _original(page: Page) -> Address:
    """The link after "Original source:", else the first link to a known site's story."""
    links = [link.get("href") or "" for link in page.body.iter("a")]
    for link in page.body.iter("a"):
        parent = link.getparent()
        if parent is not None and "original source" in words_of(parent).lower():
            links.insert(0, link.get("href") or "")
    found = [address_of(url) for url in links if url.startswith("http") and "fichub" not in url]
    return next((address for address in found if address.site_id), found[0] if found else Address(""))
