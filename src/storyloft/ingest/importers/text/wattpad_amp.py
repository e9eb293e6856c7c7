"""The light (AMP) copy of a Wattpad part: the story's head, its list of parts, then the part's own head."""

from __future__ import annotations

import re

from storyloft.ingest.imported import Rule
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.sheet import Sheet, folded
from storyloft.ingest.importers.text.titles import byline_on
from storyloft.prose.plain import html_from_text

STORY_HEAD_WITHIN = 6  # non-empty lines
PART_HEAD_WITHIN = 420  # a story has at most 200 parts, each a line of the list

HEAD = Rule(
    "wattpad-story-head", "The story's title, author and description, which the light page repeats on each part."
)
CONTENTS = Rule("wattpad-contents", "The list of the story's parts.")

_MORE = re.compile(r"(?:\.\.\.|…) ?More$")


def read_amp(sheet: Sheet, details: Details, counts: re.Pattern[str], rule: Rule) -> tuple[str, int | None]:
    """Read the two heads of a light copy: the part's title and its number in the list; ("", None) where it is none."""
    head = sheet.head(PART_HEAD_WITHIN)
    counted = [place for place, at in enumerate(head) if counts.match(sheet.plain[at])]
    if len(counted) < 2 or counted[0] >= STORY_HEAD_WITHIN or counted[1] + 1 >= len(head):
        return "", None
    first, second = counted[:2]
    lines = [sheet.plain[at] for at in head]
    name = byline_on(lines[first - 1]) if first else ""
    if not name or folded(byline_on(lines[second + 1])) != folded(name) or second - first < 2:
        return "", None
    details.byline(name)
    _read_counts(details, counts, lines[first], lines[second])
    details.title = details.title or (sheet.whole(head[0]) if first >= 2 else "")
    title = sheet.whole(head[second - 1])
    listed = _read_description(sheet, details, head[first + 1 : second - 1])
    sheet.take(head[: first + 1], HEAD)
    sheet.take(listed, CONTENTS)
    sheet.take(head[second : second + 2], rule)
    sheet.use(head[second - 1])
    names = [folded(sheet.whole(at)) for at in listed]
    return title, names.index(folded(title)) + 1 if folded(title) in names else None


def _read_counts(details: Details, counts: re.Pattern[str], story: str, part: str) -> None:
    of_story, of_part = counts.match(story), counts.match(part)
    if of_story and of_part:
        details.counts.update(of_part.groupdict())
        details.counts.update({f"{label} of the story": count for label, count in of_story.groupdict().items()})


def _read_description(sheet: Sheet, details: Details, lines: list[int]) -> list[int]:
    """The description, which ends in "... More", becomes the summary; returns the lines of the list of parts."""
    end = next((place + 1 for place, at in enumerate(lines) if _MORE.search(sheet.whole(at)[-20:])), 0)
    described = "\n\n".join(sheet.whole(at) for at in lines[:end])
    if described:
        details.summary = html_from_text(_MORE.sub("…", described).strip())
        sheet.take(lines[:end], HEAD)
    return lines[end:]
