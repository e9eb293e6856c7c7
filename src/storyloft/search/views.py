"""The search page and what its box offers. For everybody: what is found depends on who asks."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from storyloft.accounts.models import Visitor
from storyloft.search import writer
from storyloft.search.finding import find
from storyloft.search.suggest import Suggestion, suggest


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/search?q=…&page=2`: what was found, by work."""
    results = find(_visitor(request), request.GET.get("q", ""), page=_page(request))
    if not results.ready:
        # Damaged or of an older version: the next job builds it anew.
        writer.ask_to_drain()
    return render(request, "search/search.html", {"results": results})


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """`/search/suggest?q=hol`: names that begin so, each with its kind, its query and the address of what it finds."""
    found = suggest(_visitor(request), request.GET.get("q", ""))
    return JsonResponse(
        {"suggestions": [_offered(one) for one in found]}, headers={"Cache-Control": "private, max-age=30"}
    )


def _offered(one: Suggestion) -> dict[str, str]:
    url = f"{reverse('search')}?{urlencode({'q': one.query})}"
    return {"kind": one.kind, "name": one.name, "words": f"{one.name} · {one.kind}", "query": one.query, "url": url}


def _visitor(request: HttpRequest) -> Visitor:
    return request.user


def _page(request: HttpRequest) -> int:
    typed = request.GET.get("page", "")
    return int(typed) if typed.isdecimal() and len(typed) < 6 else 1
