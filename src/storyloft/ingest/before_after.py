"""What a file held and what became of it, side by side: the stripped lines in their places, the marked words marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from storyloft.ingest.models import ImportFile, Outcome
from storyloft.prose.clean import CleanHtml
from storyloft.works.models import Chapter, Work


@dataclass(frozen=True, slots=True)
class Stripped:
    """A line that was taken away; `line` is its number in the file's report."""

    line: int
    text: str
    sentence: str
    kept: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a chapter as it is now."""

    html: CleanHtml
    marked: bool


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """One work of a file: a chapter's blocks with what was stripped between them, what stood outside any, and the
    other files that the work was put together from."""

    work: Work
    chapters: Sequence[Chapter]
    chapter: Chapter | None
    pieces: Sequence[Stripped | Block]
    outside: Sequence[Stripped]
    elsewhere: int
    beside: Sequence[ImportFile]


def before_and_after(file: ImportFile, place: int) -> list[BeforeAfter]:
    """For each work that came of the file, the chapter at this place (0 first)."""
    return [_of(file, outcome, place) for outcome in file.outcomes.select_related("work")]


def blocks_of(html: str) -> list[CleanHtml]:
    """The blocks of a chapter's clean HTML, outermost ones, in order."""
    body = LexborHTMLParser(html).body
    return [CleanHtml(node.html or "") for node in body.iter()] if body else []


def _of(file: ImportFile, outcome: Outcome, place: int) -> BeforeAfter:
    work = outcome.work
    chapters = list(work.chapters.filter(taken_back_at=None).only("pk", "position", "title", "work", "current"))
    place = min(place, len(chapters) - 1)
    chapter = Chapter.objects.select_related("current").get(pk=chapters[place].pk) if chapters else None
    removed = [
        (row["chapter"], row["at"], Stripped(number, row["text"], row["sentence"], row["kept"]))
        for number, row in enumerate(file.report.get("removed", []))
    ]
    here = [(at, stripped) for where, at, stripped in removed if where == place]
    return BeforeAfter(
        work=work,
        chapters=chapters,
        chapter=chapter,
        pieces=_woven(blocks_of(chapter.current.html) if chapter and chapter.current else [], here),
        outside=[stripped for where, _, stripped in removed if where is None],
        beside=list(outcome.files.exclude(pk=file.pk)),
        elsewhere=sum(where not in (None, place) for where, _, _ in removed),
    )


def _woven(blocks: Sequence[CleanHtml], removed: Sequence[tuple[int, Stripped]]) -> list[Stripped | Block]:
    """Blocks and stripped lines in the order in which they stood in the file."""
    woven: list[Stripped | Block] = []
    for place in range(len(blocks) + 1):
        last = place == len(blocks)
        woven += [stripped for at, stripped in removed if at == place or (last and at > place)]
        if not last:
            woven.append(Block(blocks[place], 'class="authors-note' in blocks[place]))
    return woven
