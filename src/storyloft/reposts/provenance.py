"""What a work is given when another copy of its story is put together with it, and how that is taken away again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from storyloft.accounts.models import Person
from storyloft.prose import shingles
from storyloft.prose.clean import CleanHtml
from storyloft.prose.prepare import Prepared
from storyloft.reposts.texts import chapters_of, words_of
from storyloft.works import revising
from storyloft.works.crediting import credit
from storyloft.works.models import Chapter, Picture, SeriesPart, Source, Status, Tagging, Work

Given = dict[str, Any]

_EMPTY: Mapping[str, object] = {
    "summary": "", "notes": "", "end_notes": "", "language": "", "cover": "", "status": Status.UNKNOWN,
    "published_on": None, "updated_on": None, "expected_chapters": None,
}  # fmt: skip
# A chapter of which less than this stands in the other copy is one the other copy lacks.
_THERE = 0.3


def give(goes: Work, stays: Work, *, by: Person, everything: bool) -> Given:
    """Give one work the other's sources and tags, and with `everything` also its series, what stands empty, and the
    chapters it lacks. Returns what was given, for `take_away`. A step inside a larger act, which announces."""
    given: Given = {"sources": _sources(goes, stays), "taggings": _tags(goes, stays)}
    if everything:
        given |= {
            "parts": _series(goes, stays),
            "fields": _fields(goes, stays),
            "bylines": _bylines(goes, stays),
            "pictures": _pictures(goes, stays),
            "chapters": _chapters(goes, stays, by),
        }
    return given


def take_away(stays: Work, given: Given) -> None:
    """Take away exactly what was given; what was changed by hand since stays."""
    Source.objects.filter(work=stays, pk__in=given.get("sources", ())).delete()
    Tagging.objects.filter(work=stays, pk__in=given.get("taggings", ())).delete()
    SeriesPart.objects.filter(work=stays, pk__in=given.get("parts", ())).delete()
    Picture.objects.filter(work=stays, pk__in=given.get("pictures", ())).delete()
    fields = {name: told for name, told in given.get("fields", {}).items() if str(getattr(stays, name)) == told}
    if fields:
        Work.objects.filter(pk=stays.pk).update(**{name: _EMPTY[name] for name in fields})
    if (names := given.get("bylines")) and list(stays.authorships.values_list("byline_id", flat=True)) == names:
        credit(stays, ())
    stays.refresh_from_db()
    if chapters := given.get("chapters"):
        Chapter.objects.filter(work=stays, pk__in=chapters).update(taken_back_at=timezone.now())
        revising.recount(stays)


def _sources(goes: Work, stays: Work) -> list[int]:
    there = set(stays.sources.values_list("site", "site_id"))
    made = []
    for source in goes.sources.all():
        if (source.site, source.site_id) not in there:
            source.pk, source.work = None, stays
            source.save(force_insert=True)
            made.append(source.pk)
    return made


def _tags(goes: Work, stays: Work) -> list[int]:
    there = set(stays.taggings.values_list("tag_id", flat=True))
    fresh = [tagging.tag for tagging in goes.taggings.select_related("tag") if tagging.tag_id not in there]
    last = len(there)
    made = Tagging.objects.bulk_create(Tagging(work=stays, tag=tag, position=last + at) for at, tag in enumerate(fresh))
    return [one.pk for one in made]


def _series(goes: Work, stays: Work) -> list[int]:
    there = set(stays.series_parts.values_list("series_id", flat=True))
    parts = [part for part in goes.series_parts.all() if part.series_id not in there]
    made = SeriesPart.objects.bulk_create(
        SeriesPart(work=stays, series_id=part.series_id, position=part.position, order=part.order) for part in parts
    )
    return [one.pk for one in made]


def _fields(goes: Work, stays: Work) -> dict[str, str]:
    """What is empty in the one and told in the other; how it is written now, so that undoing knows it again."""
    told = {
        name: getattr(goes, name)
        for name, empty in _EMPTY.items()
        if getattr(stays, name) == empty and getattr(goes, name) != empty
    }
    for name, value in told.items():
        setattr(stays, name, value)
    stays.policy = min(stays.policy, goes.policy)
    stays.save(update_fields=[*told, "policy"])
    return {name: str(value) for name, value in told.items()}


def _bylines(goes: Work, stays: Work) -> list[int]:
    bylines = [authorship.byline for authorship in goes.authorships.select_related("byline")]
    if not bylines or stays.authorships.exists():
        return []
    credit(stays, bylines)
    return [byline.pk for byline in bylines]


def _pictures(goes: Work, stays: Work) -> list[int]:
    there = set(stays.pictures.values_list("sha256", flat=True))
    made = []
    for picture in goes.pictures.exclude(sha256__in=there):
        picture.pk, picture.work = None, stays
        picture.save(force_insert=True)
        made.append(picture.pk)
    return made


def _chapters(goes: Work, stays: Work, by: Person) -> list[int]:
    """The chapters of the one that the other lacks, each behind the chapter it followed."""
    theirs = list(chapters_of(stays.pk).select_related("current"))
    texts = {chapter.position: _runs_of([chapter]) for chapter in theirs}
    whole = _runs_of(theirs)
    behind, lacking = 0, []
    for chapter in chapters_of(goes.pk).select_related("current"):
        runs = _runs_of([chapter])
        if runs and len(runs & whole) < _THERE * len(runs):
            lacking.append(_copy(chapter, behind))
        elif runs:
            behind = max(texts, key=lambda position: len(runs & texts[position]))
    made = revising.add_chapters(stays, lacking, by=by, reason="merged") if lacking else []
    if made:
        revising.recount(stays)
    return [chapter.pk for chapter in made]


def _runs_of(chapters: Iterable[Chapter]) -> frozenset[int]:
    texts = (words_of(chapter.current.html) for chapter in chapters if chapter.current)
    return shingles.sample(texts, one_in=1).hashes


def _copy(chapter: Chapter, position: int) -> revising.NewChapter:
    """The chapter as it is; at the position of the one before it, where the newer row comes to stand behind it."""
    current = chapter.current
    assert current is not None  # chapters_of gives only chapters with a text
    text = Prepared(CleanHtml(current.html), current.words, [], [], current.policy)
    return revising.NewChapter(
        source=current.source,
        text=text,
        position=position,
        title=chapter.title,
        key=chapter.key,
        summary=chapter.summary,
        notes=chapter.notes,
        end_notes=chapter.end_notes,
        language=chapter.language,
        published_on=chapter.published_on,
    )
