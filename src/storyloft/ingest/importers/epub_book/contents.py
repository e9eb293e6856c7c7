"""The table of contents, from the navigation document or the NCX: titles and where they point."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from lxml import etree

from storyloft.ingest.imported import NotReadable
from storyloft.ingest.importers.epub_book.container import Files
from storyloft.ingest.importers.epub_book.markup import parse_page, parse_xml, types_of, words_of
from storyloft.ingest.importers.epub_book.package import Package

# Deeper than any book, shallow enough to walk.
_DEEPEST = 20
_TAG = re.compile(rb"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents; `path` is the file's name in the zip, `parent` the title of the line it hangs under."""

    title: str
    path: str
    fragment: str = ""
    depth: int = 0
    parent: str = ""
    leaf: bool = True


def read_contents(files: Files, package: Package) -> tuple[Entry, ...]:
    """The lines that point into the book, in the order written: nav, else NCX; none where both are missing."""
    for item, reader in ((package.nav, _nav), (package.ncx, _ncx)):
        if item and (entries := tuple(reader(files, item.path))):
            return _without_sections(files, entries)
    return ()


def _nav(files: Files, path: str) -> Iterator[Entry]:
    body = parse_page(files.read(path)).body
    navs = [nav for nav in body.iter("nav") if "toc" in types_of(nav)] or list(body.iter("nav"))[:1] or [body]
    top = next(navs[0].iter("ol", "ul"), None)
    if top is not None:
        yield from _nav_list(files, path, top, 0, "")


def _nav_list(files: Files, base: str, items: etree._Element, depth: int, parent: str) -> Iterator[Entry]:
    for line in items.iterchildren("li"):
        label = next(line.iterchildren("a", "span"), None)
        if label is None:
            label = next(line.iter("a"), None)
        below = next(line.iterchildren("ol", "ul"), None) if depth < _DEEPEST else None
        title = words_of(label)
        if label is not None and (entry := _entry(files, base, label.get("href", ""), title)):
            yield replace(entry, depth=depth, parent=parent, leaf=below is None)
        if below is not None:
            yield from _nav_list(files, base, below, depth + 1, title)


def _ncx(files: Files, path: str) -> Iterator[Entry]:
    try:
        points = parse_xml(files.read(path)).find("{*}navMap")
    except etree.XMLSyntaxError:
        return
    if points is not None:
        yield from _ncx_points(files, path, points, 0, "")


def _ncx_points(files: Files, base: str, points: etree._Element, depth: int, parent: str) -> Iterator[Entry]:
    for point in points.iterchildren("{*}navPoint"):
        title = words_of(point.find("{*}navLabel"))
        content = point.find("{*}content")
        below = point.find("{*}navPoint") is not None and depth < _DEEPEST
        if content is not None and (entry := _entry(files, base, content.get("src", ""), title)):
            yield replace(entry, depth=depth, parent=parent, leaf=not below)
        if below:
            yield from _ncx_points(files, base, point, depth + 1, title)


def _entry(files: Files, base: str, href: str, title: str) -> Entry | None:
    path = files.find(href, base) if href else None
    return Entry(title, path, unquote(href.partition("#")[2])) if path else None


def _without_sections(files: Files, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Without the sections of a chapter ("I", "II") that a book of many files lists under the chapter's own file.

    Leaves are chapters, but a story of a collection with three numbered scenes is one story. Only where the parent
    is a whole file, and other files are chapters too: in a book of one file the anchors are the chapters.
    """
    if len({entry.path for entry in entries}) < 3:
        return entries
    kept: list[Entry] = []
    for entry in entries:
        host = _whole_file_above(files, kept, entry)
        if host is None:
            kept.append(entry)
        else:
            kept[host] = replace(kept[host], leaf=True)
    return tuple(kept)


def _whole_file_above(files: Files, kept: list[Entry], entry: Entry) -> int | None:
    """Where the kept line is that this one hangs under within the same file."""
    last = len(kept) - 1
    if last < 0 or not entry.fragment:
        return None
    above = kept[last]
    inside = above.path == entry.path and above.depth < entry.depth
    return last if inside and _opens_file(files, above) else None


def _opens_file(files: Files, entry: Entry) -> bool:
    """Whether a line points to a file's beginning: Kindle books name the place of its heading, never the file."""
    if not entry.fragment:
        return True
    try:
        data = files.read(entry.path)
    except NotReadable:
        return False
    place = re.search(rb"""<[^<>]*\sid=["']%b["']""" % re.escape(entry.fragment.encode()), data)
    return (
        place is not None and not _TAG.sub(b"", data[: place.start()].partition(b"<body")[2].partition(b">")[2]).strip()
    )
