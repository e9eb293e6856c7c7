"""The one plain shape every importer reads a story into, and what an importer is.

Everything here is frozen, knows neither Django nor works, and travels between processes as msgpack.
HTML in these shapes is *loose*: whatever the file held. The gate (`prose`) shapes and cleans it later, so an
importer must neither trust it nor clean it; it only takes away what the site put around the author's words,
and says so in `removed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, Protocol

from storyloft.tags.kinds import TagKind

if TYPE_CHECKING:
    from storyloft.ingest.given import GivenFile

Status = Literal["complete", "in_progress", "hiatus", "abandoned", "unknown"]


class NotReadable(Exception):
    """This file cannot be read; the message is the plain sentence its row shows."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Why something was taken away: a short name that never changes, and a sentence for people."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """Words that stood in the file and are not the author's; kept here so that one click brings them back.

    `chapter` is the chapter's place in `ImportedWork.chapters` (0 first), None where it was outside any chapter;
    `at` is the number of the chapter's blocks that stood before it.
    """

    text: str
    rule: Rule
    chapter: int | None = None
    at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedByline:
    """A name the work is by, with the address and login of its profile at the source where known."""

    name: str
    url: str = ""
    login: str = ""


@dataclass(frozen=True, slots=True)
class ImportedTag:
    """One tag in the author's wording."""

    kind: TagKind
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSeries:
    """A series the work belongs to; `position` as the source writes it ("2", "2.5", "")."""

    title: str
    position: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSource:
    """Where the work came from. `site` + `site_id` is its identity; a newer copy of the same updates, never doubles.

    `site` is the site's name ("Archive of Our Own", "Wattpad"), `site_id` its own id of the work as text, or a
    stable stand-in where the file does not tell ("title:sterek one-shots"). `counts` is history as printed
    ("reads": "1.4K"); `facts` anything else worth keeping by label (collections, genre, gift, …).
    """

    site: str = ""
    url: str = ""
    site_id: str = ""
    saved_on: date | None = None
    published: date | None = None
    updated: date | None = None
    counts: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedPicture:
    """A picture that came in the file. Loose HTML names it `<img src="picture:NAME">`.

    An importer gives name and data; the reading process re-encodes the picture and fills in the rest.
    """

    name: str
    data: bytes
    media_type: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedChapter:
    """One chapter: loose HTML of the text and of what the author said around it.

    `number` is the chapter's own number at the source (1 first) where the file tells; `key` what names this chapter
    for good at the source (its address or id), for merging a newer copy.
    """

    html: str
    title: str = ""
    number: int | None = None
    key: str = ""
    summary: str = ""
    notes: str = ""
    end_notes: str = ""
    published: date | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The file holds only some of a work's chapters: `of` is what all its files share, `total` where known."""

    of: str
    number: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedWork:
    """A story as an importer read it. `title` may be empty where the file has none: the file's name then serves."""

    chapters: tuple[ImportedChapter, ...]
    title: str = ""
    bylines: tuple[ImportedByline, ...] = ()
    summary: str = ""
    notes: str = ""
    end_notes: str = ""
    tags: tuple[ImportedTag, ...] = ()
    series: tuple[ImportedSeries, ...] = ()
    language: str = ""
    status: Status = "unknown"
    expected_chapters: int | None = None
    source: ImportedSource | None = None
    cover: bytes | None = None
    pictures: tuple[ImportedPicture, ...] = ()
    part: Part | None = None
    removed: tuple[Removed, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognition:
    """How sure an importer is (1 a last resort, 50 the right form, 90 the site's own marks) and why, in plain words."""

    sureness: int
    because: str


class Importer(Protocol):
    """What `storyloft.importers` entry points name: an object with a name, `recognises` and `read`.

    `recognises` must be cheap and never raise; `read` may raise `NotReadable` with a plain sentence.
    """

    name: str
    title: str  # what people call this form: "AO3 download (HTML)"

    def recognises(self, file: GivenFile) -> Recognition | None: ...

    def read(self, file: GivenFile) -> Iterator[ImportedWork]: ...
