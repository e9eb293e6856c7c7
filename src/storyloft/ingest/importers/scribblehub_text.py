"""A chapter copied from Scribble Hub, known by the page's reading options."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, Part, Recognition, Rule
from storyloft.ingest.importers.text.binding import bound
from storyloft.ingest.importers.text.chapters import Stretch, chapters_of
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.headings import heading_of
from storyloft.ingest.importers.text.sheet import Sheet, first_lines, folded, sheet_of
from storyloft.ingest.importers.text.titles import byline_on

HEAD = 40  # non-empty lines in which the run of reading options must lie

COUNTS = Rule("scribblehub-counts", "Views, comments and likes when the page was saved; kept as history.")
OPTIONS = Rule("scribblehub-options", "The page's reading options.")
FOOT = Rule("scribblehub-foot", "Links of the page below the text.")
HEAD_LINES = Rule("scribblehub-head", "The story's title and author as the page prints them; read as details.")

_COUNTS = re.compile(r"^(?P<views>[\d.,]{1,8}[kKmM]?) (?P<comments>[\d.,]{1,8}[kKmM]?) (?P<likes>[\d.,]{1,8}[kKmM]?)$")
_OPTIONS = re.compile(
    r"^(?:X|Reading Options|Font Size|A- ?\d+px ?A\+|Width|Reset|Table of Contents|Loading\.\.\. please wait\.)$"
)
_FOOT = re.compile(r"^(?:(?:« )?Previous(?: Next)?|Next(?: »)?|Report Chapter|Support .{1,60}|Comments? ?\(\d{1,6}\))$")


class ScribbleHubText:
    """The chapter's title, its counts, the options panel, the text."""

    name = "scribblehub_text"
    title = "Scribble Hub chapter (copied text)"

    def recognises(self, file: GivenFile) -> Recognition | None:
        if file.kind != "text":
            return None
        head = first_lines(file.text)[:HEAD]
        if "Reading Options" in head and ("Font Size" in head or "Loading... please wait." in head):
            return Recognition(88, "it holds Scribble Hub's reading options")
        return None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        yield read_chapter(sheet_of(file))


importer = ScribbleHubText()


def read_chapter(sheet: Sheet) -> ImportedWork:
    """One chapter as a work; the story's title and author are known only where they were copied with it."""
    details = Details(site="Scribble Hub")
    title, number = _read_head(sheet, details)
    sheet.take_where(_FOOT.match, FOOT, sheet.tail(6))
    part = None
    if details.title:
        details.site_id = f"title:{folded(details.title)}"
        part = Part(of=f"scribblehub|{details.site_id}", number=number)
    else:
        details.title, title = title, title if number else ""
    stretch = Stretch(start=0, stop=len(sheet), title=title, number=number)
    return bound(details, chapters_of(sheet, [stretch]), part)


def _read_head(sheet: Sheet, details: Details) -> tuple[str, int | None]:
    """The run from the counts to "Loading…": `X`, `Width` and `Reset` are furniture only in there."""
    head = sheet.head(HEAD)
    lines = [sheet.plain[at] for at in head]
    options = lines.index("Reading Options") if "Reading Options" in lines else 0
    last = _last_option(lines, options)
    counted = next((place for place in range(options) if _COUNTS.match(lines[place])), None)
    top = counted if counted is not None else next((p for p in range(last + 1) if _OPTIONS.match(lines[p])), 0)
    if counted is not None and (found := _COUNTS.match(lines[counted])):
        details.counts.update(found.groupdict())
        sheet.take([head[counted]], COUNTS)
    sheet.take(
        [at for at, line in zip(head[top : last + 1], lines[top : last + 1], strict=True) if _OPTIONS.match(line)],
        OPTIONS,
    )
    return _read_titles(sheet, details, head[:top])


def _last_option(lines: list[str], options: int) -> int:
    """Where the run ends: at "Loading…", or where that was not copied, at the last option of those that follow."""
    for place, line in enumerate(lines):
        if line == "Loading... please wait.":
            return place
    last = options
    while last + 1 < len(lines) and _OPTIONS.match(lines[last + 1]):
        last += 1
    return last


def _read_titles(sheet: Sheet, details: Details, above: list[int]) -> tuple[str, int | None]:
    """Above the counts: the chapter's title last; before it, where copied, the story's title and "by …"."""
    if not above:
        return "", None
    sheet.use(above[-1])
    words = sheet.whole(above[-1])
    heading = heading_of(sheet.plain[above[-1]])
    by = next((place for place, at in enumerate(above[:-1]) if byline_on(sheet.plain[at])), None)
    if by is not None:
        details.byline(byline_on(sheet.plain[above[by]]))
        sheet.take([above[by]], HEAD_LINES)
    names = [at for at in above[:-1] if sheet.stands(at)]
    if names:
        details.title = sheet.whole(names[0])
        sheet.take([names[0]], HEAD_LINES)
    if heading and heading.number and heading.title and details.title:
        return heading.title, heading.number
    return words, heading.number if heading else None
