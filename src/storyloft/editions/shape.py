"""What an edition is made of: everything about a work, read once, so that the writers need nothing else."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from storyloft.prose.language import direction
from storyloft.tags.kinds import TagKind

# Fixed for ever: a work's identifier in books must never change, not even when the archive moves to another host.
_NAMESPACE = uuid.UUID("5d0f2a76-3c0e-5b7b-9a5e-6f1b8a0c7e21")
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?", re.IGNORECASE)
_PICTURE = re.compile(r"picture:([0-9a-f]{64})")
UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A name the work is by; `address` is its page in this archive, `url` its profile at the source where known."""

    name: str
    address: str
    url: str = ""
    login: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The work's place in a series; `address` is the series' page here, `url` its page at the source where known."""

    series: str
    position: str
    address: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """A site the work came from, with what that site said when it was saved."""

    site: str
    site_id: str
    url: str
    saved_on: date | None
    counts: Mapping[str, str]
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One chapter as readers see it: `html` and what is said around it are clean HTML."""

    number: int
    title: str
    html: str
    summary: str = ""
    notes: str = ""
    end_notes: str = ""
    language: str = ""
    published: date | None = None

    @property
    def heading(self) -> str:
        """ "Chapter 3: The Letter", "Chapter 3"."""
        return f"Chapter {self.number}: {self.title}" if self.title else f"Chapter {self.number}"

    @property
    def is_bare(self) -> bool:
        """Whether the author said nothing around the text."""
        return not (self.summary or self.notes or self.end_notes)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture in the text; its media type as its own bytes tell it."""

    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A work as it is taken away. Texts are clean HTML where they end in `notes`, `summary` or `html`."""

    public_id: int
    address: str
    site: str
    site_address: str
    title: str
    authors: Sequence[Author]
    tags: Mapping[TagKind, Sequence[tuple[str, str]]]
    language: str
    summary: str
    notes: str
    end_notes: str
    series: Sequence[Place]
    origins: Sequence[Origin]
    published: date | None
    updated: date | None
    status: str
    words: int
    expected: int | None
    chapters: Sequence[Part]
    modified: datetime
    cover: bytes | None = None
    pictures: Mapping[str, Image] = field(default_factory=dict)

    @property
    def identifier(self) -> str:
        """The work's name for good, the same in every version and wherever the archive lives."""
        return uuid.uuid5(_NAMESPACE, str(self.public_id)).urn

    @property
    def names(self) -> list[str]:
        """The names the work is by, in order."""
        return [author.name for author in self.authors]

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Which way the work's language runs."""
        return direction(self.language)

    @property
    def is_one_shot(self) -> bool:
        """One chapter that is the whole story and has nothing of its own but the text: laid out without a number."""
        if len(self.chapters) != 1 or self.expected not in (None, 1) or self.status == "in_progress":
            return False
        return self.chapters[0].is_bare and self.chapters[0].title in ("", self.title)

    @property
    def planned(self) -> int | None:
        """How many chapters there will be; a complete work has all it will have, whatever its source promised."""
        return self.expected or (len(self.chapters) if self.status == "complete" else None)

    @property
    def chapters_shown(self) -> str:
        """Chapters as AO3 writes them: "3/12", "3/?", "1/1"."""
        return f"{len(self.chapters)}/{self.planned or '?'}"

    @property
    def told_status(self) -> str:
        """What readers of AO3's files take the chapters to mean: they know no hiatus, no end but the last."""
        return "complete" if self.planned == len(self.chapters) else "in_progress"


def language_tag(language: str) -> str:
    """The language as e-books must write it (BCP 47), "und" where it is unknown or no such tag."""
    return language if _TAG.fullmatch(language) else UNKNOWN_LANGUAGE


def pictures_in(texts: Sequence[str]) -> list[str]:
    """The SHA-256 of every picture that these texts show, in the order they appear."""
    return list(dict.fromkeys(found for html in texts if "picture:" in html for found in _PICTURE.findall(html)))
