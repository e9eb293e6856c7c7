"""Builders of files that mean harm, or were harmed: bombs, liars, cut, locked and mislabelled ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

MB = 1024 * 1024
PROSE = "“It is damp,” said Watson, “and it is Tuesday.” Holmes agreed with the second half of this.\n\n"
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q"
    b"\0\0\0\0IEND\xaeB`\x82"
)


def zip_of(files: Iterable[tuple[str, bytes]]) -> bytes:
    """An honest ZIP."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return packed.getvalue()


# --- books

_CONTAINER = b"""<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
_PACKAGE = """<?xml version="1.0"?>{doctype}
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:x:1</dc:identifier>
<dc:title>{title}</dc:title><dc:language>en</dc:language></metadata>
<manifest><item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>{spine}</package>"""
_PAGE = """<?xml version="1.0"?>{doctype}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>One</title></head>
<body><h1>One</h1><p>{text}</p></body></html>"""
SPINE = '<spine><itemref idref="one"/></spine>'
BILLION_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)
OUTSIDE_FILE = '<!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/hostname">]>'


def epub(*, title: str = "The Damp", doctype: str = "", text: str = PROSE * 20, spine: str = SPINE,
         more: Iterable[tuple[str, bytes]] = ()) -> bytes:  # fmt: skip
    """A small book; what is given replaces a part of it."""
    return zip_of([
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", _CONTAINER),
        ("book.opf", _PACKAGE.format(doctype=doctype, title=title, spine=spine).encode()),
        ("one.xhtml", _PAGE.format(doctype=doctype, text=text).encode()),
        *more,
    ])  # fmt: skip


def locked_epub() -> bytes:
    """A book with a lock (DRM) on its text."""
    encryption = b"""<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"
    xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod
    Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/><enc:CipherData><enc:CipherReference URI="one.xhtml"/>
    </enc:CipherData></enc:EncryptedData></encryption>"""
    return epub(more=[("META-INF/encryption.xml", encryption)])


def kindle_book(*, locked: bool = False) -> bytes:
    """The beginning of a MOBI: a PalmDB header with one record, whose 12th byte tells of a lock."""
    header = b"The Damp".ljust(60, b"\0") + b"BOOKMOBI" + bytes(8) + struct.pack(">H", 1) + struct.pack(">LL", 88, 0)
    record = struct.pack(">HHLHHHH", 1, 0, 100, 1, 4096, 2 if locked else 0, 0)
    return header.ljust(88, b"\0") + record + b"MOBI" + bytes(200)


def word_document(text: str = PROSE, *, doctype: str = "", more: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """The least a Word document can be."""
    types = (
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels"'
        b' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override'
        b' PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'wordprocessingml.document.main+xml"/></Types>'
    )
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        b' Target="word/document.xml"/></Relationships>'
    )
    body = (
        f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/'
        f'main"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>'
    )
    return zip_of([
        ("[Content_Types].xml", types), ("_rels/.rels", rels), ("word/document.xml", body.encode()), *more,
    ])  # fmt: skip


# --- archives


def deflated(data: bytes) -> bytes:
    machine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return machine.compress(data) + machine.flush()


def raw_zip(
    entries: Iterable[tuple[bytes, bytes, int]], *, size: int | None = None, flags: int = 0, method: int = 8,
    disk: int = 0, same_place: bool = False,
) -> bytes:  # fmt: skip
    """A ZIP written by hand from (name, packed, check sum), so that it can lie; `size` is what it claims to hold."""
    local, directory, count = b"", b"", 0
    for name, packed, crc in entries:
        at = 0 if same_place else len(local)
        claimed = len(packed) if size is None else size
        facts = struct.pack("<HHHHHLLLHH", 20, flags, method, 0, 33, crc, len(packed), claimed, len(name), 0)
        if not (same_place and count):
            local += b"PK\x03\x04" + facts + name + packed
        directory += b"PK\x01\x02\x14\x00" + facts + struct.pack("<HHHLL", 0, 0, 0, 0, at) + name
        count += 1
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", disk, disk, count, count, len(directory), len(local), 0)
    return local + directory + end


def flat_bomb(size: int = 100 * MB) -> bytes:
    """Zeros: a thousand to one."""
    return zip_of([("zeros.txt", bytes(size))])


def lying_bomb() -> bytes:
    """A bomb whose directory claims ten bytes."""
    return raw_zip([(b"small.txt", deflated(bytes(100 * MB)), 0)], size=10)


def overlapping_bomb(count: int = 500) -> bytes:
    """Many names for the same bytes."""
    data = bytes(MB)
    return raw_zip([(b"%d.txt" % n, deflated(data), zlib.crc32(data)) for n in range(count)], same_place=True)


def deep_bomb(depth: int = 6) -> bytes:
    """An archive in an archive in an archive …"""
    data = zip_of([("story.txt", PROSE.encode())])
    for n in range(depth):
        data = zip_of([(f"level{n}.zip", data)])
    return data


def locked_zip() -> bytes:
    """A ZIP whose file is locked with a password."""
    return raw_zip([(b"secret.txt", b"x" * 40, 1)], flags=1)


def crooked_names() -> bytes:
    """Paths that try to leave the folder, a link, a name given twice, a device."""
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        for name in ("../../up.txt", "/root.txt", "C:\\Windows\\drive.txt", "bell\x07.txt", "ok/./fine.txt"):
            archive.writestr(zipfile.ZipInfo(name), PROSE)
    twice = raw_zip([(b"same.txt", PROSE.encode(), zlib.crc32(PROSE.encode()))] * 2, method=0)
    return zip_of([("crooked.zip", packed.getvalue()), ("twice.zip", twice)])


def sparse(path: Path, size: int = 400 * MB) -> Path:
    """A file of that size which takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(size)
    return path
