"""Wattpad data that people saved from its interfaces: a story with the text of its parts, or one part."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import (
    ImportedByline,
    ImportedChapter,
    ImportedSource,
    ImportedTag,
    ImportedWork,
    NotReadable,
    Part,
    Recognition,
    Status,
)
from storyloft.ingest.importers.text.dates import date_in
from storyloft.prose.plain import html_from_text
from storyloft.tags.kinds import TagKind

LARGEST = 16 * 1024 * 1024
SITE = "Wattpad"
TEXT_KEYS = ("text", "content", "html", "body")

# story-page-shapes, section 2.
CATEGORIES = {
    1: "Teen", 2: "Poetry", 3: "Fantasy", 4: "Romance", 5: "Science Fiction", 6: "Fanfiction", 7: "Humor",
    8: "Mystery/Thriller", 9: "Horror", 10: "Classics", 11: "Adventure", 12: "Paranormal", 13: "Spiritual",
    14: "Action", 16: "Non-Fiction", 17: "Short Story", 18: "Vampire", 19: "Random", 21: "General", 22: "Werewolf",
    23: "Historical", 24: "ChickLit",
}  # fmt: skip

_MARKS = re.compile(
    r'"(?:readCount|voteCount|numParts|text_url|isPaywalled|lastPublishedPart|paragraphId|part\.\d+\.metadata)"|wattpad\.com'
)
_MARKUP = re.compile(r"<(?:p|br|div|pre)\b", re.IGNORECASE)


class WattpadJson:
    """What `/api/v3/stories/…` and its sisters answer, with the text that saving programs put beside it."""

    name = "wattpad_json"
    title = "Wattpad data (JSON)"

    def recognises(self, file: GivenFile) -> Recognition | None:
        if file.kind != "json" or len(file.data) > LARGEST:
            return None
        marks = {found[0] for found in _MARKS.finditer(file.text[:200_000])}
        return Recognition(80, "it holds the fields of a Wattpad story") if len(marks) >= 2 else None

    def read(self, file: GivenFile) -> Iterator[ImportedWork]:
        if len(file.data) > LARGEST:
            raise NotReadable("This file is larger than 16 MB. Split it and import the pieces.")
        try:
            data = json.loads(file.text.removeprefix("\ufeff"))
        except (ValueError, RecursionError) as error:
            raise NotReadable("This file looks like Wattpad data, but it is cut off or damaged.") from error
        yield read_data(data)


importer = WattpadJson()


def read_data(data: object) -> ImportedWork:
    """The work in one saved answer. Raises NotReadable where it holds details or comments but no text."""
    story = _story(data)
    if not story:
        raise NotReadable("This file holds Wattpad data, such as comments or a list, but no story.")
    parts = [part for part in story.get("parts") or [] if isinstance(part, dict) and not part.get("draft")]
    total = _whole(story.get("numParts")) or len(parts)
    whole = total == len(parts) > 1  # otherwise a part's place among these tells nothing of its number
    chapters = tuple(_chapter(part, nth if whole else None) for nth, part in enumerate(parts, start=1) if _text(part))
    if not chapters:
        named = f" of “{story['title']}”" if isinstance(story.get("title"), str) else ""
        raise NotReadable(f"This file holds the details{named}, but none of its text.")
    return ImportedWork(
        chapters=chapters,
        title=_words(story.get("title")),
        bylines=_bylines(story.get("user")),
        summary=html_from_text(_words(story.get("description"))) if story.get("description") else "",
        tags=tuple(_tags(story)),
        language=_words((story.get("language") or {}).get("name")) if isinstance(story.get("language"), dict) else "",
        status=_status(story),
        expected_chapters=total if story.get("completed") is True else None,
        source=_source(story),
        part=_part(story, chapters, total),
        warnings=_warnings(story, parts, chapters),
    )


def _story(data: object) -> dict[str, Any]:
    """The story's object; the data of one part (`part.ID.metadata`, or alone) becomes a story of that part."""
    if not isinstance(data, dict):
        return {}
    if isinstance(data.get("story"), dict) and not data.get("parts"):
        return _story({**data["story"], "parts": data["story"].get("parts") or [data]})
    if isinstance(data.get("parts"), list):
        return data
    for key, value in data.items():
        part = value.get("data") if isinstance(value, dict) else None
        if re.fullmatch(r"part\.\d+\.metadata", key) and isinstance(part, dict):
            group = part.get("group")
            return {**(group if isinstance(group, dict) else {}), "parts": [part]}
    return {"parts": [data]} if _text(data) else {}


def _text(part: Mapping[str, Any]) -> str:
    for key in TEXT_KEYS:
        value = part.get(key)
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, list) and value and all(isinstance(piece, str) for piece in value):
            return "\n\n".join(value)
    return ""


def _chapter(part: Mapping[str, Any], number: int | None) -> ImportedChapter:
    text = _text(part)
    key = part.get("id")
    return ImportedChapter(
        html=text if _MARKUP.search(text) else html_from_text(text),
        title=_words(part.get("title")),
        number=number,
        key=str(key) if key else "",
        published=_day(part.get("createDate")),
    )


def _bylines(user: object) -> tuple[ImportedByline, ...]:
    login = _words(user.get("name") or user.get("username")) if isinstance(user, dict) else _words(user)
    shown = _words(user.get("fullname")) if isinstance(user, dict) else ""
    if not login and not shown:
        return ()
    url = f"https://www.wattpad.com/user/{login}" if login else ""
    return (ImportedByline(name=login or shown, login=login, url=url),)


def _tags(story: Mapping[str, Any]) -> Iterator[ImportedTag]:
    rating = _whole(story.get("rating"))
    if story.get("mature") is True or (rating or 0) >= 4:
        yield ImportedTag(TagKind.RATING, "Mature")
    names = [CATEGORIES.get(_whole(number) or 0, "") for number in story.get("categories") or []]
    names += [_words(tag) for tag in story.get("tags") or []]
    for name in dict.fromkeys(name for name in names if name):
        yield ImportedTag(TagKind.FREEFORM, name)


def _status(story: Mapping[str, Any]) -> Status:
    if "completed" not in story:
        return "unknown"
    return "complete" if story["completed"] else "in_progress"


def _source(story: Mapping[str, Any]) -> ImportedSource:
    counted = {"reads": "readCount", "votes": "voteCount", "comments": "commentCount"}
    return ImportedSource(
        site=SITE,
        url=_words(story.get("url")),
        site_id=str(story.get("id") or ""),
        published=_day(story.get("createDate")),
        updated=_day(story.get("lastPublishedPart") or story.get("modifyDate")),
        counts={label: str(story[key]) for label, key in counted.items() if isinstance(story.get(key), int | str)},
    )


def _part(story: Mapping[str, Any], chapters: tuple[ImportedChapter, ...], total: int) -> Part | None:
    if len(chapters) >= total or not story.get("id"):
        return None
    return Part(of=f"wattpad|{story['id']}", number=chapters[0].number if len(chapters) == 1 else None, total=total)


def _warnings(story: Mapping[str, Any], parts: list[Any], chapters: tuple[ImportedChapter, ...]) -> tuple[str, ...]:
    warnings = []
    if len(chapters) < len(parts):
        warnings.append(f"{len(parts) - len(chapters)} of {len(parts)} parts have no text in this file.")
    if story.get("isPaywalled") is True:
        warnings.append("This is a paid story, so the text may be cut off.")
    return tuple(warnings)


def _words(value: object) -> str:
    """A text as it is but for blanks around it; on one line, single blanks."""
    if not isinstance(value, str):
        return ""
    return value.strip() if "\n" in value else " ".join(value.split())


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _day(value: object) -> date | None:
    """A date printed as text, or inside the object that newer answers use."""
    if isinstance(value, dict):
        value = value.get("createDate") or value.get("date")
    return date_in(value) if isinstance(value, str) else None
