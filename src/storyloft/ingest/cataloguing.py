"""What a work is catalogued under: bylines, tags, series, source."""

from __future__ import annotations

from math import isfinite
from typing import Any

from django.utils import timezone

from storyloft.accounts.models import Byline, Person
from storyloft.ingest.fitting import cut
from storyloft.ingest.imported import ImportedSeries, ImportedSource, ImportedWork
from storyloft.prose.policy import web_address
from storyloft.tags.models import Tag
from storyloft.works.crediting import credit
from storyloft.works.models import Series, SeriesPart, Source, Tagging, Work


def add_bylines(made: Work, work: ImportedWork) -> None:
    """Unclaimed bylines, in order; a name given twice is one."""
    site = work.source.site if work.source else ""
    credit(
        made,
        [
            Byline.objects.unclaimed(given.name, site=site, url=web_address(given.url), login=given.login)
            for given in work.bylines
            if given.name.strip()
        ],
    )


def add_tags(made: Work, work: ImportedWork) -> None:
    """Every tag in the author's wording and order, after those the work already has."""
    there = set(made.taggings.values_list("tag_id", flat=True))
    tags = dict.fromkeys(Tag.objects.named((tag.kind, tag.name) for tag in work.tags))
    Tagging.objects.bulk_create(
        Tagging(work=made, tag=tag, position=len(there) + position)
        for position, tag in enumerate(tag for tag in tags if tag.pk not in there)
    )


def add_series(made: Work, series: tuple[ImportedSeries, ...], person: Person) -> None:
    """The work's places in series; a series is found again by its address, else by its title."""
    for given in series:
        url = cut(web_address(given.url), 500, 1_200)
        belongs, _ = Series.objects.get_or_create(keeper=person, title=given.title[:300], url=url)
        SeriesPart.objects.update_or_create(
            series=belongs, work=made, defaults={"position": given.position[:20], "order": _order(given.position)}
        )


def tells_something(given: ImportedSource) -> bool:
    """Whether a source names a place or holds facts; a chapter count alone is no place a work came from."""
    return bool(given.site or given.url or given.site_id or given.facts)


def add_source(made: Work, given: ImportedSource) -> Source:
    """What its site said when it was saved."""
    return Source.objects.create(work=made, **_identity(given), **_said(given))


def renew_source(there: Work, given: ImportedSource) -> Source:
    """What its site said when it was saved; a newer copy of the same source replaces the older saying."""
    return Source.objects.update_or_create(work=there, **_identity(given), defaults=_said(given))[0]


def _identity(given: ImportedSource) -> dict[str, Any]:
    return {"site": given.site[:100], "site_id": given.site_id[:300]}


def _said(given: ImportedSource) -> dict[str, Any]:
    return {
        "url": web_address(given.url)[:1000],
        "saved_on": given.saved_on or timezone.localdate(),
        "published": given.published,
        "updated": given.updated,
        "counts": dict(given.counts),
        "facts": dict(given.facts),
    }


def _order(position: str) -> float:
    try:
        order = float(position)
    except ValueError:
        return 0.0
    # "nan" and "inf" are numbers to Python and nothing a database could put in order.
    return order if isfinite(order) else 0.0
