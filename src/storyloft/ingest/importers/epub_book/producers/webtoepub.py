"""EPUBs by WebToEpub: one `dc:source` for every chapter, tied to its manifest item."""

from __future__ import annotations

from dataclasses import replace

from storyloft.ingest.imported import ImportedChapter, ImportedSource, ImportedWork
from storyloft.ingest.importers.epub_book.addresses import address_of
from storyloft.ingest.importers.epub_book.book import Book
from storyloft.ingest.importers.epub_book.chapters import furniture_of, tell
from storyloft.ingest.importers.epub_book.facts import facts_of
from storyloft.ingest.importers.epub_book.regions import Region


def is_ours(book: Book) -> bool:
    """Whether WebToEpub is among the contributors."""
    return any("WebToEpub" in name for name in book.package.all("contributor"))


def read(book: Book) -> ImportedWork:
    """The work, each chapter with the address it was fetched from as its key."""
    facts = facts_of(book)
    keys = _addresses_by_path(book)
    facts["source"] = _source(book, facts["source"])
    told = tell(book, book.regions(), furniture_of(book), lambda region, chapter: _finish(region, chapter, keys))
    return ImportedWork(
        **facts,
        chapters=told.chapters,
        pictures=tuple(told.album.pictures.values()),
        removed=told.removed,
        warnings=told.album.warnings,
    )


def _addresses_by_path(book: Book) -> dict[str, str]:
    items = book.package.items
    sources = ((named.id.removeprefix("id."), named.words) for named in book.package.dc.get("source", ()))
    return {items[item].path: url for item, url in sources if item in items}


def _finish(region: Region, chapter: ImportedChapter, keys: dict[str, str]) -> ImportedChapter:
    return replace(chapter, key=keys.get(region.pieces[0].path, ""))


def _source(book: Book, source: ImportedSource) -> ImportedSource:
    """The work's own address is the identifier; the sources are its chapters'."""
    identifiers = [words.removeprefix("uri:") for words in book.package.all("identifier")]
    url = next((words for words in identifiers if words.startswith("http")), source.url)
    address = address_of(url)
    return replace(source, url=url, site=address.site or source.site, site_id=address.site_id or url)
