"""The library and its like: the wall, what narrows it, and the shelf of a tag, a byline or a series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from storyloft.accounts.models import Byline, member
from storyloft.reading.models import Place
from storyloft.reading.places import Onward, going_on, onward
from storyloft.reading.shelf import Book, books, lean
from storyloft.reading.wishes import LENGTHS, READING, SORTS, STATUSES, Wish, with_tags
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag
from storyloft.works.models import Authorship, Series, Tagging, Work, WorkQuerySet

ON_A_PAGE = 60
LISTED = 50
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
    wish = Wish.of(request.GET)
    works, more = _page(wish.among(Work.objects.visible_to(request.user), request.user), wish.page)
    if not works and not wish.filters and wish.page == 1:
        return render(request, "reading/empty.html" if member(request.user) else "reading/welcome.html")
    places = [] if wish.filters or wish.page > 1 else going_on(request.user, GOING_ON)
    shelf, begun = _together(works, places)
    return render(request, "reading/library.html", {**_turning(wish, more), "books": shelf, "going_on": begun})


@require_safe
def narrow(request: HttpRequest) -> HttpResponse:
    """The choices that narrow the library: a page of its own, and the panel beside the wall."""
    seen = set(Work.objects.visible_to(request.user).values_list("pk", flat=True))
    tagged = Tagging.objects.values_list("work", "tag__name")
    choices = {
        "fandoms": _most(tagged.filter(tag__kind=TagKind.FANDOM), seen),
        "relationships": _most(tagged.filter(tag__kind=TagKind.RELATIONSHIP), seen),
        "authors": _most(Authorship.objects.values_list("work", "byline__name"), seen),
        "statuses": STATUSES,
        "lengths": {key: label for key, (label, _, _) in LENGTHS.items()},
        "readings": READING if member(request.user) else {},
        "wish": Wish.of(request.GET),
    }
    return render(request, "reading/_narrow.html" if "panel" in request.GET else "reading/narrow.html", choices)


@require_safe
def tag(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Works with one tag, whatever its case or accents. 404 where the visitor may see none."""
    wordings = list(Tag.objects.worded(kind, name))
    works = with_tags(Work.objects.visible_to(request.user), wordings)
    return _shelf(request, works, {"heading": wordings[0].name if wordings else name, "kind": kind})


@require_safe
def byline(request: HttpRequest, public_id: int) -> HttpResponse:
    """Works by one byline."""
    who = get_object_or_404(Byline, public_id=public_id)
    works = Work.objects.visible_to(request.user).filter(pk__in=Authorship.objects.filter(byline=who).values("work"))
    return _shelf(request, works, {"heading": who.name, "kind": "byline", "byline": who})


@require_safe
def series(request: HttpRequest, public_id: int) -> HttpResponse:
    """The parts of a series that this visitor may see, in its order."""
    one = get_object_or_404(Series, public_id=public_id)
    parts = one.parts.filter(work__in=Work.objects.visible_to(request.user)).select_related("work")
    found = list(parts[:1_000])
    if not found:
        raise Http404
    rows = zip(found, books(part.work for part in found), strict=True)
    return render(request, "reading/series.html", {"series": one, "rows": [(p.position, b) for p, b in rows]})


def _shelf(request: HttpRequest, works: WorkQuerySet, words: Mapping[str, Any]) -> HttpResponse:
    wish = Wish.of(request.GET)
    on_page, more = _page(wish.among(works, request.user), wish.page)
    if not on_page:
        raise Http404
    return render(request, "reading/shelf.html", {**_turning(wish, more), "books": books(on_page), **words})


def _page(works: WorkQuerySet, page: int) -> tuple[list[Work], bool]:
    """One page of works, and whether there is another: found by asking for one more, without counting them all."""
    start = (page - 1) * ON_A_PAGE
    found = list(lean(works)[start : start + ON_A_PAGE + 1])
    return found[:ON_A_PAGE], len(found) > ON_A_PAGE


def _turning(wish: Wish, more: bool) -> dict[str, Any]:
    """What the page needs to offer other sorts, views and pages."""
    return {
        "wish": wish,
        "sorts": [(key, label, wish.address(sort=key, page=1)) for key, label in SORTS.items()],
        "as_covers": wish.address(view="covers"),
        "as_list": wish.address(view="list"),
        "shuffle": wish.address(seed=wish.seed % 99_991 + 1, page=1),
        "before": wish.address(page=wish.page - 1) if wish.page > 1 else "",
        "after": wish.address(page=wish.page + 1) if more else "",
    }


def _together(works: Sequence[Work], places: Sequence[Place]) -> tuple[list[Book], list[GoingOn]]:
    """The wall and the row above it, from one look at names and tags."""
    all_books = books([*works, *(place.work for place in places)])
    begun = zip(all_books[len(works) :], places, strict=True)
    ways = [(book, place, onward(place)) for book, place in begun]
    return all_books[: len(works)], [GoingOn(book, place, way) for book, place, way in ways if way]


def _most(rows: Iterable[tuple[int, str]], seen: set[int]) -> list[tuple[str, int]]:
    """The names that most of these works have, with how many. Counted here: SQLite takes seconds over the rights."""
    counted = Counter(name for work, name in rows if work in seen)
    return sorted(counted.most_common(LISTED), key=lambda pair: (-pair[1], pair[0]))
