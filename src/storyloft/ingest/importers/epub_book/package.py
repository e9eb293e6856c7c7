"""The package document (OPF 2 and 3): who, what, which files and in which order."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from lxml import etree

from storyloft.ingest.imported import ImportedSeries, NotReadable
from storyloft.ingest.importers.epub_book.container import Files
from storyloft.ingest.importers.epub_book.markup import parse_xml, words_of

_OPF = "{http://www.idpf.org/2007/opf}"
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_Refinements = dict[str, dict[str, str]]
# calibre writes year 101 where it knows no date.
_FIRST_YEAR = 1500


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the book."""

    id: str
    path: str
    media_type: str
    properties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Named:
    """A metadata element: its words, its id, its EPUB 2 attributes and EPUB 3 refinements by name."""

    words: str
    id: str = ""
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Package:
    """Everything the package document says. `dc` by element name, `metas` by `name` or `property` (first wins)."""

    path: str
    dc: dict[str, list[Named]]
    metas: dict[str, str]
    series: tuple[ImportedSeries, ...]
    items: dict[str, Item]
    spine: tuple[Item, ...]
    ncx: Item | None
    guide: dict[str, str]

    def first(self, name: str) -> str:
        """The first `dc:` element of that name, "" where there is none."""
        return self.dc[name][0].words if self.dc.get(name) else ""

    def all(self, name: str) -> list[str]:
        """The words of every `dc:` element of that name."""
        return [named.words for named in self.dc.get(name, ())]

    @property
    def nav(self) -> Item | None:
        """The EPUB 3 navigation document."""
        return next((item for item in self.items.values() if "nav" in item.properties), None)

    @property
    def title(self) -> str:
        """The main title; the first one where none is marked."""
        titles = self.dc.get("title", [])
        main = [t for t in titles if t.facts.get("title-type", "main") == "main" and t.words]
        return (main or titles)[0].words if titles else ""

    @property
    def authors(self) -> list[str]:
        """The names the book is by, in order; other roles count only where nobody is called author."""
        creators = [c for c in self.dc.get("creator", ()) if c.words]
        written = [c for c in creators if c.facts.get("role", "aut") == "aut"]
        return [c.words for c in written or creators]

    def date(self, event: str = "") -> date | None:
        """The `dc:date` of that event; without an event, the publication or the one without any."""
        wanted = (event,) if event else ("publication", "original-publication", "")
        for named in self.dc.get("date", ()):
            if named.facts.get("event", "") in wanted and (found := day(named.words)):
                return found
        return None


def day(words: str) -> date | None:
    """The day that stands at the head of a date; None where it is none, or calibre's "undefined"."""
    if not (found := _DATE.match(words.strip())):
        return None
    year, month, number = (int(part or 1) for part in found.groups())
    try:
        return date(year, month, number) if year >= _FIRST_YEAR else None
    except ValueError:
        return None


def read_package(files: Files, path: str) -> Package:
    """The package document at `path`; raises `NotReadable` where it is not XML or names no chapters."""
    try:
        root = parse_xml(files.read(path))
    except etree.XMLSyntaxError as broken:
        raise NotReadable("The package document of this EPUB is damaged, so its chapters cannot be found.") from broken
    items = _items(root, files, path)
    spine, toc = _spine(root, items)
    if not spine:
        raise NotReadable("This EPUB lists no chapters (its spine is empty).")
    refinements, metas = _metas(root)
    elements = _elements(root, refinements)
    ncx = items.get(toc) or next((i for i in items.values() if i.media_type == "application/x-dtbncx+xml"), None)
    guide = {r.get("type", "").lower(): r.get("href", "") for r in root.iter("{*}reference")}
    return Package(path, elements, metas, _series(root, refinements, metas), items, spine, ncx, guide)


def _items(root: etree._Element, files: Files, path: str) -> dict[str, Item]:
    found = {}
    for item in root.iterfind("{*}manifest/{*}item"):
        if name := files.find(item.get("href", ""), path):
            properties = frozenset(item.get("properties", "").split())
            found[item.get("id", "")] = Item(item.get("id", ""), name, item.get("media-type", ""), properties)
    return found


def _spine(root: etree._Element, items: dict[str, Item]) -> tuple[tuple[Item, ...], str]:
    spine = root.find("{*}spine")
    if spine is None:
        return (), ""
    named = (items.get(ref.get("idref", "")) for ref in spine.iterfind("{*}itemref"))
    once = {item.path: item for item in named if item and not item.media_type.startswith("image/")}
    return tuple(once.values()), spine.get("toc", "")


def _metas(root: etree._Element) -> tuple[_Refinements, dict[str, str]]:
    refinements: _Refinements = defaultdict(dict)
    metas: dict[str, str] = {}
    for meta in root.iterfind("{*}metadata//{*}meta"):
        name = meta.get("property") or meta.get("name") or ""
        words = meta.get("content") or words_of(meta)
        if refined := meta.get("refines", "").lstrip("#"):
            refinements[refined].setdefault(name, words)
        else:
            metas.setdefault(name, words)
    return refinements, metas


def _elements(root: etree._Element, refinements: _Refinements) -> dict[str, list[Named]]:
    elements: dict[str, list[Named]] = defaultdict(list)
    for element in root.iterfind("{*}metadata//{http://purl.org/dc/elements/1.1/}*"):
        name = etree.QName(element).localname
        facts = {str(key).removeprefix(_OPF): str(value) for key, value in element.attrib.items()}
        facts.update(refinements.get(facts.get("id", ""), {}))
        elements[name].append(Named(_unescaped(words_of(element), name), facts.get("id", ""), facts))
    return dict(elements)


def _unescaped(words: str, name: str) -> str:
    """The words with the second escaping of several producers undone ("&amp;amp;"); a description's tags stay."""
    return words if name == "description" and "<" in words else html.unescape(words)


def _series(root: etree._Element, refinements: _Refinements, metas: dict[str, str]) -> tuple[ImportedSeries, ...]:
    found = []
    for collection in root.iterfind("{*}metadata/{*}meta[@property='belongs-to-collection']"):
        facts = refinements.get(collection.get("id", ""), {})
        # A `set` is a publisher's or archive's collection, no order of reading.
        if facts.get("collection-type", "series") == "series":
            url = facts.get("dcterms:identifier", "")
            position = _position(facts.get("group-position", ""))
            url = url if url.startswith("http") else ""
            found.append(ImportedSeries(title=words_of(collection), position=position, url=url))
    if (name := metas.get("calibre:series")) and name not in (series.title for series in found):
        found.insert(0, ImportedSeries(title=name, position=_position(metas.get("calibre:series_index", ""))))
    return tuple(found)


def _position(words: str) -> str:
    """A place in a series as people write it: calibre's "2.0" is "2"."""
    return re.sub(r"\.0+$", "", words.strip())
