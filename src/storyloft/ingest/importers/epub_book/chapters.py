"""From regions to chapters: furniture left out and reported, titles taken, styles and pictures brought along."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from storyloft.ingest.imported import ImportedChapter, NotReadable, Removed, Rule
from storyloft.ingest.importers.epub_book import styles
from storyloft.ingest.importers.epub_book.book import Book
from storyloft.ingest.importers.epub_book.headings import take_title
from storyloft.ingest.importers.epub_book.markup import HEADINGS, XML_LANG, inner_html, words_of
from storyloft.ingest.importers.epub_book.matter import PART_TITLE, removed, rule_for
from storyloft.ingest.importers.epub_book.pictures import Album
from storyloft.ingest.importers.epub_book.regions import Region

RuleFor = Callable[[Region], Rule | None]
Finish = Callable[[Region, ImportedChapter], ImportedChapter | None]
NO_CHAPTERS = "This EPUB holds no story text."


@dataclass(frozen=True)
class Told:
    """The chapters of a book, what was left out, the pictures they show, and what to tell."""

    chapters: tuple[ImportedChapter, ...]
    removed: tuple[Removed, ...]
    album: Album


def tell(book: Book, regions: list[Region], rule: RuleFor, finish: Finish | None = None) -> Told:
    """Make a chapter of every region that is not furniture. `finish` may add what a producer knows, or refuse it."""
    chapters: list[ImportedChapter] = []
    left_out: list[Removed] = []
    album = Album(book.files)
    by_parts = _titles_repeat(regions)
    for region in regions:
        why = rule(region) or (PART_TITLE if _only_a_heading(region) else None)
        if why:
            left_out += filter(None, [removed(region, why)])
        elif made := _chapter(book, region, album, by_parts):
            chapters += filter(None, [finish(region, made) if finish else made])
    if not chapters:
        raise NotReadable(NO_CHAPTERS)
    return Told(tuple(chapters), tuple(left_out), album)


def furniture_of(book: Book) -> RuleFor:
    """What is furniture in a book of no known producer."""
    title, authors = book.package.title, book.package.authors
    return lambda region: rule_for(region, title, authors)


def dress(book: Book, region: Region, album: Album) -> None:
    """Bring styles and pictures into a region's text."""
    for piece in region.pieces:
        styles.apply(piece.body, book.classes)
        album.collect(piece.body, piece.path)


def language_of(region: Region, usual: str) -> str:
    """The language of a region's document where it is another than the book's."""
    root = region.pieces[0].page.root
    said = root.get(XML_LANG) or root.get("lang") or ""
    return "" if said.partition("-")[0].lower() == usual.partition("-")[0].lower() else said


def _chapter(book: Book, region: Region, album: Album, by_parts: bool) -> ImportedChapter | None:
    said = region.entry.title if region.entry else ""
    title = take_title(region.pieces[0].body, said) or _head_title(book, region)
    if by_parts and region.entry and region.entry.parent not in ("", book.package.title):
        title = f"{region.entry.parent}: {title}"
    dress(book, region, album)
    html = "\n".join(filter(None, (inner_html(piece.body) for piece in region.pieces)))
    return ImportedChapter(html=html, title=title, language=language_of(region, book.package.first("language")))


def _head_title(book: Book, region: Region) -> str:
    """What the document calls itself, where that is not just the book's name or the file's."""
    named = words_of(region.pieces[0].page.root.find("head/title"))
    usual = {book.package.title.casefold(), "unknown", "untitled", "cover", ""}
    return "" if region.entry or named.casefold() in usual or named.endswith((".html", ".xhtml")) else named


def _only_a_heading(region: Region) -> bool:
    """Whether a part's region is its heading alone; a chapter of one line must stay."""
    if region.entry and region.entry.leaf:
        return False
    bodies = [piece.body for piece in region.pieces]
    if any(next(body.iter("img", "{*}svg"), None) is not None for body in bodies):
        return False
    said = sum(len(words_of(heading)) for body in bodies for heading in body.iter(*HEADINGS))
    words = region.words
    return len(words) - words.count(" ") <= said or _says(region)


def _says(region: Region) -> bool:
    return region.entry is not None and region.words.casefold() == region.entry.title.casefold()


def _titles_repeat(regions: list[Region]) -> bool:
    """Whether several parts count their chapters anew ("Chapter 1"): the part's name then belongs to every title."""
    counts = Counter(region.entry.title for region in regions if region.entry and region.entry.parent)
    return any(number > 1 for number in counts.values())
