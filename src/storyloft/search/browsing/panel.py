"""The filters of a list with their live counts: a part of its page, or a page of its own without JavaScript.

A list's own address with `panel=1` or `filter=1` is answered by this, so that the filters know what the list is of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from storyloft.search import writer
from storyloft.search.browsing.facets import facets_of
from storyloft.search.browsing.filters import Filters
from storyloft.search.browsing.narrowing import Clause, words_within
from storyloft.search.browsing.shelves import shelves_of
from storyloft.search.index import NotReady
from storyloft.search.matching import Matcher

Of = Callable[[Matcher], Sequence[Clause]]


def wants_panel(request: HttpRequest) -> bool:
    """Whether a list's address asks for its filters instead of its works."""
    return "panel" in request.GET or "filter" in request.GET


def panel(
    request: HttpRequest,
    filters: Filters,
    of: Of = lambda matcher: (),
    *,
    carried: Sequence[tuple[str, str]] = (),
    kept: Sequence[tuple[str, str]] = (),
    usual: bool = False,
    shows_hidden: bool = False,
) -> HttpResponse:
    """The filters as a form that asks the list anew.

    `of`: what the list is of. `carried`: fields that go along with every choice (the order, the view); `kept`: those
    that stay even when everything is shown again (what was searched for). `usual`: their usual filters are on.
    """
    context: dict[str, Any] = {
        "filters": filters,
        "usual": usual,
        "carried": [*kept, *carried],
        "kept": kept,
        "path": request.path,
    }
    try:
        with shelves_of(request.user, shows_hidden=shows_hidden) as shelves:
            wanted = [*of(shelves.matcher), *words_within(shelves.matcher, filters)]
            context["facets"] = facets_of(shelves, filters, wanted)
    except NotReady:
        writer.ask_to_drain()
    template = "search/browsing/_filters.html" if "panel" in request.GET else "search/browsing/filters.html"
    return render(request, template, context)
