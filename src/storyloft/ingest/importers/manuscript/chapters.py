"""From blocks to chapters: by heading styles, else by lines like "Chapter 3"; empty lines that part scenes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from storyloft.ingest.imported import ImportedChapter
from storyloft.ingest.importers.manuscript.blocks import Block
from storyloft.ingest.importers.text.headings import heading_of, headings_on
from storyloft.ingest.importers.text.notes import with_notes_marked
from storyloft.ingest.importers.text.sheet import Sheet, plain

LARGEST_CHAPTER = 600_000  # characters of HTML; the gate refuses a chapter above 2 MB
_SCENE_BREAK = "<hr>"


@dataclass(slots=True)
class _Heading:
    at: int
    title: str
    number: int | None
    lines: int = 1


def chapters_of(blocks: Sequence[Block]) -> Iterator[ImportedChapter]:
    """The chapters these blocks make; words before the first heading are one without a title."""
    headings = _headings_by_style(blocks) or _headings_by_words(blocks)
    ends = [*(heading.at for heading in headings), len(blocks)]
    before = blocks[: ends[0]]
    if not headings or any(block.words for block in before):
        yield from _chapter(before, "", None)
    for place, (heading, end) in enumerate(zip(headings, ends[1:], strict=True), start=1):
        known = heading_of(plain(heading.title))
        title = known.title if known and known.number == place and known.family == "chapter" else heading.title
        yield from _chapter(blocks[heading.at + heading.lines : end], title, heading.number)


def _headings_by_style(blocks: Sequence[Block]) -> list[_Heading]:
    """The headings of the highest level that comes more than once, or the only heading there is."""
    levels = Counter(block.level for block in blocks if block.level and block.words)
    level = min((level for level, count in levels.items() if count > 1), default=min(levels, default=0))
    return [_heading(at, block.words) for at, block in enumerate(blocks) if level and 0 < block.level <= level]


def _headings_by_words(blocks: Sequence[Block]) -> list[_Heading]:
    """Lines like "Chapter 3" where nobody used the heading styles."""
    sheet = Sheet("\n\n".join(block.words.replace("\n", " ") for block in blocks))
    found = headings_on(sheet)
    return [
        _Heading(one.lines[0] // 2, one.words, one.number, (one.lines[-1] - one.lines[0]) // 2 + 1) for one in found
    ]


def _heading(at: int, words: str) -> _Heading:
    title = " ".join(words.split())
    known = heading_of(plain(title))
    return _Heading(at, title, known.number if known else None)


def _chapter(blocks: Sequence[Block], title: str, number: int | None) -> Iterator[ImportedChapter]:
    """One chapter; one too long for the gate in pieces, cut between paragraphs."""
    pieces: list[list[str]] = [[]]
    size = 0
    for html in with_notes_marked(list(_without_blanks(blocks))):
        if size and size + len(html) > LARGEST_CHAPTER:
            pieces.append([])
            size = 0
        pieces[-1].append(html)
        size += len(html)
    for nth, piece in enumerate(pieces, start=1):
        named = title if nth == 1 else f"{title} (part {nth})".strip()
        yield ImportedChapter(html="\n".join(piece), title=named, number=number if nth == 1 else None)


def _without_blanks(blocks: Sequence[Block]) -> Iterator[str]:
    """The HTML of the blocks; empty lines are how a text spaces its paragraphs, or where they are rare, its scenes."""
    gaps = Counter(_gaps(blocks))
    usual = 1 if gaps[1] * 2 > gaps.total() else 0
    blank = 0
    above: Block | None = None
    for block in blocks:
        if block.is_blank:
            blank += 1
            continue
        if above and blank > usual and not _is_break(block) and not _is_break(above):
            yield _SCENE_BREAK
        yield block.html
        blank, above = 0, block


def _gaps(blocks: Sequence[Block]) -> Iterator[int]:
    """How many empty lines stand between one paragraph and the next."""
    blank, begun = 0, False
    for block in blocks:
        if block.is_blank:
            blank += 1
            continue
        if begun:
            yield blank
        begun, blank = True, 0


def _is_break(block: Block) -> bool:
    """A rule, a heading or a line of signs: nothing to put another break beside."""
    return block.level > 0 or block.html.startswith("<hr") or not re.search(r"\w", block.words)
