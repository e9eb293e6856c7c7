"""What a package document says of the work, in the imported shape: the ground every producer's reader builds on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from storyloft.ingest.imported import ImportedByline, ImportedSource, ImportedTag
from storyloft.ingest.importers.epub_book.addresses import Address, address_of, rescued
from storyloft.ingest.importers.epub_book.book import Book
from storyloft.ingest.importers.epub_book.package import Named, Package
from storyloft.tags.kinds import NOT_RATED, TagKind, rating_for

_NOBODY = frozenset({"", "unknown", "unknown author", "anonymous", "author unknown"})
_NO_TAG = frozenset({"fanworks", "fanfiction", "fan fiction", "general", ""})
_FIRST_PAGES = 3
_HEAD_OF_PAGE = 5_000


def facts_of(book: Book) -> dict[str, Any]:
    """The fields of an `ImportedWork` that the package document fills, by name."""
    package = book.package
    return {
        "title": package.title,
        "bylines": tuple(ImportedByline(name=name) for name in package.authors if name.casefold() not in _NOBODY),
        "summary": package.first("description"),
        "tags": tuple(tags_of(package.dc.get("subject", ()))),
        "series": package.series,
        "language": _language(package),
        "source": source_of(book),
    }


def tags_of(subjects: Iterable[Named]) -> list[ImportedTag]:
    """The subjects as tags: of the kind their authority's term names, else freeform; each once."""
    found = [
        ImportedTag(kind_of(subject), subject.words)
        for subject in subjects
        if subject.words.casefold() not in _NO_TAG
    ]  # fmt: skip
    return list(dict.fromkeys(found))


def kind_of(subject: Named) -> TagKind:
    """The kind that a typed subject's `authority` ends in (`…/terms/fandom`); freeform for all others."""
    authority = subject.facts.get("authority", "")
    if "/terms/" in authority:
        kind = authority.rstrip("/").rpartition("/")[2]
        if kind in tuple(TagKind):
            return TagKind(kind)
    return TagKind.FREEFORM


def source_of(book: Book) -> ImportedSource:
    """Where the book came from: an address in its metadata, else the first story link of its first pages."""
    package = book.package
    address = _named_address(package) or rescued(_first_pages(book)) or Address(_any_url(package))
    site = address.site or package.first("publisher")
    return ImportedSource(
        site=site,
        url=address.url,
        site_id=address.site_id or address.url or package.first("identifier"),
        published=package.date(),
        updated=package.date("modification"),
    )


def urls_of(package: Package, *elements: str) -> list[str]:
    """Every web address that these elements of the metadata give, sources and then identifiers by default."""
    named = [words for element in elements or ("source", "identifier") for words in package.all(element)]
    return [url for url in map(_url, named) if url.startswith(("http://", "https://"))]


def _url(words: str) -> str:
    scheme, _, rest = words.partition(":")
    words = rest if scheme.lower() in ("url", "uri") else words
    # calibre keeps a bar where some tools' addresses had a colon.
    return words.replace("https|//", "https://").replace("http|//", "http://")


def rating_tag(words: str) -> list[ImportedTag]:
    """A rating in another site's words as ours; none where it means none of ours."""
    rating = rating_for(words)
    return [] if rating == NOT_RATED and words.casefold() != NOT_RATED.casefold() else [
        ImportedTag(TagKind.RATING, rating)
    ]  # fmt: skip


def _named_address(package: Package) -> Address | None:
    found = [address_of(url) for url in urls_of(package)]
    return next((address for address in found if address.site_id), None)


def _any_url(package: Package) -> str:
    return next(iter(urls_of(package, "identifier", "source")), "")


def _first_pages(book: Book) -> Iterable[str]:
    """The links of the first pages, then the beginnings of their texts."""
    roots = [page.root for _path, page in book.pages[:_FIRST_PAGES]]
    yield from (link.get("href") or "" for root in roots for link in root.iter("a"))
    yield from ("".join(map(str, root.itertext()))[:_HEAD_OF_PAGE] for root in roots)


def _language(package: Package) -> str:
    said = package.first("language")
    return "" if said.lower() in ("und", "zxx", "unknown") else said
