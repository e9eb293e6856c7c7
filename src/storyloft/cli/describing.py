"""A work as rows and JSON, for `list` and `show`."""

from __future__ import annotations

from typing import Any

from storyloft.accounts.models import Person
from storyloft.prose.clean import CleanHtml
from storyloft.prose.plain import plain_text
from storyloft.tags.kinds import TagKind
from storyloft.works.models import Source, Work


def in_brief(work: Work) -> dict[str, Any]:
    """What `list` says of a work."""
    source = next(iter(work.sources.all()), None)
    return {
        "id": str(work.public_id),
        "title": work.title,
        "bylines": work.names,
        "chapters": work.chapter_count,
        "words": work.words,
        "fandoms": work.tags_of(TagKind.FANDOM),
        "relationships": work.tags_of(TagKind.RELATIONSHIP),
        "source": {"site": source.site, "url": source.url} if source else None,
        "visibility": work.visibility,
    }


def in_full(work: Work) -> dict[str, Any]:
    """What `show` says of a work: all that `list` says, and here each chapter instead of their number."""
    sources = [_source(source) for source in work.sources.all()]
    return in_brief(work) | {
        "tags": {str(kind): work.tags_of(kind) for kind in TagKind},
        "language": work.language,
        "status": work.status,
        "expected_chapters": work.expected_chapters,
        "summary": plain_text(CleanHtml(work.summary)),
        "notes": plain_text(CleanHtml(work.notes)),
        "end_notes": plain_text(CleanHtml(work.end_notes)),
        "published": work.published_on,
        "updated": work.updated_on,
        "kept_since": work.kept_since.isoformat(),
        "series": [
            {"title": part.series.title, "position": part.position}
            for part in work.series_parts.select_related("series")
        ],
        "source": sources[0] if sources else None,
        "sources": sources,
        "chapter_count": work.chapter_count,
        "chapters": [
            {
                "id": str(chapter.public_id),
                "number": chapter.position,
                "title": chapter.title,
                "words": chapter.words,
                "notes": plain_text(CleanHtml(chapter.notes)),
                "end_notes": plain_text(CleanHtml(chapter.end_notes)),
            }
            for chapter in work.chapters.filter(taken_back_at=None)
        ],
    }


def find_work(wanted: str, person: Person) -> Work:
    """The work with this id, or the one work with this title. LookupError with a sentence otherwise."""
    visible = Work.objects.visible_to(person)
    found = visible.filter(public_id=int(wanted)) if wanted.isdigit() else visible.filter(title__iexact=wanted)
    works = list(found.prefetch_related("sources")[:2])
    if len(works) == 1:
        return works[0]
    if works:
        raise LookupError(f"More than one work is called “{wanted}”; name it by its id (see `storyloft list`).")
    raise LookupError(f"There is no work “{wanted}” here. `storyloft list` shows what there is.")


def _source(source: Source) -> dict[str, Any]:
    return {
        "site": source.site,
        "url": source.url,
        "site_id": source.site_id,
        "saved_on": source.saved_on,
        "published": source.published,
        "updated": source.updated,
        "counts": source.counts,
        "facts": source.facts,
    }
