"""A chapter copied from Fimfiction, known by its two lines "• Published …" and "• … Views, … Comments"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, Part, Recognition, Rule
from storyloft.ingest.importers.text.binding import bound
from storyloft.ingest.importers.text.chapters import Stretch, chapters_of
from storyloft.ingest.importers.text.dates import date_in
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.headings import number_in
from storyloft.ingest.importers.text.names import authors
from storyloft.ingest.importers.text.sheet import Sheet, first_lines, folded, sheet_of
from storyloft.ingest.importers.text.titles import byline_on, like_a_title
from storyloft.prose.plain import html_from_text

HEAD = 30  # non-empty lines

COUNTS = Rule("fimfiction-counts", "Date, views and comments when the page was saved; kept as history.")
HEAD_LINES = Rule("fimfiction-head", "The story's title and author as the page prints them; read as details.")
FURNITURE = Rule("fimfiction-furniture", "Links and buttons of the page.")

_PUBLISHED = re.compile(r"^• ?Published (?P<date>\d{1,2}(?:st|nd|rd|th) \w{3} \d{4})$")
_COUNTS = re.compile(r"^• ?(?P<views>[\d,]{1,12}) Views?, (?P<comments>[\d,]{1,12}) Comments?$")
_FURNITURE = re.compile(
    r"^(?:« Previous Chapter|Next Chapter »|(?:« )?Prev|Next(?: »)?|Chapters? \(\d{1,5}\)|Login or register to comment|"
    r"Comments? \( ?\d{1,6} ?\))$"
)
_NOTE = re.compile(r"^Author['’]s Notes?:?$", re.IGNORECASE)


class FimfictionText:
    """Story, author, the two counted lines, the chapter's title, the text, the author's note."""

    name = "fimfiction_text"
    title = "Fimfiction chapter (copied text)"

    def recognises(self, file: GivenFile) -> Recognition | None:
        if file.kind != "text":
            return None
        head = first_lines(file.text)[:HEAD]
        if any(_PUBLISHED.match(line) or _COUNTS.match(line) for line in head):
            return Recognition(85, "it holds Fimfiction's line of publication date or views")
        return None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        yield read_chapter(sheet_of(file))


importer = FimfictionText()


def read_chapter(sheet: Sheet) -> ImportedWork:
    """One chapter as a work that says which story it belongs to."""
    details = Details(site="Fimfiction")
    sheet.take_where(_FURNITURE.match, FURNITURE, [*sheet.head(HEAD), *sheet.tail(6)])
    last = _read_counts(sheet, details)
    _read_story(sheet, details, last)
    title = _read_chapter_title(sheet, last)
    part = None
    if details.title:
        details.site_id = f"title:{folded(details.title)}"
        part = Part(of=f"fimfiction|{details.site_id}", number=number_in(title))
    end_notes = _read_note(sheet)
    stretch = Stretch(start=0, stop=len(sheet), title=title, number=number_in(title), end_notes=end_notes)
    return bound(details, chapters_of(sheet, [stretch]), part)


def _read_counts(sheet: Sheet, details: Details) -> int:
    last = 0
    for at in sheet.head(HEAD):
        published, counted = _PUBLISHED.match(sheet.plain[at]), _COUNTS.match(sheet.plain[at])
        if published:
            details.published = date_in(published["date"])
        if counted:
            details.counts.update(counted.groupdict())
        if published or counted:
            sheet.take([at], COUNTS)
            last = at
    return last


def _read_story(sheet: Sheet, details: Details, last: int) -> None:
    """Above the counted lines: the story's title and "by …"."""
    above = list(sheet.standing(0, last))
    by = next((place for place, at in enumerate(above) if byline_on(sheet.plain[at])), None)
    if by is not None:
        details.byline(*authors(byline_on(sheet.plain[above[by]])))
        sheet.take([above.pop(by)], HEAD_LINES)
    if above and like_a_title(sheet.plain[above[0]]):
        details.title = sheet.whole(above[0])
        sheet.take([above[0]], HEAD_LINES)


def _read_chapter_title(sheet: Sheet, last: int) -> str:
    """The first line below the counted lines, where a blank line parts it from the text."""
    first = sheet.after(last)
    if first is None or not like_a_title(sheet.plain[first]) or sheet.after(first) in (None, first + 1):
        return ""
    sheet.use(first)
    return sheet.whole(first)


def _read_note(sheet: Sheet) -> str:
    """The box of the author's note below the text: from its heading in the last third to the end."""
    marks = [at for at in sheet.standing(len(sheet) * 2 // 3) if _NOTE.match(sheet.plain[at])]
    if not marks or sheet.after(marks[-1]) is None:
        return ""
    lines = [at for at in range(marks[-1] + 1, len(sheet)) if sheet.stands(at)]
    sheet.take([marks[-1]], FURNITURE)
    note = html_from_text("\n".join(sheet.raw[at] for at in lines))
    sheet.use(*lines)
    return note
