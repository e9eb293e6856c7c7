"""FictionBook 2: one XML file with sections for chapters and pictures as base64 at its end."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import (
    ImportedByline,
    ImportedChapter,
    ImportedPicture,
    ImportedSeries,
    ImportedSource,
    ImportedTag,
    ImportedWork,
    NotReadable,
    Recognition,
)
from storyloft.ingest.importers.epub_book.addresses import address_of
from storyloft.ingest.importers.epub_book.markup import inner_html, parse_xml, plain_name, words_of
from storyloft.ingest.importers.epub_book.package import day
from storyloft.ingest.importers.epub_book.pictures import is_picture
from storyloft.tags.kinds import TagKind

_HREF = "{http://www.w3.org/1999/xlink}href"
_DAMAGED = "The file is damaged; what could be read of it is here, please look it over."
# What FictionBook calls things, and what HTML calls them.
_ELEMENTS = {
    "emphasis": "em",
    "strikethrough": "s",
    "subtitle": "h4",
    "cite": "blockquote",
    "epigraph": "blockquote",
    "annotation": "blockquote",
    "poem": "blockquote",
    "stanza": "p",
    "section": "div",
    "style": "span",
    "text-author": "p",
    "title": "h3",
}
_PICTURE = re.compile(r'src="picture:([^"]*)"')
_Pictures = dict[str, ImportedPicture]


@dataclass(frozen=True)
class FictionBook:
    """Reads FB2 files; raises `NotReadable` where nothing of the XML is left."""

    name: str = "fb2"
    title: str = "FictionBook (FB2)"

    def recognises(self, file: GivenFile) -> Recognition | None:
        """By the root element."""
        return Recognition(80, "It is a FictionBook (FB2).") if file.kind == "fb2" else None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        """The one work of the file."""
        root, damaged = _parsed(file.data)
        for element in root.iter("{*}*"):
            element.tag = plain_name(element)
        pictures = {picture.name: picture for picture in _pictures(root)}
        chapters = tuple(chapter for body in root.iterfind("body") for chapter in _of_body(body, pictures))
        if not chapters:
            raise NotReadable("This FictionBook holds no story text.")
        yield _work(root, chapters, pictures, (_DAMAGED,) if damaged else ())


importer = FictionBook()


def _parsed(data: bytes) -> tuple[etree._Element, bool]:
    try:
        return parse_xml(data), False
    except etree.XMLSyntaxError:
        parser = etree.XMLParser(recover=True, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
        root = etree.fromstring(data, parser)
        if root is None:
            raise NotReadable("This FictionBook is too damaged to be read.") from None
        return root, True


def _work(
    root: etree._Element, chapters: tuple[ImportedChapter, ...], pictures: _Pictures, warnings: tuple[str, ...]
) -> ImportedWork:
    info = root.find("description/title-info")
    info = etree.Element("title-info") if info is None else info
    cover = info.find("coverpage/image")
    shown = pictures.get(_target(cover)) if cover is not None else None
    in_text = _shown(chapters)
    annotation = info.find("annotation")
    if annotation is not None:
        _to_html(annotation, pictures)
    return ImportedWork(
        chapters=chapters,
        title=words_of(info.find("book-title")),
        bylines=tuple(filter(None, map(_byline, info.iterfind("author")))),
        summary="" if annotation is None else inner_html(annotation),
        tags=tuple(_tags(info)),
        series=tuple(_series(info)),
        language=words_of(info.find("lang")),
        source=_source(root, info),
        cover=shown.data if shown else None,
        pictures=tuple(picture for picture in pictures.values() if picture.name in in_text),
        warnings=warnings,
    )


def _byline(author: etree._Element) -> ImportedByline | None:
    parts = (words_of(author.find(name)) for name in ("first-name", "middle-name", "last-name"))
    name = " ".join(filter(None, parts)) or words_of(author.find("nickname"))
    return ImportedByline(name=name, url=words_of(author.find("home-page"))) if name else None


def _tags(info: etree._Element) -> Iterator[ImportedTag]:
    keywords = [word.strip() for word in words_of(info.find("keywords")).split(",")]
    genres = [words_of(genre).replace("_", " ") for genre in info.iterfind("genre")]
    for name in dict.fromkeys(filter(None, (*genres, *keywords))):
        yield ImportedTag(TagKind.FREEFORM, name)


def _series(info: etree._Element) -> Iterator[ImportedSeries]:
    for sequence in info.iterfind("sequence"):
        if name := sequence.get("name"):
            yield ImportedSeries(title=name, position=sequence.get("number", ""))


def _source(root: etree._Element, info: etree._Element) -> ImportedSource:
    written = info.find("date")
    published = None if written is None else day(written.get("value", "") or words_of(written))
    url = words_of(root.find("description/document-info/src-url"))
    address = address_of(url)
    identifier = words_of(root.find("description/document-info/id"))
    return ImportedSource(
        site=address.site, url=url, site_id=address.site_id or url or identifier, published=published
    )  # fmt: skip


def _of_body(body: etree._Element, pictures: _Pictures) -> Iterator[ImportedChapter]:
    """A body's chapters; a body with a name holds notes and stays together."""
    if body.get("name"):
        title = _take_title(body) or (body.get("name") or "").capitalize()
        yield from _chapter(body, title, pictures)
        return
    # The title of the main body repeats the book's.
    _take_title(body)
    yield from _chapters(body, "", pictures)


def _chapters(section: etree._Element, title: str, pictures: _Pictures) -> Iterator[ImportedChapter]:
    """Leaves are chapters; what a part says before its first chapter is a chapter of its own."""
    below = [child for child in section.iterchildren("section") if child.find("title") is not None]
    if section.tag != "body":
        below = below if len(below) > 1 else []
    for child in below:
        section.remove(child)
    yield from _chapter(section, title, pictures)
    for child in below:
        yield from _chapters(child, _take_title(child), pictures)


def _chapter(section: etree._Element, title: str, pictures: _Pictures) -> Iterator[ImportedChapter]:
    language = section.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    _to_html(section, pictures)
    html = inner_html(section)
    if words_of(section) or "<img" in html:
        yield ImportedChapter(html=html, title=title, language=language)


def _take_title(section: etree._Element) -> str:
    title = section.find("title")
    if title is None:
        return ""
    section.remove(title)
    return ". ".join(filter(None, map(words_of, title.iter("p")))) or words_of(title)


def _to_html(top: etree._Element, pictures: _Pictures) -> None:
    for element in top.iterdescendants("*"):
        parent = element.getparent()
        if element.tag == "empty-line":
            element.tag, element.text = "p", "\xa0"
        elif element.tag == "image":
            _show(element, pictures)
        elif element.tag == "v":
            element.tag = "span"
            element.append(etree.Element("br"))
        elif element.tag == "a":
            _keep_outside_link(element)
        elif element.tag == "p" and parent is not None and parent.tag == "h3":
            element.tag, element.tail = "span", " "
        elif (html := _ELEMENTS.get(element.tag)) is not None:
            element.tag = html


def _show(element: etree._Element, pictures: _Pictures) -> None:
    name, alt = _target(element), element.get("alt", "")
    element.attrib.clear()
    element.tag = "img" if name in pictures else "span"
    if name in pictures:
        element.set("src", f"picture:{name}")
        element.set("alt", alt)


def _keep_outside_link(link: etree._Element) -> None:
    href = link.get(_HREF, "")
    link.attrib.clear()
    if href.startswith(("http://", "https://")):
        link.set("href", href)


def _target(element: etree._Element) -> str:
    return (element.get(_HREF) or element.get("href") or "").removeprefix("#")


def _pictures(root: etree._Element) -> Iterator[ImportedPicture]:
    for binary in root.iterfind("binary"):
        try:
            data = base64.b64decode(binary.text or "")
        except (binascii.Error, ValueError):
            continue
        if is_picture(data):
            yield ImportedPicture(name=binary.get("id", ""), data=data)


def _shown(chapters: tuple[ImportedChapter, ...]) -> frozenset[str]:
    return frozenset(name for chapter in chapters for name in _PICTURE.findall(chapter.html))
