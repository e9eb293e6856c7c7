"""A list of works as a page: narrowed, sorted, one page of it, with the panel that says what each choice leaves.

Every list stands on this: the library, a tag's, a byline's, a series', and those of others that hand over clauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from storyloft.accounts.models import Visitor
from storyloft.reading.shelf import lean
from storyloft.reading.wishes import Wish
from storyloft.search import writer
from storyloft.search.blocking import unblocked
from storyloft.search.browsing.listing import ORDERS, Listed, page_of
from storyloft.search.browsing.narrowing import Clause, narrowed, words_within
from storyloft.search.browsing.panel import panel
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


def filters_panel(request: HttpRequest, of: Sequence[Clause] = ()) -> HttpResponse:
    """The filters of a list, for the address that asks for them."""
    wish, usual = wish_of(request)
    carried = [("sort", wish.sort), ("view", "list" if wish.view == "list" else ""), ("hidden", wish.hidden)]
    carried.append(("plain", "1" if usual or wish.plain else ""))
    return panel(
        request,
        wish.filters,
        lambda matcher: of,
        carried=[(name, value) for name, value in carried if value],
        usual=usual,
        shows_hidden=bool(wish.hidden),
    )


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
    seen = unblocked(Work.objects.visible_to(visitor), visitor)
    return list(lean(seen.order_by("-kept_since", "-pk"))[:ON_A_PAGE])
