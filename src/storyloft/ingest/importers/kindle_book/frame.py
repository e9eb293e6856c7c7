"""What an archive wrote around a work, given back its shape: labels and values, summaries and notes, the text itself.

Converters keep of the download's skeleton nothing but lines, one below the other; once it stands again
(`ao3-formats.md` §2), the book is read as any other book of the archive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from storyloft.ingest.importers.ao3.editions import LABELS
from storyloft.ingest.importers.ao3.labels import KINDS, label
from storyloft.ingest.importers.epub_book.markup import HEADINGS, words_of
from storyloft.ingest.importers.kindle_book.layout import depth_of, gap_above, is_anchor, usual_gap
from storyloft.ingest.importers.kindle_book.pages import KindlePage

_LABELS = frozenset({*KINDS, "language", "series", "stats", "collections", "collection", *LABELS})
_ENOUGH_LABELS = 3
_FIRST_PAGES = 3
_POSTED = "Posted originally on"
_LONGEST_LABEL = 40
_CHAPTER_SECTIONS = frozenset({"Chapter Summary", "Chapter Notes"})
_SECTIONS = frozenset({"Summary", "Notes", *_CHAPTER_SECTIONS})
_CHAPTER_END, _WORK_END = "Chapter End Notes", "End Notes"
_SEE_END = re.compile(r"See the end of the (?:work|chapter) for\b.{0,20}")
_BYLINE = re.compile(r"Chapter by\b|Chapter published:|Published: \d{4}-")
_LONGEST_BYLINE = 300
_RELATED = re.compile(r"Inspired by\b|A translation of\b|Translation into\b|For \w")
_FOOT = re.compile(r"Please .{0,30}\bdrop by\b|This copy was made by\b|Works inspired by this one")
_WIDER = 1.3

Lines = list[etree._Element]


def is_of_archive(pages: list[KindlePage]) -> bool:
    """Whether the first pages hold the archive's message line and labels."""
    lines = [words_of(line) for page in pages[:_FIRST_PAGES] for line in page.body.iterchildren("p")]
    return any(_POSTED in line for line in lines) and sum(map(_is_known_label, lines)) >= _ENOUGH_LABELS


def restore(pages: list[KindlePage]) -> None:
    """Give preface, chapters and afterword their skeleton again."""
    pages[:] = _gathered(pages)
    first = _first_chapter(pages)
    last = max((n for n, page in enumerate(pages) if page.entries), default=len(pages) - 1)
    for number, page in enumerate(pages):
        lines = list(page.body)
        if number < first:
            made = list(_preface(lines))
        elif number == last and page.titles == ("Afterword",):
            made = list(_afterword(lines))
        else:
            made = list(_chapter(lines, page.titles))
        page.body.extend(made)


def _gathered(pages: list[KindlePage]) -> Iterator[KindlePage]:
    """The pages with each chapter's end notes on the chapter's own, and the afterword called so.

    A converter that was not told what is a chapter lists the links to the notes as well, and not the afterword.
    """
    before: KindlePage | None = None
    for page in pages:
        begins = next(filter(None, map(words_of, page.body)), "")
        if before and begins == _CHAPTER_END:
            before.body.extend(page.body)
            continue
        if before and (begins == _WORK_END or _FOOT.match(begins)):
            page.body.set("id", "afterword")
            page.entries = {"afterword": "Afterword"}
        yield page
        before = page


def _first_chapter(pages: list[KindlePage]) -> int:
    """The number of the first page after the preface: as the contents say, else by its byline."""
    named = (n for n, page in enumerate(pages) if page.entries and page.titles != ("Preface",))
    if (found := next(named, None)) is not None:
        return found
    labels = [n for n, page in enumerate(pages[:_FIRST_PAGES]) if any(map(_is_label, page.body))]
    after = labels[-1] + 1 if labels else 0
    return after + any(
        words_of(line).startswith("by ") for page in pages[after : after + 1] for line in list(page.body)[:3]
    )


def _preface(lines: Lines) -> Iterator[etree._Element]:
    at, titled = 0, False
    while at < len(lines):
        line, words = lines[at], words_of(lines[at])
        if _is_label(line) and not titled:
            found = _until(lines, at, lambda line: line.tag not in HEADINGS)
            yield _tag_list(found)
            at += len(found)
        elif words in _SECTIONS:
            said = _until(lines, at + 1, lambda line: not _is_frame(line))
            yield from (line, _quotation(said))
            at += 1 + len(said)
        else:
            titled = titled or (line.tag in HEADINGS and words != "Preface")
            yield _title(line, words) if line.tag in HEADINGS else _byline(line) if words.startswith("by ") else line
            at += 1


def _afterword(lines: Lines) -> Iterator[etree._Element]:
    at = 0
    while at < len(lines):
        yield lines[at]
        if words_of(lines[at]) == _WORK_END:
            said = _until(lines, at + 1, lambda line: not _FOOT.match(words_of(line)))
            yield _quotation(said)
            at += len(said)
        at += 1


def _chapter(lines: Lines, titles: tuple[str, ...]) -> Iterator[etree._Element]:
    """Heading, byline, summary and notes in a frame; the text; the end notes in a frame of their own."""
    head, start = _head_of(lines, titles) if titles else ([], 0)
    text, end = _without_end(lines[start:])
    yield from filter(is_anchor, head)
    if said := [line for line in head if not is_anchor(line)]:
        yield _wrapped("meta group", said)
    yield _wrapped("userstuff", text)
    if end:
        notes = _wrapped("meta", [end[0], _quotation([line for line in end[1:] if not is_anchor(line)])])
        notes.set("id", "endnotes1")
        yield notes


def _head_of(lines: Lines, titles: tuple[str, ...]) -> tuple[Lines, int]:
    """What stands before a chapter's text, and the number of lines it took."""
    usual = usual_gap(lines)
    head: Lines = []
    at = 0
    while at < len(lines) and _stands_before_text(lines[at], head, titles):
        line = lines[at]
        head.append(line)
        at += 1
        if words_of(line) in _CHAPTER_SECTIONS:
            said = _stretch(lines, at, usual)
            head.append(_quotation(said))
            at += len(said)
        elif line.tag in HEADINGS:
            line.set("class", "heading")
        elif _BYLINE.match(words_of(line)):
            _byline(line)
    return head, at


def _stands_before_text(line: etree._Element, head: Lines, titles: tuple[str, ...]) -> bool:
    words = words_of(line)
    if line.tag in HEADINGS:
        return words in titles
    if not words:
        return next(line.iter("img"), None) is None
    below_heading = bool(head) and any(each.tag in HEADINGS for each in head) and len(words) < _LONGEST_BYLINE
    return bool(words in _CHAPTER_SECTIONS or _SEE_END.fullmatch(words) or (below_heading and _BYLINE.match(words)))


def _stretch(lines: Lines, start: int, usual: float) -> Lines:
    """What was said below a label: nothing tells its end but a step back to the left, or a gap wider than usual.

    Where that would leave no text, it is the first line alone.
    """
    found = lines[start : start + 1]
    for line in lines[start + 1 :]:
        back = depth_of(line) < depth_of(found[0])
        if _is_frame(line) or line.tag in HEADINGS or back or gap_above(line) > usual * _WIDER:
            return found
        found.append(line)
    return found[:1]


def _without_end(lines: Lines) -> tuple[Lines, Lines]:
    place = next((n for n in range(len(lines) - 1, -1, -1) if words_of(lines[n]) == _CHAPTER_END), len(lines))
    return lines[:place], lines[place:]


def _until(lines: Lines, start: int, goes_on: Callable[[etree._Element], bool]) -> Lines:
    stop = next((n for n in range(start, len(lines)) if not goes_on(lines[n])), len(lines))
    return lines[start:stop]


def _is_frame(line: etree._Element) -> bool:
    words = words_of(line)
    related = line.tag in ("ul", "ol") and _RELATED.match(words)
    return bool(words in _SECTIONS or words == _CHAPTER_END or _SEE_END.fullmatch(words) or related)


def _is_label(line: etree._Element) -> bool:
    words = words_of(line)
    return line.tag in ("p", "dt") and words.endswith(":") and len(words) <= _LONGEST_LABEL


def _is_known_label(words: str) -> bool:
    return words.endswith(":") and label(words) in _LABELS


def _tag_list(lines: Lines) -> etree._Element:
    listing = etree.Element("dl", {"class": "tags"})
    for line in lines:
        if _is_label(line):
            line.tag = "dt"
            listing.append(line)
        elif listing[-1].tag == "dt":
            line.tag = "dd"
            listing.append(line)
        else:
            line.tag = "span"
            listing[-1].append(line)
    return listing


def _title(line: etree._Element, words: str) -> etree._Element:
    line.tag = "h2" if words == "Preface" else "h1"
    return line


def _byline(line: etree._Element) -> etree._Element:
    line.set("class", "byline")
    return line


def _quotation(lines: Lines) -> etree._Element:
    return _wrapped("userstuff", lines, "blockquote")


def _wrapped(name: str, lines: Lines, tag: str = "div") -> etree._Element:
    wrapper = etree.Element(tag, {"class": name})
    wrapper.extend(lines)
    return wrapper
