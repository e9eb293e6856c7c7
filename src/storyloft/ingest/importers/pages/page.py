"""A saved web page as importers look at it: its address, its details, its embedded data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from storyloft.ingest.given import GivenFile
from storyloft.ingest.importers.pages import address as addresses
from storyloft.ingest.importers.pages.mhtml import unpack

_INVISIBLE = re.compile(r"[\u200b\ufeff\u00ad]")


def tidy(words: str | None) -> str:
    """Words with their blanks collapsed, as titles and names are kept."""
    return " ".join(_INVISIBLE.sub("", words or "").split())


def words_of(node: LexborNode | None) -> str:
    """The words of an element, tidied; "" for none."""
    return tidy(node.text()) if node else ""


def attribute(node: LexborNode | None, name: str) -> str:
    """An attribute's value, "" where the element or the attribute is missing."""
    return ((node.attributes.get(name) or "").strip()) if node else ""


def once(nodes: Iterable[LexborNode]) -> list[LexborNode]:
    """The elements, each once: one that answers to two selectors of a list is found twice."""
    return list({node.mem_id: node for node in nodes}.values())


class SavedPage:
    """A parsed page. Reading a story changes the tree (furniture goes), so a reader always parses its own."""

    def __init__(
        self,
        html: str,
        *,
        address: str = "",
        pictures: Mapping[str, bytes] | None = None,
        tree: LexborHTMLParser | None = None,
    ) -> None:
        self.html = html
        self.tree = tree or LexborHTMLParser(html)
        self.pictures = dict(pictures or {})
        self._address = address

    @classmethod
    def of(cls, file: GivenFile) -> SavedPage:
        """The page in this file, parsed anew."""
        if file.kind == "mhtml":
            unpacked = unpack(file.data)
            return cls(unpacked.html, address=unpacked.address, pictures=unpacked.pictures)
        return cls(file.text)

    @cached_property
    def address(self) -> str:
        """Where the page came from, "" where nothing tells."""
        return addresses.address_of(self.tree, self.html) or self._address

    @cached_property
    def host(self) -> str:
        """The host of the address without "www." and "m."."""
        return addresses.host_of(self.address)

    @cached_property
    def saved_on(self) -> date | None:
        """The day on which the page was saved, where it tells."""
        return addresses.saved_on(self.tree, self.html)

    @cached_property
    def title(self) -> str:
        """What the browser's title bar said."""
        return self.words("head title", "title")

    def each(self, *selectors: str) -> list[LexborNode]:
        """Every element that one of these selectors finds, in the page's order."""
        return once(self.tree.css(", ".join(selectors)))

    def all(self, *selectors: str) -> list[LexborNode]:
        """Every element the first of these selectors that finds any finds."""
        return next((found for selector in selectors if (found := self.each(selector))), [])

    def first(self, *selectors: str) -> LexborNode | None:
        """The first element found, the selectors tried in their order."""
        return next((found for selector in selectors if (found := self.tree.css_first(selector))), None)

    def words(self, *selectors: str) -> str:
        """The words of the first element that has some, the selectors tried in their order."""
        return next(
            (words for selector in selectors for node in self.tree.css(selector) if (words := words_of(node))), ""
        )

    def meta(self, *names: str) -> str:
        """The content of the first of these `meta` elements (by name or property) that has any."""
        for name in names:
            for node in self.tree.css(f'meta[property="{name}"], meta[name="{name}"]'):
                if content := tidy(attribute(node, "content")):
                    return content
        return ""

    def link(self, node: LexborNode | None) -> str:
        """Where a link leads, in full."""
        target = attribute(node, "href")
        return self.absolute(target) if target else ""

    def absolute(self, target: str) -> str:
        """An address in the page, in full."""
        return addresses.absolute(target, self.address)

    @cached_property
    def linked_data(self) -> list[dict[str, Any]]:
        """The page's JSON-LD objects, broken ones left out."""
        found: list[dict[str, Any]] = []
        for node in self.tree.css('script[type="application/ld+json"]'):
            found += [thing for thing in _things(_parsed(node.text())) if isinstance(thing.get("@type"), str)]
        return found

    def assigned(self, name: str) -> object:
        """The JSON that a script assigns to this name (`window.prefetched = {…}`), None where there is none."""
        for found in re.finditer(rf"{re.escape(name)}\s{{0,20}}=\s{{0,20}}(?=[{{\[])", self.html):
            try:
                data: object = json.JSONDecoder().raw_decode(self.html, found.end())[0]
                return data
            except (ValueError, RecursionError):
                continue
        return None


def _parsed(words: str) -> object:
    try:
        return json.loads(words)
    except (ValueError, RecursionError):
        return None


def _things(data: object) -> Iterator[dict[str, Any]]:
    waiting: list[object] = [data]
    while waiting:
        thing = waiting.pop(0)
        if isinstance(thing, list):
            waiting += thing
        elif isinstance(thing, dict):
            yield thing
            waiting += [value for key, value in thing.items() if key in ("@graph", "mainEntity", "isPartOf")]


@lru_cache(maxsize=1)
def look(file: GivenFile) -> SavedPage | None:
    """The page in this file to look at, never to change; None where the file holds no page.

    The last one is kept, since every importer looks at the same file in turn.
    """
    if file.kind == "mhtml":
        return SavedPage.of(file)
    return SavedPage(file.text, tree=file.page) if file.kind == "html" else None
