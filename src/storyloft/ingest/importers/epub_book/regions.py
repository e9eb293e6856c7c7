"""A book cut at its table of contents: a target owns everything up to the next target, across files.

Rule: `ebook-formats.md` §2. Converters split long chapters over files; files that no line names belong to the
chapter before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from storyloft.ingest.importers.epub_book.contents import Entry
from storyloft.ingest.importers.epub_book.markup import Page, spaced_words_of, words_of


@dataclass(frozen=True, slots=True)
class Piece:
    """What a region owns of one file: `body` holds it, `page` is the whole document (head, language, type)."""

    path: str
    page: Page
    body: etree._Element


@dataclass(frozen=True, slots=True)
class Region:
    """Everything from one target to the next; `entry` is None where no line of the contents names it."""

    entry: Entry | None
    pieces: list[Piece]

    @property
    def words(self) -> str:
        """The text of the region in one line."""
        return " ".join(filter(None, (spaced_words_of(piece.body) for piece in self.pieces)))


StandsAlone = Callable[[Piece], bool]


def cut(pages: Iterable[tuple[str, Page]], entries: tuple[Entry, ...], stands_alone: StandsAlone) -> list[Region]:
    """The book's regions in reading order. Pages before the first target, and pages that by themselves stand alone
    (a colophon that the contents leave out), are regions of their own."""
    targets: defaultdict[str, list[Entry]] = defaultdict(list)
    for line in entries:
        targets[line.path].append(line)
    regions: list[Region] = []
    chapter: Region | None = None
    for path, page in pages:
        for entry, body in _cut_page(page, targets.get(path, [])):
            piece = Piece(path, page, body)
            if entry is None and chapter is not None and not (body is page.body and stands_alone(piece)):
                chapter.pieces.append(piece)
                continue
            regions.append(Region(entry, [piece]))
            chapter = regions[-1] if entry else chapter
    return regions


def by_page(pages: Iterable[tuple[str, Page]], continues: Callable[[str, Piece], bool]) -> list[Region]:
    """A region for every page, where a book has no contents; a page that continues the one before joins it."""
    regions: list[Region] = []
    before = ""
    for path, page in pages:
        piece = Piece(path, page, page.body)
        if regions and continues(before, piece):
            regions[-1].pieces.append(piece)
        else:
            regions.append(Region(None, [piece]))
        before = path
    return regions


def _cut_page(page: Page, entries: list[Entry]) -> Iterator[tuple[Entry | None, etree._Element]]:
    """The page's parts in order, each with the line that names it; None for what stands before the first line."""
    points = _points(page.body, entries)
    parts = [(entry, _split_before(page.body, element)) for entry, element in reversed(points) if element is not None]
    first = next((entry for entry, element in points if element is None), None)
    if first is not None or _holds_something(page.body) or not parts:
        yield first, page.body
    yield from reversed(parts)


def _points(body: etree._Element, entries: list[Entry]) -> list[tuple[Entry, etree._Element | None]]:
    """Where the lines point, in document order; None is the top of the page. One line for each place."""
    places = _places(body) if any(entry.fragment for entry in entries) else {}
    chosen: dict[int, tuple[Entry, etree._Element | None]] = {}
    for entry in entries:
        place, element = places.get(entry.fragment, (-1, None))
        # A part and its first chapter may share a place: the chapter's line says more.
        if place not in chosen or entry.depth > chosen[place][0].depth:
            chosen[place] = (entry, element)
    return [chosen[place] for place in sorted(chosen)]


def _places(body: etree._Element) -> dict[str, tuple[int, etree._Element | None]]:
    """Each id's place: the outermost element that begins there; the top of the page where nothing stands before."""
    found: dict[str, tuple[int, etree._Element | None]] = {}
    order: dict[etree._Element, int] = {}
    for number, element in enumerate(body.iter("*")):
        order[element] = number
        for name in filter(None, (element.get("id"), element.get("name") if element.tag == "a" else None)):
            if name not in found:
                outer = _outermost(element, body)
                found[name] = (-1, None) if outer is body else (order[outer], outer)
    return found


def _outermost(element: etree._Element, body: etree._Element) -> etree._Element:
    while element is not body:
        parent = element.getparent()
        if parent is None or element.getprevious() is not None or (parent.text or "").strip():
            return element
        element = parent
    return body


def _split_before(body: etree._Element, element: etree._Element) -> etree._Element:
    """Move the element and all that follows into a body of its own, its parents reopened around it."""
    right = [element, *element.itersiblings()]
    while True:
        parent = element.getparent()
        assert parent is not None
        shell = etree.Element(parent.tag, {str(key): str(value) for key, value in parent.attrib.items()})
        shell.extend(right)
        if parent is body:
            return shell
        shell.tail, parent.tail = parent.tail, None
        right = [shell, *parent.itersiblings()]
        element = parent


def _holds_something(body: etree._Element) -> bool:
    return next(body.iter("img", "{*}svg"), None) is not None or bool(words_of(body))
