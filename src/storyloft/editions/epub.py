"""A work as an EPUB 3.3: Preface, a file for each chapter, Afterword; the same work gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from storyloft.editions import frame
from storyloft.editions.covers import cover
from storyloft.editions.package import File, document, navigation, ncx, package_document
from storyloft.editions.shape import Edition, Part, language_tag
from storyloft.editions.splitting import split
from storyloft.editions.xhtml import xhtml
from storyloft.prose.language import direction
from storyloft.tags.kinds import TagKind

MEDIA_TYPE = "application/epub+zip"
_XHTML = "application/xhtml+xml"
_STYLE = Path(__file__).with_name("epub.css")
_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">\n<rootfiles>\n'
    '<rootfile full-path="EPUB/content.opf" media-type="application/oebps-package+xml"/>\n</rootfiles>\n</container>\n'
)
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}
_IMG = re.compile(r"<img [^<>]*>")
_FIRST_ZIP_YEAR, _LAST_ZIP_YEAR = 1980, 2107
_COMPRESSION = 6
_UNIX, _PERMISSIONS = 3, 0o644 << 16


def epub(edition: Edition) -> bytes:
    """The book. Nothing in it depends on the day or the machine that made it."""
    texts = list(_texts(edition))
    story = next((file.name for file in texts if file.id == "chapter1"), texts[0].name)
    described = all(_described(file.data.decode()) for file in texts) if edition.pictures else True
    files = [*_aids(edition, texts, story), *texts, _cover(edition), *_pictures(edition)]
    package = package_document(edition, files, alt_texts=described).encode()
    return _zipped(
        edition.modified,
        [
            ("mimetype", MEDIA_TYPE.encode()),
            ("META-INF/container.xml", _CONTAINER.encode()),
            # Third: readers that know a book by samples of its first bytes must tell its versions apart.
            ("EPUB/content.opf", package),
            *((f"EPUB/{file.name}", file.data) for file in files),
        ],
    )


def picture_files(edition: Edition) -> dict[str, str]:
    """The file in the book of each picture, by its SHA-256."""
    return {
        sha256: f"images/{sha256[:20]}.{_ENDINGS[picture.media_type]}" for sha256, picture in edition.pictures.items()
    }


def _texts(edition: Edition) -> Iterator[File]:
    names = picture_files(edition)

    def prose(html: str) -> str:
        return xhtml(html, names)

    preface = frame.preface(edition, prose, "afterword.xhtml#endnotes")
    yield _page(edition, "preface", "Preface", preface, type_="frontmatter")
    for part in edition.chapters:
        yield from _chapter(edition, part, names)
    yield _page(edition, "afterword", "Afterword", frame.afterword(edition, prose), type_="backmatter")


def _chapter(edition: Edition, part: Part, names: dict[str, str]) -> Iterator[File]:
    """A chapter's file, and more where it is long; what is said before and after stands in the first and last."""
    seen: set[str] = set()
    pieces = split(xhtml(part.html, names, seen))
    last = _name(part, len(pieces))

    def prose(html: str) -> str:
        return xhtml(html, names, seen)

    if edition.is_one_shot:
        title, head = edition.title, frame.one_shot_head(edition)
    else:
        title, head = part.heading, frame.chapter_head(part, prose, f"{last}.xhtml#endnotes{part.number}")
    for number, piece in enumerate(pieces, 1):
        before = head if number == 1 else ""
        after = frame.chapter_end(part, prose) if number == len(pieces) else ""
        body = f'<div id="chapters">\n{before}<div class="userstuff">{piece}</div>\n{after}</div>\n'
        language = part.language or edition.language
        yield _page(edition, _name(part, number), title if number == 1 else "", body, language=language, of=title)


def _name(part: Part, number: int) -> str:
    return f"chapter{part.number}" + (f"_{number}" if number > 1 else "")


def _page(
    edition: Edition, name: str, title: str, body: str, *, language: str = "", of: str = "", type_: str = "bodymatter"
) -> File:
    language = language or edition.language
    written = document(language, title or of, body, way=direction(language_tag(language)), type_=type_)
    return File(id=name, name=f"{name}.xhtml", media_type=_XHTML, data=written.encode(), title=title, in_spine=True)


def _aids(edition: Edition, texts: list[File], story: str) -> Iterator[File]:
    nav = navigation(edition, texts, story).encode()
    yield File(id="nav", name="nav.xhtml", media_type=_XHTML, data=nav, properties="nav")
    yield File(id="ncx", name="toc.ncx", media_type="application/x-dtbncx+xml", data=ncx(edition, texts).encode())
    yield File(id="css", name="style.css", media_type="text/css", data=_STYLE.read_bytes())


def _cover(edition: Edition) -> File:
    """The work's own cover, else one drawn for it."""
    data = edition.cover
    if data is None:
        fandom = next((name for name, _ in edition.tags.get(TagKind.FANDOM, ())), "")
        data = cover(edition.title, edition.names, fandom)
    png = data.startswith(b"\x89PNG")
    media_type, ending = ("image/png", "png") if png else ("image/jpeg", "jpg")
    return File(id="cover", name=f"cover.{ending}", media_type=media_type, data=data, properties="cover-image")


def _pictures(edition: Edition) -> Iterator[File]:
    for number, (sha256, name) in enumerate(picture_files(edition).items(), 1):
        picture = edition.pictures[sha256]
        yield File(id=f"picture{number}", name=name, media_type=picture.media_type, data=picture.data)


def _described(page: str) -> bool:
    """Whether every picture of a page says in words what it shows."""
    return all(' alt=""' not in image for image in _IMG.findall(page))


def _zipped(modified: datetime, entries: Iterable[tuple[str, bytes]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in entries:
            entry = zipfile.ZipInfo(name, _zip_date(modified))
            entry.create_system, entry.external_attr = _UNIX, _PERMISSIONS
            stored = name == "mimetype" or name.endswith((".jpg", ".png", ".gif"))
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=None if stored else _COMPRESSION)
    return packed.getvalue()


def _zip_date(modified: datetime) -> tuple[int, int, int, int, int, int]:
    """A ZIP knows the years 1980 to 2107."""
    at = modified.astimezone(UTC)
    year = min(max(at.year, _FIRST_ZIP_YEAR), _LAST_ZIP_YEAR)
    return (year, at.month, at.day, at.hour, at.minute, at.second)
