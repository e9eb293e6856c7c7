"""Correcting what a work is catalogued under, by hand. A later import leaves what was corrected alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from storyloft.accounts.models import Byline, Person
from storyloft.prose.clean import Field
from storyloft.prose.prepare import prepare
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag
from storyloft.works import publishing
from storyloft.works.crediting import credit
from storyloft.works.models import Series, SeriesPart, Tagging, Work
from storyloft.works.titles import sort_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What to change; None (or a kind that is missing) leaves things as they are.

    `tags` replaces all tags of a kind; `add` and `remove` change single ones, for many works at once.
    """

    title: str | None = None
    summary: str | None = None
    notes: str | None = None
    language: str | None = None
    status: str | None = None
    expected_chapters: int | None = None
    published_on: date | None = None
    bylines: tuple[str, ...] | None = None
    series: tuple[str, str] | None = None
    tags: Mapping[TagKind, tuple[str, ...]] = field(default_factory=dict)
    add: tuple[tuple[TagKind, str], ...] = ()
    remove: tuple[tuple[TagKind, str], ...] = ()


def correct(works: Iterable[Work], correction: Correction, *, by: Person) -> int:
    """Apply one correction to one or many works, all or none; how many. PermissionDenied for another's work."""
    works = list(works)
    if any(work.keeper_id != by.pk for work in works):
        raise PermissionDenied("Only the person who keeps a work may correct it.")
    with transaction.atomic():
        for work in works:
            for changed in _apply(work, correction):
                publishing.announce(work, verb="corrected", by=by, field=changed)
    return len(works)


def _apply(work: Work, correction: Correction) -> list[str]:
    changed = [*_fields(work, correction), *_bylines(work, correction.bylines), *_series(work, correction.series)]
    for kind, names in correction.tags.items():
        work.taggings.filter(tag__kind=kind).delete()
        _add_tags(work, ((kind, name) for name in names))
        changed.append(f"tags:{kind}")
    if correction.add or correction.remove:
        _remove_tags(work, correction.remove)
        _add_tags(work, correction.add)
        changed.append("tags")
    return changed


def _fields(work: Work, correction: Correction) -> list[str]:
    given = {
        "title": correction.title[:300] if correction.title else None,
        "sort_title": sort_title(correction.title) if correction.title else None,
        "summary": _clean(correction.summary, Field.COMMENT),
        "notes": _clean(correction.notes, Field.NOTES),
        "language": correction.language,
        "status": correction.status,
        "expected_chapters": correction.expected_chapters,
        "published_on": correction.published_on,
    }
    fresh = {name: value for name, value in given.items() if value is not None and getattr(work, name) != value}
    for name, value in fresh.items():
        setattr(work, name, value)
    work.save(update_fields=list(fresh))
    return [name for name in fresh if name != "sort_title"]


def _clean(text: str | None, kind: Field) -> str | None:
    return None if text is None else prepare(text, kind).html if text.strip() else ""


def _bylines(work: Work, names: tuple[str, ...] | None) -> list[str]:
    if names is None or list(names) == work.names:
        return []
    source = work.sources.first()
    known = {authorship.byline.name: authorship.byline for authorship in work.authorships.select_related("byline")}
    site = source.site if source else ""
    credit(work, (known.get(name) or Byline.objects.unclaimed(name, site=site) for name in names))
    return ["bylines"]


def _series(work: Work, series: tuple[str, str] | None) -> list[str]:
    if series is None:
        return []
    title, position = series
    work.series_parts.all().delete()
    if title:
        belongs, _ = Series.objects.get_or_create(keeper=work.keeper, title=title[:300], url="")
        order = float(position) if position.replace(".", "", 1).isdigit() else 0.0
        SeriesPart.objects.create(series=belongs, work=work, position=position[:20], order=order)
    return ["series"]


def _add_tags(work: Work, wanted: Iterable[tuple[TagKind, str]]) -> None:
    there = set(work.taggings.values_list("tag_id", flat=True))
    fresh = [tag for tag in dict.fromkeys(Tag.objects.named(wanted)) if tag.pk not in there]
    last = work.taggings.count()
    Tagging.objects.bulk_create(Tagging(work=work, tag=tag, position=last + i) for i, tag in enumerate(fresh))


def _remove_tags(work: Work, unwanted: Iterable[tuple[TagKind, str]]) -> None:
    for kind, name in unwanted:
        work.taggings.filter(tag__in=Tag.objects.worded(kind, name)).delete()
