"""From the lines that still stand to chapters of loose HTML, with every line taken away remembered in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from storyloft.ingest.imported import ImportedChapter, NotReadable, Removed
from storyloft.ingest.importers.text.headings import Heading, headings_on
from storyloft.ingest.importers.text.notes import blocks_of, with_notes_marked
from storyloft.ingest.importers.text.sheet import Sheet
from storyloft.prose.plain import html_from_text

LARGEST_CHAPTER = 600_000  # bytes of HTML; the gate refuses a chapter above 2 MB
MOTTO = 120  # words before the first heading that make no chapter of their own
LONGEST_BODY = 300_000  # characters shaped at once
LONGEST_LINE = 100_000  # characters; a longer paragraph is a text that has lost its line ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The lines of one chapter, `start` to before `stop`, and what its heading said."""

    start: int
    stop: int
    title: str = ""
    number: int | None = None
    key: str = ""
    summary: str = ""
    notes: str = ""
    end_notes: str = ""


@dataclass(slots=True)
class Chapters:
    """What became of a sheet: chapters, what was taken away, remarks."""

    chapters: list[ImportedChapter] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(self, stretch: Stretch, pieces: Sequence[Sequence[str]]) -> None:
        """Add one chapter, as several where its blocks had to be cut into pieces."""
        for nth, piece in enumerate(pieces or [[]], start=1):
            first, last = nth == 1, nth >= len(pieces)
            self.chapters.append(
                ImportedChapter(
                    html="".join(piece).strip(),
                    title=stretch.title if first else f"{stretch.title} (part {nth})".strip(),
                    number=stretch.number if first else None,
                    key=stretch.key if first else "",
                    summary=stretch.summary if first else "",
                    notes=stretch.notes if first else "",
                    end_notes=stretch.end_notes if last else "",
                )
            )
        if len(pieces) > 1:
            self.warnings.append(f"A very long chapter was cut into {len(pieces)} at the ends of paragraphs.")


def stretches_of(sheet: Sheet, headings: Sequence[Heading], start: int = 0) -> list[Stretch]:
    """The chapters between headings. Words before the first heading begin its chapter where they are few (a motto, a
    dedication), otherwise they are a chapter of their own without a title."""
    if not headings:
        return [Stretch(start=start, stop=len(sheet))]
    stretches: list[Stretch] = []
    first = headings[0].lines[0]
    before = sum(len(sheet.raw[at].split()) for at in sheet.standing(start, first))
    if before > MOTTO:
        stretches.append(Stretch(start=start, stop=first))
    ends = [heading.lines[0] for heading in headings[1:]] + [len(sheet)]
    for heading, end in zip(headings, ends, strict=True):
        sheet.use(*heading.lines)
        number = heading.number if heading.family != "part" else None
        title = heading.title if number is not None and number == len(stretches) + 1 else heading.words
        top = start if 0 < before <= MOTTO and heading is headings[0] else heading.lines[-1] + 1
        stretches.append(Stretch(start=top, stop=end, title=title, number=number))
    return stretches


def chapters_by_headings(sheet: Sheet, start: int = 0) -> Chapters:
    """The story's chapters as its own headings cut it, one chapter where there are none."""
    return chapters_of(sheet, stretches_of(sheet, headings_on(sheet), start))


def chapters_of(sheet: Sheet, stretches: Sequence[Stretch]) -> Chapters:
    """The chapters of these stretches. Raises NotReadable where no words are left."""
    made = Chapters()
    for lines, at in _gaps(sheet, stretches):
        made.removed += [one for one, _ in _removed_among(sheet, lines, at)]
    for stretch in stretches:
        _add_chapter(sheet, stretch, made)
    if not any(chapter.html for chapter in made.chapters):
        raise NotReadable("There are only headings and lines of the site in this file, no story.")
    made.removed.sort(key=lambda one: -1 if one.chapter is None else one.chapter)
    return made


def _gaps(sheet: Sheet, stretches: Sequence[Stretch]) -> Iterator[tuple[range, int | None]]:
    """The lines outside all stretches; those around a story of one chapter belong to it."""
    place = 0
    alone = 0 if len(stretches) == 1 else None
    for stretch in stretches:
        yield range(place, stretch.start), alone
        place = stretch.stop
    yield range(place, len(sheet)), alone


def _removed_among(sheet: Sheet, lines: range, chapter: int | None) -> Iterator[tuple[Removed, int]]:
    """Neighbouring lines taken away by one rule, as one; blank lines between neighbours do not part them."""
    taken = [at for at in lines if at in sheet.taken]
    runs: list[list[int]] = []
    for at in taken:
        last = runs[-1][-1] if runs else -1
        near = runs and sheet.taken[last] == sheet.taken[at] and not any(sheet.plain[last + 1 : at])
        if near:
            runs[-1].append(at)
        else:
            runs.append([at])
    for run in runs:
        text = "\n".join(sheet.raw[at] for at in run).rstrip("\n")
        yield Removed(text=text, rule=sheet.taken[run[0]], chapter=chapter), run[0]


def _add_chapter(sheet: Sheet, stretch: Stretch, made: Chapters) -> None:
    lines = range(stretch.start, stretch.stop)
    blocks = body_blocks(sheet, lines)
    place = len(made.chapters)
    pieces = pieces_of(blocks)
    sizes = [len(piece) for piece in pieces]
    for removed, at in _with_places(sheet, lines, place, len(blocks)):
        made.removed.append(_placed(removed, place, at, sizes))
    made.add(stretch, pieces)


def _placed(removed: Removed, chapter: int, at: int, sizes: Sequence[int]) -> Removed:
    for size in sizes[:-1]:
        if at <= size:
            break
        chapter, at = chapter + 1, at - size
    return Removed(text=removed.text, rule=removed.rule, chapter=chapter, at=at)


def _with_places(sheet: Sheet, lines: range, chapter: int, most: int) -> Iterator[tuple[Removed, int]]:
    """What was taken from these lines, with the number of blocks before it.

    Each stretch between two removals is shaped once, so that a text with thousands of them stays cheap.
    """
    at, place = 0, lines.start
    for removed, line in _removed_among(sheet, lines, chapter):
        if next(sheet.standing(line, lines.stop), None) is None:
            at = most
        else:
            at = min(at + len(body_blocks(sheet, range(place, line))), most)
        place = line
        yield removed, at


def body_blocks(sheet: Sheet, lines: range) -> list[str]:
    """The blocks of what stands on these lines, an opening note marked."""
    blocks = [block for body in _bodies(sheet, lines) if body.strip() for block in blocks_of(html_from_text(body))]
    return with_notes_marked(blocks)


def _bodies(sheet: Sheet, lines: range) -> Iterator[str]:
    """What stands on these lines; a very long text in several bodies, cut at a blank line where one comes.

    How a text is laid out is seen in any few pages of it, and joining the wrapped lines of megabytes takes minutes.
    """
    body: list[str] = []
    size = 0
    for piece in (piece for at in lines if sheet.stands(at) for piece in _broken(sheet.raw[at])):
        if size > LONGEST_BODY and (not piece.strip() or size > LONGEST_BODY + LONGEST_LINE):
            yield "\n".join(body)
            body, size = [], 0
        body.append(piece)
        size += len(piece) + 1
    yield "\n".join(body)


def _broken(line: str) -> Iterator[str]:
    """A line of ordinary length as it is; an endless one in pieces with blank lines between, cut at blanks."""
    if len(line) <= LONGEST_LINE:
        yield line
        return
    place = 0
    while len(line) - place > LONGEST_LINE:
        cut = line.rfind(" ", place + LONGEST_LINE // 2, place + LONGEST_LINE)
        cut = cut if cut > 0 else place + LONGEST_LINE
        yield line[place:cut]
        yield ""
        place = cut
    yield line[place:]


def pieces_of(blocks: Sequence[str]) -> list[list[str]]:
    """The blocks in groups below the largest size of a chapter; one group for a chapter of ordinary length."""
    return list(_pieces(blocks))


def _pieces(blocks: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    size = 0
    for block in (piece for whole in blocks for piece in _small_enough(whole)):
        length = len(block.encode("utf-8", "replace"))
        if group and size + length > LARGEST_CHAPTER:
            yield group
            group, size = [], 0
        group.append(block)
        size += length
    if group:
        yield group


def _small_enough(block: str) -> Iterator[str]:
    """A block that alone is above the largest size, as several paragraphs cut at blanks outside tags."""
    if len(block) <= LARGEST_CHAPTER // 4:
        yield block
        return
    words = re.split(r"\s+(?![^<>]{0,200}>)", re.sub(r"^<p[^>]*>|</p>\s*$", "", block))
    for _, group in groupby(_numbered_by_size(words), key=lambda pair: pair[0]):
        yield f"<p>{' '.join(word for _, word in group)}</p>\n"


def _numbered_by_size(words: Sequence[str]) -> Iterator[tuple[int, str]]:
    size = 0
    for word in words:
        size += len(word) + 1
        yield size // (LARGEST_CHAPTER // 8), word
