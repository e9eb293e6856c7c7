"""EPUB 2 and 3 of any producer: what the first pages say, then the package document, then the headings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedSource, ImportedWork, Recognition
from storyloft.ingest.importers.epub_book.book import Book, open_epub
from storyloft.ingest.importers.epub_book.pictures import cover_of
from storyloft.ingest.importers.epub_book.producers import ao3, fanficfare, fichub, generic, webtoepub

# Each asks whether the book is its own; the first that says yes reads it.
_PRODUCERS: tuple[tuple[Callable[[Book], bool], Callable[[Book], ImportedWork]], ...] = (
    (fanficfare.is_ours, fanficfare.read),
    (ao3.is_ours, ao3.read),
    (fichub.is_ours, fichub.read),
    (webtoepub.is_ours, webtoepub.read),
)


@dataclass(frozen=True)
class Epub:
    """Reads EPUBs; raises `NotReadable` for locked, damaged and empty ones."""

    name: str = "epub"
    title: str = "EPUB"

    def recognises(self, file: GivenFile) -> Recognition | None:
        """By what is inside the file, whatever its name says."""
        return Recognition(80, "It is an EPUB book.") if file.kind == "epub" else None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        """The book as one work, however many stories it holds."""
        book = open_epub(file.data)
        cover = cover_of(book.files, book.package, book.package.spine[0])
        reader = next((read for is_ours, read in _PRODUCERS if is_ours(book)), generic.read)
        work = reader(book)
        source = None if work.source == ImportedSource() else work.source
        yield replace(work, source=source, cover=cover, warnings=(*book.warnings, *work.warnings))


importer = Epub()
