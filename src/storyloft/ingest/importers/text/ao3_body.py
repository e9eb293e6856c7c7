"""Below the labels of an AO3 text: title, author, summary and notes of the work and its chapters, the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from storyloft.ingest.imported import ImportedWork, Part, Rule
from storyloft.ingest.importers.text.binding import bound
from storyloft.ingest.importers.text.chapters import Stretch, chapters_of
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.headings import Heading, heading_of
from storyloft.ingest.importers.text.names import authors
from storyloft.ingest.importers.text.sheet import Sheet, folded
from storyloft.ingest.importers.text.titles import LONGEST_TITLE, byline_on
from storyloft.prose.plain import html_from_text

MarkKind = Literal["summary", "notes", "text", "end_notes", "work_end_notes", "afterword", "chapter", "title"]

FURNITURE = Rule("ao3-furniture", "Headings, links and buttons that the archive puts around a work.")
FOOT = Rule("ao3-foot", "Buttons, kudos and comments below the text.")

_SECTIONS: dict[str, MarkKind] = {
    "summary": "summary", "chapter summary": "summary", "notes": "notes", "chapter notes": "notes",
    "chapter text": "text", "work text": "text", "chapter end notes": "end_notes", "end notes": "work_end_notes",
    "afterword": "afterword",
}  # fmt: skip
_FURNITURE = re.compile(
    r"^(?:Main Content|Actions|Entire Work|Chapter by Chapter|Chapter Index|Full-page index|Bookmark|Subscribe|Share|"
    r"Mark (?:for Later|as Read)|Download|Kudos ♥?|Comments(?: \(\d{1,6}\))?|↑ Top|Post Comment|Hide Creator's Style|"
    r"← Previous Chapter|Next Chapter →|← Previous Chapter Next Chapter →|Archive_of_Our_Own|Preface|"
    r"\(?See the end of the (?:work|chapter) for (?:more )?notes\.?\)?|Skip to main content)$"
)
_ARROWS = re.compile(r"^(?:← Previous Chapter|Next Chapter →|← Previous Chapter Next Chapter →)$")
_SEE_END = re.compile(r"^\(?See the end of the (?:work|chapter) for (?:(?:more )?notes|_?(?:more_)?notes_?)\.?\)?$")
_FOOT = re.compile(r"^(?:Actions|Kudos ?♥?|Comments(?: \(\d{1,6}\))?|↑ Top|Post Comment)$")
_PLEASE = re.compile(r"^Please (?:drop by the Archive and comment|_?drop_by_the_).{0,160}$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that says what follows it."""

    at: int
    kind: MarkKind
    heading: Heading | None = None


def bare(line: str) -> str:
    """A heading without the stars that converters put around it."""
    return line.strip("*# ").strip()


def read_body(sheet: Sheet, details: Details, start: int) -> ImportedWork:
    """The work below the line `start`, with what stood above the labels taken away."""
    start = _read_title(sheet, details, start)
    _cut_foot(sheet, start)
    sheet.take_where(_SEE_END.match, FURNITURE, sheet.standing(start))
    sheet.take_where(_ARROWS.match, FURNITURE, sheet.standing(start))
    marks = _marks(sheet, details, start)
    stretches = _stretches(sheet, details, marks, start)
    sheet.take_where(_FURNITURE.match, FURNITURE, sheet.standing(start, stretches[0].start))
    return bound(details, chapters_of(sheet, stretches), _part(details, stretches))


def _part(details: Details, stretches: list[Stretch]) -> Part | None:
    total = int(details.counts.get("chapters", "1").partition("/")[0].replace(",", "") or 1)
    if not details.site_id or total <= len(stretches):
        return None
    return Part(of=f"{details.site}|{details.site_id}", number=stretches[0].number, total=total)


def _read_title(sheet: Sheet, details: Details, start: int) -> int:
    """Title and author: above the labels where a "by …" line stands there, else the first lines below."""
    above = [at for at in sheet.standing(0, start) if not _FURNITURE.match(sheet.plain[at])]
    typed = len(above) >= 2 and bool(byline_on(sheet.plain[above[1]]))
    lines = above if typed else sheet.head(2, start)
    sheet.take([at for at in sheet.standing(0, start) if not (typed and at in lines[:2])], FURNITURE)
    if (
        not lines
        or len(sheet.plain[lines[0]]) > LONGEST_TITLE
        or bare(sheet.plain[lines[0]]).rstrip(":").lower() in _SECTIONS
    ):
        return start
    details.title = bare(sheet.whole(lines[0]))
    sheet.use(lines[0])
    name = bare(sheet.plain[lines[1]]) if len(lines) > 1 else ""
    if name and (byline_on(name) or _may_be_author(sheet, name, lines[1])):
        details.byline(*authors(byline_on(name) or name))
        sheet.use(lines[1])
    return start if typed else lines[0] + 1


def _may_be_author(sheet: Sheet, name: str, at: int) -> bool:
    """A page copies the author without "by": a short line, and a heading of the archive next."""
    following = sheet.after(at)
    next_line = bare(sheet.plain[following]).rstrip(":").lower() if following is not None else ""
    is_section = next_line in _SECTIONS or heading_of(next_line) is not None
    return len(name) <= 80 and is_section and name.rstrip(":").lower() not in _SECTIONS and not heading_of(name)


def _cut_foot(sheet: Sheet, start: int) -> None:
    """Take away everything from the buttons below the text; they stand after the last marker of a text."""
    texts = [at for at in sheet.standing(start) if _SECTIONS.get(bare(sheet.plain[at]).rstrip(":").lower()) == "text"]
    if texts:
        foot = next((at for at in sheet.standing(texts[-1]) if _FOOT.match(sheet.plain[at])), None)
    else:
        foot = next((at for at in sheet.tail(60) if _FOOT.match(sheet.plain[at])), None)
    if foot is not None:
        sheet.take(range(foot, len(sheet)), FOOT)
    sheet.take_where(_PLEASE.match, FOOT, sheet.tail(6))


def _marks(sheet: Sheet, details: Details, start: int) -> list[Mark]:
    marks: list[Mark] = []
    for at in sheet.standing(start):
        words = bare(sheet.plain[at])
        heading = heading_of(words, at)
        kind = _SECTIONS.get(words.rstrip(":").lower())
        blank_before = (
            at == 0 or not sheet.plain[at - 1] or not sheet.stands(at - 1) or bool(marks and marks[-1].at == at - 1)
        )
        if not blank_before:
            continue
        if heading and heading.family == "chapter" and not _repeated(sheet, marks, at):
            marks.append(Mark(at, "chapter", heading))
        elif kind:
            marks.append(Mark(at, kind))
        elif (
            details.title
            and folded(words) == folded(details.title)
            and not any(m.kind in ("title", "text") for m in marks)
        ):
            marks.append(Mark(at, "title"))
    return marks


def _repeated(sheet: Sheet, marks: list[Mark], at: int) -> bool:
    """A chapter heading straight below "Chapter Text" is one that the author typed."""
    return bool(marks) and marks[-1].kind == "text" and next(sheet.standing(marks[-1].at + 1)) == at


@dataclass(slots=True)
class _Open:
    """A chapter (or the one text of the work) while its sections are read."""

    start: int
    heading: Heading | None = None
    has_text: bool = False
    summary: str = ""
    notes: str = ""
    end_notes: str = ""

    def closed(self, stop: int, place: int) -> Stretch:
        number = self.heading.number if self.heading else None
        title = ""
        if self.heading:
            title = self.heading.title if self.heading.title or number else self.heading.words
        return Stretch(
            start=self.start, stop=stop, title=title, number=number,
            summary=self.summary, notes=self.notes, end_notes=self.end_notes,
        )  # fmt: skip


def _stretches(sheet: Sheet, details: Details, marks: list[Mark], start: int) -> list[Stretch]:
    labels = ("chapter", "summary", "notes", "end_notes", "work_end_notes")  # their words live on as a field
    sheet.take([mark.at for mark in marks if mark.kind not in labels], FURNITURE)
    sheet.use(*(mark.at for mark in marks if mark.kind in labels))
    done: list[Stretch] = []
    now = _Open(start)
    for mark, following in zip_longest(marks, marks[1:]):
        stop = following.at if following else len(sheet)
        if mark.kind == "chapter":
            if now.heading or any(sheet.standing(now.start, mark.at)):
                done.append(now.closed(mark.at, len(done)))
            now = _Open(mark.at + 1, mark.heading)
        elif mark.kind in ("summary", "notes", "end_notes", "work_end_notes"):
            _read_section(sheet, details, now, mark, stop, following)
        now.has_text = now.has_text or mark.kind in ("text", "title")
    done.append(now.closed(len(sheet), len(done)))
    return done


def _read_section(sheet: Sheet, details: Details, now: _Open, mark: Mark, stop: int, following: Mark | None) -> None:
    """Put a summary or notes where they belong; one whose end is not marked is its first paragraph only."""
    is_end = mark.kind in ("end_notes", "work_end_notes") or (mark.kind == "notes" and now.has_text)
    ends = {"summary", "notes", "text", "title"} | ({"chapter"} if not now.heading else set())
    whole = is_end or (following is not None and following.kind in ends)
    lines = list(range(mark.at + 1, stop)) if whole else _first_paragraph(sheet, mark.at + 1, stop)
    standing = [at for at in lines if sheet.stands(at)]
    html = html_from_text("\n".join(sheet.raw[at].strip() for at in standing))
    sheet.use(*(at for at in standing if sheet.plain[at]))
    of_work = mark.kind == "work_end_notes" or not now.heading
    field = "end_notes" if is_end else mark.kind
    owner: Details | _Open = details if of_work else now
    setattr(owner, field, getattr(owner, field) + html)
    now.has_text = now.has_text or not whole


def _first_paragraph(sheet: Sheet, start: int, stop: int) -> list[int]:
    """The lines of the first paragraph, and of further ones as long as they are indented (converted quotes)."""
    lines: list[int] = []
    for at in range(start, stop):
        indented = sheet.raw[at][:2].isspace()
        if sheet.plain[at] and lines and not sheet.plain[at - 1] and not indented:
            break
        if sheet.plain[at]:
            lines.append(at)
    return lines
