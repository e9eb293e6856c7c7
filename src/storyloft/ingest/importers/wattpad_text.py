"""A part of a Wattpad story, copied from the page or saved as text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, Part, Recognition, Rule
from storyloft.ingest.importers.text.binding import bound
from storyloft.ingest.importers.text.chapters import Stretch, chapters_of
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.headings import number_in
from storyloft.ingest.importers.text.sheet import Sheet, first_lines, folded, sheet_of
from storyloft.ingest.importers.text.taglines import has_tagline, last_tagline, story_in_tagline
from storyloft.ingest.importers.text.titles import byline_on, like_a_title
from storyloft.ingest.importers.text.wattpad_amp import read_amp

SITE = "Wattpad"
COUNTS_WITHIN = 6  # non-empty lines; three numbers on a line further down are the author's
BLANK_RUN = 20  # the pages leave a line of 36 to 40 blanks above the text

TAGLINE = Rule("wattpad-tagline", "The site's slogan with the story's title in front, from the foot of the page.")
COUNTS = Rule("wattpad-counts", "Reads, votes and comments when the page was saved; kept as history.")
BLANKS = Rule("wattpad-blank-run", "A line of blanks that the page leaves above the text.")
CARD = Rule("wattpad-card", "The page's “You are reading” card with the story's title and genre.")
END = Rule("wattpad-end", "Links and other stories that the page shows below the text.")
PICTURE = Rule("wattpad-banned-picture", "The site's remark in the place of a picture it took down.")
DOUBLED = Rule("wattpad-doubled-paragraph", "The paragraph beside a taken-down picture, which the page prints twice.")
SIGN_UP = Rule("wattpad-sign-up", "An invitation of the site to sign up.")
PAID = Rule("wattpad-paid", "The site's badge of a paid story.")
ADDRESS = Rule("wattpad-address", "The address of the page.")
BYLINE = Rule("wattpad-byline", "The author's name as the page prints it.")

_COUNT = r"\d{1,3}(?:[.,]\d+)?[KMB]?"
_COUNTS = re.compile(rf"^(?P<reads>{_COUNT}) (?P<votes>{_COUNT}) (?P<comments>{_COUNT})$")
_CARD = re.compile(r"^(?:you are reading|czytasz|estás leyendo|você está lendo|du liest gerade|vous lisez)$", re.I)
_END = re.compile(
    r"^(?:Continue reading next part|You['’]?ll also like|You may also like|Next part)\b[^.!?\"“”]{0,40}$", re.I
)
_BANNED = re.compile(r"^Oops! This image does not follow our content guidelines\.", re.I)
_PAID = re.compile(r"^(?:Paid Stories Badge.*|There (?:is|are) \d+ more free parts?\.?)$", re.I)
_SIGN_UP = re.compile(r"^Sign up to join the largest storytelling community\b.{0,40}$", re.I)
_ADDRESS = re.compile(
    r"^https?://(?:(?:www|wwww|m|mobile|touch|embed)\.)?(?:wattpad\.com|dk390jyuckgat\.cloudfront\.net)/"
    r"(?:amp/)?(?P<story>story/)?(?P<id>\d{1,12})[\w%./?=&-]*$"
)


class WattpadText:
    """The text of one part: title, counts, text, and the slogan that gives away the story's title."""

    name = "wattpad_text"
    title = "Wattpad part (copied text)"

    def recognises(self, file: GivenFile) -> Recognition | None:
        if file.kind != "text":
            return None
        head = first_lines(file.text)
        counts = any(_COUNTS.match(line) for line in head[:COUNTS_WITHIN]) and "Reading Options" not in head[:40]
        if has_tagline(file.text) and last_tagline(Sheet(file.text)) is not None:
            return Recognition(90, "it holds Wattpad's slogan behind the story's title")
        if any(_CARD.match(line) for line in head[:12]):
            return Recognition(70, "it begins with Wattpad's “You are reading” card")
        if counts:
            blanks = any(_is_blank_run(line) for line in file.text[:2_000].split("\n"))
            return Recognition(80 if blanks else 45, "it begins with Wattpad's counts of reads, votes and comments")
        return None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        yield read_part(sheet_of(file))


importer = WattpadText()


def read_part(sheet: Sheet) -> ImportedWork:
    """One part as a work of one chapter that says which story it belongs to."""
    details = Details(site=SITE)
    warnings: list[str] = []
    _read_tagline(sheet, details)
    _cut_end(sheet)
    _drop_furniture(sheet, warnings)
    key = _read_addresses(sheet, details)
    _read_card(sheet, details)
    part_title, number = read_amp(sheet, details, _COUNTS, COUNTS)
    if not part_title:
        part_title = _read_head(sheet, details, warnings)
        number = number_in(part_title)
    key = key or _stand_in_key(sheet, part_title, number)
    if not details.title:
        details.title, part_title = part_title, part_title if number else ""
    part = None
    if details.title:
        details.site_id = details.site_id or f"title:{folded(details.title)}"
        part = Part(of=f"wattpad|title:{folded(details.title)}", number=number)
    stretch = Stretch(start=0, stop=len(sheet), title=part_title, number=number, key=key)
    return bound(details, chapters_of(sheet, [stretch]), part, tuple(warnings))


def _stand_in_key(sheet: Sheet, title: str, number: int | None) -> str:
    """What tells parts of one story apart where neither an id nor a number does.

    Without a title it is the first paragraph's MD5, which is also the id that the site gives a paragraph.
    """
    if number is not None:
        return ""
    if title:
        return f"title:{folded(title)}"
    first = next(sheet.standing(), None)
    words = sheet.raw[first].strip() if first is not None else ""
    return f"p:{hashlib.md5(words.encode(), usedforsecurity=False).hexdigest()}"


def _read_tagline(sheet: Sheet, details: Details) -> None:
    at = last_tagline(sheet)
    if at is not None:
        details.title = story_in_tagline(sheet.plain[at]) or ""
        sheet.take([at], TAGLINE)


def _cut_end(sheet: Sheet) -> None:
    """Take away everything from the first line of the page's foot; only after 60 % of the text."""
    whole = sheet.offsets[-1] or 1
    for at in sheet.standing():
        if sheet.offsets[at] >= 0.6 * whole and _END.match(sheet.plain[at]):
            sheet.take(range(at, len(sheet)), END)
            return


def _drop_furniture(sheet: Sheet, warnings: list[str]) -> None:
    sheet.take([at for at, line in enumerate(sheet.raw[:60]) if _is_blank_run(line)], BLANKS)
    sheet.take_where(_SIGN_UP.match, SIGN_UP, sheet.standing())
    paid = [at for at in sheet.standing() if _PAID.match(sheet.plain[at])]
    if paid:
        sheet.take(paid, PAID)
        warnings.append("This is from a paid story, so the text may be cut off.")
    for at in [at for at in sheet.standing() if _BANNED.match(sheet.plain[at])]:
        _drop_picture(sheet, at)


def _drop_picture(sheet: Sheet, at: int) -> None:
    before = next((place for place in range(at - 1, -1, -1) if sheet.plain[place]), None)
    after = sheet.after(at)
    sheet.take([at], PICTURE)
    if before is not None and after is not None and sheet.whole(before) == sheet.whole(after):
        sheet.take([after], DOUBLED)


def _is_blank_run(line: str) -> bool:
    return len(line) >= BLANK_RUN and not line.strip()


def _read_addresses(sheet: Sheet, details: Details) -> str:
    """The story's or the part's address on a line of its own at either end; returns the part's id."""
    key = ""
    for at in [*sheet.head(COUNTS_WITHIN), *sheet.tail(5)]:
        found = _ADDRESS.match(sheet.plain[at])
        if not found or not sheet.stands(at):
            continue
        details.url = sheet.whole(at)
        if found["story"]:
            details.site_id = found["id"]
        else:
            key = found["id"]
        sheet.take([at], ADDRESS)
    return key


def _read_card(sheet: Sheet, details: Details) -> None:
    head = sheet.head(15)
    for place, at in enumerate(head[:-3]):
        if _CARD.match(sheet.plain[at]) and len(sheet.plain[head[place + 2]]) <= 40:
            details.title = details.title or sheet.whole(head[place + 1])
            details.take("genre", sheet.plain[head[place + 2]])
            sheet.take(head[place : place + 3], CARD)
            return


def _read_head(sheet: Sheet, details: Details, warnings: list[str]) -> str:
    """The part's title, counts and author; returns the title, "" where the head was not saved."""
    head = sheet.head(COUNTS_WITHIN)
    counted = next((place for place, at in enumerate(head) if _COUNTS.match(sheet.plain[at])), None)
    if counted is not None:
        found = _COUNTS.match(sheet.plain[head[counted]])
        details.counts.update(found.groupdict() if found else {})
        sheet.take([head[counted]], COUNTS)
        _read_byline(sheet, details, [at for place, at in enumerate(head) if place in range(1, counted + 2)])
    titled = bool(head) and (counted or (counted is None and _stands_alone(sheet, head[0])))
    if titled and sheet.stands(head[0]):
        sheet.use(head[0])
        return sheet.whole(head[0])
    if counted is None:
        warnings.append("It looks cut at the start: the part's title is missing and the text begins within a scene.")
    return ""


def _stands_alone(sheet: Sheet, at: int) -> bool:
    parted = at + 1 < len(sheet) and not sheet.plain[at + 1]
    return parted and like_a_title(sheet.plain[at]) and sheet.after(at) is not None


def _read_byline(sheet: Sheet, details: Details, lines: list[int]) -> None:
    for at in lines:
        name = byline_on(sheet.plain[at])
        if name and sheet.stands(at):
            details.byline(name)
            sheet.take([at], BYLINE)
