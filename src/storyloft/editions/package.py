"""The package document of an EPUB 3.3, its navigation document and its NCX (`ebook-formats` §1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from urllib.parse import quote

from django.utils.text import slugify

from storyloft.editions.shape import Edition, Place, language_tag
from storyloft.editions.xml import attributes, text, writable

_SCHEMES = {
    "archive of our own": "ao3",
    "fanfiction.net": "ffn",
    "royal road": "royalroad",
    "scribble hub": "scribblehub",
}
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_SITE_ID = re.compile(r"[\w.-]{1,100}", re.ASCII)
_PART_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_FEATURES = ("tableOfContents", "readingOrder", "structuralNavigation")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of the book. `title` names it in the contents; a file without one continues the one before."""

    id: str
    name: str
    media_type: str
    data: bytes
    title: str = ""
    properties: str = ""
    in_spine: bool = False


def package_document(edition: Edition, files: Sequence[File], *, alt_texts: bool) -> str:
    """What the book is, which files it has and in which order they are read."""
    items = "\n".join(map(_item, files))
    spine = "\n".join(f'<itemref idref="{file.id}"/>' for file in files if file.in_spine)
    way = f' page-progression-direction="{edition.direction}"' if edition.direction == "rtl" else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<package xmlns="http://www.idpf.org/2007/opf" version="3.0"'
        f' unique-identifier="pid" xml:lang="{language_tag(edition.language)}">\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n{_metadata(edition, alt_texts)}\n</metadata>\n'
        f'<manifest>\n{items}\n</manifest>\n<spine toc="ncx"{way}>\n{spine}\n</spine>\n</package>\n'
    )


def navigation(edition: Edition, files: Sequence[File], story: str) -> str:
    """The contents for readers of EPUB 3; `story` is the file in which the story begins."""
    lines = "\n".join(f'<li><a href="{file.name}">{text(file.title)}</a></li>' for file in files if file.title)
    start = f'<li><a epub:type="bodymatter" href="{story}">Begin reading</a></li>'
    return document(
        edition.language,
        f"Contents: {edition.title}",
        f'<nav epub:type="toc" role="doc-toc" id="toc">\n<h1>Contents</h1>\n<ol>\n{lines}\n</ol>\n</nav>\n'
        f'<nav epub:type="landmarks" id="landmarks" hidden="hidden">\n<h2>Landmarks</h2>\n<ol>{start}</ol>\n</nav>\n',
        way=edition.direction,
    )


def ncx(edition: Edition, files: Sequence[File]) -> str:
    """The same contents for old readers."""
    points = "\n".join(
        f'<navPoint id="point{number}" playOrder="{number}"><navLabel><text>{text(file.title)}</text></navLabel>'
        f'<content src="{file.name}"/></navPoint>'
        for number, file in enumerate((file for file in files if file.title), 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">\n'
        f'<head>\n<meta name="dtb:uid" content="{edition.identifier}"/>\n<meta name="dtb:depth" content="1"/>\n'
        '<meta name="dtb:totalPageCount" content="0"/>\n<meta name="dtb:maxPageNumber" content="0"/>\n</head>\n'
        f"<docTitle><text>{text(edition.title)}</text></docTitle>\n<navMap>\n{points}\n</navMap>\n</ncx>\n"
    )


def document(language: str, title: str, body: str, *, way: str = "ltr", type_: str = "") -> str:
    """One XHTML file of the book."""
    tag = language_tag(language)
    given = {"lang": tag, "xml:lang": tag} | ({"dir": way} if way == "rtl" else {})
    kind = f' epub:type="{type_}"' if type_ else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"{attributes(given)}>\n<head>\n<title>{text(title)}</title>\n'
        f'<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n<body{kind}>\n{body}</body>\n</html>\n'
    )


def _item(file: File) -> str:
    given = {"id": file.id, "href": file.name, "media-type": file.media_type}
    return f"<item{attributes(given | ({'properties': file.properties} if file.properties else {}))}/>"


def _metadata(edition: Edition, alt_texts: bool) -> str:
    return "\n".join(
        (
            *_identifiers(edition),
            f"<dc:title>{text(edition.title)}</dc:title>",
            *_creators(edition),
            *(f"<dc:source>{text(origin.url)}</dc:source>" for origin in edition.origins if origin.url),
            f"<dc:publisher>{text(_publisher(edition))}</dc:publisher>",
            f"<dc:language>{language_tag(edition.language)}</dc:language>",
            *([f"<dc:date>{edition.published.isoformat()}</dc:date>"] if edition.published else []),
            *([f"<dc:description>{text(edition.summary)}</dc:description>"] if edition.summary else []),
            *_subjects(edition),
            *_collections(edition.series),
            '<meta name="cover" content="cover"/>',
            _meta("dcterms:modified", edition.modified.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")),
            *_accessibility(edition, alt_texts),
        )
    )


def _identifiers(edition: Edition) -> Iterable[str]:
    yield f'<dc:identifier id="pid">{edition.identifier}</dc:identifier>'
    yield f"<dc:identifier>{text(f'url:{edition.address}')}</dc:identifier>"
    for origin in edition.origins:
        scheme = _SCHEMES.get(origin.site.lower()) or _NOT_A_LETTER.sub("", origin.site.lower())
        if scheme and _SITE_ID.fullmatch(origin.site_id):
            yield f"<dc:identifier>{scheme}:{origin.site_id}</dc:identifier>"


def _publisher(edition: Edition) -> str:
    return next((origin.site for origin in edition.origins if origin.site), edition.site)


def _creators(edition: Edition) -> Iterable[str]:
    for number, name in enumerate(edition.names, 1):
        yield f'<dc:creator id="a{number}">{text(name)}</dc:creator>'
        yield f'<meta refines="#a{number}" property="role" scheme="marc:relators">aut</meta>'
        yield f'<meta refines="#a{number}" property="file-as">{text(name)}</meta>'


def _subjects(edition: Edition) -> Iterable[str]:
    """Every tag; its kind stands in `authority`, which EPUB wants to have a `term` beside it."""
    tags = ((kind, name) for kind, names in edition.tags.items() for name, _ in names)
    for number, (kind, name) in enumerate(tags, 1):
        yield f'<dc:subject id="k{number}">{text(name)}</dc:subject>'
        yield _refined(f"k{number}", "authority", f"{edition.site_address.rstrip('/')}/terms/{kind}")
        yield _refined(f"k{number}", "term", slugify(name, allow_unicode=True) or quote(name))


def _collections(series: Sequence[Place]) -> Iterable[str]:
    """Every series, the first also as calibre writes it: some readers know only the one, some only the other."""
    for number, place in enumerate(series, 1):
        yield f'<meta property="belongs-to-collection" id="s{number}">{text(place.series)}</meta>'
        yield _refined(f"s{number}", "collection-type", "series")
        if _PART_NUMBER.fullmatch(place.position):
            yield _refined(f"s{number}", "group-position", place.position)
        if place.url:
            yield _refined(f"s{number}", "dcterms:identifier", place.url)
    for place in series[:1]:
        yield f"<meta{attributes({'name': 'calibre:series', 'content': place.series})}/>"
        if re.fullmatch(r"\d+(?:\.\d+)?", place.position):
            yield f'<meta name="calibre:series_index" content="{place.position}"/>'


def _accessibility(edition: Edition, alt_texts: bool) -> Iterable[str]:
    yield _meta("schema:accessMode", "textual")
    if edition.pictures:
        yield _meta("schema:accessMode", "visual")
    # The words alone suffice where there are no pictures, or each is described.
    if alt_texts or not edition.pictures:
        yield _meta("schema:accessModeSufficient", "textual")
    for feature in (*_FEATURES, *(["alternativeText"] if edition.pictures and alt_texts else [])):
        yield _meta("schema:accessibilityFeature", feature)
    yield _meta("schema:accessibilityHazard", "unknown" if edition.pictures else "none")
    pictures = " Some pictures." if edition.pictures else ""
    yield _meta("schema:accessibilitySummary", f"Text with headings and a table of contents.{pictures}")


def _meta(name: str, value: str) -> str:
    return f'<meta property="{name}">{text(writable(value))}</meta>'


def _refined(of: str, name: str, value: str) -> str:
    return f'<meta refines="#{of}" property="{name}">{text(value)}</meta>'
