"""Pictures and links of a chapter: pictures packed beside the work, links into the book made plain."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from dataclasses import dataclass, field

from lxml import etree

from storyloft.ingest.imported import ImportedPicture, NotReadable
from storyloft.ingest.importers.epub_book.container import Files
from storyloft.ingest.importers.epub_book.markup import parse_page
from storyloft.ingest.importers.epub_book.package import Item, Package

_XLINK = "{http://www.w3.org/1999/xlink}href"
_OUTSIDE = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_UNSAFE = re.compile(r"[^\w.-]+")
_SIGNATURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_INSIDE_SVG = re.compile(rb"data:image/(?:jpe?g|png|gif|webp);base64,([A-Za-z0-9+/=\s]+)")
_DATA_URL = re.compile(r"data:image/[\w.+-]+;base64,(.*)", re.DOTALL)


def is_picture(data: bytes) -> bool:
    """Whether the bytes are a PNG, JPEG, GIF or WebP, whatever they are called."""
    return data.startswith(_SIGNATURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def raster(data: bytes) -> bytes | None:
    """The picture itself, or the largest one drawn inside an SVG; None for other drawings."""
    if is_picture(data):
        return data
    inside = [found for packed in _INSIDE_SVG.findall(data) if (found := _unpacked(packed)) and is_picture(found)]
    return max(inside, key=len, default=None)


@dataclass
class Album:
    """The pictures that the chapters show, each packed once, and what could not be kept."""

    files: Files
    pictures: dict[str, ImportedPicture] = field(default_factory=dict)
    missing: int = 0
    drawings: int = 0
    _named: dict[str, str] = field(default_factory=dict)

    def collect(self, body: etree._Element, base: str) -> None:
        """Point every picture at its packed copy and make links into the book plain text."""
        for link in body.iter("a"):
            if (href := link.get("href")) is not None and not _OUTSIDE.match(href.strip()):
                del link.attrib["href"]
        for drawing in list(body.iter("{*}svg")):
            self._unwrap(drawing)
        for picture in list(body.iter("img")):
            self._pack(picture, base)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to tell about pictures that are not there."""
        told = []
        if self.missing:
            told.append(f"{_count(self.missing, 'picture is', 'pictures are')} named in the text but not in the file.")
        if self.drawings:
            told.append(f"{_count(self.drawings, 'drawing', 'drawings')} (SVG) could not be kept; the original has it.")
        return tuple(told)

    def _unwrap(self, drawing: etree._Element) -> None:
        """A picture that an SVG only frames becomes a plain `img`; any other drawing is left out and counted."""
        parent = drawing.getparent()
        if parent is None:
            return
        framed = next(drawing.iter("{*}image"), None)
        href = None if framed is None else framed.get(_XLINK) or framed.get("href")
        plain = etree.Element("img", {"src": href}) if href else etree.Element("span")
        plain.tail = drawing.tail
        parent.replace(drawing, plain)
        self.drawings += not href

    def _pack(self, picture: etree._Element, base: str) -> None:
        src = (picture.get("src") or "").strip()
        if _OUTSIDE.match(src):
            return
        name = self._name_of(src, base)
        if name:
            picture.set("src", f"picture:{name}")
        else:
            _say_instead(picture)

    def _name_of(self, src: str, base: str) -> str:
        path = src if src.startswith("data:") else self.files.find(src, base) if src else None
        if path is None:
            self.missing += 1
            return ""
        if path not in self._named:
            self._named[path] = self._add(path)
        return self._named[path]

    def _add(self, path: str) -> str:
        try:
            data = _from_data_url(path) if path.startswith("data:") else self.files.read(path)
        except NotReadable:
            self.missing += 1
            return ""
        if not (found := raster(data)):
            self.drawings += 1
            return ""
        name = self._free_name("picture" if path.startswith("data:") else posixpath.basename(path))
        self.pictures[name] = ImportedPicture(name=name, data=found)
        return name

    def _free_name(self, wanted: str) -> str:
        plain = _UNSAFE.sub("-", wanted).strip("-.") or "picture"
        name, number = plain, 2
        while name in self.pictures:
            name, number = f"{number}-{plain}", number + 1
        return name


def cover_of(files: Files, package: Package, first_page: Item) -> bytes | None:
    """The cover's bytes: `cover-image`, else `meta name="cover"` (id or address), else the guide, else the only
    picture of the first page (`ebook-formats.md` §2)."""
    for path in _cover_paths(files, package, first_page):
        if path and (found := _read(files, path)):
            return found
    return None


def _cover_paths(files: Files, package: Package, first_page: Item) -> list[str | None]:
    marked = next((item.path for item in package.items.values() if "cover-image" in item.properties), None)
    named = package.metas.get("cover", "")
    by_meta = package.items[named].path if named in package.items else files.find(named, package.path)
    guide = files.find(package.guide.get("cover", ""), package.path) if package.guide.get("cover") else None
    return [marked, by_meta if named else None, guide, first_page.path]


def _read(files: Files, path: str) -> bytes | None:
    try:
        data = files.read(path)
    except NotReadable:
        return None
    if found := raster(data):
        return found
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] != b"<" or b"<svg" in data[:300]:
        return None
    body = parse_page(data).body
    shown = [p.get("src") or p.get(_XLINK) or p.get("href") or "" for p in body.iter("img", "{*}image")]
    inside = files.find(shown[0], path) if len(shown) == 1 and shown[0] else None
    return raster(files.read(inside)) if inside else None


def _say_instead(picture: etree._Element) -> None:
    """A picture that cannot be shown leaves its description in the text."""
    words = (picture.get("alt") or "").strip()
    tail = picture.tail
    picture.clear()
    picture.tag, picture.tail = "span", tail
    picture.text = f"[{words}]" if words else None


def _from_data_url(url: str) -> bytes:
    found = _DATA_URL.match(url)
    return (_unpacked(found[1].encode()) if found else None) or b""


def _unpacked(packed: bytes) -> bytes | None:
    try:
        return base64.b64decode(packed)
    except (binascii.Error, ValueError):
        return None


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
