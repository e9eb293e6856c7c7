"""The library and its like: the wall, what narrows it, and the shelf of a tag, a byline or a series."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from tantivy import Occur

from storyloft.accounts.models import Byline, member
from storyloft.reading.lists import filters_panel, found, wish_of
from storyloft.reading.models import Place
from storyloft.reading.places import Onward, going_on, onward
from storyloft.reading.shelf import Book, books
from storyloft.search.blocking import unblocked
from storyloft.search.browsing.filters import Filters
from storyloft.search.browsing.groups import BY_KIND
from storyloft.search.browsing.naming import called, numbers_of
from storyloft.search.browsing.narrowing import Clause
from storyloft.search.browsing.panel import wants_panel
from storyloft.search.matching import among
from storyloft.works.models import Series, Work
from storyloft.wrangling.facts import leads_to

GOING_ON = 6


@dataclass(frozen=True, slots=True)
class GoingOn:
    """A work begun, and where to go on in it."""

    book: Book
    place: Place
    onward: Onward

    @property
    def percent(self) -> int:
        """How far through the work, by chapters and the part of the present one."""
        done = self.place.chapter.position - 1 + self.place.fraction
        return min(100, round(100 * done / max(self.place.work.chapter_count, self.place.chapter.position)))


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Everything this visitor may read, as a wall of covers or a list."""
    if wants_panel(request):
        return filters_panel(request)
    page = found(request)
    if not page.works and not page.wish.filters and not page.hidden:
        return render(request, "reading/empty.html" if member(request.user) else "reading/welcome.html")
    at_the_door = page.wish.is_first_page and (page.usual or not page.wish.filters)
    shelf, begun = _together(page.works, going_on(request.user, GOING_ON) if at_the_door else [])
    return render(request, "reading/library.html", {**page.words(), "books": shelf, "going_on": begun})


@require_safe
def tag(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Works with one tag, whatever its case or accents or the words it goes by. 404 where the visitor may see none."""
    if canonical := leads_to(request.user, kind, name):
        asked = request.META.get("QUERY_STRING", "")
        # Not for good (301): a wrangler may undo what a wording means.
        return redirect(reverse("tag", args=[kind, canonical.name]) + (f"?{asked}" if asked else ""))
    group = next((group for known, group in BY_KIND.items() if known == kind), None)
    numbers = numbers_of([(group.name, name)], request.user)[group.name, name] if group else []
    heading = called(request.user, kind, name) if numbers else name
    words = {"heading": heading, "kind": kind, "blockable": (kind, heading)}
    return _shelf(request, [(Occur.Must, among("filed", numbers))], words)


@require_safe
def byline(request: HttpRequest, public_id: int) -> HttpResponse:
    """Works by one byline. 404 where the visitor may see none, however the list is narrowed."""
    seen = Work.objects.visible_to(request.user).filter(bylines=OuterRef("pk"))
    who = get_object_or_404(Byline.objects.filter(Exists(seen)), public_id=public_id)
    words = {"heading": who.name, "kind": "byline", "byline": who, "blockable": ("byline", who.public_id)}
    return _shelf(request, [(Occur.Must, among("byline_id", [who.pk]))], words)


@require_safe
def series(request: HttpRequest, public_id: int) -> HttpResponse:
    """The parts of a series that this visitor may see, in its order, or narrowed and sorted as any list."""
    visible = Work.objects.visible_to(request.user).filter(series_parts__series=OuterRef("pk"))
    one = get_object_or_404(Series.objects.filter(Exists(visible)), public_id=public_id)
    of = [(Occur.Must, among("series_id", [one.pk]))]
    if wants_panel(request) or wish_of(request)[0].sort or Filters.of(request.GET):
        return _shelf(request, of, {"heading": one.title, "kind": "series", "series": one})
    seen = unblocked(Work.objects.visible_to(request.user), request.user)
    parts = list(one.parts.filter(work__in=seen).select_related("work")[:1_000])
    if not parts:
        raise Http404
    rows = zip(parts, books(part.work for part in parts), strict=True)
    return render(request, "reading/series.html", {"series": one, "rows": [(p.position, b) for p, b in rows]})


def _shelf(request: HttpRequest, of: Sequence[Clause], words: Mapping[str, Any]) -> HttpResponse:
    if wants_panel(request):
        return filters_panel(request, of)
    page = found(request, of)
    if not page.works and not page.wish.filters and not page.hidden:
        raise Http404
    return render(request, "reading/shelf.html", {**page.words(), "books": books(page.works), **words})


def _together(works: Sequence[Work], places: Sequence[Place]) -> tuple[list[Book], list[GoingOn]]:
    """The wall and the row above it, from one look at names and tags."""
    all_books = books([*works, *(place.work for place in places)])
    begun = zip(all_books[len(works) :], places, strict=True)
    ways = [(book, place, onward(place)) for book, place in begun]
    return all_books[: len(works)], [GoingOn(book, place, way) for book, place, way in ways if way]
