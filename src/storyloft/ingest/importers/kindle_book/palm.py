"""Books of the Palm's days (PalmDoc, `TEXtREAd`): plain text in records, mostly packed, opened without a converter."""

from __future__ import annotations

from collections.abc import Iterator

_PACKED = 2


def is_palm_text(data: bytes) -> bool:
    """Whether the bytes are a Palm database of text, older than Mobipocket's."""
    return data[60:68] == b"TEXtREAd"


def palm_text(data: bytes) -> bytes:
    """The text of the book, in whatever encoding its maker used; b"" where there is none."""
    head, *records = _records(data)
    count = int.from_bytes(head[8:10], "big")
    packed = int.from_bytes(head[:2], "big") == _PACKED
    return b"".join(_unpacked(record) if packed else record for record in records[:count]).rstrip(b"\0")


def _records(data: bytes) -> Iterator[bytes]:
    count = int.from_bytes(data[76:78], "big")
    starts = [int.from_bytes(data[at : at + 4], "big") for at in range(78, 78 + 8 * count, 8)]
    for start, stop in zip(starts, [*starts[1:], len(data)], strict=True):
        yield data[start:stop]


def _unpacked(record: bytes) -> bytes:
    """LZ77 as PalmDoc writes it: plain runs, pairs of blank and letter, and copies of up to ten bytes from before."""
    text = bytearray()
    at = 0
    while at < len(record):
        byte = record[at]
        at += 1
        if 1 <= byte <= 8:
            text += record[at : at + byte]
            at += byte
        elif byte < 0x80:
            text.append(byte)
        elif byte >= 0xC0:
            text += bytes((0x20, byte ^ 0x80))
        else:
            back, length = divmod((byte << 8 | record[at] if at < len(record) else 0) & 0x3FFF, 8)
            at += 1
            _copy(text, back, length + 3)
    return bytes(text)


def _copy(text: bytearray, back: int, length: int) -> None:
    """A copy may overlap what it writes, so it goes byte by byte; damage may point before the beginning."""
    if 0 < back <= len(text):
        for _ in range(length):
            text.append(text[-back])
