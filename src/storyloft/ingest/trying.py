"""A dry run: what would come in, with nothing kept or stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from storyloft.ingest.gather import gather, sequence_of
from storyloft.ingest.imported import ImportedWork
from storyloft.ingest.jail import ReadingProcess
from storyloft.ingest.registry import Reading
from storyloft.ingest.store import title_from_name
from storyloft.prose.prepare import prepare


def try_files(given: Sequence[tuple[str, Path]], told: Callable[[str], None]) -> Iterator[dict[str, Any]]:
    """A row per file, in the form of `storyloft import --json`, with the works the files would give."""
    readings: list[Reading] = []
    with ReadingProcess() as reader:
        for shown_as, path in given:
            readings += reader.read_file(path, shown_as)
            told(shown_as)
    together = gather(
        [(reading.path, work) for reading in readings for work in reading.works],
        sequence_of([reading.path for reading in readings]),
    )
    for reading in readings:
        yield _row(reading, [work for paths, work in together if reading.path in paths])


def _row(reading: Reading, works: list[ImportedWork]) -> dict[str, Any]:
    return {
        "path": reading.path,
        "status": "done" if works else "refused",
        "recognised_as": reading.importer_title,
        "because": reading.because,
        "works": [_work(work, reading.path) for work in works],
        "sentence": reading.refused,
        "warnings": [warning for work in works for warning in work.warnings] + list(reading.remarks),
        "stripped": [{"text": row.text, "rule": row.rule.name} for work in works for row in work.removed],
    }


def _work(work: ImportedWork, path: str) -> dict[str, Any]:
    return {
        "id": "",
        "title": work.title or title_from_name(path),
        "chapters": len(work.chapters),
        "words": sum(prepare(chapter.html).words for chapter in work.chapters),
    }
