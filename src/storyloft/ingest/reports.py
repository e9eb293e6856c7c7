"""What an import tells a person about a file: what was taken away and by which rule, what was marked, what to mind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from storyloft.ingest.imported import ImportedWork, Removed
from storyloft.ingest.models import ImportFile
from storyloft.ingest.shaping import Shaped


class RemovedRow(TypedDict):
    """One line taken away; `chapter` is 0 for the first, null outside any; `at` the blocks before it."""

    text: str
    rule: str
    sentence: str
    chapter: int | None
    at: int
    kept: bool


class MarkedRow(TypedDict):
    """Words that were kept but marked (an author's note, a scene break)."""

    chapter: int
    kind: str
    text: str


def write_report(work: ImportedWork, shaped: Shaped, files: Sequence[ImportFile]) -> None:
    """Write the report of a work into the rows of the files it came from."""
    for file in files:
        file.report = {
            **file.report,
            "removed": [*file.report.get("removed", []), *map(_removed_row, work.removed)],
            "marked": [*file.report.get("marked", []), *_marked_rows(shaped)],
            "warnings": [*file.report.get("warnings", []), *work.warnings, *_doubts(work)],
        }
        file.save(update_fields=["report"])


def _removed_row(removed: Removed) -> RemovedRow:
    return {
        "text": removed.text,
        "rule": removed.rule.name,
        "sentence": removed.rule.sentence,
        "chapter": removed.chapter,
        "at": removed.at,
        "kept": False,
    }


def _marked_rows(shaped: Shaped) -> list[MarkedRow]:
    return [{"chapter": chapter, "kind": kind, "text": text} for chapter, kind, text in shaped.marked]


def _doubts(work: ImportedWork) -> list[str]:
    """What every importer would otherwise have to say itself."""
    doubts = []
    if not work.title:
        doubts.append("No title in the file: its name was taken instead.")
    if not any(tag.kind == "rating" for tag in work.tags):
        doubts.append("Rating unknown: treated as adult.")
    return doubts
