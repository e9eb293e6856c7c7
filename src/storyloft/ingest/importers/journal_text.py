"""An entry copied from LiveJournal, Dreamwidth or InsaneJournal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedByline, ImportedWork, Recognition, Rule
from storyloft.ingest.importers.text.binding import bound
from storyloft.ingest.importers.text.chapters import chapters_by_headings
from storyloft.ingest.importers.text.dates import date_in
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.header import read_header
from storyloft.ingest.importers.text.names import listed
from storyloft.ingest.importers.text.sheet import Sheet, first_lines, last_lines, sheet_of
from storyloft.ingest.importers.text.titles import read_title
from storyloft.tags.kinds import TagKind

HEAD = 25  # non-empty lines
FOOT = 400  # non-empty lines at the end in which comments may begin

FURNITURE = Rule("journal-furniture", "Links and buttons of the journal's page.")
POSTED = Rule("journal-posted", "Who wrote the entry and when; read as details.")
CURRENTS = Rule("journal-currents", "Mood, music and tags of the entry; read as details.")
COMMENTS = Rule("journal-comments", "The links and comments below the entry.")

_WROTE = re.compile(r"^(?P<name>.{1,80}) \((?P<user>[\w-]{1,40})\) wrote(?: in (?P<where>[\w-]{1,40}))?,?:?$")
_STAMPED = re.compile(r"^(?P<title>.{0,200}?) ?\[(?P<date>\d{1,2} \w{3} \d{4}) ?\| ?\d{1,2}:\d{2} ?[ap]m\]$")
_DATED = re.compile(
    r"^(?:@ )?(?:\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}(?::\d{2})?)?|"
    r"[A-Z][a-z]{2,8} \d{1,2}(?:st|nd|rd|th)?, \d{4}(?:,? \d{1,2}:\d{2}(?: ?[ap]m)?)?)$",
    re.IGNORECASE,
)
_CURRENT = re.compile(
    r"^(?:\[ ?)?(?P<label>(?:Current )?(?:Mood|Music|Location))(?::| \|) ?(?P<value>.{1,200}?)(?: ?\])?$", re.IGNORECASE
)
_TAGS = re.compile(r"^(?:Entry )?Tags: (?P<tags>.{1,280})$", re.IGNORECASE)
_FURNITURE = re.compile(
    r"^(?:Log ?in|No account\? Create an account|Create(?: an)? Account|"
    r"(?:Share|Flag|Link|Reply)(?: \| ?(?:Share|Flag|Link|Reply)){0,4}|"
    r"Previous Entry(?: \| Next Entry)?|"
    r"Next Entry|Add to Memories|Tell a Friend|Track This|Share This|\^|<|>|\[?(?:info|userinfo)\]?)$",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"^\(?(?:(?:\d{1,5} comments?|no comments?) ?[-|—–] ?)?(?:Leave a comment|Post a(?: new)? comment|Reply)\)?$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"^https?://(?:[\w-]{1,60}\.)?(?P<host>livejournal\.com|dreamwidth\.org|insanejournal\.com)/\S{0,200}$",
    re.IGNORECASE,
)
_SITES = {"livejournal.com": "LiveJournal", "dreamwidth.org": "Dreamwidth", "insanejournal.com": "InsaneJournal"}


class JournalText:
    """Who wrote, when, mood and music, mostly a header block typed by the author, the text, comments."""

    name = "journal_text"
    title = "Journal entry (copied text)"

    def recognises(self, file: GivenFile) -> Recognition | None:
        if file.kind != "text":
            return None
        head, foot = first_lines(file.text)[:HEAD], last_lines(file.text)
        if any(_WROTE.match(line) or _STAMPED.match(line) for line in head):
            return Recognition(75, "it says who wrote the journal entry and when")
        marks = (_CURRENT, _ADDRESS, re.compile(r"^No account\? Create an account$"))
        found = sum(any(mark.match(line) for line in head) for mark in marks)
        found += any(_COMMENTS.match(line) for line in foot)
        if found >= 2:
            return Recognition(60, "it holds a journal's lines of mood, music or comments")
        return None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        yield read_entry(sheet_of(file))


importer = JournalText()


def read_entry(sheet: Sheet) -> ImportedWork:
    """The entry as a work of one chapter, or of several where its own headings cut it."""
    details = Details()
    _cut_comments(sheet)
    title = _read_posted(sheet, details)
    _read_currents(sheet, details)
    read_header(sheet, details)
    logins = {byline.login.lower() for byline in details.bylines if byline.login}
    details.bylines = [one for one in details.bylines if one.login or one.name.lower() not in logins]
    if title and not details.title:
        details.title = title
    elif title:
        details.keep("Entry", title)
    read_title(sheet, details)
    return bound(details, chapters_by_headings(sheet))


def _cut_comments(sheet: Sheet) -> None:
    """From "(Leave a comment)" or its like in the second half to the end."""
    half = sheet.offsets[-1] / 2
    foot = (at for at in sheet.tail(FOOT) if sheet.offsets[at] >= half and _COMMENTS.match(sheet.plain[at]))
    start = next(foot, None)
    if start is not None:
        sheet.take(range(start, len(sheet)), COMMENTS)


def _read_posted(sheet: Sheet, details: Details) -> str:
    """Who wrote and when, and the journal's address; returns the entry's title where the stamp line holds it."""
    title = ""
    for at in [*sheet.head(HEAD), *sheet.tail(2)]:
        line = sheet.plain[at]
        if not sheet.stands(at):
            continue
        if (wrote := _WROTE.match(line)) and not details.bylines:
            details.bylines.append(ImportedByline(name=wrote["name"], login=wrote["user"]))
            if wrote["where"]:
                details.keep("Community", wrote["where"])
        elif stamped := _STAMPED.match(line):
            title, details.published = stamped["title"], date_in(stamped["date"])
            details.site = details.site or "InsaneJournal"
        elif _DATED.match(line) and not details.published:
            details.published = date_in(line)
        elif address := _ADDRESS.match(line):
            details.url, details.site = line, _SITES[address["host"].lower()]
            details.site_id = line.split("://")[1].rstrip("/")
        else:
            continue
        sheet.take([at], POSTED)
    return title


def _read_currents(sheet: Sheet, details: Details) -> None:
    for at in [*sheet.head(HEAD), *sheet.tail(8)]:
        current, tags = _CURRENT.match(sheet.plain[at]), _TAGS.match(sheet.plain[at])
        if not sheet.stands(at):
            continue
        if current:
            details.keep(current["label"].split()[-1].capitalize(), current["value"])
        elif tags:
            details.tag(TagKind.FREEFORM, listed(tags["tags"]))
        if current or tags:
            sheet.take([at], CURRENTS)
    sheet.take_where(_FURNITURE.match, FURNITURE, [*sheet.head(HEAD), *sheet.tail(8)])
