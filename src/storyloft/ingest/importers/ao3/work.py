"""A download's preface, chapters and afterword put together as an imported work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storyloft.ingest.imported import ImportedChapter, ImportedSource, ImportedWork
from storyloft.ingest.importers.ao3.heads import Head
from storyloft.ingest.importers.ao3.labels import AO3, NO_RATING, Stats
from storyloft.ingest.importers.ao3.languages import code_for
from storyloft.ingest.importers.ao3.preface import Afterword, Preface
from storyloft.tags.kinds import TagKind


def work(preface: Preface, chapters: Sequence[ImportedChapter], heads: Sequence[Head], end: Afterword) -> ImportedWork:
    """The whole work. A one-shot's only heading is the work's title, which its chapter does not repeat."""
    if len(chapters) == 1 and chapters[0].title == preface.title:
        chapters = [replace(chapters[0], title="")]
    stats = preface.stats
    if stats.chapters is None and stats.published:
        # Before 2019 the count was printed only for works with chapters: none means a one-shot, and that is whole.
        stats = replace(stats, chapters=len(chapters), expected=len(chapters))
    return ImportedWork(
        chapters=tuple(chapters),
        title=preface.title,
        bylines=preface.bylines,
        summary=preface.summary,
        notes=preface.notes,
        end_notes=end.end_notes,
        tags=preface.tags,
        series=preface.series,
        language=preface.code or code_for(preface.language),
        status=preface.status or stats.status,
        expected_chapters=stats.expected,
        source=_source(preface, stats, _facts(preface, end, heads)),
        warnings=tuple(_warnings(preface, stats, len(chapters))),
    )


def _source(preface: Preface, stats: Stats, facts: dict[str, str]) -> ImportedSource:
    if preface.origin:
        # An edition of an imported work: where that came from is what another copy of the story shares.
        edition = {"edition of": preface.url} if preface.url else {}
        return replace(
            preface.origin,
            published=stats.published,
            updated=stats.updated or stats.published,
            facts={**facts, **preface.origin.facts, **edition},
        )
    return ImportedSource(
        site=preface.site or AO3,
        url=preface.url,
        site_id=preface.site_id,
        published=stats.published,
        updated=stats.updated or stats.published,
        counts={"words": stats.words} if stats.words else {},
        facts=facts,
    )


def _facts(preface: Preface, end: Afterword, heads: Sequence[Head]) -> dict[str, str]:
    facts = dict(preface.facts)
    for name, value in end.facts.items():
        facts[name] = f"{facts[name]}\n{value}" if name in facts else value
    by = [f"{place}: {', '.join(head.by)}" for place, head in enumerate(heads, 1) if head.by]
    if by:
        facts["chapters by"] = "; ".join(by)
    if preface.language and not (preface.code or code_for(preface.language)):
        facts["language"] = preface.language
    return facts


def _warnings(preface: Preface, stats: Stats, chapters: int) -> list[str]:
    told = []
    if not any(tag.kind is TagKind.RATING for tag in preface.tags):
        told.append(NO_RATING)
    if stats.chapters and stats.chapters != chapters:
        told.append(f"The file says it has {stats.chapters} chapters, {chapters} were found in it.")
    return told
