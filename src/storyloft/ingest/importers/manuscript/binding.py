"""From blocks to a work: the header and the title over it, what the file's properties add, its chapters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from storyloft.ingest.imported import ImportedByline, ImportedPicture, ImportedWork, NotReadable
from storyloft.ingest.importers.manuscript.blocks import Block, Properties
from storyloft.ingest.importers.manuscript.chapters import chapters_of
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.header import read_header
from storyloft.ingest.importers.text.headings import heading_of
from storyloft.ingest.importers.text.names import authors
from storyloft.ingest.importers.text.sheet import Sheet, plain
from storyloft.ingest.importers.text.titles import byline_on, like_a_title


def work_of(
    blocks: Sequence[Block], properties: Properties, *, pictures: Iterable[ImportedPicture] = (),
    warnings: Iterable[str] = (),
) -> ImportedWork:  # fmt: skip
    """The work these blocks make. Raises `NotReadable` where they hold neither words nor pictures."""
    if not any(block.words or "<img" in block.html for block in blocks):
        raise NotReadable("This document holds no text.")
    details = Details()
    left = _title_taken(_header_taken(list(blocks), details), details)
    chapters = list(chapters_of(left))
    if len(chapters) == 1 and not details.title and chapters[0].title:
        details.title, chapters = chapters[0].title, [replace(chapters[0], title="", number=None)]
    if not any(chapter.html for chapter in chapters):
        raise NotReadable("There are only headings in this document, no story.")
    return ImportedWork(
        chapters=tuple(chapters),
        title=details.title or _honest_title(properties.title),
        bylines=tuple(details.bylines) or _bylines(properties.author),
        summary=details.summary,
        notes=details.notes,
        end_notes=details.end_notes,
        tags=tuple(details.tags),
        series=tuple(details.series),
        language=details.language or properties.language,
        status=details.status,
        expected_chapters=details.expected_chapters,
        source=details.source(),
        pictures=tuple(pictures),
        warnings=tuple(warnings),
    )


def _header_taken(blocks: list[Block], details: Details) -> list[Block]:
    """Read a block of `Title: …` lines at the top; the paragraphs it stood in are no story."""
    lines: list[str] = []
    owners: list[int] = []
    for at, block in enumerate(blocks[:60]):
        for line in [*block.words.split("\n"), ""]:  # a paragraph's end is more than a line's
            lines.append(line)
            owners.append(at)
    sheet = Sheet("\n".join(lines))
    read_header(sheet, details)
    unread = {owner for at, owner in enumerate(owners) if sheet.plain[at] and at not in sheet.used}
    read = {owners[at] for at in sheet.used} - unread
    return [block for at, block in enumerate(blocks) if at not in read]


def _title_taken(blocks: list[Block], details: Details) -> list[Block]:
    """The title over the text, and the "by NAME" below it."""
    first = next((at for at, block in enumerate(blocks) if not block.is_blank), None)
    if first is None:
        return blocks
    second = next((at for at in range(first + 1, len(blocks)) if not blocks[at].is_blank), None)
    name = byline_on(plain(blocks[second].words)) if second is not None else ""
    taken = set()
    if not details.title and (name or _is_title(blocks, first)) and like_a_title(plain(blocks[first].words)):
        details.title = " ".join(blocks[first].words.split())
        taken.add(first)
    if name and second is not None and (first in taken or _same(blocks[first].words, details.title)):
        details.byline(*([] if details.bylines else authors(name)))
        taken |= {first, second}
    return [block for at, block in enumerate(blocks) if at not in taken]


def _is_title(blocks: Sequence[Block], at: int) -> bool:
    """The title style; a heading that is higher than all others; a line that stands out and is no chapter's."""
    block = blocks[at]
    if block.is_title:
        return True
    levels = Counter(other.level for other in blocks if other.level)
    if block.level:
        highest = block.level == min(levels) and levels[block.level] == 1
        return highest and (len(levels) > 1 or not heading_of(plain(block.words)))
    return block.stands_out and not heading_of(plain(block.words)) and len(block.words.split()) <= 15


def _same(words: str, others: str) -> bool:
    return " ".join(words.casefold().split()) == " ".join(others.casefold().split())


# What programs and shops put there instead of a name or a title.
_NO_NAME = re.compile(
    r"(?:microsoft|ms) (?:office )?user|microsoft|windows user|user\d*|usuario|utilisateur|benutzer|admin(?:istrator)?"
    r"|owner|unknown( author)?|anonymous|author|guest|student|default|python-docx|hp|dell|acer|asus|lenovo|toshiba|pc",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"(?:microsoft word - .*|word document|(?:new )?(?:microsoft word )?document ?\d*|untitled.*)", re.IGNORECASE
)


def _honest_title(title: str) -> str:
    return "" if _NO_TITLE.fullmatch(title.strip()) else " ".join(title.split())


def _bylines(author: str) -> tuple[ImportedByline, ...]:
    names = [name.strip() for name in author.split(";")]
    return tuple(ImportedByline(name=name) for name in names if name and not _NO_NAME.fullmatch(name))
