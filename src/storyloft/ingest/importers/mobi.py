"""MOBI and AZW3 without a lock, unpacked by a program of others where one is installed."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, NotReadable, Recognition
from storyloft.ingest.registry import recognise

# `mobiunpack` comes with the package `mobi`, whose licence (GPL-3) wants it run and not imported.
CONVERTERS = ("mobiunpack", "ebook-convert")
_SECONDS = 45
_MEMORY = 2 * 1024 * 1024 * 1024

_LOCKED = "This Kindle book is locked (DRM), so it cannot be read. A copy without the lock can."
_TOPAZ = "This is a Kindle book of the Topaz form, which cannot be read; ask for an EPUB of it."
_INSTALL = (
    "Kindle books (MOBI, AZW3) are read with the help of calibre or the Python package \u201cmobi\u201d, and neither is"
    " installed here. Install one of them and import the file again, or give an EPUB of the story."
)
_FAILED = "This Kindle book could not be unpacked; an EPUB of the story is read better."


class KindleBook:
    """A Kindle book: turned into an EPUB or a page by a converter, which the importer of that form then reads."""

    name = "mobi"
    title = "Kindle book (MOBI or AZW3)"

    def recognises(self, file: GivenFile) -> Recognition | None:
        return Recognition(60, "it begins as Kindle books do") if file.kind == "mobi" else None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        _refuse_locked(file.data)
        with tempfile.TemporaryDirectory() as scratch:
            unpacked = _unpacked(file, Path(scratch))
        importer, _claim = recognise(unpacked)
        for work in importer.read(unpacked):
            yield replace(work, warnings=(*work.warnings, "Read from a Kindle book; an EPUB keeps more."))


def _refuse_locked(data: bytes) -> None:
    """The first record of the PalmDB tells, at its 12th byte: 0 is open, 1 and 2 are locked."""
    if data.startswith(b"TPZ") or data[60:63] == b"TPZ":
        raise NotReadable(_TOPAZ)
    first = int.from_bytes(data[78:82], "big")
    if first + 14 > len(data) or first < 78:
        raise NotReadable("This Kindle book is cut short or damaged.")
    if int.from_bytes(data[first + 12 : first + 14], "big"):
        raise NotReadable(_LOCKED)


def _unpacked(file: GivenFile, scratch: Path) -> GivenFile:
    book = scratch / "book.mobi"
    book.write_bytes(file.data)
    if program := _found("ebook-convert"):
        _run(program, str(book), str(scratch / "book.epub"))
    elif program := _found("mobiunpack"):
        _run(program, str(book), str(scratch / "out"))
    else:
        raise NotReadable(_INSTALL)
    for pattern in ("book.epub", "out/**/*.epub", "out/**/*.html"):
        for made in sorted(scratch.glob(pattern)):
            return GivenFile(f"{file.name}{made.suffix}", made.read_bytes())
    raise NotReadable(_FAILED)


def _found(program: str) -> str | None:
    """The program beside our own Python, where packages put theirs, or on the path."""
    beside = shutil.which(program, path=str(Path(sys.executable).parent))
    return beside or shutil.which(program)


def _run(*command: str) -> None:
    try:
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True, preexec_fn=_with_more_memory)  # noqa: S603
    except (subprocess.SubprocessError, OSError) as error:
        raise NotReadable(_FAILED) from error


def _with_more_memory() -> None:
    """A whole calibre needs more address space than our reading process has."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (min(_MEMORY, hard) if hard > 0 else _MEMORY, hard))


importer = KindleBook()
