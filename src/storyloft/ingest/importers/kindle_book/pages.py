"""The one long page of an older Kindle book, cut where it breaks pages and where its contents point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from storyloft.ingest.importers.epub_book.markup import HEADINGS, parse_page, words_of
from storyloft.ingest.importers.kindle_book.layout import is_anchor, unwind

_BREAK = re.compile(r"<mbp:pagebreak\b[^>]*>", re.IGNORECASE)
_NOT_TEXT = re.compile(
    r"<guide>.*?</guide>|<head\b[^>]*>.*?</head>|</?(?:html|body|mbp:[a-z]+)\b[^>]*>", re.IGNORECASE | re.DOTALL
)


@dataclass
class KindlePage:
    """A page's body, and the lines of the contents that point into it."""

    body: etree._Element
    entries: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The words of its first heading."""
        return words_of(next(self.body.iter(*HEADINGS), None))

    @property
    def anchors(self) -> list[str]:
        """The places in it that links point to."""
        return [name for element in self.body.iter("*") if (name := element.get("id"))]


def pages_of(text: str, contents: Mapping[str, str]) -> list[KindlePage]:
    """The pages of a book's text; `contents` has the title of the line that points to each place."""
    found: list[KindlePage] = []
    kept: list[etree._Element] = []  # places on a page without words belong to the next
    for body in _bodies(text):
        for place in reversed(kept):
            place.tail = None
            body.insert(0, place)
        if not words_of(body) and next(body.iter("img"), None) is None:
            kept = [element for element in body.iter("a") if is_anchor(element)]
            continue
        kept = []
        found += [_page(part, contents) for part in _cut(body, contents)]
    return found


def _bodies(text: str) -> Iterator[etree._Element]:
    for piece in _BREAK.split(text):
        plain = _NOT_TEXT.sub("", piece)
        if plain.strip():
            # Never XML: the parser for pages of the web closes what a page break left open.
            body = parse_page(f"<!DOCTYPE html><meta charset=utf-8><body>{plain}".encode()).body
            unwind(body)
            yield body


def _page(body: etree._Element, contents: Mapping[str, str]) -> KindlePage:
    page = KindlePage(body)
    page.entries = tuple(contents[name] for name in page.anchors if name in contents)
    return page


def _cut(body: etree._Element, contents: Mapping[str, str]) -> Iterator[etree._Element]:
    """The body in parts, each beginning at a place that the contents name."""
    part = etree.Element("body")
    part.text = body.text
    for child in list(body):
        if child.get("id") in contents and words_of(part):
            yield part
            part = etree.Element("body")
        part.append(child)
    yield part
