"""Word documents (DOCX): text, headings, emphasis, notes and pictures; macros and outside links never followed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedPicture, ImportedWork, NotReadable, Recognition
from storyloft.ingest.importers.manuscript.binding import work_of
from storyloft.ingest.importers.manuscript.blocks import Block, Properties, blocks_of_page
from storyloft.ingest.unpack import BoundedZip, open_zip

# The parts that hold text; macros, embedded objects, printer settings and the rest never reach a parser.
_WANTED = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|word/_rels/[^/]+\.rels|word/[^/]+\.xml|word/media/[^/]+")
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='Centred by storyloft'] => p.centred:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
r[style-name='Emphasis'] => em
r[style-name='Intense Emphasis'] => em
r[style-name='Subtle Emphasis'] => em
u => u
strike => s
"""
_MACROS = "The document carries macros; they were left out."
_OUTSIDE = "The document refers to files outside itself; they were not fetched."
_TRACKED = "The document holds tracked changes; they were read as accepted."


class WordDocument:
    """A Word document, read by mammoth after everything but its text has been taken out."""

    name = "docx"
    title = "Word document (DOCX)"

    def recognises(self, file: GivenFile) -> Recognition | None:
        return Recognition(60, "it holds the parts of a Word document") if file.kind == "docx" else None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        parts = open_zip(file.data)
        pictures: list[ImportedPicture] = []
        harmless, warnings = _harmless(parts)
        yield work_of(list(_blocks(harmless, pictures)), _properties(parts), pictures=pictures, warnings=warnings)


def _harmless(parts: BoundedZip) -> tuple[io.BytesIO, list[str]]:
    """The document again with nothing but text and pictures in it, its XML free of entities, and what was left out."""
    warnings = [_MACROS] if any("vbaproject" in name.lower() for name in parts.names) else []
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name in filter(_WANTED.fullmatch, parts.names):
            data = parts.read(name)
            if name.endswith((".xml", ".rels")):
                root = _parsed(data)
                warnings += [sentence for sentence in _told(name, root) if sentence not in warnings]
                data = etree.tostring(root)
            archive.writestr(name, data)
    packed.seek(0)
    return packed, warnings


def _told(name: str, root: etree._Element) -> Iterator[str]:
    if name == "word/document.xml" and next(root.iter("{*}ins", "{*}del"), None) is not None:
        yield _TRACKED
    outside = [found for found in root.iter("{*}Relationship") if found.get("TargetMode") == "External"]
    for found in outside:
        if not (found.get("Type") or "").endswith("/hyperlink"):
            found.set("Target", "about:blank")
            yield _OUTSIDE


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotReadable("This Word document is damaged: its text is not well-formed.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        # No program writes one here; it is the way to make a parser open files or swell.
        raise NotReadable("This Word document declares entities, which honest ones never do; it is not read.")
    return root


def _blocks(document: io.BytesIO, pictures: list[ImportedPicture]) -> Iterator[Block]:
    # Imported late: only those who read Word documents pay for it.
    import mammoth

    def picture(image: Any) -> dict[str, str]:  # noqa: ANN401 mammoth has no types
        kind = image.content_type.rpartition("/")[2]
        if kind not in ("png", "jpeg", "jpg", "gif", "webp"):
            return {"src": ""}
        with image.open() as opened:
            pictures.append(ImportedPicture(name=f"{len(pictures) + 1}.{kind}", data=opened.read()))
        return {"src": f"picture:{pictures[-1].name}"}

    try:
        made = mammoth.convert_to_html(
            document,
            style_map=_STYLES,
            ignore_empty_paragraphs=False,
            convert_image=mammoth.images.img_element(picture),
            transform_document=mammoth.transforms.paragraph(_with_centring),
        )
    except (KeyError, OSError, ValueError, AttributeError, zipfile.BadZipFile) as error:
        raise NotReadable("This Word document is damaged: parts of it are missing.") from error
    html = re.sub(r'<img[^>]*src=""[^>]*>', "", made.value)
    yield from blocks_of_page(html.replace('<p class="centred">', '<p align="center">'))


def _with_centring(paragraph: Any) -> Any:  # noqa: ANN401 mammoth has no types
    """Mammoth forgets alignment unless it is a style."""
    if paragraph.alignment == "center" and (paragraph.style_name or "Normal") in ("Normal", "Body Text", "No Spacing"):
        return paragraph.copy(style_name="Centred by storyloft")
    return paragraph


def _properties(parts: BoundedZip) -> Properties:
    """Title, author, language and dates from the core properties; company and the rest are nobody's business."""
    if "docProps/core.xml" not in parts:
        return Properties()
    root = _parsed(parts.read("docProps/core.xml"))
    told = {etree.QName(child).localname: (child.text or "").strip() for child in root if isinstance(child.tag, str)}
    return Properties(
        title=told.get("title", ""),
        author=told.get("creator", ""),
        language=told.get("language", ""),
    )


importer = WordDocument()
