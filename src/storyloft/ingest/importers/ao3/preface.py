"""What stands before and after the chapters: message line, tags, stats, byline, summary, notes, relations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from storyloft.ingest.imported import ImportedByline, ImportedSeries, ImportedSource, ImportedTag, Status
from storyloft.ingest.importers.ao3.editions import LABELS, origin_in, status_in
from storyloft.ingest.importers.ao3.fragment import LOCAL, Fragment, after, byline, whole, words
from storyloft.ingest.importers.ao3.labels import KINDS, Stats, label, position_before, read_stats, tag

_WORK = re.compile(r"https?://[\w.:-]+(?:/[\w./-]*)?/works/(\d+)")
_POSTED = re.compile(r"Posted originally on\s+(?:the\s+)?(?P<site>.{2,60}?)\s+at\s+https?://")
_ARCHIVED = re.compile(r"^(?P<old>.+?)\s*\[archived by\b\s*(?P<by>[^\]]*)\]", re.IGNORECASE)
_LONGEST_BYLINE = 1_000
_BY = re.compile(r"^(?:Chapter )?by\b")
_GIFT = re.compile(r"^(?:For|Gifts?:)\s+(?P<names>.+?)\.?$")


@dataclass(frozen=True, slots=True)
class Preface:
    """Everything the first pages of a download say. `facts` is what has no field of its own, by label."""

    site: str = ""
    url: str = ""
    site_id: str = ""
    title: str = ""
    bylines: tuple[ImportedByline, ...] = ()
    tags: tuple[ImportedTag, ...] = ()
    language: str = ""
    series: tuple[ImportedSeries, ...] = ()
    stats: Stats = field(default_factory=Stats)
    summary: str = ""
    notes: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    code: str = ""
    origin: ImportedSource | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Afterword:
    """End notes of the work, and the works it inspired."""

    end_notes: str = ""
    facts: dict[str, str] = field(default_factory=dict)


def read_preface(html: str) -> Preface:
    """The preface of a download of any generation, as HTML of its region alone."""
    page = Fragment(html)
    site, url, site_id = _message(page)
    page.address = url
    details = _details(page)
    bylines, facts = read_bylines(page.first("div.byline, p.byline"), url)
    facts |= _named(details, "collections", "collection") | _relations(page) | _others(details)
    return Preface(
        site=site,
        url=url,
        site_id=site_id,
        title=words(page.first("h1")),
        bylines=bylines,
        tags=tuple(tags_in(details)),
        language=words(details.get("language")),
        series=tuple(series_in(details.get("series"), url)),
        stats=read_stats(words(details.get("stats"))),
        summary=page.said.get("summary", ""),
        notes=page.said.get("notes", ""),
        facts=facts,
        code=_code(details.get("language")),
        origin=origin_in(details),
        status=status_in(details),
    )


def read_afterword(html: str) -> Afterword:
    """The afterword of a download of any generation, as HTML of its region alone."""
    page = Fragment(html)
    return Afterword(page.said.get("end notes", ""), _relations(page))


def read_bylines(node: LexborNode | None, address: str) -> tuple[tuple[ImportedByline, ...], dict[str, str]]:
    """The names in a byline; "Anonymous" is none, "OLD [archived by X]" is OLD with the archivist as a fact."""
    if node is None:
        return (), {}
    if archived := _ARCHIVED.match(_BY.sub("", words(node)[:_LONGEST_BYLINE]).strip()):
        return (ImportedByline(name=archived["old"]),), {"archived by": archived["by"].strip()}
    return tuple(dict.fromkeys(_names(node, address))), {}


def _names(node: LexborNode, address: str) -> Iterator[ImportedByline]:
    """Linked names by their link; a name without a link (a guest's, an old author's) by the text between."""
    for child in _flat(node):
        if child.tag == "a":
            yield byline(child, address)
            continue
        for name in _BY.sub("", " ".join((child.text() or "").split())).split(","):
            if name.strip() and name.strip().casefold() != "anonymous":
                yield ImportedByline(name=name.strip())


def tags_in(details: dict[str, LexborNode]) -> list[ImportedTag]:
    """Every tag by its kind. Link texts are the only safe split: names hold `/`, `&` and `|`, never a comma."""
    found = []
    for name, node in details.items():
        if kind := KINDS.get(name):
            names = [words(link) for link in node.css("a")] or words(node).split(", ")
            found += [tag(kind, each) for each in names if each]
    return list(dict.fromkeys(found))


def series_in(node: LexborNode | None, address: str) -> list[ImportedSeries]:
    """Every series with its position: "Part 2 of" stands in the text before each link."""
    found, said = [], ""
    for child in [] if node is None else _flat(node):
        if child.tag == "a":
            link = whole((child.attributes.get("href") or "").strip(), address)
            marks = (child.attributes.get("class") or "").split()
            if words(child) and ("series" in marks or "/series/" in (child.attributes.get("href") or "")):
                position = child.attributes.get("data-position") or position_before(said)
                found.append(ImportedSeries(title=words(child), position=position, url="" if LOCAL in marks else link))
            said = ""
        else:
            said += child.text() or ""
    return found


def _flat(node: LexborNode) -> list[LexborNode]:
    """Links and texts in order, whatever `span` stands around them (saved pages have one for each series)."""
    found: list[LexborNode] = []
    for child in node.iter(include_text=True):
        found += [child] if child.is_text_node or child.tag == "a" else _flat(child)
    return found


def _message(page: Fragment) -> tuple[str, str, str]:
    """Site, address and id from the line "Posted originally on the SITE at ADDRESS"."""
    for line in page.all("p"):
        text = words(line)
        if "Posted originally on" in text:
            links = line.css("a")
            urls = [found for link in links if (found := _WORK.match(link.attributes.get("href") or ""))]
            found = urls[-1] if urls else _WORK.search(text)
            named = _POSTED.search(text)
            site = named["site"] if named else words(links[0] if links else None)
            return site, found[0] if found else "", found[1] if found else ""
    return "", "", ""


def _details(page: Fragment) -> dict[str, LexborNode]:
    """The `dd` of each label in the tag list; the first list with such labels counts."""
    for listing in page.all("dl"):
        found: dict[str, LexborNode] = {}
        for term in listing.css("dt"):
            value = after(term)
            if value is not None and value.tag == "dd":
                found.setdefault(label(words(term)), value)
        if any(name in KINDS for name in found) or "stats" in found:
            return found
    return {}


def _code(node: LexborNode | None) -> str:
    return "" if node is None else node.attributes.get("lang") or ""


def _named(details: dict[str, LexborNode], *names: str) -> dict[str, str]:
    for name in names:
        if node := details.get(name):
            return {names[0]: ", ".join(filter(None, map(words, node.css("a")))) or words(node)}
    return {}


_KNOWN = frozenset({*KINDS, "language", "series", "stats", "collections", "collection", *LABELS})


def _others(details: dict[str, LexborNode]) -> dict[str, str]:
    """Labels that this archive does not know, kept as they are."""
    return {name: words(node) for name, node in details.items() if name not in _KNOWN and words(node)}


def _relations(page: Fragment) -> dict[str, str]:
    """Gifts ("For X."), and the works this one comes from or led to, one to a line with its address."""
    gifts, related = [], []
    for item in page.all("ul > li"):
        if gift := _GIFT.match(words(item)):
            gifts.append(gift["names"])
        elif words(item):
            related.append(_with_address(page, item))
    for term in page.all("dt"):
        value = after(term)
        if "inspired" in (name := words(term).lower()) and value is not None:
            related.append(f"{name.rstrip(':').capitalize()}: {_with_address(page, value)}")
    facts = {"gifts": ", ".join(gifts), "related works": "\n".join(related)}
    return {name: value for name, value in facts.items() if value}


def _with_address(page: Fragment, node: LexborNode) -> str:
    links = [url for link in node.css("a") if "/works/" in (url := page.link(link))]
    return " ".join([words(node), *(f"<{url}>" for url in links)])
