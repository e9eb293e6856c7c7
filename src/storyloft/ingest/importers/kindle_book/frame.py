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
_SECTIONS = frozenset({"Summary", "Notes", "Chapter Summary", "Chapter Notes"})
_CHAPTER_END, _WORK_END = "Chapter End Notes", "End Notes"
_SEE_END = re.compile(r"See the end of the (?:work|chapter) for\b.{0,20}")
_BYLINE = re.compile(r"(?:Chapter )?by\b|Chapter published:")
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
    first = _first_chapter(pages)
    last = max((n for n, page in enumerate(pages) if page.entries), default=len(pages) - 1)
    for number, page in enumerate(pages):
        lines = list(page.body)
        if number < first:
            made = list(_preface(lines))
        elif number == last and page.entries == ("Afterword",):
            made = list(_afterword(lines))
        else:
            made = list(_chapter(lines, page.entries))
        page.body[:] = made


def _first_chapter(pages: list[KindlePage]) -> int:
    """The number of the first page after the preface: where the contents name another than it, else below the byline."""
    named = (n for n, page in enumerate(pages) if page.entries and page.entries != ("Preface",))
    if (found := next(named, None)) is not None:
        return found
    labels = [n for n, page in enumerate(pages[:_FIRST_PAGES]) if any(map(_is_label, page.body))]
    after = labels[-1] + 1 if labels else 0
    return after + any(words_of(line).startswith("by ") for page in pages[after : after + 1] for line in page.body[:3])


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


def _chapter(lines: Lines, entries: tuple[str, ...]) -> Iterator[etree._Element]:
    """Heading, byline, summary and notes in a frame; the text; the end notes in a frame of their own."""
    head = _head_of(lines, entries) if entries else []
    used = sum(1 for line in head if line in lines)
    text, end = _without_end(_rest(lines, head))
    yield from (line for line in head if is_anchor(line))
    if used:
        yield _wrapped("meta group", [line for line in head if not is_anchor(line)])
    yield _wrapped("userstuff", text)
    if end:
        notes = _wrapped("meta", [end[0], _quotation([line for line in end[1:] if not is_anchor(line)])])
        notes.set("id", "endnotes1")
        yield notes


def _head_of(lines: Lines, entries: tuple[str, ...]) -> Lines:
    usual = usual_gap(lines)
    head: Lines = []
    at = 0
    while at < len(lines):
        line, words = lines[at], words_of(lines[at])
        if words in ("Chapter Summary", "Chapter Notes"):
            said = _stretch(lines, at + 1, usual)
            head += [line, _quotation(said)]
            at += len(said)
        elif words in entries and line.tag in HEADINGS:
            line.set("class", "heading")
            head.append(line)
        elif _BYLINE.match(words) and head and _short(line) and head[-1].tag in HEADINGS:
            head.append(_byline(line))
        elif is_anchor(line) or not words or _SEE_END.fullmatch(words):
            if next(line.iter("img"), None) is not None:
                break
            head.append(line)
        else:
            break
        at += 1
    return head


def _rest(lines: Lines, head: Lines) -> Lines:
    inside = {element for part in head for element in part.iter()}
    return [line for line in lines if line not in inside]


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
        elif len(listing) and listing[-1].tag == "dt":
            line.tag = "dd"
            listing.append(line)
        else:
            listing[-1].extend([line]) if len(listing) else None
    return listing


def _title(line: etree._Element, words: str) -> etree._Element:
    line.tag = "h2" if words == "Preface" else "h1"
    return line


def _byline(line: etree._Element) -> etree._Element:
    line.set("class", "byline")
    return line


def _short(line: etree._Element) -> bool:
    return len(words_of(line)) < 300


def _quotation(lines: Lines) -> etree._Element:
    return _wrapped("userstuff", lines, "blockquote")


def _wrapped(name: str, lines: Lines, tag: str = "div") -> etree._Element:
    wrapper = etree.Element(tag, {"class": name})
    wrapper.extend(lines)
    return wrapper
