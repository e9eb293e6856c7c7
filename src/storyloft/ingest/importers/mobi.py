"""MOBI and AZW3 without a lock, opened by a program of others and read as the EPUB or text that comes of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, NotReadable, Recognition
from storyloft.ingest.importers.kindle_book import converters
from storyloft.ingest.importers.kindle_book.binding import Unpacked, bound
from storyloft.ingest.importers.kindle_book.converters import CONVERTERS as CONVERTERS
from storyloft.ingest.importers.kindle_book.palm import is_palm_text, palm_text
from storyloft.ingest.registry import recognise

_LOCKED = "This Kindle book is locked (DRM), so it cannot be read. A copy without the lock can."
_TOPAZ = "This is a Kindle book of the Topaz form, which cannot be read; ask for an EPUB of it."
_CUT = "This Kindle book is cut short or damaged."
_INSTALL = (
    "Kindle books (MOBI, AZW3) are opened by the Python package \u201cmobi\u201d or by calibre, and neither is"
    " installed here. Install one of them and import the file again, or give an EPUB of the story."
)
_FAILED = "This Kindle book could not be unpacked; it is damaged, or of a form that is not known here."
_OLDER = "Read from an older Kindle book (MOBI), which keeps little of a text's shape; an EPUB keeps more."


class KindleBook:
    """A Kindle book: turned into an EPUB or a page by a converter, which the importer of that form then reads."""

    name = "mobi"
    title = "Kindle book (MOBI or AZW3)"

    def recognises(self, file: GivenFile) -> Recognition | None:
        return Recognition(60, "it begins as Kindle books do") if file.kind == "mobi" else None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        _refuse_locked(file.data)
        if is_palm_text(file.data):
            return _read_as(GivenFile(f"{file.name}.txt", palm_text(file.data)))
        if not converters.found():
            raise NotReadable(_INSTALL)
        with tempfile.TemporaryDirectory() as scratch:
            return iter(_works(file, Path(scratch)))


def _works(file: GivenFile, scratch: Path) -> list[ImportedWork]:
    """What the first converter whose result can be read made of the book."""
    for folder in converters.opened(file.data, scratch):
        try:
            unpacked, remarks = _unpacked(file, folder)
            works = [replace(work, warnings=(*work.warnings, *remarks)) for work in _read_as(unpacked)]
        except NotReadable:
            continue
        return [_known_by_address(work) for work in works]
    raise NotReadable(_FAILED)


def _read_as(unpacked: GivenFile) -> Iterator[ImportedWork]:
    importer, _claim = recognise(unpacked)
    return importer.read(unpacked)


def _refuse_locked(data: bytes) -> None:
    """The first record of the PalmDB tells, at its 12th byte: 0 is open, 1 and 2 are locked."""
    if data.startswith(b"TPZ") or data[60:63] == b"TPZ":
        raise NotReadable(_TOPAZ)
    count = int.from_bytes(data[76:78], "big")
    first, last = (int.from_bytes(data[at : at + 4], "big") for at in (78, 78 + 8 * max(count - 1, 0)))
    if first + 14 > len(data) or last > len(data) or first < 78 + 8 * count:
        raise NotReadable(_CUT)
    if int.from_bytes(data[first + 12 : first + 14], "big"):
        raise NotReadable(_LOCKED)


def _unpacked(file: GivenFile, folder: Path) -> tuple[GivenFile, tuple[str, ...]]:
    """What a converter made of the book, and what to say of it."""
    # A file that holds the book twice, in the older form and the newer, is read in the newer.
    for made in sorted(folder.rglob("*.epub")):
        return GivenFile(f"{file.name}.epub", made.read_bytes()), ()
    if (folder / "mobi7" / "book.html").is_file():
        return GivenFile(f"{file.name}.epub", bound(Unpacked(folder / "mobi7"))), (_OLDER,)
    for made in sorted(folder.rglob("*.pdf")):
        return GivenFile(f"{file.name}.pdf", made.read_bytes()), ()
    raise NotReadable(_FAILED)


def _known_by_address(work: ImportedWork) -> ImportedWork:
    """Without the number that a converter gave the book: each conversion draws a new one, or all have the same."""
    if work.source is None or work.source.url:
        return work
    return replace(work, source=replace(work.source, site_id=""))


importer = KindleBook()
