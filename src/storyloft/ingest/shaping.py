"""An imported chapter or note through the gate: loose HTML to what may be stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from storyloft.ingest.imported import ImportedChapter, ImportedWork, NotReadable
from storyloft.prose.clean import CleanHtml, Field, TooCostly
from storyloft.prose.prepare import Prepared, prepare
from storyloft.works.revising import NewChapter


@dataclass(frozen=True, slots=True)
class Shaped:
    """A whole work through the gate; `marked` is what was kept but marked, as (chapter, words)."""

    chapters: list[NewChapter]
    summary: str
    notes: str
    end_notes: str
    policy: int
    marked: list[tuple[int, str, str]]


def shape(work: ImportedWork, pictures: Mapping[str, str], before: Mapping[int, CleanHtml] | None = None) -> Shaped:
    """Everything of a work through the gate. NotReadable where a chapter costs more than any honest text."""
    try:
        return _shape(work, pictures, before or {})
    except TooCostly as refusal:
        raise NotReadable(str(refusal)) from refusal


def _shape(work: ImportedWork, pictures: Mapping[str, str], before: Mapping[int, CleanHtml]) -> Shaped:
    texts = [
        prepare(chapter.html, pictures=pictures, before=before.get(place))
        for place, chapter in enumerate(work.chapters)
    ]
    return Shaped(
        chapters=[
            _new_chapter(chapter, text, place + 1)
            for place, (chapter, text) in enumerate(zip(work.chapters, texts, strict=True))
        ],
        summary=_small(work.summary, Field.COMMENT),
        notes=_small(work.notes, Field.NOTES),
        end_notes=_small(work.end_notes, Field.NOTES),
        policy=texts[0].policy if texts else 0,
        marked=[(place, mark.kind, mark.text) for place, text in enumerate(texts) for mark in text.marked],
    )


def _new_chapter(chapter: ImportedChapter, text: Prepared, position: int) -> NewChapter:
    return NewChapter(
        source=chapter.html,
        text=text,
        position=position,
        title=chapter.title,
        key=chapter.key,
        summary=_small(chapter.summary, Field.COMMENT),
        notes=_small(chapter.notes, Field.NOTES),
        end_notes=_small(chapter.end_notes, Field.NOTES),
        language=chapter.language,
        published_on=chapter.published,
    )


def _small(html: str, field: Field) -> str:
    return prepare(html, field).html if html else ""
