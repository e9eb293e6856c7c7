"""Archives and folders of any mixture, walked without trust: nothing is written to disk, every inflated byte counts."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from storyloft.ingest import zip_directory
from storyloft.ingest.fitting import shown_name
from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import NotReadable

MB = 1024 * 1024
LARGEST_ENTRY = 64 * MB
BOOK_TOTAL = 200 * MB
ARCHIVE_TOTAL = 1024 * MB
MOST_RATIO = 200
_RATIO_FROM = 1 * MB  # a short file of blanks may shrink a thousandfold and harm nobody
_TOTAL_RATIO_FROM = 16 * MB
_DEEPEST = 2
_CHUNK = 256 * 1024
_BOMB = "It unpacks to more than {} times its size, as a zip bomb does; it is not read."


@dataclass(slots=True)
class Allowance:
    """What may still be inflated, shared by an archive and the archives inside it."""

    total: int = BOOK_TOTAL
    inflated: int = 0
    kept: int = 0
    taken: int = 0

    def left(self) -> int:
        return self.total - self.inflated

    def spend(self, inflated: int, taken: int) -> None:
        """Book bytes that were really inflated, raising `NotReadable` when the whole has become too much."""
        self.waste(inflated)
        self.kept += inflated
        self.taken += taken
        if self.kept > _TOTAL_RATIO_FROM and self.kept > MOST_RATIO * self.taken:
            raise NotReadable(_BOMB.format(MOST_RATIO))

    def waste(self, inflated: int) -> None:
        """Book bytes of an entry that is refused: work was done for them, but its neighbours are not to blame."""
        self.inflated += inflated
        if self.left() < 0:
            raise NotReadable(self.spent_sentence())

    def spent_sentence(self) -> str:
        return f"The archive unpacks to more than {self.total // MB} MB; the rest of it is not read."


class BoundedZip:
    """An open ZIP: `names` in the directory's order (files only, made safe and unique), `read` one within bounds."""

    def __init__(self, file: BinaryIO, allowance: Allowance) -> None:
        self._file = file
        self._allowance = allowance
        self._entries = {
            entry.name: entry
            for entry in zip_directory.entries(file)
            if not entry.is_folder and not entry.is_link
        }  # fmt: skip
        self.names: tuple[str, ...] = tuple(self._entries)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """One entry's bytes. Raises `KeyError` for a name that is not listed, `NotReadable` for a bad entry."""
        entry = self._entries[name]
        if entry.locked:
            raise NotReadable("It is locked with a password; unpack it yourself and give the files.")
        if entry.method not in (0, 8):
            raise NotReadable("It is packed in a way that is not read here; unpack it yourself and give the files.")
        if entry.compressed > LARGEST_ENTRY:
            raise NotReadable(f"It is larger than {LARGEST_ENTRY // MB} MB and is not read.")
        packed = self._packed(entry)
        if entry.method == 0:
            self._allowance.spend(len(packed), len(packed))
        data = packed if entry.method == 0 else self._inflated(packed)
        if zlib.crc32(data) != entry.crc:
            raise NotReadable("It is damaged inside the archive: its check sum does not fit.")
        return data

    def _packed(self, entry: zip_directory.Entry) -> bytes:
        self._file.seek(entry.offset)
        header = self._file.read(30)
        if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
            raise NotReadable("It is damaged inside the archive: it does not begin where the archive says.")
        self._file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), io.SEEK_CUR)
        packed = self._file.read(entry.compressed)
        if len(packed) < entry.compressed:
            raise NotReadable("It is cut short inside the archive.")
        return packed

    def _inflated(self, packed: bytes) -> bytes:
        """Inflate in steps, so that a lie about sizes costs one step and not the memory."""
        machine, pieces, size, rest = zlib.decompressobj(-15), [], 0, packed
        most = max(_RATIO_FROM, MOST_RATIO * len(packed))
        try:
            while not machine.eof and (piece := machine.decompress(rest, _CHUNK)):
                rest = machine.unconsumed_tail
                size += len(piece)
                self._check(size, most)
                pieces.append(piece)
        except zlib.error as broken:
            raise NotReadable("It is damaged inside the archive and cannot be unpacked.") from broken
        self._allowance.spend(size, len(packed))
        if not machine.eof:
            raise NotReadable("It is cut short inside the archive.")
        return b"".join(pieces)

    def _check(self, size: int, most: int) -> None:
        if size <= LARGEST_ENTRY and size <= most and size <= self._allowance.left():
            return
        self._allowance.waste(size)
        if size > most:
            raise NotReadable(_BOMB.format(MOST_RATIO))
        raise NotReadable(f"It unpacks to more than {LARGEST_ENTRY // MB} MB and is not read.")


def open_zip(data: bytes | BinaryIO, allowance: Allowance | None = None) -> BoundedZip:
    """Open a ZIP (a book by default: at most 200 MB inflated); raises `NotReadable` with a plain sentence.

    Bounds: 20,000 entries, 64 MB each, 200 : 1 beyond 1 MB; overlapping entries and multi-volume archives are
    refused as a whole, a locked or broken entry only when it is read.
    """
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    return BoundedZip(file, allowance or Allowance())


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry or a whole archive that could not be opened, and the plain sentence why."""

    path: str
    sentence: str


def unpack(
    path: str, data: bytes | BinaryIO, *, skip: Collection[str] = (), left_out: list[str] | None = None
) -> Iterator[GivenFile | Refused]:
    """Every file of a ZIP and of the ZIPs in it (two deep), in natural order; one bad entry never stops the rest.

    Paths are `archive.zip/folder/file.txt`. `skip` holds paths not to open again; what is passed over quietly
    (system litter, the pictures and scripts beside a saved page) is noted in `left_out`.
    """
    yield from _walk(path, data, Allowance(ARCHIVE_TOTAL), frozenset(skip), [] if left_out is None else left_out, 1)


def _walk(
    path: str, data: bytes | BinaryIO, allowance: Allowance, skip: Collection[str], left_out: list[str], depth: int
) -> Iterator[GivenFile | Refused]:
    try:
        archive = open_zip(data, allowance)
    except NotReadable as why:
        yield Refused(path, str(why))
        return
    wanted = set(worth_reading(archive.names))
    left_out += [f"{path}/{name}" for name in archive.names if name not in wanted]
    if not wanted:
        yield Refused(path, "There is nothing in this archive that could be a story.")
    for name in sorted(wanted, key=natural_order):
        inner = f"{path}/{name}"
        if allowance.left() < 0:
            yield Refused(path, allowance.spent_sentence())
            return
        if inner not in skip:
            yield from _opened(inner, archive, name, allowance, skip, left_out, depth)


def _opened(
    path: str, archive: BoundedZip, name: str, allowance: Allowance, skip: Collection[str], left_out: list[str],
    depth: int,
) -> Iterator[GivenFile | Refused]:  # fmt: skip
    try:
        file = GivenFile(path, archive.read(name))
    except NotReadable as why:
        yield Refused(path, str(why))
        return
    if file.kind != "zip":
        yield file
    elif depth < _DEEPEST:
        yield from _walk(path, file.data, allowance, skip, left_out, depth + 1)
    else:
        yield Refused(path, "This archive lies too deep inside other archives; unpack it yourself and give the files.")


_LITTER = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", "ehthumbs.db"}
# How browsers of several languages name the folder beside a saved page.
_BESIDE = re.compile(r"(.+?)(?:_files|_file|-Dateien|_fichiers|_archivos|_arquivos|_ficheiros|_bestanden|_pliki"
                     r"|-filer|_tiedostot|_soubory|_elemei|\.files)", re.IGNORECASE)  # fmt: skip
_PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".shtml")


def worth_reading(names: Iterable[str]) -> Iterator[str]:
    """The names without system litter, hidden files, and the folders that browsers put beside a saved page."""
    names = list(names)
    pages = {name[: -len(ending)] for name in names for ending in _PAGE_ENDINGS if name.lower().endswith(ending)}
    for name in names:
        parts = name.split("/")
        litter = any(part in _LITTER or part.startswith("._") for part in parts) or parts[-1].startswith(".")
        if not litter and not _beside_a_page(parts, pages):
            yield name


def _beside_a_page(parts: list[str], pages: set[str]) -> bool:
    for depth, folder in enumerate(parts[:-1]):
        found = _BESIDE.fullmatch(folder)
        if found and "/".join([*parts[:depth], found[1]]) in pages:
            return True
    return False


def natural_order(name: str) -> list[tuple[int, int | str]]:
    """A key that sorts `part 2` before `part 10`."""
    return [(0, int(piece)) if piece.isdecimal() else (1, piece.casefold()) for piece in re.split(r"(\d+)", name)]


def files_under(path: Path) -> Iterator[tuple[str, Path]]:
    """A file, or every file below a folder: the name to show and where it is. Links are not followed."""
    if path.is_file():
        yield shown_name(path.name), path
        return
    root = path.resolve()
    found = {shown_name(f"{root.name}/{inner}"): here for inner, here in _below(root, PurePosixPath())}
    for shown in sorted(worth_reading(found), key=natural_order):
        yield shown, found[shown]


def _below(folder: Path, shown: PurePosixPath) -> Iterator[tuple[str, Path]]:
    for child in folder.iterdir():
        if child.is_symlink() or child.name.startswith("."):
            continue
        if child.is_dir():
            yield from _below(child, shown / child.name)
        elif child.is_file():
            yield str(shown / child.name), child
