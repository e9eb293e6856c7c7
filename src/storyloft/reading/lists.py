"""A list of works as a page: narrowed, sorted, one page of it, with the panel that says what each choice leaves.

Every list stands on this: the library, a tag's, a byline's, a series', and those of others that hand over clauses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from storyloft.accounts.models import Visitor
from storyloft.reading.shelf import lean
from storyloft.reading.wishes import Wish
from storyloft.search import writer
from storyloft.search.browsing.facets import facets_of
from storyloft.search.browsing.listing import ORDERS, Listed, page_of
from storyloft.search.browsing.narrowing import Clause, narrowed, words_within
from storyloft.search.browsing.shelves import Shelves, shelves_of
from storyloft.search.index import NotReady
from storyloft.search.keeping.usual import with_usual
from storyloft.works.models import Work

ON_A_PAGE = 60


@dataclass(frozen=True, slots=True)
class Found:
    """One page of a list: what was wished, its works in order, and the whole list's figures.

    `usual` where the reader's usual filters are on, `hidden` how many works their blocklist keeps back, `behind` how
    many works the index has still to read; `ready` is False while a large library has no index.
    """

    wish: Wish
    works: Sequence[Work]
    listed: Listed
    hidden: int = 0
    behind: int = 0
    usual: bool = False
    ready: bool = True

    def words(self) -> dict[str, Any]:
        """What the templates of a list need."""
        wish = self.wish
        return {
            "wish": wish,
            "found": self,
            "chips": [(chip, wish.address(filters=chip.rest)) for chip in wish.filters.chips()],
            "sorts": [(order.name, order.label, wish.address(sort=order.name)) for order in ORDERS.values()],
            "order": wish.order,
            "as_covers": wish.address(view="covers"),
            "as_list": wish.address(view="list"),
            "shuffle": wish.address(seed=wish.seed % 99_991 + 1),
            "before": wish.address(before=self.listed.before, after="") if self.listed.before else "",
            "after": wish.address(after=self.listed.after, before="") if self.listed.after else "",
            "with_hidden": wish.address(hidden="show", after="", before=""),
            "without_hidden": wish.address(hidden="", after="", before=""),
            "usual": self.usual,
            "query": wish.filters.query(),
            "everything": wish.address(filters=type(wish.filters)()),
        }


def wish_of(request: HttpRequest) -> tuple[Wish, bool]:
    """What this address wishes, and whether the reader's usual filters were put in because it names none."""
    asked, usual = with_usual(request.user, request.GET)
    return Wish.of(asked), usual


def found(request: HttpRequest, of: Sequence[Clause] = ()) -> Found:
    """The page of a list that a request asks for, so far as its visitor may see it."""
    wish, usual = wish_of(request)
    try:
        with shelves_of(request.user, shows_hidden=bool(wish.hidden)) as shelves:
            return _found(shelves, request.user, wish, usual, of)
    except NotReady:
        writer.ask_to_drain()
        return Found(wish, _most_recent(request.user), Listed(), ready=False)


def panel(request: HttpRequest, of: Sequence[Clause] = (), carried: Mapping[str, str] | None = None) -> HttpResponse:
    """The filters of a list with their live counts: a part of the page, or a page of its own.

    `carried`: fields of the address that are none of the filters, such as what was searched for.
    """
    wish, usual = wish_of(request)
    only = request.GET.get("group", "")
    context: dict[str, Any] = {"wish": wish, "usual": usual, "carried": carried or {}, "path": request.path}
    try:
        with shelves_of(request.user, shows_hidden=bool(wish.hidden)) as shelves:
            context["facets"] = facets_of(shelves, wish.filters, [*of, *words_within(shelves.matcher, wish.filters)])
    except NotReady:
        writer.ask_to_drain()
    context["only"] = only
    return render(request, "reading/_filters.html" if "panel" in request.GET else "reading/filters.html", context)


def wants_panel(request: HttpRequest) -> bool:
    """Whether a list's address asks for its filters instead of its works."""
    return "panel" in request.GET or "filter" in request.GET


def _found(shelves: Shelves, visitor: Visitor, wish: Wish, usual: bool, of: Sequence[Clause]) -> Found:
    clauses = narrowed(wish.filters, visitor, [*of, *words_within(shelves.matcher, wish.filters)]).clauses()
    listed = page_of(shelves, clauses, wish.order, after=wish.after, before=wish.before, size=ON_A_PAGE)
    if not listed.works and not wish.is_first_page and listed.total:
        # The last works of this page went since: begin again rather than show an empty one.
        wish = replace(wish, after="", before="")
        listed = page_of(shelves, clauses, wish.order, size=ON_A_PAGE)
    return Found(wish, _loaded(visitor, listed.works), listed, shelves.hidden(clauses), shelves.behind, usual)


def _loaded(visitor: Visitor, works: Sequence[int]) -> list[Work]:
    """These works in this order, asked for through the visitor's rights once more."""
    there = {work.pk: work for work in lean(Work.objects.visible_to(visitor).filter(pk__in=works))}
    return [there[pk] for pk in works if pk in there]


def _most_recent(visitor: Visitor) -> list[Work]:
    return list(lean(Work.objects.visible_to(visitor).order_by("-kept_since", "-pk"))[:ON_A_PAGE])
