"""A story or chapter copied from FanFiction.net or FictionPress, known by its `Rated:` line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, Part, Recognition, Rule
from storyloft.ingest.importers.text.binding import bound
from storyloft.ingest.importers.text.chapters import Stretch, chapters_by_headings, chapters_of
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.fanfiction_line import RATED, read_rated_line
from storyloft.ingest.importers.text.header import read_header
from storyloft.ingest.importers.text.headings import heading_of
from storyloft.ingest.importers.text.sheet import Sheet, first_lines, folded, sheet_of
from storyloft.ingest.importers.text.titles import byline_on, read_title
from storyloft.prose.plain import html_from_text

SITE = "FanFiction.net"
HEAD = 40  # non-empty lines in which the page's head must lie

DETAILS = Rule("ffn-details", "The page's line of rating, language, genres, characters and counts; read as details.")
NAVIGATION = Rule("ffn-navigation", "Links and buttons of the page.")
CONTENTS = Rule("ffn-contents", "The page's list of chapters.")
HEAD_LINES = Rule("ffn-head", "Title, author and summary as the page prints them; read as details.")
END = Rule("ffn-end", "What the page shows below the text.")

_NAVIGATION = re.compile(
    r"^(?:(?:\+ )?Follow/Fav(?:orite)?(?: Story)?|Actions|(?:< )?Prev(?:ious)?(?: ?\|? ?Next(?: >)?)?|Next(?: >)?|"
    r"Jump:?|Add to Community|Report Abuse|Story Story Writer Forum Community|Login ?\| ?Sign Up|"
    r"Share : Email, .{0,80}|"
    r"Books?|Anime|Cartoons|Comics|Games|Misc|Movies|Plays|TV Shows)$"
)
_END = re.compile(
    r"^(?:Review(?: this Chapter)?|Share: Email, Facebook, Twitter.{0,60}|Jump:|Favorite : Story Author.{0,60})$"
)
_THANKS = re.compile(r"^The author would like to thank you for your continued support\. Your review has been posted\.$")
_ENTRY = re.compile(r"^(?P<number>\d{1,4})\. (?P<title>.{1,110})$")
_ADDRESS = re.compile(
    r"^(?P<url>https?://(?:www\.|m\.)?(?P<site>fanfiction\.net|fictionpress\.com)/s/(?P<id>\d{1,10})(?:/(?P<chapter>\d{1,4}))?\S*)$",
    re.IGNORECASE,
)


class FanfictionText:
    """The page's head (title, author, summary, the `Rated:` line), the text, the buttons around it."""

    name = "fanfiction_text"
    title = "FanFiction.net story (copied text)"

    def recognises(self, file: GivenFile) -> Recognition | None:
        if file.kind != "text":
            return None
        if any(RATED.match(line) for line in first_lines(file.text)[:HEAD]):
            return Recognition(85, "it holds FanFiction.net's line “Rated: … - Words: …”")
        return None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        yield read_story(sheet_of(file))


importer = FanfictionText()


def read_story(sheet: Sheet) -> ImportedWork:
    """The copied page as a work, or as one chapter of it where the page says that there are more."""
    details = Details(site=SITE)
    rated = next((at for at in sheet.head(HEAD) if RATED.match(sheet.header_line(at))), None)
    chapter_number = _read_address(sheet, details)
    if rated is not None:
        read_rated_line(sheet.whole(rated), details)
        sheet.take([rated], DETAILS)
        _read_above(sheet, details, rated)
    _cut_end(sheet)
    sheet.take_where(_NAVIGATION.match, NAVIGATION, [*sheet.head(HEAD), *sheet.tail(8)])
    entries = _read_contents(sheet, rated or 0)
    read_header(sheet, details)
    if not details.title:
        read_title(sheet, details)
    made = chapters_by_headings(sheet)
    several = int(details.counts.get("chapters", "1"))
    if not details.site_id and details.title:
        details.site_id = f"title:{folded(details.title)}"
    if several == 1 or len(made.chapters) > 1 or not details.site_id:
        return bound(details, made)
    return _one_chapter(sheet, details, chapter_number, several, entries)


def _one_chapter(
    sheet: Sheet, details: Details, number: int | None, total: int, entries: dict[int, str]
) -> ImportedWork:
    first = next(sheet.standing(), None)
    heading = heading_of(sheet.plain[first]) if first is not None else None
    if first is not None and heading and heading.family == "chapter" and number in (None, heading.number):
        number = heading.number
        sheet.use(first)
    title = entries.get(number or 0, "") or (heading.title if heading else "")
    stretch = Stretch(start=0, stop=len(sheet), title=title, number=number)
    part = Part(of=f"{details.site}|{details.site_id}", number=number, total=total)
    return bound(details, chapters_of(sheet, [stretch]), part)


def _read_above(sheet: Sheet, details: Details, rated: int) -> None:
    """Above the `Rated:` line: the title, "By: name", the summary, in that order."""
    above = [at for at in sheet.standing(0, rated) if not _NAVIGATION.match(sheet.plain[at])]
    by = next((place for place, at in enumerate(above) if byline_on(sheet.plain[at])), None)
    if by is None:
        return
    details.byline(byline_on(sheet.plain[above[by]]))
    if by:
        details.title = re.sub(r"^(?:\+ )?Follow/Fav | ?(?:\+ )?Follow/Fav$", "", sheet.whole(above[by - 1]))
    summary = "\n\n".join(sheet.whole(at) for at in above[by + 1 :])
    details.summary = html_from_text(summary) if summary else ""
    sheet.take(above[max(by - 1, 0) :], HEAD_LINES)


def _read_address(sheet: Sheet, details: Details) -> int | None:
    for at in [*sheet.head(4), *sheet.tail(3)]:
        found = _ADDRESS.match(sheet.plain[at])
        if found and not details.url:
            details.url, details.site_id = found["url"], found["id"]
            details.site = "FictionPress" if "fictionpress" in found["site"].lower() else SITE
            sheet.take([at], NAVIGATION)
            return int(found["chapter"]) if found["chapter"] else None
    return None


def _cut_end(sheet: Sheet) -> None:
    last = sheet.tail(25)
    start = next((at for at in last if _END.match(sheet.plain[at]) or _THANKS.match(sheet.plain[at])), None)
    if start is not None and start > len(sheet) // 2:
        sheet.take(range(start, len(sheet)), END)


def _read_contents(sheet: Sheet, start: int) -> dict[int, str]:
    """The select box of chapters, which copies as "1. Title" lines straight below each other."""
    entries: dict[int, str] = {}
    lines: list[int] = []
    for at in sheet.standing(start):
        found = _ENTRY.match(sheet.plain[at])
        if not found or int(found["number"]) != len(entries) + 1:
            break
        entries[len(entries) + 1] = found["title"]
        lines.append(at)
    if len(entries) < 2:
        return {}
    sheet.take(lines, CONTENTS)
    return entries
