"""OpenDocument texts (ODT): a walk of our own over `content.xml`, for italics there are styles of styles of styles."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lxml import etree

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedPicture, ImportedWork, NotReadable, Recognition
from storyloft.ingest.importers.manuscript.binding import work_of
from storyloft.ingest.importers.manuscript.blocks import Block, Properties, Run, escaped, marked_up
from storyloft.ingest.unpack import BoundedZip, open_zip

# OpenDocument 1.3, part 3: the names of elements and attributes used below.
_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_STYLE, _TEXT, _FO = _OASIS % "style", _OASIS % "text", _OASIS % "xsl-fo-compatible"
_ROW, _XLINK = _OASIS % "table" + "table-row", "{http://www.w3.org/1999/xlink}"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_SKIPPED = {"tracked-changes", "annotation", "annotation-end", "sequence-decls", "forms", "bookmark", "soft-page-break",
            "table-of-content", "note-citation", "variable-decls", "desc", "title"}  # fmt: skip
_DEEPEST_STYLE = 20
_MACROS = "The document carries macros; they were left out."
_LOCKED = "This document is locked with a password; save it without one and give it again."


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, its parents' words included: inline elements it turns on and off, and its place."""

    on: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    centred: bool = False
    name: str = ""  # the named style it descends from, "Title" or "Heading 1"

    def over(self, marks: frozenset[str]) -> frozenset[str]:
        """The marks that hold where this style is laid over others."""
        return (marks - self.off) | self.on


@dataclass(slots=True)
class _Styles:
    """Every style of the document, resolved through its parents when first asked for."""

    elements: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    resolved: dict[tuple[str, str], Style] = field(default_factory=dict)

    def add(self, root: etree._Element) -> None:
        for element in root.iter(f"{_STYLE}style"):
            self.elements[element.get(f"{_STYLE}family", ""), element.get(f"{_STYLE}name", "")] = element

    def of(self, family: str, name: str | None, depth: int = 0) -> Style:
        """The style by name; a chain that bites its own tail ends after twenty."""
        key = (family, name or "")
        if key not in self.resolved:
            element = self.elements.get(key)
            self.resolved[key] = Style() if element is None or depth > _DEEPEST_STYLE else self._read(element, depth)
        return self.resolved[key]

    def _read(self, element: etree._Element, depth: int) -> Style:
        family, name = element.get(f"{_STYLE}family", ""), element.get(f"{_STYLE}name", "")
        parent = self.of(family, element.get(f"{_STYLE}parent-style-name"), depth + 1)
        told = {str(key): str(value) for properties in element for key, value in properties.attrib.items()}
        on, off = set(parent.on), set(parent.off)
        for mark, is_on in _marks_told(told):
            (on if is_on else off).add(mark)
            (off if is_on else on).discard(mark)
        aligned = told.get(f"{_FO}text-align")
        above = element.getparent()
        automatic = above is not None and str(above.tag).endswith("automatic-styles")
        centred = aligned == "center" if aligned else parent.centred
        return Style(frozenset(on), frozenset(off), centred, parent.name if automatic else name)


def _marks_told(told: dict[str, str]) -> Iterator[tuple[str, bool]]:
    if value := told.get(f"{_FO}font-style"):
        yield "em", value in ("italic", "oblique")
    if value := told.get(f"{_FO}font-weight"):
        yield "strong", value == "bold" or (value.isdigit() and int(value) >= 600)
    for mark, name in (("u", "text-underline-style"), ("s", "text-line-through-style")):
        if value := told.get(f"{_STYLE}{name}"):
            yield mark, value != "none"
    if value := told.get(f"{_STYLE}text-position"):
        yield "sup", value.startswith("super")
        yield "sub", value.startswith("sub")


@dataclass(slots=True)
class _Walk:
    """From elements to blocks, with the pictures and notes met on the way."""

    parts: BoundedZip
    styles: _Styles
    pictures: list[ImportedPicture] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        for child in parent:
            match _local(child):
                case "p":
                    yield self._paragraph(child, 0)
                case "h":
                    level = child.get(f"{_TEXT}outline-level", "1")
                    yield self._paragraph(child, min(int(level), 6) if level.isdigit() else 1)
                case "list" | "table" as kind:
                    made = self._list(child) if kind == "list" else self._table(child)
                    yield Block(html=made, words=_words(child))
                case name if name not in _SKIPPED:
                    yield from self.blocks(child)

    def _paragraph(self, element: etree._Element, level: int) -> Block:
        style = self.styles.of("paragraph", element.get(f"{_TEXT}style-name"))
        runs = list(self._runs(element, style.on - {"strong"} if level else style.on))
        words = _words(element)
        tag = f"h{level}" if level and words else "p"
        align = ' align="center"' if style.centred else ""
        bold = bool(words) and all("strong" in marks for marks, inside in runs if inside.strip())
        return Block(
            html=f"<{tag}{align}>{marked_up(runs).strip()}</{tag}>",
            words=words,
            level=level if words else 0,
            stands_out=style.centred or bold,
            is_title=style.name == "Title",
        )

    def _runs(self, element: etree._Element, marks: frozenset[str]) -> Iterator[Run]:
        yield marks, escaped(element.text)
        for child in element:
            yield from self._inline(child, marks)
            yield marks, escaped(child.tail)

    def _inline(self, element: etree._Element, marks: frozenset[str]) -> Iterator[Run]:
        name = _local(element)
        if name == "s":
            count = element.get(f"{_TEXT}c", "1")
            yield marks, " " * min(int(count) if count.isdigit() else 1, 1_000)
        elif name in ("tab", "line-break"):
            yield marks, "\t" if name == "tab" else "<br>"
        elif name == "span":
            yield from self._runs(element, self.styles.of("text", element.get(f"{_TEXT}style-name")).over(marks))
        elif name == "a":
            inside = marked_up(self._runs(element, frozenset()))
            yield marks, f'<a href="{html.escape(element.get(f"{_XLINK}href", ""))}">{inside}</a>'
        elif name == "image":
            yield marks, self._picture(element.get(f"{_XLINK}href", ""))
        elif name == "note":
            yield marks, self._note(element)
        elif name not in _SKIPPED:
            yield from self._runs(element, marks)

    def _picture(self, href: str) -> str:
        ending = PurePosixPath(href).suffix.lower()
        if href not in self.parts or ending not in _PICTURES:
            return ""
        self.pictures.append(ImportedPicture(name=f"{len(self.pictures) + 1}{ending}", data=self.parts.read(href)))
        return f'<img src="picture:{self.pictures[-1].name}" alt="">'

    def _note(self, element: etree._Element) -> str:
        """A footnote goes to the end, as in print; its number stays."""
        bodies = [marked_up(self._runs(body, frozenset())) for body in element.iter(f"{_TEXT}p")]
        self.notes.append(" ".join(bodies))
        return f"<sup>{len(self.notes)}</sup>"

    def _list(self, element: etree._Element) -> str:
        items = "".join(f"<li>{''.join(block.html for block in self.blocks(item))}</li>" for item in element)
        return f"<ul>{items}</ul>"

    def _table(self, element: etree._Element) -> str:
        rows = "".join(f"<tr>{self._cells(row)}</tr>" for row in element.iter(_ROW))
        return f"<table>{rows}</table>"

    def _cells(self, row: etree._Element) -> str:
        cells = (cell for cell in row if _local(cell) == "table-cell")
        return "".join(f"<td>{''.join(block.html for block in self.blocks(cell))}</td>" for cell in cells)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else "bookmark"


def _words(element: etree._Element) -> str:
    """The words of a paragraph, a line end where it has one, without what notes and comments say."""
    pieces: list[str] = [element.text or ""]
    for child in element:
        name = _local(child)
        if name in ("s", "tab"):
            pieces.append(" ")
        elif name == "line-break":
            pieces.append("\n")
        elif name not in _SKIPPED and name != "note":
            pieces.append(_words(child))
        pieces.append(child.tail or "")
    return "".join(pieces).strip()


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotReadable("This OpenDocument text is damaged: its text is not well-formed.") from error


class OpenDocument:
    """An OpenDocument text, as LibreOffice and others write it."""

    name = "odt"
    title = "OpenDocument text (ODT)"

    def recognises(self, file: GivenFile) -> Recognition | None:
        return Recognition(60, "it holds the parts of an OpenDocument text") if file.kind == "odt" else None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        parts = open_zip(file.data)
        if "content.xml" not in parts:
            raise NotReadable("This OpenDocument text is damaged: it holds no content.")
        if b"encryption-data" in (parts.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in parts else b""):
            raise NotReadable(_LOCKED)
        root = _parsed(parts.read("content.xml"))
        walk = _Walk(parts, _styles(parts, root))
        body = root.find(".//{*}body/{*}text")
        blocks = list(walk.blocks(body)) if body is not None else []
        blocks += [Block(html=f"<p>{at}. {note}</p>", words=note) for at, note in enumerate(walk.notes, start=1)]
        macros = any(name.startswith(("Basic/", "Scripts/")) for name in parts.names)
        yield work_of(blocks, _properties(parts), pictures=walk.pictures, warnings=(_MACROS,) if macros else ())


def _styles(parts: BoundedZip, content: etree._Element) -> _Styles:
    styles = _Styles()
    if "styles.xml" in parts:
        styles.add(_parsed(parts.read("styles.xml")))
    styles.add(content)
    return styles


def _properties(parts: BoundedZip) -> Properties:
    if "meta.xml" not in parts:
        return Properties()
    root = _parsed(parts.read("meta.xml"))

    def told(name: str) -> str:
        found = root.find(f".//{{*}}{name}")
        return (found.text or "").strip() if found is not None else ""

    return Properties(title=told("title"), author=told("initial-creator") or told("creator"), language=told("language"))


importer = OpenDocument()
