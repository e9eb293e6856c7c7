"""What a header tells of a work, label by label: the one place where labels are mapped to our terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from storyloft.ingest.imported import ImportedByline, ImportedSeries, ImportedSource, ImportedTag, Status
from storyloft.ingest.importers.text.dates import date_in
from storyloft.ingest.importers.text.names import authors, listed, people, relationships
from storyloft.prose.plain import html_from_text
from storyloft.tags.kinds import CATEGORIES, NOT_RATED, TagKind, rating_for, warning_for

_STATUS_WORDS: dict[Status, str] = {
    "complete": "complete|completed|finished|done|oneshot|one-shot|one shot|yes",
    "in_progress": "in progress|in-progress|work in progress|wip|ongoing|updating|incomplete|unfinished|no",
    "hiatus": "hiatus|on hiatus|paused|on hold",
    "abandoned": "abandoned|discontinued|dropped|cancelled|canceled|inactive",
}
_STATUS_OF: dict[str, Status] = {word: status for status, words in _STATUS_WORDS.items() for word in words.split("|")}

_SERIES_POSITION_LAST = re.compile(
    r"^(?P<title>.{1,300}?)[,:;]? ?[(\[]?(?:(?:part|book|no\.?|number|volume|vol\.?|story) ?#? ?|# ?)"
    r"(?P<position>\d{1,4}(?:\.\d{1,2})?)(?: (?:of|/) \d+)?[)\]]?$",
    re.IGNORECASE,
)
_SERIES_POSITION_FIRST = re.compile(
    r"^(?:part|book) (?P<position>\d{1,4}(?:\.\d{1,2})?) (?:of|in) (?:(?-i:the) )?(?P<title>.{1,300}?)(?: series)?$",
    re.IGNORECASE,
)
_CHAPTER_COUNT = re.compile(r"^(?P<there>\d{1,5}) ?(?:/|of) ?(?P<expected>\d{1,5}|\?)$")
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
_CONTACT = re.compile(r"\s*[(<\[][^()<>\[\]]{0,100}@[^()<>\[\]]{0,100}[)>\]]")


@dataclass
class Details:
    """A work's details as they are read, in the order in which they stood."""

    title: str = ""
    bylines: list[ImportedByline] = field(default_factory=list)
    summary: str = ""
    notes: str = ""
    end_notes: str = ""
    tags: list[ImportedTag] = field(default_factory=list)
    series: list[ImportedSeries] = field(default_factory=list)
    language: str = ""
    status: Status = "unknown"
    expected_chapters: int | None = None
    site: str = ""
    site_id: str = ""
    url: str = ""
    published: date | None = None
    updated: date | None = None
    counts: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)

    def take(self, label: str, value: str) -> None:
        """Read one labelled value; what no field of ours holds is kept under its label in `facts`."""
        value = value.strip()
        reader = READERS.get(folded_label(label))
        if not value:
            return
        if reader is None:
            self.keep(label, value)
        else:
            reader(self, value)

    def keep(self, label: str, value: str) -> None:
        """Keep a value in its own words."""
        label = label.strip()
        label = label[:1].upper() + label[1:]
        self.facts[label] = f"{self.facts[label]}; {value}" if label in self.facts else value

    def tag(self, kind: TagKind, names: Iterable[str]) -> None:
        """Add tags of one kind, each once."""
        for name in names:
            tag = ImportedTag(kind, " ".join(name.split()))
            if tag.name and tag not in self.tags:
                self.tags.append(tag)

    def byline(self, *names: str) -> None:
        """Add authors, each once; "Anonymous" is nobody."""
        for name in names:
            byline = ImportedByline(name=name.strip())
            if byline.name and byline.name.lower() != "anonymous" and byline not in self.bylines:
                self.bylines.append(byline)

    def source(self) -> ImportedSource | None:
        """Where the work came from, None where nothing tells."""
        told = (self.site, self.url, self.published, self.updated, self.counts, self.facts)
        if not any(told):
            return None
        return ImportedSource(
            site=self.site,
            url=self.url,
            site_id=self.site_id,
            published=self.published,
            updated=self.updated,
            counts=dict(self.counts),
            facts=dict(self.facts),
        )


def folded_label(label: str) -> str:
    """A label as the table knows it: small letters, straight apostrophes, no colon, no decoration."""
    return " ".join(label.lower().replace("’", "'").strip(" *_#:").split())


def _title(details: Details, value: str) -> None:
    if details.title:
        details.keep("Title", value)
    details.title = details.title or value


def _author(details: Details, value: str) -> None:
    bare = _CONTACT.sub("", value).strip()
    if bare != value or not bare:
        details.keep("Author", value)
    details.byline(*authors(bare))


def _summary(details: Details, value: str) -> None:
    details.summary += html_from_text(value)


def _notes(details: Details, value: str) -> None:
    details.notes += html_from_text(value)


def _end_notes(details: Details, value: str) -> None:
    details.end_notes += html_from_text(value)


def _rating(details: Details, value: str) -> None:
    first_word = re.split(r"[\s,;(/]", value.removeprefix("Fiction").strip(), maxsplit=1)[0]
    rating = next((found for words in (value, first_word) if (found := rating_for(words)) != NOT_RATED), NOT_RATED)
    details.tag(TagKind.RATING, [rating])
    if rating != value:
        details.keep("Rating", value)


def _warnings(details: Details, value: str) -> None:
    pieces = listed(value)
    if any(len(piece) > 60 or len(piece.split()) > 7 for piece in pieces):
        details.keep("Warnings", value)
        pieces = [piece for piece in pieces if warning_for(piece)]
    for piece in pieces:
        warning = warning_for(piece.rstrip("."))
        details.tag(TagKind.WARNING if warning else TagKind.FREEFORM, [warning or piece])
        if warning and warning != piece:
            details.keep("Warnings", piece)


def _categories(details: Details, value: str) -> None:
    known = {category.lower(): category for category in CATEGORIES}
    for piece in listed(value):
        category = known.get(
            {"slash": "m/m", "femslash": "f/f", "het": "f/m", "m/f": "f/m"}.get(piece.lower(), piece.lower())
        )
        details.tag(TagKind.CATEGORY if category else TagKind.FREEFORM, [category or piece])
        if category and category != piece:
            details.keep("Category", piece)


def _genre(details: Details, value: str) -> None:
    details.keep("Genre", value)
    details.tag(TagKind.FREEFORM, genres(value))


def genres(value: str) -> list[str]:
    """Genres written "A/B" or "A, B"; the slash inside "Hurt/Comfort" separates nothing."""
    guarded = value.replace("Hurt/Comfort", "Hurt\0Comfort")
    return [piece.strip().replace("\0", "/") for piece in re.split(r"[/,;]", guarded) if piece.strip()]


def _series(details: Details, value: str) -> None:
    for piece in re.split(r";\s*|,\s*(?=Part \d)(?!.*, part)", value) if value.startswith("Part ") else [value]:
        details.series.append(series_named(piece))


def series_named(value: str) -> ImportedSeries:
    """ "The Lamps, part 2", "The Lamps #2", "Part 2 of The Lamps": the title and the position as written."""
    words = " ".join(value.split())
    found = _SERIES_POSITION_FIRST.match(words) or _SERIES_POSITION_LAST.match(words)
    return _at_position(found) if found else ImportedSeries(title=words)


def _at_position(found: re.Match[str]) -> ImportedSeries:
    return ImportedSeries(title=found["title"].rstrip(" ,;:-–—"), position=found["position"])


def _part(details: Details, value: str) -> None:
    last = details.series[-1] if details.series else None
    if last and not last.position and re.fullmatch(r"\d{1,4}(?:\.\d+)?", value):
        details.series[-1] = ImportedSeries(title=last.title, position=value)
    else:
        details.keep("Part", value)


def _status(details: Details, value: str) -> None:
    words, _, count = value.strip(" .!").rpartition(" ")
    if _CHAPTER_COUNT.match(count):
        _chapters(details, count)
        value = words
    status = _STATUS_OF.get(value.strip(" .!,").lower())
    if status:
        details.status = status
    else:
        details.keep("Status", value)


def _chapters(details: Details, value: str) -> None:
    found = _CHAPTER_COUNT.match(value)
    if not found:
        details.keep("Chapters", value)
        return
    details.counts["chapters"] = f"{found['there']}/{found['expected']}"
    details.expected_chapters = int(found["expected"]) if found["expected"] != "?" else None
    if details.status == "unknown":
        details.status = "complete" if found["there"] == found["expected"] else "in_progress"


def _words(details: Details, value: str) -> None:
    details.counts["words"] = value


def _language(details: Details, value: str) -> None:
    details.language = value


def _source(details: Details, value: str) -> None:
    address = _ADDRESS.search(value)
    if address and not details.url:
        details.url = address[0]
    if not address or address[0] != value:
        details.keep("Source", value)


def _published(details: Details, value: str) -> None:
    details.published = date_in(value)
    if not details.published:
        details.keep("Published", value)


def _updated(details: Details, value: str) -> None:
    details.updated = date_in(value)
    if not details.updated:
        details.keep("Updated", value)


def _tags_of(kind: TagKind, split: Callable[[str], list[str]]) -> Callable[[Details, str], None]:
    def read(details: Details, value: str) -> None:
        details.tag(kind, split(value))

    return read


_READERS: dict[str, Callable[[Details, str], None]] = {
    "title|story title|work title|story": _title,
    "author|authors|by|writer|written by|author name|pen name": _author,
    "fandom|fandoms": _tags_of(TagKind.FANDOM, listed),
    "relationship|relationships|pairing|pairings|ship|ships": _tags_of(TagKind.RELATIONSHIP, relationships),
    "character|characters": _tags_of(TagKind.CHARACTER, people),
    "rating|rated": _rating,
    "warning|warnings|archive warning|archive warnings|content warning|content warnings": _warnings,
    "category|categories": _categories,
    "genre|genres": _genre,
    "tags|tag|additional tags|additional tag|freeform|freeforms|keywords": _tags_of(TagKind.FREEFORM, listed),
    "series": _series,
    "part": _part,
    "status|state": _status,
    "chapters": _chapters,
    "words|word count|wordcount": _words,
    "language": _language,
    "summary|description|synopsis": _summary,
    "note|notes|a/n|an|author's note|author's notes|authors note|authors notes|author note|author notes": _notes,
    "end notes|end note|endnotes": _end_notes,
    "source|url|link|original url|original|story url": _source,
    "published|date|posted|posted on|first published": _published,
    "updated|last updated|completed on": _updated,
}
READERS = {label: reader for labels, reader in _READERS.items() for label in labels.split("|")}
LONG_LABELS = frozenset(label for label, reader in READERS.items() if reader in (_summary, _notes, _end_notes)) | {
    "disclaimer",
    "spoilers",
    "dedication",
    "warnings",
    "warning",
}  # values that may run over several lines
