"""The same story from two places: a person said whether it is."""

from __future__ import annotations

from django.db import transaction

from storyloft.accounts.models import Person
from storyloft.ingest.models import Likeness
from storyloft.works import publishing
from storyloft.works.models import Source, Tagging, Work


def same(likeness: Likeness, *, by: Person) -> Work:
    """Keep the fuller of the two and give it the other's sources and tags; the other is taken back, not deleted."""
    stays, goes = sorted((likeness.work, likeness.other), key=lambda work: (-work.words, work.pk))
    with transaction.atomic():
        for source in goes.sources.all():
            Source.objects.get_or_create(
                work=stays, site=source.site, site_id=source.site_id,
                defaults={"url": source.url, "saved_on": source.saved_on, "published": source.published,
                          "updated": source.updated, "counts": source.counts, "facts": source.facts},
            )  # fmt: skip
        _give_tags(goes, stays)
        publishing.take_back(goes, by=by)
        publishing.announce(stays, verb="merged", by=by, other=goes.public_id)
        _decide(likeness, "same")
    return stays


def apart(likeness: Likeness) -> None:
    """Two stories; the question is not asked again."""
    _decide(likeness, "apart")


def _give_tags(goes: Work, stays: Work) -> None:
    there = set(stays.taggings.values_list("tag_id", flat=True))
    fresh = [tagging.tag for tagging in goes.taggings.select_related("tag") if tagging.tag_id not in there]
    Tagging.objects.bulk_create(
        Tagging(work=stays, tag=tag, position=len(there) + place) for place, tag in enumerate(fresh)
    )


def _decide(likeness: Likeness, what: str) -> None:
    Likeness.objects.filter(pk=likeness.pk).update(decided=what)
