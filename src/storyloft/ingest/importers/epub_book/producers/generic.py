"""A book of any producer: the package document, and the chapters that the contents name."""

from __future__ import annotations

from storyloft.ingest.imported import ImportedWork
from storyloft.ingest.importers.epub_book.book import Book
from storyloft.ingest.importers.epub_book.chapters import furniture_of, tell
from storyloft.ingest.importers.epub_book.facts import facts_of


def read(book: Book) -> ImportedWork:
    """The work as its package document and contents tell it."""
    facts = facts_of(book)
    told = tell(book, book.regions(), furniture_of(book))
    return ImportedWork(
        **facts,
        chapters=told.chapters,
        pictures=tuple(told.album.pictures.values()),
        removed=told.removed,
        warnings=told.album.warnings,
    )
