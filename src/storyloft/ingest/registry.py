"""Who can read this file? The importers that are installed, ours and strangers' alike, and the surest of them."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from storyloft.ingest.given import GivenFile, refuse_depth
from storyloft.ingest.imported import ImportedWork, Importer, NotReadable, Recognition
from storyloft.ingest.sniffing import Kind

GROUP = "storyloft.importers"
LARGEST_FILE = 256 * 1024 * 1024
LARGEST_TEXT = 16 * 1024 * 1024

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of one file: the works in it, or `refused`, the plain sentence why there are none.

    `importer` and `importer_title` say who read it, `because` why it was recognised; `kept_at` is a copy of the bytes
    on disk where the file came out of an archive, lasting until the next reading is asked for.
    """

    path: str
    sha256: str = ""
    size: int = 0
    importer: str = ""
    importer_title: str = ""
    because: str = ""
    works: tuple[ImportedWork, ...] = ()
    refused: str = ""
    remarks: tuple[str, ...] = ()
    kept_at: str = ""


@cache
def importers() -> tuple[Importer, ...]:
    """Every importer that entry points of `storyloft.importers` name; one that cannot load is a warning, once."""
    found = [_loaded(point) for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)]
    return tuple(importer for importer in found if importer is not None)


def _loaded(point: EntryPoint) -> Importer | None:
    try:
        importer: Importer = point.load()
    except Exception as error:  # a stranger's importer may be broken in any way and must not stop ours
        logger.warning("The importer %s (%s) cannot be used: %s: %s", point.name, point.value, type(error).__name__,
                       error)  # fmt: skip
        return None
    return importer


def recognise(file: GivenFile) -> tuple[Importer, Recognition]:
    """The importer that is surest of this file (ties: by name); raises `NotReadable` where none knows it."""
    claims = [(importer, claim) for importer in importers() if (claim := _claim(importer, file))]
    if not claims:
        raise NotReadable(_nobody(file))
    return min(claims, key=lambda pair: (-pair[1].sureness, pair[0].name))


def _claim(importer: Importer, file: GivenFile) -> Recognition | None:
    try:
        return importer.recognises(file)
    except Exception:
        logger.exception("The importer %s failed to look at a file", importer.name)
        return None


_NOBODY: dict[Kind, str] = {
    "empty": "The file is empty.",
    "picture": "This is a picture, not a story.",
    "doc": "This is a document of the old Word format (.doc); save it as .docx or .odt and give it again.",
    "json": "This is data (JSON), not a story.",
    "zip": "This archive cannot be read as one story; the files in it can be given one by one.",
    "mhtml": "This is a web page saved as one file (MHTML); save it as HTML and give it again.",
    "other": "This is no story in a form that is known here.",
}
_PACKED = (
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an XZ archive"),
)


def _nobody(file: GivenFile) -> str:
    for magic, name in _PACKED:
        if file.data.startswith(magic):
            return f"This is {name}, which is not opened here; unpack it and give the files, or a ZIP of them."
    if file.kind == "picture" and file.path.lower().endswith((".txt", ".html", ".epub", ".doc", ".docx", ".md")):
        return "This is a picture, whatever its name says, not a story."
    return _NOBODY.get(file.kind, "No reader is installed for this kind of file; it is kept as it was.")


def read(file: GivenFile) -> Reading:
    """Read one file by the importer that knows it. Never raises: what goes wrong is a plain sentence in `refused`."""
    reading = Reading(path=file.path, sha256=hashlib.sha256(file.data).hexdigest(), size=len(file.data))
    try:
        _refuse_by_size(file)
        if file.kind == "html":
            refuse_depth(file.text)
        importer, claim = recognise(file)
    except NotReadable as why:
        return _with(reading, refused=str(why))
    reading = _with(reading, importer=importer.name, importer_title=importer.title, because=claim.because)
    return _read_by(importer, file, reading)


def _read_by(importer: Importer, file: GivenFile, reading: Reading) -> Reading:
    try:
        works = tuple(importer.read(file))
    except NotReadable as why:
        return _with(reading, refused=str(why))
    except MemoryError:
        raise
    except Exception:
        logger.exception("The importer %s failed on a file", importer.name)
        return _with(
            reading, refused=f"This file looks like {importer.title} but could not be read; it is kept as it was."
        )
    if not works:
        return _with(reading, refused="No story was found in this file.")
    return _with(reading, works=works, remarks=_remarks(file))


def _remarks(file: GivenFile) -> tuple[str, ...]:
    """What decoding had to say, where the importer read the file as text."""
    return file.decoded.remarks if "decoded" in vars(file) else ()


def _with(reading: Reading, **changes: object) -> Reading:
    return replace(reading, **changes)  # type: ignore[arg-type]


def _refuse_by_size(file: GivenFile) -> None:
    if len(file.data) > LARGEST_FILE:
        raise NotReadable(too_large(len(file.data)))
    if len(file.data) > LARGEST_TEXT and file.kind in ("text", "markdown", "html", "json", "mhtml", "rtf", "fb2"):
        raise NotReadable(
            f"This text is {_mb(len(file.data))} long; up to {_mb(LARGEST_TEXT)} is read. Cut it into parts."
        )


def too_large(size: int) -> str:
    """The sentence for a file that is refused by its size alone, without being read."""
    return f"This file is {_mb(size)} large; up to {_mb(LARGEST_FILE)} is read."


def _mb(size: int) -> str:
    return f"{size // (1024 * 1024):,} MB"
