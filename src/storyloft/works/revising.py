"""Chapters and their revisions: adding, revising, counting. Nothing is deleted by editing.

These are steps inside a larger act (an import, an edit), which checks the person's right and announces the change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, OuterRef, Subquery, Sum
from django.utils import timezone

from storyloft.accounts.models import Person
from storyloft.prose.clean import CleanHtml
from storyloft.prose.prepare import Prepared, prepare
from storyloft.works.models import Chapter, Revision, Work

# Autosaves within this time are one revision, so that an evening's writing is not a thousand of them.
COALESCE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewChapter:
    """A chapter about to be added; `source` is what was given, `text` what the gate made of it."""

    source: str
    text: Prepared
    position: int
    title: str = ""
    key: str = ""
    summary: str = ""
    notes: str = ""
    end_notes: str = ""
    language: str = ""
    published_on: date | None = None


def add_chapters(work: Work, chapters: Sequence[NewChapter], *, by: Person | None, reason: str) -> list[Chapter]:
    """Add chapters with their first revisions, in three statements however many there are."""
    made = Chapter.objects.bulk_create(_chapter(work, new) for new in chapters)
    revisions = Revision.objects.bulk_create(
        _revision(chapter, 1, new.source, new.text, by=by, reason=reason)
        for chapter, new in zip(made, chapters, strict=True)
    )
    for chapter, revision in zip(made, revisions, strict=True):
        chapter.current = revision
    first = Revision.objects.filter(chapter=OuterRef("pk"), number=1)
    Chapter.objects.filter(pk__in=[chapter.pk for chapter in made]).update(current=Subquery(first.values("pk")))
    return made


def revise(
    chapter: Chapter, source: str, *, by: Person | None, reason: str, pictures: Mapping[str, str] | None = None
) -> Revision:
    """Give a chapter a new text; untouched paragraphs keep their passage ids. The older revision stays."""
    before = chapter.current
    text = prepare(source, pictures=pictures, before=CleanHtml(before.html) if before else None)
    number = (chapter.revisions.aggregate(last=Max("number"))["last"] or 0) + 1
    revision = _revision(chapter, number, source, text, by=by, reason=reason)
    revision.save()
    show(chapter, revision)
    return revision


def autosave(chapter: Chapter, source: str, *, by: Person) -> Revision:
    """Keep what is being typed: within ten minutes the same person's autosaves are one revision."""
    last = chapter.current
    if not (last and last.reason == "autosave" and last.made_by_id == by.pk and _recent(last)):
        return revise(chapter, source, by=by, reason="autosave")
    text = prepare(source, before=CleanHtml(last.html))
    last.source, last.html, last.words, last.policy = source, text.html, text.words, text.policy
    last.save(update_fields=["source", "html", "words", "policy"])
    show(chapter, last)
    return last


def show(chapter: Chapter, revision: Revision) -> None:
    """Make this revision the one that readers see."""
    chapter.current, chapter.words = revision, revision.words
    chapter.save(update_fields=["current", "words"])


def recount(work: Work) -> None:
    """Set a work's words and number of chapters from its chapters, and put them in unbroken order."""
    chapters = work.chapters.filter(taken_back_at=None)
    for position, chapter in enumerate(chapters, 1):
        if chapter.position != position:
            Chapter.objects.filter(pk=chapter.pk).update(position=position)
    work.words = chapters.aggregate(all=Sum("words"))["all"] or 0
    work.chapter_count = chapters.count()
    work.changed_at = timezone.now()
    work.save(update_fields=["words", "chapter_count", "changed_at"])


def _recent(revision: Revision) -> bool:
    return timezone.now() - revision.made_at < COALESCE


def _chapter(work: Work, new: NewChapter) -> Chapter:
    return Chapter(
        work=work,
        position=new.position,
        title=new.title[:300],
        key=new.key[:500],
        summary=new.summary,
        notes=new.notes,
        end_notes=new.end_notes,
        language=new.language[:20],
        published_on=new.published_on,
        words=new.text.words,
    )


def _revision(
    chapter: Chapter, number: int, source: str, text: Prepared, *, by: Person | None, reason: str
) -> Revision:
    return Revision(
        chapter=chapter,
        number=number,
        source=source,
        html=text.html,
        words=text.words,
        policy=text.policy,
        made_by=by,
        reason=reason,
    )
