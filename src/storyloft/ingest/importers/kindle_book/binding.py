"""An EPUB bound from what was unpacked of an older Kindle book: its details, contents, text and pictures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from storyloft.ingest.decoding import decode
from storyloft.ingest.importers.epub_book.markup import EPUB_TYPE, parse_xml, words_of
from storyloft.ingest.importers.kindle_book import frame
from storyloft.ingest.importers.kindle_book.layout import forget_places, settle
from storyloft.ingest.importers.kindle_book.pages import KindlePage, Line, pages_of

_OPF = "http://www.idpf.org/2007/opf"
_CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile'
    ' full-path="content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


@dataclass(frozen=True)
class Unpacked:
    """The folder of an older book: `book.html`, and beside it `content.opf`, `toc.ncx`, `Images`, as far as there."""

    folder: Path

    @property
    def text(self) -> str:
        """The text with its markup."""
        return decode(self._bytes("book.html")).text

    def xml(self, name: str) -> etree._Element | None:
        """The root of one of the files beside the text; None where it is missing or damaged."""
        try:
            return parse_xml(self._bytes(name))
        except etree.XMLSyntaxError:
            return None

    def pictures(self) -> Iterator[tuple[str, bytes]]:
        """The name and bytes of each picture."""
        for path in sorted((self.folder / "Images").glob("*")):
            if path.is_file():
                yield f"Images/{path.name}", path.read_bytes()

    def _bytes(self, name: str) -> bytes:
        path = self.folder / name
        return path.read_bytes() if path.is_file() else b""


def bound(book: Unpacked) -> bytes:
    """The book as an EPUB, in memory."""
    contents, listing = _contents(book.xml("toc.ncx")), _place_of_listing(book.xml("content.opf"))
    pages = pages_of(book.text, contents)
    if frame.is_of_archive(pages):
        frame.restore(pages)
    names = {f"page{number:04d}.xhtml": page for number, page in enumerate(pages, 1)}
    ncx, listings = _ncx(names), [page for page in pages if listing and page.lists(listing)]
    for page in pages:
        forget_places(page.body, [place for place in page.entries if not page.begins_at(place)])
        for parent in (*page.body.iterchildren("div"), page.body):
            settle(parent)
    texts = {name: _document(page, "toc" if page in listings else "") for name, page in names.items()}
    pictures = dict(book.pictures())
    package = _package(book.xml("content.opf"), list(texts), list(pictures))
    return _packed({"content.opf": package, "toc.ncx": ncx, **texts, **pictures})


def _packed(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", _CONTAINER)
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _contents(ncx: etree._Element | None) -> dict[str, Line]:
    """Each place that the contents name, with its line; the deepest of several lines for one place says most."""
    found: dict[str, Line] = {}
    for point in () if ncx is None else ncx.iter("{*}navPoint"):
        content = point.find("{*}content")
        place = "" if content is None else content.get("src", "").partition("#")[2]
        if place:
            nested = next(point.iterancestors("{*}navPoint"), None) is not None
            found[place] = Line(words_of(point.find("{*}navLabel")), nested and place not in found)
    return found


def _place_of_listing(package: etree._Element | None) -> str:
    """The place of the list of contents that converters put into the text, whatever its language."""
    found = () if package is None else package.iter("{*}reference")
    return next((f.get("href", "").partition("#")[2] for f in found if f.get("type", "").lower() == "toc"), "")


def _package(said: etree._Element | None, pages: list[str], pictures: list[str]) -> bytes:
    root = etree.fromstring(f'<package xmlns="{_OPF}" version="2.0"/>')
    metadata = None if said is None else said.find("{*}metadata")
    root.append(etree.Element(f"{{{_OPF}}}metadata") if metadata is None else metadata)
    known = {} if said is None else {item.get("href", ""): item.get("id", "") for item in said.iter("{*}item")}
    manifest = etree.SubElement(root, f"{{{_OPF}}}manifest")
    spine = etree.SubElement(root, f"{{{_OPF}}}spine", {"toc": "ncx"})
    _add(manifest, "ncx", "toc.ncx", "application/x-dtbncx+xml")
    for name in pages:
        _add(manifest, name, name, "application/xhtml+xml")
        etree.SubElement(spine, f"{{{_OPF}}}itemref", {"idref": name})
    for name in pictures:
        _add(manifest, known.get(name) or name, name, "image/jpeg")
    return etree.tostring(root)


def _add(manifest: etree._Element, name: str, href: str, media_type: str) -> None:
    etree.SubElement(manifest, f"{{{_OPF}}}item", {"id": name, "href": href, "media-type": media_type})


def _ncx(pages: Mapping[str, KindlePage]) -> bytes:
    """The contents in the order of the text: in an older book every line is a chapter, whatever hangs under what."""
    root = etree.Element("ncx")
    points = etree.SubElement(root, "navMap")
    for name, page in pages.items():
        for place, title in page.entries.items():
            point = etree.SubElement(points, "navPoint")
            etree.SubElement(etree.SubElement(point, "navLabel"), "text").text = title
            etree.SubElement(point, "content", {"src": name if page.begins_at(place) else f"{name}#{place}"})
    return etree.tostring(root)


def _document(page: KindlePage, kind: str) -> bytes:
    root = etree.Element("html")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = page.heading
    root.append(page.body)
    if kind:
        page.body.set(EPUB_TYPE, kind)
    return etree.tostring(root, encoding="utf-8")
