"""Markdown (CommonMark): details over it as front matter or a header block, `#` the title, `##` the chapters."""

from __future__ import annotations

from collections.abc import Iterator

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, NotReadable, Recognition
from storyloft.ingest.importers.text.binding import bound
from storyloft.ingest.importers.text.chapters import MOTTO, Chapters, Stretch, pieces_of
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.front_matter import read_front_matter
from storyloft.ingest.importers.text.header import read_header
from storyloft.ingest.importers.text.headings import heading_of
from storyloft.ingest.importers.text.markdown_blocks import Block, blocks_in, labelled_quote
from storyloft.ingest.importers.text.notes import with_notes_marked
from storyloft.ingest.importers.text.sheet import first_lines, folded, sheet_of
from storyloft.ingest.importers.text.titles import byline_on

LARGEST = 4 * 1024 * 1024
MOST_SIGNS = 150_000  # of emphasis, links and code, which make parsing slow; a novel has some thousands


class Markdown:
    """A `.md` file, or a text whose lines say so: `# Title` and at least two `## Chapter`."""

    name = "markdown"
    title = "Markdown"

    def recognises(self, file: GivenFile) -> Recognition | None:
        if len(file.data) > LARGEST or sum(map(file.data.count, (b"*", b"_", b"[", b"`", b"<"))) > MOST_SIGNS:
            return None
        if file.kind == "markdown":
            return Recognition(60, "its name says Markdown")
        if file.kind != "text":
            return None
        headings = [line for line in first_lines(file.text) if line.startswith(("# ", "## "))]
        if headings and headings[0].startswith("# ") and len(headings) >= 2:
            return Recognition(40, "it has headings as Markdown writes them")
        return None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        sheet = sheet_of(file)
        details = Details()
        read_front_matter(sheet, details)
        read_header(sheet, details)
        text = "\n".join("" if not sheet.stands(at) else line for at, line in enumerate(sheet.raw))
        yield read_blocks(blocks_in(text.lstrip("\n")), details)


importer = Markdown()


def read_blocks(blocks: list[Block], details: Details) -> ImportedWork:
    """The work these blocks make: title, "by …", chapters with their notes."""
    blocks = _without_title(blocks, details)
    level = _chapter_level(blocks)
    made = Chapters()
    for heading, body in _with_motto_inside(list(_chapters(blocks, level))):
        _add(made, heading, body, details)
    if not any(chapter.html for chapter in made.chapters):
        raise NotReadable("There are only headings and details in this file, no story.")
    return bound(details, made)


def _without_title(blocks: list[Block], details: Details) -> list[Block]:
    """A first `#` heading is the title where the work has none yet, or says it again; "by NAME" may follow."""
    first = next((block for block in blocks if block.level), None)
    if first is None or first is not blocks[0] or first.level != 1:
        return blocks
    others = [block for block in blocks[1:] if block.level == 1]
    same = folded(first.words) == folded(details.title)
    stands_above = not others or (len(blocks) > 1 and blocks[1].level > 0)
    if not same and (details.title or not stands_above):
        return blocks
    details.title = details.title or first.words
    blocks = blocks[1:]
    if blocks and not details.bylines and byline_on(blocks[0].words):
        details.byline(byline_on(blocks[0].words))
        blocks = blocks[1:]
    return blocks


def _chapter_level(blocks: list[Block]) -> int:
    """The level whose headings begin chapters: the highest that comes twice, or stands over everything; 0 for none."""
    for level in (1, 2, 3):
        at = [place for place, block in enumerate(blocks) if block.level == level]
        if len(at) >= 2 or (at and at[0] == 0):
            return level
        if at:
            return 0
    return 0


def _chapters(blocks: list[Block], level: int) -> Iterator[tuple[Block | None, list[Block]]]:
    heading: Block | None = None
    body: list[Block] = []
    for block in blocks:
        if level and block.level == level:
            if heading or body:
                yield heading, body
            heading, body = block, []
        else:
            body.append(block)
    if heading or body:
        yield heading, body


_Parted = tuple[Block | None, list[Block]]


def _with_motto_inside(chapters: list[_Parted]) -> list[_Parted]:
    """A few words before the first heading (a motto, a dedication) begin its chapter; notes there are the work's."""
    if len(chapters) < 2 or chapters[0][0] is not None:
        return chapters
    said = [block for block in chapters[0][1] if labelled_quote(block)]
    motto = [block for block in chapters[0][1] if block not in said]
    if sum(len(block.words.split()) for block in motto) > MOTTO:
        return chapters
    heading, body = chapters[1]
    quotes = next((at for at, block in enumerate(body) if not labelled_quote(block)), len(body))
    return [(None, said), (heading, [*body[:quotes], *motto, *body[quotes:]]), *chapters[2:]]


def _add(made: Chapters, heading: Block | None, body: list[Block], details: Details) -> None:
    """One chapter; labelled quotes at its beginning and end are its summary and notes."""
    said = {"summary": "", "notes": "", "end_notes": ""}
    while body and (quote := labelled_quote(body[0])) and quote[0] != "end_notes":
        said[quote[0]] += quote[1]
        body = body[1:]
    while body and (quote := labelled_quote(body[-1])) and quote[0] != "summary":
        said["end_notes"] = quote[1] + said["end_notes"]
        body = body[:-1]
    if not body and heading is None:
        details.summary += said["summary"]
        details.notes += said["notes"]
        details.end_notes += said["end_notes"]
        return
    title, number = _title(heading, len(made.chapters) + 1)
    stretch = Stretch(start=0, stop=0, title=title, number=number, **said)
    made.add(stretch, pieces_of(with_notes_marked([block.html for block in body])))


def _title(heading: Block | None, place: int) -> tuple[str, int | None]:
    """ "Chapter 2: The Letter" as the second chapter is "The Letter"; any other heading stays as it is."""
    if heading is None:
        return "", None
    known = heading_of(heading.words)
    if known and known.family == "chapter" and known.number == place:
        return known.title, place
    return heading.words, known.number if known and known.family == "chapter" else None
