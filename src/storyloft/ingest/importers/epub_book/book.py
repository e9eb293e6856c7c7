"""An EPUB opened: its files, package, contents, pages parsed once, and what its style sheets mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from storyloft.ingest.imported import NotReadable
from storyloft.ingest.importers.epub_book import styles
from storyloft.ingest.importers.epub_book.container import Files, open_book, package_path
from storyloft.ingest.importers.epub_book.contents import Entry, read_contents
from storyloft.ingest.importers.epub_book.headings import first_heading
from storyloft.ingest.importers.epub_book.markup import Page, parse_page
from storyloft.ingest.importers.epub_book.matter import rule_for
from storyloft.ingest.importers.epub_book.package import Item, Package, read_package
from storyloft.ingest.importers.epub_book.regions import Piece, Region, by_page, cut

_NOT_A_PAGE = ("image/", "audio/", "video/", "font/", "text/css")


@dataclass(frozen=True)
class Book:
    """`pages` are (name in the zip, page) in reading order; `entries` the lines of the contents."""

    files: Files
    package: Package
    entries: tuple[Entry, ...]
    pages: list[tuple[str, Page]]
    classes: Mapping[str, styles.Meaning]
    warnings: tuple[str, ...] = ()

    def regions(self) -> list[Region]:
        """The book cut at its contents; page by page where it has none worth the name. Takes the pages apart."""
        if self._contents_say_nothing():
            return by_page(self.pages, _continues)
        return cut(self.pages, self.entries, self._is_furniture)

    def _is_furniture(self, piece: Piece) -> bool:
        return rule_for(Region(None, [piece]), self.package.title, self.package.authors) is not None

    def _contents_say_nothing(self) -> bool:
        """Converters write a single line "Start" for a book of many pages; headings then know better."""
        targets = {(entry.path, entry.fragment) for entry in self.entries}
        if len(targets) != 1:
            return not targets
        return sum(bool(first_heading(page.body)) for _path, page in self.pages) > 1


def open_epub(data: bytes) -> Book:
    """Open an EPUB; raises `NotReadable` with a plain sentence where it is locked, damaged or no book."""
    files = open_book(data)
    package = read_package(files, package_path(files))
    warnings: list[str] = []
    pages = list(_pages(files, package.spine, warnings))
    if not pages:
        raise NotReadable("None of the pages of this EPUB can be read.")
    if broken := sum(page.repaired for _path, page in pages):
        warnings.append(f"{_pages_are(broken)} not written as EPUB asks and had to be repaired; please check.")
    sheets = [_sheet(files, item) for item in package.items.values() if item.media_type == "text/css"]
    sheets += [style.text or "" for _path, page in pages for style in page.root.iterfind("head/style")]
    return Book(files, package, read_contents(files, package), pages, styles.meanings(sheets), tuple(warnings))


def _pages(files: Files, spine: tuple[Item, ...], warnings: list[str]) -> Iterator[tuple[str, Page]]:
    for item in spine:
        if not item.media_type.startswith(_NOT_A_PAGE):
            try:
                yield item.path, parse_page(files.read(item.path))
            except NotReadable as why:
                warnings.append(f"A page of the book ({item.path}) could not be read: {why}")


def _sheet(files: Files, item: Item) -> str:
    try:
        return files.read(item.path).decode("utf-8", "replace")
    except NotReadable:
        return ""


def _continues(before: str, piece: Piece) -> bool:
    """Whether a page is the rest of the one before: calibre's `NAME_split_001` without a heading."""
    stem, split, _number = piece.path.rpartition("_split_")
    return bool(split) and before.startswith(f"{stem}_split_") and not first_heading(piece.body)


def _pages_are(number: int) -> str:
    return "One page was" if number == 1 else f"{number} pages were"
