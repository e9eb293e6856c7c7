"""What a work's page offers the person who keeps it: where it came in, and what is probably the same story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from storyloft.accounts.models import Visitor, member
from storyloft.ingest.models import ImportFile, Likeness
from storyloft.reposts.kin import has_kin
from storyloft.works.models import SeriesPart, Source, Work, WorkQuerySet


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A work that is probably the same story as the one shown."""

    likeness: Likeness
    other: Work
    site: str


def with_ways(works: WorkQuerySet, visitor: Visitor) -> WorkQuerySet:
    """Works with what decides which further questions a work's page asks, so that most need not be asked:
    `in_series`, `has_kin`; for a member also `looks_like_another`, `came_as` (the newest file's row) and `came_in`
    (its import).
    """
    works = works.annotate(in_series=Exists(SeriesPart.objects.filter(work=OuterRef("pk"))), has_kin=has_kin())
    if member(visitor) is None:
        return works
    rows = ImportFile.objects.filter(
        outcomes__work=OuterRef("pk"), outcomes__undone_at=None, imported_in__person=member(visitor)
    ).order_by("-pk")
    return works.annotate(
        looks_like_another=Exists(Likeness.objects.filter(_either(OuterRef("pk")), decided="")),
        came_as=Subquery(rows.values("pk")[:1]),
        came_in=Subquery(rows.values("imported_in__public_id")[:1]),
    )


def look_alikes(work: Work) -> Iterator[LookAlike]:
    """Works of the same keeper that are probably the same story, as long as nobody has said whether they are."""
    for likeness in _open_likenesses(work):
        other = likeness.other if likeness.work_id == work.pk else likeness.work
        site = getattr(likeness, "other_site" if other == likeness.other else "work_site", None)
        yield LookAlike(likeness, other, site or "")


def _open_likenesses(work: Work) -> QuerySet[Likeness]:
    kept = Work.objects.kept().filter(keeper=work.keeper_id)
    likenesses = Likeness.objects.filter(_either(work.pk), decided="", work__in=kept, other__in=kept)
    likenesses = likenesses.order_by(F("comparison__strength").desc(nulls_last=True), "pk")
    return likenesses.select_related("work", "other", "comparison").annotate(
        work_site=_site_of("work"), other_site=_site_of("other")
    )


def _either(work: int | OuterRef) -> Q:
    return Q(work=work) | Q(other=work)


def _site_of(which: str) -> Subquery:
    return Subquery(Source.objects.filter(work=OuterRef(which)).exclude(site="").values("site")[:1])
