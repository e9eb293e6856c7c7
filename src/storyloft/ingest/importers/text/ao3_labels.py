"""The labels over an AO3 work in text, on one line or two each, and the line of statistics."""

from __future__ import annotations

import re

from storyloft.ingest.imported import ImportedSeries, Rule
from storyloft.ingest.importers.text.dates import date_in
from storyloft.ingest.importers.text.details import Details
from storyloft.ingest.importers.text.names import comma_and_blank
from storyloft.ingest.importers.text.sheet import Sheet
from storyloft.tags.kinds import NOT_RATED, TagKind, rating_for, warning_for

DETAILS = Rule("ao3-details", "The archive's labels and statistics; read as details of the work.")
MESSAGE = Rule("ao3-message", "The archive's line about where the work was posted.")

LABEL = re.compile(
    r"^(?P<label>Rating|Archive Warnings?|Categor(?:y|ies)|Fandoms?|Relationships?|Characters?|Additional Tags|"
    r"Language|Series|Collections?|Stats|Published|Updated|Completed|Words|Chapters|Comments|Kudos|Bookmarks|Hits): ?"
    r"(?P<value>.*)$"
)
POSTED = re.compile(
    r"^Posted originally on the (?P<site>.{3,60}?) at "
    r"(?P<url>https?://(?P<host>[\w.-]{1,100}(?::\d{1,5})?)/ ?works/(?P<id>\d{1,20}))"
)
_STAT = re.compile(
    r"(?P<label>Published|Updated|Completed|Words|Chapters|Comments|Kudos|Bookmarks|Hits): ?"
    r"(?P<value>\d{4}-\d{2}-\d{2}|\d[\d,]*/(?:\d[\d,]*|\?)|\d[\d,]*)"
)
_SERIES = re.compile(r"^Part (?P<position>\d{1,4}) of (?P<title>.+)$")
_STAT_LABELS = "Published Updated Completed Words Chapters Comments Kudos Bookmarks Hits"
_STATS = frozenset(_STAT_LABELS.split())
_KINDS = {
    "Fandom": TagKind.FANDOM,
    "Relationship": TagKind.RELATIONSHIP,
    "Character": TagKind.CHARACTER,
    "Additional Tag": TagKind.FREEFORM,
}
WITHIN = 300  # lines: one tag a line, as some browsers copy them, makes a head of this length


def read_labels(sheet: Sheet, details: Details) -> int:
    """Read the message line and all labels into `details`; returns the line after the last of them."""
    _read_message(sheet, details)
    end = 0
    for at in range(min(WITHIN, len(sheet))):
        found = LABEL.match(sheet.header_line(at)) if sheet.stands(at) else None
        if not found or (end and at - end > 8):
            continue
        value, lines = _value(sheet, at, found["label"], found["value"])
        _read(details, found["label"], value)
        sheet.take(lines, DETAILS)
        end = lines[-1] + 1
    return end


def _read_message(sheet: Sheet, details: Details) -> None:
    for at in sheet.head(40):
        line = sheet.plain[at]
        following = sheet.after(at)
        joined = f"{line} {sheet.plain[following]}" if following is not None else line
        found = POSTED.match(line.replace("_", " ")) or POSTED.match(joined.replace("_", " "))
        if found:
            details.site, details.site_id = found["site"], found["id"]
            details.url = found["url"].replace(" ", "")
            both = not POSTED.match(line.replace("_", " ")) and following is not None
            sheet.take([at, following] if both and following is not None else [at], MESSAGE)
            return


def _value(sheet: Sheet, at: int, label: str, value: str) -> tuple[str, list[int]]:
    """A label's value: the rest of its line, or the lines below up to the next label or blank line."""
    lines, words = [at], [sheet.whole(at)[len(label) + 1 :].strip()] if value else []
    for below in range(at + 1, min(at + 200, len(sheet))):
        line = sheet.header_line(below)
        if LABEL.match(line) or not sheet.stands(below) or (not line and words):
            break
        if words and (value or label in _STATS) and not words[-1].endswith(",") and not _indented(sheet, below):
            break
        if line:
            words.append(sheet.whole(below))
        if not line and below - at > 2:
            break
        lines.append(below)
    one_tag_a_line = not any("," in word for word in words) and label not in ("Stats", *_STATS, "Language")
    return (", " if one_tag_a_line else " ").join(words), lines


def _indented(sheet: Sheet, at: int) -> bool:
    return sheet.raw[at][:2].isspace()


def _read(details: Details, label: str, value: str) -> None:
    if "_" in value and " " not in value.replace(", ", ""):
        value = value.replace("_", " ")  # converters write the blanks of a link's words as underscores
    single = re.sub(r"ies$", "y", label) if label.startswith("Categor") else label.removesuffix("s")
    tags = comma_and_blank(value)
    if label in _STATS or label == "Stats":
        _read_stats(details, value if label == "Stats" else f"{label}: {value}")
    elif single in _KINDS:
        details.tag(_KINDS[single], tags)
    elif single == "Rating":
        rating = rating_for(value)
        details.tag(TagKind.RATING, [rating])
        if rating == NOT_RATED and value.lower() != "not rated":
            details.keep("Rating", value)
    elif single == "Archive Warning":
        for tag in tags:
            details.tag(TagKind.WARNING if warning_for(tag) else TagKind.FREEFORM, [warning_for(tag) or tag])
    elif single == "Category":
        details.tag(TagKind.CATEGORY, tags)
    elif label == "Language":
        details.language = value
    elif label == "Series":
        _read_series(details, value)
    else:
        details.keep("Collections", value)


def _read_series(details: Details, value: str) -> None:
    for piece in re.split(r", (?=Part \d)", value.replace("← Previous Work", "").replace("Next Work →", "")):
        found = _SERIES.match(piece.strip())
        if found:
            details.series.append(ImportedSeries(title=found["title"].strip(), position=found["position"]))
        elif piece.strip():
            details.series.append(ImportedSeries(title=piece.strip()))


def _read_stats(details: Details, value: str) -> None:
    for found in _STAT.finditer(value[:2_000]):
        label, words = found["label"], found["value"]
        if label == "Published":
            details.published = date_in(words)
        elif label in ("Updated", "Completed"):
            details.updated = date_in(words)
            details.status = "complete" if label == "Completed" else details.status
        elif label == "Chapters":
            _read_chapter_count(details, words)
        else:
            details.counts[label.lower()] = words


def _read_chapter_count(details: Details, words: str) -> None:
    there, _, expected = words.partition("/")
    details.counts["chapters"] = words
    details.expected_chapters = int(expected.replace(",", "")) if expected not in ("", "?") else None
    if expected:
        details.status = "complete" if there == expected else "in_progress"
