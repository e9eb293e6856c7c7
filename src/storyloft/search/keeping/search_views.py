"""Saved searches: the page of them, the acts on one, and somebody's usual filters. For signed-in people."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from storyloft.accounts.models import member
from storyloft.search.keeping import searches, usual
from storyloft.search.keeping.addresses import ListAddress, NoList, in_words, safe_way_back
from storyloft.search.keeping.listed import counts_of
from storyloft.search.keeping.models import SavedSearch


@dataclass(frozen=True, slots=True)
class Kept:
    """One row of the page: the search, what it asks in words, how many works it has now, and how many new ones."""

    saved: SavedSearch
    words: str
    total: int | None
    new: int | None
    feed: str


@require_safe
@login_required
def saved_searches(request: HttpRequest) -> HttpResponse:
    """Everything this person saved, in their order."""
    return _page(request)


@require_POST
@login_required
def save_search(request: HttpRequest) -> HttpResponse:
    """Keep a list: `address`, and a `name` or none."""
    person = member(request.user)
    assert person is not None  # login_required let nobody else in
    try:
        searches.save(person, request.POST.get("name", ""), request.POST.get("address", ""))
    except NoList as error:
        return _page(request, str(error))
    return redirect(safe_way_back(request) or "saved-searches")


# Posted: it notes that the list was looked at, and what is only read (or fetched ahead) changes nothing.
@require_POST
@login_required
def open_search(request: HttpRequest, public_id: int) -> HttpResponse:
    """Go to the list; what came before is no longer new."""
    saved = _mine(request, public_id)
    searches.opened(saved)
    # A path of ours, read as one of our lists when it was saved.
    return HttpResponseRedirect(saved.address)


@require_POST
@login_required
def rename_search(request: HttpRequest, public_id: int) -> HttpResponse:
    """Another `name`."""
    searches.rename(_mine(request, public_id), request.POST.get("name", ""))
    return redirect("saved-searches")


@require_POST
@login_required
def move_search(request: HttpRequest, public_id: int) -> HttpResponse:
    """One place `up`, or down."""
    searches.move(_mine(request, public_id), up="up" in request.POST)
    return redirect("saved-searches")


@require_POST
@login_required
def forget_search(request: HttpRequest, public_id: int) -> HttpResponse:
    """Delete it, its feed with it."""
    _mine(request, public_id).delete()
    return redirect("saved-searches")


@require_POST
@login_required
def follow_search(request: HttpRequest, public_id: int) -> HttpResponse:
    """Give it a feed at a new secret address; with `end` the feed ends."""
    saved = _mine(request, public_id)
    searches.unfollow(saved) if "end" in request.POST else searches.follow(saved)
    return redirect("saved-searches")


@require_POST
@login_required
def usual_filters(request: HttpRequest) -> HttpResponse:
    """Keep the filters of `query` as this person's usual ones; without any they are forgotten."""
    person = member(request.user)
    assert person is not None  # login_required let nobody else in
    try:
        usual.set_usual(person, request.POST.get("query", ""))
    except usual.TooLong as error:
        return _page(request, str(error))
    return redirect(safe_way_back(request) or "saved-searches")


def _mine(request: HttpRequest, public_id: int) -> SavedSearch:
    return get_object_or_404(SavedSearch.objects.of(request.user), public_id=public_id)


def _page(request: HttpRequest, error: str = "") -> HttpResponse:
    person = member(request.user)
    assert person is not None  # login_required let nobody else in
    mine = list(SavedSearch.objects.of(person))
    counts = counts_of(person, mine)
    always = usual.defaults_for(person)
    told = {
        "rows": [_kept(request, saved, counts.get(saved.pk)) for saved in mine],
        "error": error,
        "usual": in_words(ListAddress.read(f"{reverse('library')}?{always}"), person) if always else "",
    }
    return render(request, "search/keeping/searches.html", told, status=422 if error else 200)


def _kept(request: HttpRequest, saved: SavedSearch, counts: tuple[int, int] | None) -> Kept:
    secret = searches.feed_secret(saved)
    feed = request.build_absolute_uri(reverse("search-feed", args=[secret])) if secret else ""
    total, new = counts or (None, None)
    return Kept(saved, _words(saved), total, new, feed)


def _words(saved: SavedSearch) -> str:
    """What it asks, unless its name says the same; a list that is no more has its address left."""
    try:
        words = in_words(ListAddress.read(saved.address), saved.person)
    except NoList:
        return saved.address
    return "" if words == saved.name else words
