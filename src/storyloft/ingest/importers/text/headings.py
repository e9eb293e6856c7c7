"""Chapter headings on lines of their own, and when a row of them is consistent enough to cut a text at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from storyloft.ingest.imported import Rule
from storyloft.ingest.importers.text.numbers import DIGITS, NUMBER, ROMAN_CAPITALS, number_of
from storyloft.ingest.importers.text.sheet import Sheet

LONGEST = 120  # characters of a heading
Family = Literal["chapter", "part", "named", "titled", "bare", "roman"]

CONTENTS = Rule("contents-list", "A list of the chapters that stood before the first of them.")

_CHAPTER_WORDS = r"chapter|chap\.?|ch\.?|kapitel|chapitre|cap[ií]tulo|capitolo|rozdział|hoofdstuk|глава"
_PART_WORDS = r"part|book|episode|teil|partie|parte"
_NAMED = r"prologue?|epilogue?|prolog|epilog|foreword|interlude|afterword"
_SHAPES: tuple[tuple[Family, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"^(?:{_CHAPTER_WORDS}) ?(?P<number>{NUMBER})(?: ?[.:)\-–—|]+ ?(?P<title>.*))?$", re.I)),
    ("part", re.compile(rf"^(?:{_PART_WORDS}) (?P<number>{NUMBER})(?: ?[.:)\-–—|]+ ?(?P<title>.*))?$", re.I)),
    ("named", re.compile(rf"^(?:{_NAMED})(?: ?[.:\-–—] ?(?P<title>.*))?$", re.I)),
    ("bare", re.compile(rf"^\(?(?P<number>{DIGITS})[.)]?$")),
    ("titled", re.compile(rf"^(?P<number>{DIGITS})(?:[.)]| [-–—]) (?P<title>\S.*)$")),
    ("roman", re.compile(rf"^(?P<number>{ROMAN_CAPITALS})\.?$")),
)  # fmt: skip
_SENTENCE_END = re.compile(r"[.,;!?…]['\"”’]?$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on line `at`: its wording, its number and its own title where it has them."""

    at: int
    family: Family
    words: str
    number: int | None = None
    title: str = ""
    lines: tuple[int, ...] = ()


def heading_of(line: str, at: int = 0) -> Heading | None:
    """What kind of heading this normalised line is, None where it is none."""
    words = re.sub(r"^[*_=~#\-–— ]{1,8}|[*_=~#\-–— ]{1,8}$", "", line)
    if not words or len(line) > LONGEST:
        return None
    for family, shape in _SHAPES:
        found = shape.match(words)
        if not found:
            continue
        named = found.groupdict()
        number = number_of(named["number"]) if named.get("number") else None
        if number is None and family != "named":
            continue
        title = (named.get("title") or "").strip()
        return Heading(at, family, words, number, title, (at,))
    return None


def headings_on(sheet: Sheet) -> list[Heading]:
    """The headings at which this text falls into chapters; fewer than two consistent ones are none.

    "Chapter 3" (with Prologue, Epilogue and the like) is believed first, then "Part 3", then "3. The Letter",
    a bare "3.", a bare "III". The last three must count from 1 without a gap and stand between blank lines, since
    a list, a date or a year on a line of its own looks the same.
    """
    every = [heading for at in sheet.standing() if (heading := heading_of(sheet.plain[at], at))]
    contents = _contents(sheet, every)
    found = [heading for heading in every[len(contents) :] if _alone(sheet, heading)]
    row = _row(sheet, found)
    if row:
        sheet.take([heading.at for heading in contents], CONTENTS)
    return row


def _row(sheet: Sheet, found: Sequence[Heading]) -> list[Heading]:
    named = [heading for heading in found if heading.family == "named"]
    for family in ("chapter", "part", "titled", "bare", "roman"):
        numbered = [heading for heading in found if heading.family == family]
        if not numbered or (family in ("titled", "bare", "roman") and not _counts_from_one(numbered)):
            continue
        row = sorted(numbered + named, key=lambda heading: heading.at)
        if len(row) >= 2 and _ascends(row):
            return _with_parts(sheet, row, found) if family == "chapter" else row
    return named if len(named) >= 2 else []


def _alone(sheet: Sheet, heading: Heading) -> bool:
    at = heading.at
    before = at == 0 or not sheet.plain[at - 1] or not sheet.stands(at - 1)
    after = at + 1 >= len(sheet) or not sheet.plain[at + 1]
    if heading.family in ("chapter", "part"):
        ended = bool(heading.title) and bool(_SENTENCE_END.search(heading.title)) and len(heading.title) > 60
        return (before or after or heading_of(sheet.plain[at - 1]) is not None) and not ended
    if heading.family == "titled" and (len(heading.title) > 80 or heading.title.endswith((",", ";"))):
        return False
    return before and after


def _counts_from_one(row: Sequence[Heading]) -> bool:
    return [heading.number for heading in row] == list(range(1, len(row) + 1)) and len(row) >= 2


def _ascends(row: Sequence[Heading]) -> bool:
    numbers = [heading.number for heading in row if heading.number is not None]
    rises = sum(later > earlier or later == 1 for earlier, later in zip(numbers, numbers[1:], strict=False))
    return rises >= len(numbers) - 1


def _contents(sheet: Sheet, every: Sequence[Heading]) -> list[Heading]:
    """A list of contents: the first headings, with nothing between them, all of which come again later."""
    listed: list[Heading] = []
    for heading in every:
        if listed and (sheet.after(listed[-1].at) != heading.at or _same(heading) in map(_same, listed)):
            break
        listed.append(heading)
    again = {_same(heading) for heading in every[len(listed) :]}
    return listed if len(listed) >= 2 and all(_same(heading) in again for heading in listed) else []


def _same(heading: Heading) -> tuple[str, int | None]:
    return (heading.family, heading.number) if heading.number is not None else (heading.words.lower(), None)


def _with_parts(sheet: Sheet, row: list[Heading], found: Sequence[Heading]) -> list[Heading]:
    """A "Part Two" line straight above a chapter heading goes into that chapter's title."""
    part_above = {sheet.after(heading.at): heading for heading in found if heading.family == "part"}
    joined = []
    for heading in row:
        part = part_above.get(heading.at)
        if part and heading.family == "chapter":
            words = f"{part.words} – {heading.words}"
            heading = Heading(heading.at, "part", words, heading.number, "", (part.at, heading.at))
        joined.append(heading)
    return joined


def number_in(title: str) -> int | None:
    """The number a chapter's title tells ("Chapter Four: The Letter", "Part 3", "2. Fog"), None where none."""
    heading = heading_of(title.strip())
    return heading.number if heading else None
