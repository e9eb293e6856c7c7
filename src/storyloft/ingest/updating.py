"""A newer copy of a work that is there: changed chapters get a revision, new ones are added, nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
    kept = [_Kept(chapter) for chapter in there.chapters.filter(taken_back_at=None).select_related("current")]
    for given, new in zip(work.chapters, shaped.chapters, strict=True):
        words = _words(new.text.html)
        found = _find(kept, new, words, given.number)
        if found is None:
            kept.append(_add(outcome, there, new, given.number, person))
        elif not older:
            _renew(outcome, found, new, words, person)
    if not older:
        _renew_metadata(there, work, shaped)
    cataloguing.add_tags(there, work)
    cataloguing.add_series(there, work.series, person)
    if work.source and cataloguing.tells_something(work.source):
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


@dataclass(slots=True)
class _Kept:
    """A chapter that is there, and its words: folded once, since each new chapter may be compared with every one."""

    chapter: Chapter
    known: str | None = None

    @property
    def words(self) -> str:
        if self.known is None:
            self.known = _words(CleanHtml(self.chapter.current.html)) if self.chapter.current else ""
        return self.known


def _find(kept: Sequence[_Kept], new: NewChapter, words: str, number: int | None) -> _Kept | None:
    """The kept chapter this one is: by its key at the source, then by its text, then by its number and title.

    The same text is the same words, whatever their form: a copy as plain text brings nothing that a kept EPUB lacks.
    """
    return (
        next((one for one in kept if new.key and one.chapter.key == new.key[:500]), None)
        or next((one for one in kept if one.words == words), None)
        or _by_number(kept, new, number or new.position)
    )


def _by_number(kept: Iterable[_Kept], new: NewChapter, number: int) -> _Kept | None:
    """A chapter with this number is the same one unless both are titled, and differently."""
    for one in kept:
        chapter = one.chapter
        if chapter.position == number and not (chapter.key and new.key):
            differ = chapter.title and new.title and fold(chapter.title) != fold(new.title)
            return None if differ else one
    return None


def _words(html: CleanHtml) -> str:
    return " ".join(_WORD.findall(fold(plain_text(html))))


def _add(outcome: Outcome, there: Work, new: NewChapter, number: int | None, person: Person) -> _Kept:
    [chapter] = revising.add_chapters(there, [new], by=person, reason="import")
    last = there.chapters.filter(taken_back_at=None).count()
    chapter.position = number or last
    chapter.save(update_fields=["position"])
    outcome.added.add(chapter)
    return _Kept(chapter)


def _renew(outcome: Outcome, found: _Kept, new: NewChapter, words: str, person: Person) -> None:
    chapter, before = found.chapter, found.chapter.current
    if new.title and new.title[:300] != chapter.title:
        chapter.title = new.title[:300]
        chapter.save(update_fields=["title"])
    if before is None or found.words == words:
        return
    after = revising.revise(chapter, new.source, by=person, reason="newer copy")
    found.known = words
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
