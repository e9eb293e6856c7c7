"""The one long page of an older Kindle book, cut where it breaks pages and where its contents point."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from storyloft.ingest.importers.epub_book.markup import HEADINGS, parse_page, words_of
from storyloft.ingest.importers.kindle_book.layout import is_anchor, unwind

_BREAK = re.compile(r"<mbp:pagebreak\b[^>]*>", re.IGNORECASE)
_FEWEST_CHAPTERS = 3
_SECTION = re.compile(r"(?:part\s+)?(?:[ivxlc]{1,7}|\d{1,3})\.?", re.IGNORECASE)
_NOT_TEXT = re.compile(
    r"<guide>.*?</guide>|<head\b[^>]*>.*?</head>|</?(?:html|body|mbp:[a-z]+)\b[^>]*>", re.IGNORECASE | re.DOTALL
)


@dataclass
class KindlePage:
    """A page's body, and the lines of the contents that point into it: place and title."""

    body: etree._Element
    entries: dict[str, str]

    @property
    def titles(self) -> tuple[str, ...]:
        """What the contents call it."""
        return tuple(self.entries.values())

    @property
    def heading(self) -> str:
        """The words of its first heading."""
        return words_of(next(self.body.iter(*HEADINGS), None))

    def begins_at(self, place: str) -> bool:
        """Whether nothing stands before a place on it."""
        for element in self.body.iter("*"):
            if element.get("id") == place:
                return True
            if (element.text or "").strip() or (element.tail or "").strip() or element.tag == "img":
                return False
        return False

    def lists(self, place: str) -> bool:
        """Whether it is the list of contents at this place: below its heading it is mostly links."""
        linked = sum(len(words_of(link)) for link in self.body.iter("a"))
        return place in _places(self.body) and linked * 2 > len(words_of(self.body)) - len(self.heading)


@dataclass(frozen=True)
class Line:
    """A line of the contents; `nested` where it hangs under another."""

    title: str
    nested: bool = False


def pages_of(text: str, contents: Mapping[str, Line]) -> list[KindlePage]:
    """The pages of a book's text; `contents` has the line that points to each place."""
    bodies = list(_bodies(text))
    titles = {place: line.title for place, line in contents.items() if place not in _sections(bodies, contents)}
    parts = (part for body in bodies for part in _cut(body, titles))
    return [KindlePage(part, {place: titles[place] for place in _places(part) if place in titles}) for part in parts]


def _bodies(text: str) -> Iterator[etree._Element]:
    """The body of each page that holds something; the places of one that does not are the next one's."""
    kept: list[etree._Element] = []
    for piece in _BREAK.split(text):
        # Never read as XML: the parser for pages of the web closes what a page break left open.
        body = parse_page(f"<!DOCTYPE html><meta charset=utf-8><body>{_NOT_TEXT.sub('', piece)}".encode()).body
        for place in reversed(kept):
            place.tail = None
            body.insert(0, place)
        if words_of(body) or next(body.iter("img"), None) is not None:
            kept = []
            unwind(body)
            yield body
        else:
            kept = [element for element in body.iter("a") if is_anchor(element)]


def _sections(bodies: list[etree._Element], contents: Mapping[str, Line]) -> frozenset[str]:
    """The places of a chapter's sections ("I", "II"), which point into the middle of a chapter's page.

    Only where page breaks are what parts the chapters: where most pages hold several places, those are the chapters.
    """
    named = [places for body in bodies if (places := [place for place in _places(body) if place in contents])]
    if len(named) < _FEWEST_CHAPTERS or sum(len(places) > 1 for places in named) * 2 > len(named):
        return frozenset()
    return frozenset(place for places in named for place in places[1:] if _is_section(contents[place]))


def _is_section(line: Line) -> bool:
    return line.nested or bool(_SECTION.fullmatch(line.title))


def _cut(body: etree._Element, titles: Mapping[str, str]) -> Iterator[etree._Element]:
    """The body in parts, each beginning at a place that the contents name."""
    part = etree.Element("body")
    part.text = body.text
    for child in list(body):
        if child.get("id") in titles and words_of(part):
            yield part
            part = etree.Element("body")
        part.append(child)
    yield part


def _places(body: etree._Element) -> list[str]:
    return [name for element in body.iter("*") if (name := element.get("id"))]
