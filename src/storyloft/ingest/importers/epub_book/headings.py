"""A chapter's title: from the contents or the heading at its top, which is then taken out of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from storyloft.ingest.importers.epub_book.markup import HEADINGS, types_of, words_of
from storyloft.ingest.importers.epub_book.matter import folded

_MOST_HEADINGS = 3
_LONGEST_TITLE = 300
_ONLY_A_NUMBER = re.compile(r"(?:(?:chapter|part|book|letter|story)\s+)?(?:\d+|[ivxlc]+|\w+teen|one|two|three|four|five"
                            r"|six|seven|eight|nine|ten|eleven|twelve|twenty)[.:]?", re.IGNORECASE)  # fmt: skip

_NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,3}|\*+|[†‡])[\])]?")


def take_title(body: etree._Element, title: str) -> str:
    """The chapter's title, given what the contents call it; its headings leave the text where the title says all
    their words, and stay where it does not."""
    headings = list(_leading(body, title))
    # A footnote's mark in a heading would be lost with it.
    if not headings or any(map(_marked, headings)):
        return title
    for count in range(1, len(headings) + 1):
        if title and folded(" ".join(map(words_of, headings[:count]))) == folded(title):
            return _without(headings[:count], title)
    if not title:
        return _untitled(headings)
    return _differing(headings[0], title)


def first_heading(body: etree._Element) -> str:
    """The words of the heading a text begins with; "" where it begins with text."""
    return next((words_of(heading) for heading in _leading(body, "")), "")


def _untitled(headings: list[etree._Element]) -> str:
    first = words_of(headings[0])
    if len(first) > _LONGEST_TITLE:
        return ""
    if len(headings) > 1 and _ONLY_A_NUMBER.fullmatch(first):
        return _without(headings[:2], f"{first.rstrip('.:')}: {words_of(headings[1])}")
    return _without(headings[:1], first)


def _differing(heading: etree._Element, title: str) -> str:
    words = words_of(heading)
    if folded(words) and folded(words) in folded(title):
        return _without([heading], title)
    if folded(title) and folded(words).startswith(folded(title)) and len(words) <= _LONGEST_TITLE:
        return _without([heading], words)
    return title


def _without(headings: list[etree._Element], title: str) -> str:
    for heading in headings:
        _take_out(heading)
    return title


def _marked(heading: etree._Element) -> bool:
    """Whether a heading holds a footnote's mark beside its words."""
    whole = words_of(heading)
    links = [(types_of(link), words_of(link)) for link in heading.iter("a")]
    return any("noteref" in types or (said != whole and _NOTE_MARK.fullmatch(said)) for types, said in links)


def _take_out(heading: etree._Element) -> None:
    """Take a heading out of the tree; its pictures and what follows it stay."""
    parent = heading.getparent()
    if parent is None:
        return
    place = parent.index(heading)
    tail, heading.tail = heading.tail, None
    kept = list(heading.iter("img"))
    parent.remove(heading)
    for picture in reversed(kept):
        picture.tail = None
        parent.insert(place, picture)
    before = kept[-1] if kept else (parent[place - 1] if place else None)
    if before is None:
        parent.text = (parent.text or "") + (tail or "")
    else:
        before.tail = (before.tail or "") + (tail or "")


def _leading(body: etree._Element, title: str) -> Iterator[etree._Element]:
    """The headings that stand before any text; a paragraph that says exactly the title counts as one."""
    found = 0
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            if element is not body and (element.tail or "").strip():
                return
        elif element.tag in HEADINGS or (element.tag == "p" and _says(element, title)):
            walk.skip_subtree()
            _part_lines(element)
            if words_of(element):
                yield element
                found += 1
        elif (element.text or "").strip():
            return
        if found == _MOST_HEADINGS:
            return


def _part_lines(heading: etree._Element) -> None:
    """A line break within a heading parts its words: "Chapter 1<br/>The Lamp"."""
    for line_break in heading.iter("br"):
        line_break.tail = f" {line_break.tail or ''}"


def _says(paragraph: etree._Element, title: str) -> bool:
    return bool(title) and folded(words_of(paragraph)) == folded(title) != ""
