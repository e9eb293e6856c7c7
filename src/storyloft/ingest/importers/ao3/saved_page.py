"""A work's page as a browser saved it: whole, or one chapter of it (`ao3-formats.md` §5)."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from storyloft.ingest.imported import (
    ImportedChapter,
    ImportedSource,
    ImportedTag,
    ImportedWork,
    NotReadable,
    Part,
    Removed,
    Rule,
)
from storyloft.ingest.importers.ao3.fragment import inner, inside_quotation, whole, words
from storyloft.ingest.importers.ao3.labels import AO3, NO_RATING, Stats, chapter_heading, day, number, tag
from storyloft.ingest.importers.ao3.languages import code_for
from storyloft.ingest.importers.ao3.preface import read_bylines, series_in
from storyloft.tags.kinds import TagKind

META = "dl.work.meta.group"

_HIDDEN_WARNING = "The reader's settings hid the {} when this page was saved: unknown, not none."
_HIDDEN = {"warning": "warnings", "freeform": "additional tags"}
_COUNTS = ("words", "comments", "kudos", "bookmarks", "hits")
_WORK = re.compile(r"/works/(\d+)")
_CHAPTER = re.compile(r"/chapters/(\d+)")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>]+)")
_SITE_TAIL = re.compile(r"\[(?P<site>[^\[\]]{2,60})\]\s*$")
_GIFT = re.compile(r"^For\s+(?P<names>.+?)\.?$")
DRAFT = Rule("ao3-draft", "A draft chapter that its author had not posted when the page was saved.")
LANDMARK = Rule("ao3-landmark", 'The line "Chapter Text" or "Work Text:" that the archive writes for screen readers.')


def read_saved_page(text: str, page: LexborHTMLParser) -> ImportedWork:
    """The work, or the chapters of it, that a saved page holds; raises `NotReadable` where it holds none."""
    meta = page.css_first(META)
    frame = next((node for node in page.css("#chapters") if not inside_quotation(node)), None)
    if meta is None or frame is None:
        raise NotReadable("This page of the archive holds no chapter text.")
    address = _address(text, page)
    removed = _landmarks(frame)
    blocks = [node for node in frame.css("div.chapter") if (node.id or "").startswith("chapter-")]
    drafts = [block for block in blocks if "draft" in (block.attributes.get("class") or "").split()]
    chapters = [_chapter(block, address) for block in blocks if block not in drafts] or [_one_shot(frame)]
    removed += tuple(Removed(text=words(block), rule=DRAFT) for block in drafts)
    return _work(page, meta, address, [chapter for chapter in chapters if chapter.html], removed)


def _work(
    page: LexborHTMLParser,
    meta: LexborNode,
    address: str,
    chapters: list[ImportedChapter],
    removed: tuple[Removed, ...],
) -> ImportedWork:
    if not chapters:
        raise NotReadable("This page of the archive holds no chapter text.")
    stats, counts = _stats(meta)
    bylines, facts = read_bylines(page.css_first("h3.byline"), address)
    source = _source(page, meta, address, stats, counts, facts | _facts(page, meta))
    warnings = _warnings(meta)
    language = meta.css_first("dd.language")
    code = (language.attributes.get("lang") or "") if language is not None else ""
    return ImportedWork(
        chapters=tuple(chapters),
        title=words(page.css_first("h2.title")),
        bylines=bylines,
        summary=_module(page, "div.preface.group > div.summary"),
        notes=_module(page, "div.preface.group > div.notes"),
        end_notes=_module(page, "#work_endnotes"),
        tags=tuple(_tags(meta)),
        series=tuple(series_in(meta.css_first("dd.series"), address)),
        language=code or code_for(words(language)),
        status=stats.status,
        expected_chapters=stats.expected,
        source=source,
        part=_part(source, stats, chapters),
        removed=removed,
        warnings=tuple(warnings + _missing(stats, chapters)),
    )


def _chapter(block: LexborNode, address: str) -> ImportedChapter:
    """One `div.chapter`; only its own direct parts are looked at, never what the author wrote."""
    place = number((block.id or "").removeprefix("chapter-"))
    heading = next((node for node in block.css("h3.title") if not inside_text(node, block)), None)
    said, title = chapter_heading(words(heading))
    link = None if heading is None else heading.css_first("a")
    href = "" if link is None else whole((link.attributes.get("href") or "").strip(), address)
    key = _CHAPTER.search(href)
    notes = [node for node in block.css("div.notes") if not inside_text(node, block)]
    end = [node for node in notes if "end" in (node.attributes.get("class") or "").split()]
    summary = next((node for node in block.css("div.summary") if not inside_text(node, block)), None)
    return ImportedChapter(
        html="\n".join(inner(node) for node in block.iter() if node.tag == "div" and _is_text(node)),
        title=title,
        number=said or place,
        key=f"chapters/{key[1]}" if key else "",
        summary=_quotation(summary),
        notes=_quotation(next((node for node in notes if node not in end), None)),
        end_notes=_quotation(next(iter(end), None)),
    )


def _one_shot(frame: LexborNode) -> ImportedChapter:
    texts = [node for node in frame.iter() if node.tag == "div" and _is_text(node)]
    html = "\n".join(map(inner, texts)) if texts else inner(frame) if _is_text(frame) else ""
    return ImportedChapter(html=html, number=1)


def inside_text(node: LexborNode, block: LexborNode) -> bool:
    """Whether a node stands inside an author's text within this block."""
    parent = node.parent
    while parent is not None and parent != block:
        if _is_text(parent):
            return True
        parent = parent.parent
    return False


def _is_text(node: LexborNode) -> bool:
    return "userstuff" in (node.attributes.get("class") or "").split()


def _quotation(module: LexborNode | None) -> str:
    return "" if module is None else inner(module.css_first("blockquote"))


def _module(page: LexborHTMLParser, selector: str) -> str:
    return _quotation(page.css_first(selector))


def _landmarks(frame: LexborNode) -> tuple[Removed, ...]:
    found = [node for node in frame.css("h3.landmark") if words(node)]
    removed = tuple(Removed(text=words(node), rule=LANDMARK) for node in found)
    for node in found:
        node.decompose()
    return removed[:1]


def _tags(meta: LexborNode) -> list[ImportedTag]:
    found = []
    for kind in TagKind:
        found += [tag(kind, words(link)) for link in meta.css(f"dd.{kind.value} a.tag") if words(link)]
    return list(dict.fromkeys(found))


def _stats(meta: LexborNode) -> tuple[Stats, dict[str, str]]:
    def said(name: str) -> str:
        return words(meta.css_first(f"dl.stats dd.{name}"))

    chapters, _, expected = said("chapters").partition("/")
    completed = words(meta.css_first("dl.stats dt.status")).lower().startswith("completed")
    stats = Stats(
        published=day(said("published")),
        updated=day(said("status")) or day(said("published")),
        completed=completed,
        words=said("words"),
        chapters=number(chapters),
        expected=number(expected),
    )
    return stats, {name: said(name) for name in _COUNTS if said(name)}


def _facts(page: LexborHTMLParser, meta: LexborNode) -> dict[str, str]:
    collections = ", ".join(words(link) for link in meta.css("dd.collections a"))
    # Gifts and relations are list items of the notes module, beside the quotation that holds the notes.
    items = [item for item in page.css("div.preface.group div.notes li") if not inside_quotation(item)]
    gifts = [found["names"] for item in items if (found := _GIFT.match(words(item)))]
    related = [words(item) for item in items if words(item) and not _GIFT.match(words(item))]
    related += [f"Inspired: {words(item)}" for item in page.css("#children li") if words(item)]
    facts = {"collections": collections, "gifts": ", ".join(gifts), "related works": "\n".join(related)}
    return {name: value for name, value in facts.items() if value}


def _source(
    page: LexborHTMLParser,
    meta: LexborNode,
    address: str,
    stats: Stats,
    counts: dict[str, str],
    facts: dict[str, str],
) -> ImportedSource:
    found = _WORK.search(address)
    site = _SITE_TAIL.search(words(page.css_first("head title")))
    return ImportedSource(
        site=_site_name(page) or (site["site"] if site else AO3),
        url=address[: found.end()] if found else address,
        site_id=found[1] if found else "",
        published=stats.published,
        updated=stats.updated,
        counts=counts,
        facts=facts,
    )


def _site_name(page: LexborHTMLParser) -> str:
    """The site's name from its header; the page's title names it only where the reader's settings let it."""
    return words(page.css_first("#header h1.heading a span")) or words(page.css_first("#header h1 a"))


def _address(text: str, page: LexborHTMLParser) -> str:
    """The work's address: what the page calls itself, else the first link to a work in its own frame."""
    canonical = page.css_first("link[rel=canonical]")
    saved = _SAVED_FROM.search(text[:2000])
    own = [] if canonical is None else [canonical.attributes.get("href") or ""]
    own += [saved[1]] if saved else []
    links = page.css("li.chapter a, li.share a, #chapters h3.title a, a[href*='/works/']")
    own += [link.attributes.get("href") or "" for link in links if not inside_quotation(link)]
    found = next((url for url in own if _WORK.search(url)), "")
    return found if found.startswith("http") else f"https://archiveofourown.org{found}" if found else ""


def _warnings(meta: LexborNode) -> list[str]:
    told = [
        _HIDDEN_WARNING.format(shown)
        for kind, shown in _HIDDEN.items()
        if meta.css_first(f"dd.{kind}") is not None and meta.css_first(f"dd.{kind} a.tag") is None
    ]
    return told if meta.css_first("dd.rating a.tag") is not None else [*told, NO_RATING]


def _part(source: ImportedSource, stats: Stats, chapters: list[ImportedChapter]) -> Part | None:
    """One chapter of several: files of the same work id belong together."""
    if len(chapters) != 1 or (stats.chapters or 1) <= 1:
        return None
    return Part(of=f"{source.site}|{source.site_id}", number=chapters[0].number, total=stats.chapters)


def _missing(stats: Stats, chapters: list[ImportedChapter]) -> list[str]:
    """The numbers of the chapters that the page leaves out; a page of one chapter is a part and says so itself."""
    if not stats.chapters or len(chapters) in (1, stats.chapters):
        return []
    here = {chapter.number for chapter in chapters}
    missing = [str(n) for n in range(1, min(stats.chapters, 10_000) + 1) if n not in here]
    return [f"Chapters missing from this page: {', '.join(missing[:20])}."] if missing else []
