"""The search page, its help, and what its box offers. For everybody: what is found depends on who asks."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from storyloft.accounts.models import Visitor
from storyloft.search import writer
from storyloft.search.asking import Asking
from storyloft.search.browsing.narrowing import narrowed
from storyloft.search.browsing.panel import panel, wants_panel
from storyloft.search.examples import lessons
from storyloft.search.finding import find, wanted_as_found
from storyloft.search.query import read
from storyloft.search.results import Results
from storyloft.search.suggest import Suggestion, suggest


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/search?q=…&page=2`, with filters as every list has them and `sort`: what was found, by work."""
    asking = Asking.of(request.GET)
    if wants_panel(request):
        return _panel(request, asking)
    results = _found(_visitor(request), asking)
    if not results.ready:
        # Damaged or of an older version: the next job builds it anew.
        writer.ask_to_drain()
    as_typed = read(asking.typed)
    context = {
        "results": results,
        "asking": asking,
        "notes": as_typed.notes,
        "parts": list(asking.parts(as_typed)),
        "orders": list(asking.orders(as_typed)),
        "earlier": asking.address(page=results.page - 1) if results.page > 1 else "",
        "later": asking.address(page=results.page + 1) if results.page < results.pages else "",
        "other_hidden": asking.address(shows_hidden=not asking.shows_hidden),
    }
    return render(request, "search/search.html", context)


@require_safe
def how_to_ask(request: HttpRequest) -> HttpResponse:
    """`/search/help`: the language of the search box, with examples from what this visitor may see."""
    return render(request, "search/help.html", {"lessons": lessons(_visitor(request))})


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """`/search/suggest?q=hol`: names that begin so, each with its kind, its query and the address of what it finds."""
    found = suggest(_visitor(request), request.GET.get("q", ""))
    return JsonResponse(
        {"suggestions": [_offered(one) for one in found]}, headers={"Cache-Control": "private, max-age=30"}
    )


def _panel(request: HttpRequest, asking: Asking) -> HttpResponse:
    asked = read(asking.typed)
    kept, carried = [("q", asking.typed)], [("sort", asking.sort)] if "sort" in request.GET else []
    return panel(
        request,
        asking.filters,
        lambda matcher: wanted_as_found(matcher, asked, narrowed(asking.filters, matcher.visitor).clauses()),
        kept=kept,
        carried=carried,
        shows_hidden=asking.shows_hidden,
    )


def _found(visitor: Visitor, asking: Asking) -> Results:
    clauses = narrowed(asking.filters, visitor).clauses() if asking.filters else []
    return find(
        visitor,
        asking.typed,
        page=asking.page,
        narrowed=clauses,
        sort=asking.sort,
        shows_hidden=asking.shows_hidden,
    )


def _offered(one: Suggestion) -> dict[str, str]:
    url = f"{reverse('search')}?{urlencode({'q': one.query})}"
    return {"kind": one.kind, "name": one.name, "words": f"{one.name} · {one.kind}", "query": one.query, "url": url}


def _visitor(request: HttpRequest) -> Visitor:
    return request.user
