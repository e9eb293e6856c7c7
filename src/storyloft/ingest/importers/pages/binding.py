"""Details, text and source bound into one work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from storyloft.ingest.imported import ImportedByline, ImportedChapter, ImportedSource, ImportedWork, Part
from storyloft.ingest.importers.pages.page import SavedPage
from storyloft.ingest.importers.pages.region import Text
from storyloft.ingest.importers.text.details import Details


def bound(
    page: SavedPage,
    details: Details,
    chapters: Sequence[ImportedChapter],
    text: Text,
    *,
    part: Part | None = None,
    cover: bytes | None = None,
    warnings: Iterable[str] = (),
) -> ImportedWork:
    """The work that a page's details and its text make."""
    return ImportedWork(
        chapters=tuple(chapters),
        title=details.title,
        bylines=tuple(details.bylines),
        summary=details.summary,
        notes=details.notes,
        end_notes=details.end_notes,
        tags=tuple(details.tags),
        series=tuple(details.series),
        language=details.language,
        status=details.status,
        expected_chapters=details.expected_chapters,
        source=source_of(page, details),
        cover=cover,
        pictures=tuple(text.pictures),
        part=part,
        removed=tuple(text.removed),
        warnings=(*warnings, *text.warnings),
    )


def source_of(page: SavedPage, details: Details) -> ImportedSource | None:
    """Where the work came from, with the day on which the page was saved."""
    source = details.source()
    return replace(source, saved_on=page.saved_on) if source else None


def add_author(details: Details, name: str, url: str = "", login: str = "") -> None:
    """Add an author with the profile's address; a name that is there already is not added again."""
    known = {byline.name.casefold() for byline in details.bylines}
    if name and name.casefold() not in known and name.casefold() != "anonymous":
        details.bylines.append(ImportedByline(name=name, url=url, login=login))


def part_of(details: Details, number: int | None, total: int | None) -> Part | None:
    """Which part of the work the page is; None where the work has but one, or nothing names the work for good."""
    if total == 1 or not details.site_id:
        return None
    return Part(of=f"{details.site}:{details.site_id}", number=number, total=total)
