"""A page that holds a whole book: the headings at which it falls into chapters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from storyloft.ingest.imported import ImportedChapter, Removed
from storyloft.ingest.importers.pages.page import words_of
from storyloft.ingest.importers.pages.region import Region, Text
from storyloft.ingest.importers.text.headings import heading_of, number_in

PREFACE_FROM = 40  # words before the first heading that make a chapter of their own; fewer are a note


def chapter_starts(region: Region) -> list[LexborNode]:
    """The headings of the chapters, none where the page is not plainly one book.

    One level of headings must hold two or more of which most are worded like chapters ("Chapter 3", "Epilogue"), or
    to which a list of contents leads; failing that, paragraphs that say nothing but "Chapter N", counting upwards.
    """
    for level in ("h1", "h2", "h3", "h4"):
        headings = [node for node in region.find(level) if words_of(node)]
        like_chapters = sum(heading_of(words_of(node)) is not None for node in headings)
        if len(headings) >= 2 and like_chapters >= 2 and 2 * like_chapters >= len(headings):
            return _with_own_kind(headings)
        if len(headings) >= 2 and all(_is_led_to(region, node) for node in headings):
            return headings
    return _paragraph_starts(region)


def _with_own_kind(headings: Sequence[LexborNode]) -> list[LexborNode]:
    """Leave out what stands before the first chapter: the book's title, often a heading of the same level."""
    first = next(at for at, node in enumerate(headings) if heading_of(words_of(node)))
    return list(headings[first:])


def _is_led_to(region: Region, heading: LexborNode) -> bool:
    anchors = [heading, *heading.css("[id], [name]")]
    names = {name for node in anchors for key in ("id", "name") if (name := node.attributes.get(key))}
    return any(region.page.tree.css_first(f'a[href="#{name}"]') for name in names if name and '"' not in name)


def _paragraph_starts(region: Region) -> list[LexborNode]:
    found = [(node, heading) for node in region.find("p") if (heading := heading_of(words_of(node)[:130]))]
    found = [(node, heading) for node, heading in found if heading.family in ("chapter", "named")]
    numbers = [heading.number for _node, heading in found if heading.number is not None]
    rising = all(later == earlier + 1 for earlier, later in zip(numbers, numbers[1:], strict=False))
    return [node for node, _heading in found] if len(numbers) >= 2 and rising else []


def cut_into_chapters(region: Region, starts: Sequence[LexborNode]) -> tuple[Text, list[ImportedChapter], str]:
    """The text, its chapters, and what little stood before the first of them (to go into the notes)."""
    titles = [words_of(node) for node in starts]
    text = region.finish(starts)
    if not starts:
        return text, [ImportedChapter(html=text.chapters[0])], ""
    preface, *bodies = text.chapters
    chapters = [
        ImportedChapter(html=html, title=title, number=number_in(title))
        for title, html in zip(titles, bodies, strict=True)
    ]
    if len(_bare(preface).split()) >= PREFACE_FROM:
        return text, [ImportedChapter(html=preface), *chapters], ""
    text.removed = [_one_earlier(removed) for removed in text.removed]
    return text, chapters, preface if _bare(preface) else ""


def _one_earlier(removed: Removed) -> Removed:
    """The preface is no chapter, so every chapter moves up one; what was taken from it stands outside of all."""
    return replace(removed, chapter=removed.chapter - 1 if removed.chapter else None)


def _bare(html: str) -> str:
    return words_of(LexborHTMLParser(html).body)
