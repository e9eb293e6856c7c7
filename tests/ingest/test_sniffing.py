"""Kinds of file, told by what is inside."""

from __future__ import annotations

import io

import pytest

from storyloft.ingest.sniffing import is_archive, kind_of
from tests import hostile

STORY = "Alice had been sitting on the bank for some time when the bank began to complain.\n" * 20
ODT_MIME = b"application/vnd.oasis.opendocument.text"
KINDS = {
    "empty": [b"", b" \r\n\t", b"\0" * 5000],
    "epub": [hostile.epub(), hostile.epub()[:300], hostile.zip_of([("META-INF/container.xml", b"x")])],
    "zip": [hostile.zip_of([("a.txt", b"x")]), hostile.zip_of([])],
    "docx": [hostile.word_document()],
    "odt": [
        hostile.raw_zip([(b"mimetype", ODT_MIME, 0)], method=0),
        hostile.zip_of([("content.xml", b"x"), ("META-INF/manifest.xml", b"x")]),
    ],
    "rtf": [b"{\\rtf1 hello}", b"\xef\xbb\xbf\n{\\rtf1 hello}"],
    "pdf": [b"%PDF-1.4\n%...", b"\n%PDF-1.7"],
    "mobi": [hostile.kindle_book(), b"TPZ0" + bytes(99)],
    "doc": [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)],
    "fb2": [
        b'<?xml version="1.0" encoding="utf-8"?>\n<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0">',
        '<?xml version="1.0" encoding="utf-16"?><FictionBook>'.encode("utf-16"),
    ],
    "html": [
        b"<!DOCTYPE html><html><body>x",
        b"<!-- saved from url=(0014)about:internet -->\n<html>",
        "<html><body><p>Alice was tired of it.</p>".encode("utf-16-le"),
        b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html xmlns="z">',
        b"<p>Alice began to be tired.</p>",
        b"Alice<br>was<br/>tired<br />of it",
    ],
    "mhtml": [b"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n boundary=x\n\n--x"],
    "json": [b'{"title": "x"}', b'{"cut": "off', b'[{"a": 1}]', b"[1, 2, 3]"],
    "picture": [
        hostile.PNG, b"\xff\xd8\xff\xe0..JFIF", b"GIF89a...", b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        b"BM\x36\x00\x00\x00\0\0\0\0",
        b'<svg xmlns="http://www.w3.org/2000/svg">', b'<?xml version="1.0"?><!-- x --><svg:svg xmlns:svg="y">',
    ],
    "other": [
        bytes(range(256)) * 50, b"\x7fELF" + bytes(3000),
        hostile.zip_of([("[Content_Types].xml", b"x"), ("xl/a.xml", b"")]),
        b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', b"PDF\0\1\2\3\4" * 40,
    ],
    "text": [
        STORY.encode(), STORY.encode("utf-16-le"), STORY.encode("utf-16"), "Алиса устала.".encode("cp1251"),
        b"[Author's note: hello]\nAlice was tired.", b"<3 to all my readers\nAlice was tired.", b"BMW, said Alice.",
        b"From: Alice\nTo: Dinah\n\nDear Dinah, a letter is no web page.", b"{stage whisper} Alice!",
        b'["Hello," said Alice to the bracket.]',
    ],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "data"), [(kind, data) for kind, many in KINDS.items() for data in many])
def test_a_file_is_what_it_holds(kind: str, data: bytes) -> None:
    assert kind_of(data, "whatever.bin") == kind


def test_only_the_name_tells_markdown_from_text() -> None:
    assert kind_of(b"# Alice\n\n*tired*", "alice.MD") == "markdown"
    assert kind_of(b"# Alice\n\n*tired*", "alice.txt") == "text"


def test_an_archive_is_told_from_a_book_without_reading_it_whole() -> None:
    assert is_archive(io.BytesIO(hostile.zip_of([("a.txt", b"x")])))
    assert not is_archive(io.BytesIO(hostile.epub()))
