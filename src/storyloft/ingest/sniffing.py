"""What kind of file these bytes are: by what is inside, the name only as a last hint."""

from __future__ import annotations

import io
import json
import re
from pathlib import PurePosixPath
from typing import BinaryIO, Literal

from storyloft.ingest import zip_directory
from storyloft.ingest.decoding import wide_encoding

Kind = Literal[
    "empty", "epub", "zip", "docx", "odt", "rtf", "pdf", "mobi", "doc", "fb2", "html", "mhtml", "markdown", "text",
    "json", "picture", "other",
]  # fmt: skip

_MARKDOWN_NAMES = {".md", ".markdown", ".mdown", ".mkd"}
_LOOK_AT = 65_536  # enough to pass the scripts and styles that saved pages open with

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_BLANK = re.compile(rb"[\s\0]*+\Z")
_PICTURE = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|BM.{4}\0\0\0\0|II\*\0|MM\0\*|.{4}ftyp(?:heic|heix|mif1|avif)",
    re.DOTALL,
)
_RTF = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\\rtf")
_PDF = re.compile(rb"(?:\xef\xbb\xbf)?\s*%PDF-")
_MHTML = re.compile(r"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_MIME_HEADER = re.compile(
    r"(?:from|subject|date|mime-version|content-type|message-id|snapshot-content-location|x-\S+):", re.IGNORECASE
)

# What may stand before the first element: comments (browsers note where a page was saved from), declarations.
_PROLOGUE = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?\?>|<!doctype[^>\[]*(?:\[.*?\])?[^>]*>)+", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s/>]")
_PAGE = re.compile(r"<!doctype\s+html|<(?:html|head|body)[\s>]", re.IGNORECASE)
_MARKUP = re.compile(r"</p>|<br\s*/?>|</div>|<p>", re.IGNORECASE)
_PAGE_ROOT = re.compile(
    r"html|head|body|meta|title|link|base|style|script|p|div|span|center|font|a|b|i|em|strong|u|br|hr|h[1-6]|table|ul|ol"
    r"|dl|section|article|main|header|nav|blockquote|img|pre|noscript"
)
_OBJECT = re.compile(r'\{\s*(?:"(?:[^"\\\n]|\\.){0,200}"\s*:|\}\s*\Z)')
_ARRAY = re.compile(r'\[\s*(?:[\[{"\]\d-]|true|false|null)')


def kind_of(data: bytes, path: str = "") -> Kind:
    """The kind of file, judged by content; `path` tells only Markdown from plain text."""
    if _BLANK.match(data):
        return "empty"
    if data.startswith(_ZIP):
        return _kind_of_zip(data[:_LOOK_AT], zip_directory.names(io.BytesIO(data)))
    return _kind_by_signature(data) or _kind_of_text(data, path)


def is_archive(file: BinaryIO) -> bool:
    """Whether a file on disk is a ZIP of files (and not a book or a document), without reading all of it."""
    file.seek(0)
    head = file.read(_LOOK_AT)
    return head.startswith(_ZIP) and _kind_of_zip(head, zip_directory.names(file)) == "zip"


def _kind_of_zip(head: bytes, names: list[str]) -> Kind:
    """EPUB, DOCX and ODT are ZIPs told apart by what they hold; a cut one still opens with its `mimetype`."""
    declared = head[38:100] if head[30:38] == b"mimetype" else b""
    if declared.startswith(b"application/epub+zip"):
        return "epub"
    if declared.startswith(b"application/vnd.oasis.opendocument."):
        return "odt" if declared.startswith(b"application/vnd.oasis.opendocument.text") else "other"
    # A book or document cut short has lost its directory, but its parts' own headers remain.
    lower = {name.lower() for name in names}
    if "meta-inf/container.xml" in lower or (not names and b"META-INF/container.xml" in head):
        return "epub"
    if "[content_types].xml" in lower or b"[Content_Types].xml" in head[:100]:
        return "docx" if "word/document.xml" in lower or (not names and b"word/" in head) else "other"
    return "odt" if {"content.xml", "meta-inf/manifest.xml"} <= lower else "zip"


def _kind_by_signature(data: bytes) -> Kind | None:
    if _PICTURE.match(data):
        return "picture"
    if _PDF.match(data):
        return "pdf"
    if _RTF.match(data):
        return "rtf"
    if data[60:68] in (b"BOOKMOBI", b"TEXtREAd") or data.startswith(b"TPZ") or data[60:63] == b"TPZ":
        return "mobi"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "doc"
    return None


def _kind_of_text(data: bytes, path: str) -> Kind:
    head = _head(data)
    if head is None:
        return "other"
    if marked_up := _kind_of_markup(head):
        return marked_up
    if _MIME_HEADER.match(head) and _MHTML.search(head, 0, 8_192):
        return "mhtml"
    if _is_json(data, head):
        return "json"
    if PurePosixPath(path).suffix.lower() in _MARKDOWN_NAMES:
        return "markdown"
    return "html" if len(_MARKUP.findall(head)) >= 3 else "text"


def _head(data: bytes) -> str | None:
    """The first pages as rough text, None where the bytes are no text at all."""
    sample = data[:_LOOK_AT]
    wide = wide_encoding(sample)
    if wide:
        return sample.decode(wide, "replace").lstrip("\ufeff").lstrip()
    if _controls(data[:8_192]) > 0.05 or _controls(data[len(data) // 2 :][:8_192]) > 0.05:
        return None
    return sample.removeprefix(b"\xef\xbb\xbf").decode("latin-1").lstrip()


_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b")) + b"\x7f"


def _controls(sample: bytes) -> float:
    """The share of bytes that no text holds; noise has a tenth of them."""
    return 1 - len(sample.translate(None, _CONTROLS)) / len(sample) if sample else 0


def _kind_of_markup(head: str) -> Kind | None:
    if not head.startswith("<"):
        return None
    prologue = _PROLOGUE.match(head)
    opening = head[prologue.end() :] if prologue else head
    root = _ROOT.match(opening)
    name = root[1].lower() if root else ""
    if name in ("fictionbook", "svg"):
        return "fb2" if name == "fictionbook" else "picture"
    if _PAGE_ROOT.fullmatch(name) or _PAGE.search(head, 0, 4_096):
        return "html"
    return "other" if head.startswith("<?xml") and name else None


def _is_json(data: bytes, head: str) -> bool:
    """An object is known by its first key, even when cut; a list must parse, for stories open with brackets too."""
    if _OBJECT.match(head):
        return True
    if not _ARRAY.match(head):
        return False
    try:
        return isinstance(json.loads(data), list)
    except (ValueError, RecursionError):
        return False
