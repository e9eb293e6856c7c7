"""A work: what it is, where it came from, its chapters, its cover and pictures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from storyloft.accounts.models import Byline, member
from storyloft.prose.count import reading_minutes
from storyloft.prose.plain import plain_text
from storyloft.reading.adults import carried
from storyloft.reading.covers import dress
from storyloft.reading.keeping import look_alikes, with_ways
from storyloft.reading.places import onward, place_in
from storyloft.reading.shelf import cover_address
from storyloft.reposts.kin import kin_of
from storyloft.search.blocking import unblocked, why_hidden
from storyloft.tags.kinds import TagKind
from storyloft.vault.models import kept_files
from storyloft.works.models import Chapter, Picture, Series, SeriesPart, Visibility, Work
from storyloft.works.showing import shown_in

_KINDS = {
    TagKind.RATING: "Rating",
    TagKind.WARNING: "Archive warnings",
    TagKind.CATEGORY: "Category",
    TagKind.FANDOM: "Fandoms",
    TagKind.RELATIONSHIP: "Relationships",
    TagKind.CHARACTER: "Characters",
    TagKind.FREEFORM: "Additional tags",
}
# Everybody has these: nobody wants to be rid of all "General Audiences" with one click.
_FIXED = (TagKind.RATING, TagKind.CATEGORY)
# What a picture's first bytes say it is; an original cover is never sent as anything else.
_IMAGES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png", b"RIFF": "image/webp", b"GIF8": "image/gif"}


@dataclass(frozen=True, slots=True)
class Standing:
    """A work's place in a series, with its neighbours there that the visitor may see."""

    series: Series
    position: str
    before: Work | None
    after: Work | None


@require_safe
def work(request: HttpRequest, public_id: int) -> HttpResponse:
    """Everything about a work but its text."""
    one = get_object_or_404(with_ways(Work.objects.visible_to(request.user), request.user), public_id=public_id)
    keeps = one.keeper_id == getattr(member(request.user), "pk", None)
    bylines = list(Byline.objects.filter(authorships__work=one).order_by("authorships__position"))
    chapters = list(_contents(one))
    tags = _by_kind(one)
    place = place_in(one, request.user)
    fandoms = tags.get("Fandoms", (TagKind.FANDOM, []))[1]
    context = {
        "work": one,
        "bylines": bylines,
        "names": [byline.name for byline in bylines],
        "tags": tags,
        "gist": " ".join(plain_text(one.summary).split()),
        "summary": shown_in(one, one.summary),
        "notes": shown_in(one, one.notes),
        "end_notes": shown_in(one, one.end_notes),
        "chapters": chapters,
        "one_shot": len(chapters) == 1 and not chapters[0].title,
        "standings": list(_standings(one, request)) if getattr(one, "in_series", True) else [],
        "reasons": why_hidden([one.pk], request.user).get(one.pk, []) if member(request.user) else [],
        "blockable_tags": [pair for pair in tags.values() if pair[0] not in _FIXED],
        "kin": list(kin_of(one, request.user)) if getattr(one, "has_kin", True) else [],
        "sources": list(one.sources.all()),
        "minutes": reading_minutes(one.words, one.language),
        "place": place,
        "onward": onward(place) if place else None,
        "keeps": keeps,
        "look_alikes": list(look_alikes(one)) if keeps and getattr(one, "looks_like_another", True) else [],
        "visibilities": Visibility.choices,
        "cover": cover_address(one),
        "dress": dress(one.title, fandoms[0] if fandoms else "", one.public_id),
        "fandom": fandoms[0] if fandoms else "",
        "carried": carried(request),
    }
    return render(request, "reading/work.html", context)


@require_safe
def contents(request: HttpRequest, public_id: int) -> HttpResponse:
    """A work's chapters alone, for the panel beside the text."""
    one = get_object_or_404(Work.objects.visible_to(request.user).only("public_id"), public_id=public_id)
    listed = {"work": one, "chapters": _contents(one), "carried": carried(request)}
    return render(request, "reading/_contents.html", listed)


@require_safe
def cover(request: HttpRequest, public_id: int) -> HttpResponse:
    """The cover that came with a work's file."""
    one = get_object_or_404(Work.objects.visible_to(request.user).exclude(cover=""), public_id=public_id)
    return _image(one.cover)


@require_safe
def picture(request: HttpRequest, public_id: int, sha256: str) -> HttpResponse:
    """A picture in a work's text."""
    one = get_object_or_404(Work.objects.visible_to(request.user).only("pk"), public_id=public_id)
    return _image(get_object_or_404(Picture, work=one, sha256=sha256).sha256)


def _image(sha256: str) -> HttpResponse:
    try:
        data = kept_files().read(sha256)
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error
    media_type = next((name for start, name in _IMAGES.items() if data.startswith(start)), None)
    if media_type is None:
        raise Http404
    # The address names the bytes, so they never change; private, for the next visitor may not be allowed to see them.
    return HttpResponse(
        data, content_type=media_type, headers={"Cache-Control": "private, max-age=31536000, immutable"}
    )


def _contents(one: Work) -> Iterable[Chapter]:
    chapters = Chapter.objects.filter(work=one, taken_back_at=None)
    return chapters.only("public_id", "position", "title", "words", "published_on")


def _by_kind(one: Work) -> dict[str, tuple[TagKind, list[str]]]:
    """Its tags under the words readers know them by, in AO3's order; kinds it has none of are left out."""
    found: dict[TagKind, list[str]] = {kind: [] for kind in _KINDS}
    for kind, name in one.taggings.values_list("tag__kind", "tag__name"):
        found[TagKind(kind)].append(name)
    return {_KINDS[kind]: (kind, names) for kind, names in found.items() if names}


def _standings(one: Work, request: HttpRequest) -> Iterable[Standing]:
    mine = SeriesPart.objects.filter(series=OuterRef("series"), work=one)
    # The work itself is shown whatever was blocked; its neighbours are not.
    shown = unblocked(Work.objects.visible_to(request.user), request.user)
    parts = SeriesPart.objects.filter(Exists(mine)).filter(Q(work=one) | Q(work__in=shown))
    by_series: dict[Series, list[SeriesPart]] = {}
    for part in parts.select_related("series", "work").only("series", "position", "work__public_id", "work__title"):
        by_series.setdefault(part.series, []).append(part)
    for series, row in by_series.items():
        here = next(index for index, part in enumerate(row) if part.work_id == one.pk)
        before = row[here - 1].work if here else None
        yield Standing(series, row[here].position, before, row[here + 1].work if here + 1 < len(row) else None)
