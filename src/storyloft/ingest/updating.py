"""A newer copy of a work that is there: changed chapters get a revision, new ones are added, nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable

from storyloft.accounts.models import Person
from storyloft.ingest import cataloguing
from storyloft.ingest.imported import ImportedWork
from storyloft.ingest.models import Outcome, Replacement
from storyloft.ingest.shaping import Shaped
from storyloft.prose.clean import CleanHtml
from storyloft.prose.plain import plain_text
from storyloft.tags.models import fold
from storyloft.works import revising
from storyloft.works.models import Chapter, Work
from storyloft.works.revising import NewChapter

_WORD = re.compile(r"\w+")

# Fields that an older or poorer copy never overwrites with nothing.
_FIELDS = ("summary", "notes", "end_notes")


def update(there: Work, work: ImportedWork, shaped: Shaped, person: Person) -> Outcome:
    """Bring a kept work up to this copy. A correction made by hand stays."""
    outcome = Outcome.objects.create(work=there, made_new=False)
    older = _is_older(there, work)
    for given, new in zip(work.chapters, shaped.chapters, strict=True):
        chapter = _find(there, new, given.number)
        if chapter is None:
            _add(outcome, there, new, given.number, person)
        elif not older:
            _renew(outcome, chapter, new, person)
    if not older:
        _renew_metadata(there, work, shaped)
    cataloguing.add_tags(there, work)
    cataloguing.add_series(there, work.series, person)
    if work.source:
        cataloguing.renew_source(there, work.source)
    revising.recount(there)
    return outcome


def changed_anything(outcome: Outcome) -> bool:
    """Whether the copy brought a new chapter or a new text."""
    return outcome.made_new or outcome.added.exists() or outcome.replacements.exists()


def _is_older(there: Work, work: ImportedWork) -> bool:
    """A copy whose own date is before what is kept: it adds missing chapters but overwrites nothing."""
    updated = work.source.updated if work.source else None
    return bool(updated and there.updated_on and updated < there.updated_on)


def _find(there: Work, new: NewChapter, number: int | None) -> Chapter | None:
    """The kept chapter this one is: by its key at the source, then by its text, then by its number and title."""
    chapters = list(there.chapters.filter(taken_back_at=None).select_related("current"))
    return (
        next((chapter for chapter in chapters if new.key and chapter.key == new.key[:500]), None)
        or next((chapter for chapter in chapters if _same_text(chapter, new)), None)
        or _by_number(chapters, new, number or new.position)
    )


def _by_number(chapters: Iterable[Chapter], new: NewChapter, number: int) -> Chapter | None:
    """A chapter with this number is the same one unless both are titled, and differently."""
    for chapter in chapters:
        if chapter.position == number and not (chapter.key and new.key):
            differ = chapter.title and new.title and fold(chapter.title) != fold(new.title)
            return None if differ else chapter
    return None


def _same_text(chapter: Chapter, new: NewChapter) -> bool:
    """The same words, whatever their form: a copy as plain text brings nothing that a kept EPUB lacks."""
    return bool(chapter.current and _words(CleanHtml(chapter.current.html)) == _words(new.text.html))


def _words(html: CleanHtml) -> list[str]:
    return _WORD.findall(fold(plain_text(html)))


def _add(outcome: Outcome, there: Work, new: NewChapter, number: int | None, person: Person) -> None:
    [chapter] = revising.add_chapters(there, [new], by=person, reason="import")
    last = there.chapters.filter(taken_back_at=None).count()
    chapter.position = number or last
    chapter.save(update_fields=["position"])
    outcome.added.add(chapter)


def _renew(outcome: Outcome, chapter: Chapter, new: NewChapter, person: Person) -> None:
    if new.title and new.title != chapter.title:
        chapter.title = new.title[:300]
        chapter.save(update_fields=["title"])
    before = chapter.current
    if before is None or _same_text(chapter, new):
        return
    after = revising.revise(chapter, new.source, by=person, reason="newer copy")
    Replacement.objects.create(outcome=outcome, chapter=chapter, before=before, after=after)


def _renew_metadata(there: Work, work: ImportedWork, shaped: Shaped) -> None:
    by_hand = set(there.events.filter(verb="corrected").values_list("detail__field", flat=True))
    fresh = {field: getattr(shaped, field) for field in _FIELDS}
    fresh |= {"expected_chapters": work.expected_chapters, "updated_on": work.source.updated if work.source else None}
    if work.status != "unknown":
        fresh["status"] = work.status
    for field, value in fresh.items():
        if value and field not in by_hand:
            setattr(there, field, value)
    there.save(update_fields=[*fresh])
