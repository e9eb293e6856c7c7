"""The frame around a chapter's text in a download: heading, byline, summary, notes before it; end notes after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from storyloft.ingest.imported import ImportedChapter
from storyloft.ingest.importers.ao3.fragment import Fragment, words
from storyloft.ingest.importers.ao3.labels import chapter_heading, day
from storyloft.ingest.importers.ao3.preface import read_bylines

_DATED = ("Chapter published:", "Published:")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before a chapter's text, and the end notes of the chapter before where both share a piece."""

    number: int | None = None
    title: str = ""
    by: tuple[str, ...] = ()
    published: date | None = None
    summary: str = ""
    notes: str = ""
    end_notes_before: str = ""


def read_head(html: str) -> Head:
    """The frame between two chapter texts."""
    page = Fragment(html)
    heading = page.first("h2.heading, h3.title, h2.toc-heading, h2, h3")
    number, title = chapter_heading(words(heading))
    # By its words: calibre gives a centred byline the class of the message line.
    line = next((p for p in page.all("p, div.byline") if words(p).startswith("Chapter by")), None)
    by = () if line is None else tuple(each.name for each in read_bylines(line, "")[0])
    return Head(
        number=number,
        title=title,
        by=by,
        published=_published(page),
        summary=page.said.get("chapter summary", ""),
        notes=page.said.get("chapter notes", ""),
        end_notes_before=page.said.get("chapter end notes", ""),
    )


def _published(page: Fragment) -> date | None:
    """A chapter's own date; AO3 prints none, our editions do."""
    return next((day(words(line)) for line in page.all("p") if words(line).startswith(_DATED)), None)


def read_end_notes(html: str) -> str:
    """The chapter end notes in the frame after a chapter's text."""
    return Fragment(html).said.get("chapter end notes", "")


def chapter(head: Head, html: str, end_notes: str, place: int) -> ImportedChapter:
    """A chapter from its frame and text; a download without numbers in its headings counts from the first."""
    return ImportedChapter(
        html=html,
        title=head.title,
        number=head.number or place + 1,
        summary=head.summary,
        notes=head.notes,
        end_notes=end_notes,
        published=head.published,
    )
