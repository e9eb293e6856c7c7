"""Details and chapters bound into one work."""

from __future__ import annotations

from storyloft.ingest.imported import ImportedWork, Part
from storyloft.ingest.importers.text.chapters import Chapters
from storyloft.ingest.importers.text.details import Details


def bound(details: Details, made: Chapters, part: Part | None = None, warnings: tuple[str, ...] = ()) -> ImportedWork:
    """The work these details and chapters make; `warnings` come before the remarks of the chapters."""
    return ImportedWork(
        chapters=tuple(made.chapters),
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
        source=details.source(),
        part=part,
        removed=tuple(made.removed),
        warnings=(*warnings, *made.warnings),
    )
