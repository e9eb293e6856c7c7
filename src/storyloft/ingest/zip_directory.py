"""The list at the end of a ZIP file, read by ourselves: Python before 3.11.8 accepts overlapping entries."""

from __future__ import annotations

import io
import re
import stat
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from storyloft.ingest.imported import NotReadable

MOST_ENTRIES = 20_000

_END, _END_AT = struct.Struct("<4s4H2LH"), b"PK\x05\x06"
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64 = struct.Struct("<4sLQL")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL_HEADER_SIZE = 30
_MADE_ON_UNIX = 3
_WIDE = 0xFFFFFFFF

CUT_SHORT = "The archive is cut short: the list of its files, which stands at the end, is missing."
DAMAGED = "The archive is damaged: the list of its files cannot be read."


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the directory. `name` is made safe; `size` is what the archive claims, and may be a lie."""

    name: str
    offset: int
    compressed: int
    size: int
    crc: int
    method: int
    flags: int
    is_link: bool

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/")

    @property
    def locked(self) -> bool:
        """Encrypted with a password."""
        return bool(self.flags & 1)


def entries(file: BinaryIO) -> list[Entry]:
    """Every entry in the order of the directory; raises `NotReadable` for a list that no honest program writes."""
    start, end, shift, count = _where(file)
    if count > MOST_ENTRIES:
        raise NotReadable(f"The archive lists {count:,} files; at most {MOST_ENTRIES:,} are read.")
    file.seek(start)
    found = list(_parse(file.read(end - start), shift))
    _refuse_overlaps(found, start)
    return found


def names(file: BinaryIO) -> list[str]:
    """The names in a ZIP's directory, for a first look only: no checks, and nothing raised."""
    try:
        start, end, shift, _count = _where(file)
        file.seek(start)
        return [entry.name for entry in _parse(file.read(end - start), shift)]
    except NotReadable:
        return []


def _where(file: BinaryIO) -> tuple[int, int, int, int]:
    """Start and end of the directory, what every offset is shifted by (a self-extractor's head), entries claimed."""
    length = file.seek(0, io.SEEK_END)
    tail_at = max(0, length - _END.size - 0xFFFF)
    file.seek(tail_at)
    tail = file.read()
    at = tail.rfind(_END_AT)
    if at < 0 or len(tail) - at < _END.size:
        raise NotReadable(CUT_SHORT)
    _sign, disk, first_disk, here, count, size, offset, _comment = _END.unpack_from(tail, at)
    end = tail_at + at
    if _WIDE in (size, offset) or count == 0xFFFF:
        end, disk, first_disk, here, count, size, offset = _wide_end(file, end, disk, first_disk, here, count, size,
                                                                    offset)  # fmt: skip
    if disk or first_disk or here != count:
        raise NotReadable("This is one part of an archive in several parts; join the parts into one archive first.")
    start = end - size
    if start < 0 or offset > start:
        raise NotReadable(DAMAGED)
    return start, end, start - offset, count


def _wide_end(file: BinaryIO, end: int, *narrow: int) -> tuple[int, ...]:
    """The same facts from the ZIP64 records, which stand before the ordinary end."""
    if end < _LOCATOR64.size:
        return (end, *narrow)
    file.seek(end - _LOCATOR64.size)
    sign, _disk, at, disks = _LOCATOR64.unpack(file.read(_LOCATOR64.size))
    if sign != b"PK\x06\x07":
        return (end, *narrow)
    if disks > 1 or at + _END64.size > end:
        raise NotReadable(DAMAGED)
    file.seek(at)
    sign, _size, _made, _needs, disk, first, here, count, size, offset = _END64.unpack(file.read(_END64.size))
    if sign != b"PK\x06\x06":
        raise NotReadable(DAMAGED)
    return at, disk, first, here, count, size, offset


def _parse(directory: bytes, shift: int) -> Iterator[Entry]:
    taken: set[str] = set()
    at = 0
    while at + _ENTRY.size <= len(directory) and directory.startswith(b"PK\x01\x02", at):
        (_sign, made, _needs, flags, method, _time, _date, crc, compressed, size, name_size, extra_size, comment_size,
         disk, _inner, outer, offset) = _ENTRY.unpack_from(directory, at)  # fmt: skip
        named = at + _ENTRY.size
        raw = directory[named : named + name_size]
        extra = directory[named + name_size : named + name_size + extra_size]
        size, compressed, offset = _wide_numbers(extra, size, compressed, offset)
        is_link = made >> 8 == _MADE_ON_UNIX and stat.S_ISLNK(outer >> 16)
        name = _unique(safe_name(_text(raw, flags)), taken)
        yield Entry(name, offset + shift, compressed, size, crc, method, flags, is_link)
        at = named + name_size + extra_size + comment_size
    if at != len(directory):
        raise NotReadable(DAMAGED)


def _wide_numbers(extra: bytes, *numbers: int) -> tuple[int, ...]:
    """ZIP64: numbers that do not fit stand in an extra field, in this order, only those that did not fit."""
    if _WIDE not in numbers:
        return numbers
    at = 0
    while at + 4 <= len(extra):
        tag, size = struct.unpack_from("<HH", extra, at)
        if tag == 1:
            wide = list(struct.unpack_from(f"<{min(size, len(extra) - at - 4) // 8}Q", extra, at + 4))
            return tuple(wide.pop(0) if number == _WIDE and wide else number for number in numbers)
        at += 4 + size
    return numbers


def _text(raw: bytes, flags: int) -> str:
    """Bit 11 promises UTF-8, many write it without promising; the rest is the old PC code page."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace") if flags & 0x800 else raw.decode("cp437")


def safe_name(name: str) -> str:
    """A path without drive, root, `..` or control characters; a folder's closing `/` is kept."""
    name = re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", name).replace("\\", "/")
    name = re.sub(r"^[A-Za-z]:", "", name)
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    return "/".join(parts) + ("/" if name.endswith("/") and parts else "") or "unnamed"


def _unique(name: str, taken: set[str]) -> str:
    """The same name twice: the second becomes `name (2)`, so that neither hides the other."""
    unique, number = name, 2
    while unique in taken:
        stem, dot, ending = name.rpartition(".")
        unique = f"{stem} ({number}).{ending}" if dot else f"{name} ({number})"
        number += 1
    taken.add(unique)
    return unique


def _refuse_overlaps(found: list[Entry], directory_at: int) -> None:
    """Entries that share bytes are how 60 kB become 10 GB; honest archives never do it."""
    free_from = 0
    for entry in sorted(found, key=lambda entry: entry.offset):
        if entry.offset < free_from:
            raise NotReadable("The files in this archive overlap, as those of a zip bomb do; it is not opened.")
        free_from = entry.offset + _LOCAL_HEADER_SIZE + entry.compressed
    if free_from > directory_at and found:
        raise NotReadable("The archive is damaged: it claims to hold more than it does.")
