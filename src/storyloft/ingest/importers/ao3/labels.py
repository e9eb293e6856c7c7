"""The fixed English labels of an otwarchive work and what their values mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from storyloft.ingest.imported import ImportedTag, Status
from storyloft.tags.kinds import TagKind, rating_for, warning_for

AO3 = "Archive of Our Own"
NO_RATING = "No rating was found: treated as adult."

# Singular and plural in one: files of 2019 to 2023 say the singular even with many values.
KINDS = {
    "rating": TagKind.RATING,
    "archive warning": TagKind.WARNING,
    "archive warnings": TagKind.WARNING,
    "category": TagKind.CATEGORY,
    "categories": TagKind.CATEGORY,
    "fandom": TagKind.FANDOM,
    "fandoms": TagKind.FANDOM,
    "relationship": TagKind.RELATIONSHIP,
    "relationships": TagKind.RELATIONSHIP,
    "character": TagKind.CHARACTER,
    "characters": TagKind.CHARACTER,
    "additional tag": TagKind.FREEFORM,
    "additional tags": TagKind.FREEFORM,
}
_STATS = re.compile(r"(?P<label>Published|Updated|Completed|Words|Chapters):\s*(?P<value>[\d,./?-]+)")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SERIES = re.compile(r"Part\s+([\d.,]+)\s+of\s*$")
_LABEL_END = re.compile(r"\s*:\s*$")
_NUMBERED = re.compile(r"Chapter\s+(?P<number>\d+)(?:\s*:\s*(?P<title>.+))?$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Stats:
    """The "Stats:" line: dates, words as printed, and how many chapters of how many (None: unknown)."""

    published: date | None = None
    updated: date | None = None
    completed: bool = False
    words: str = ""
    chapters: int | None = None
    expected: int | None = None

    @property
    def status(self) -> Status:
        """Complete when as many chapters are there as are planned."""
        if self.chapters is None:
            return "complete" if self.completed else "unknown"
        return "complete" if self.chapters == self.expected else "in_progress"


def label(words: str) -> str:
    """A `dt`'s words as a label: small, without the colon."""
    return _LABEL_END.sub("", " ".join(words.split())).lower()


def tag(kind: TagKind, name: str) -> ImportedTag:
    """A tag in our wording where the vocabulary is fixed ("Underage" is "Underage Sex"), else in the author's."""
    if kind is TagKind.RATING:
        return ImportedTag(kind, rating_for(name))
    if kind is TagKind.WARNING:
        return ImportedTag(kind, warning_for(name) or name)
    return ImportedTag(kind, name)


def read_stats(text: str) -> Stats:
    """The facts in a "Stats:" text, in whatever order a generation wrote them."""
    found = {match["label"]: match["value"].strip(".,") for match in _STATS.finditer(text)}
    chapters, _, expected = found.get("Chapters", "").partition("/")
    completed = day(found.get("Completed", ""))
    return Stats(
        published=day(found.get("Published", "")),
        updated=completed or day(found.get("Updated", "")),
        completed=completed is not None,
        words=found.get("Words", ""),
        chapters=number(chapters),
        expected=number(expected),
    )


def day(words: str) -> date | None:
    """A date as the archive writes it, YYYY-MM-DD; None for anything else."""
    if not (found := _DAY.search(words)):
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def number(words: str) -> int | None:
    """A count with or without thousands commas; None for "?" and blanks."""
    plain = words.replace(",", "").strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else None


def position_before(text: str) -> str:
    """The series position in the words that stand before a series link ("Part 2 of ")."""
    found = _SERIES.search(" ".join(text.split()) + " ")
    return found[1] if found else ""


def chapter_heading(words: str) -> tuple[int | None, str]:
    """Number and title of "Chapter 3: The Lamp", "Chapter 3" or (before October 2025) "The Lamp" alone."""
    plain = " ".join(words.split())
    if found := _NUMBERED.match(plain):
        return int(found["number"]), (found["title"] or "").strip()
    return None, plain
