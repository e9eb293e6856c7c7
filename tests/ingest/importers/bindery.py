"""Binds small EPUBs for the tests, sound or damaged in one place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork
from storyloft.ingest.importers.epub import importer

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
Files = Mapping[str, str | bytes | None]


def page(body: str, head: str = "") -> str:
    """A content document."""
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title>{head}</head><body>{body}</body></html>'


def package(
    *pages: str,
    meta: str = "",
    items: str = "",
    title: str = "The Empty House",
    author: str = "<dc:creator>Ann</dc:creator>",
) -> str:
    """A package document whose spine is these pages, with an NCX where there is one."""
    listed = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(pages)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:opf="http://www.idpf.org/2007/opf" version="2.0"><metadata>'
        f"<dc:title>{title}</dc:title>{author}<dc:language>en</dc:language>{meta}</metadata>"
        f'<manifest>{listed}<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>{items}</manifest>'
        f'<spine toc="ncx">{spine}</spine></package>'
    )


def ncx(*lines: tuple[str, str]) -> str:
    """A table of contents of (title, address) lines."""
    points = "".join(
        f'<navPoint><navLabel><text>{title}</text></navLabel><content src="{src}"/></navPoint>' for title, src in lines
    )
    return f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>'


def bound(files: Files) -> bytes:
    """The bytes of an EPUB: a sound frame, with these files added or (None) left out."""
    frame: dict[str, str | bytes | None] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "book.opf": package("one.xhtml", "two.xhtml"),
        "one.xhtml": page("<h1>One</h1><p>The lamp was lit.</p>"),
        "two.xhtml": page("<h1>Two</h1><p>The lamp went out.</p>"),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in {**frame, **files}.items():
            if content is not None:
                archive.writestr(name, content)
    return packed.getvalue()


def read(data: bytes) -> ImportedWork:
    """The work in these bytes."""
    (work,) = importer.read(GivenFile("book.epub", data))
    return work


def bound_and_read(**files: str | bytes | None) -> ImportedWork:
    """The work of a book with these files; a name's first `_` stands for its dot (`one_xhtml`)."""
    return read(bound({name.replace("_", ".", 1): content for name, content in files.items()}))
