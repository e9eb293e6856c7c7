"""The desk's own pages: what waits, by fandom and kind; the bins; the log."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag, WranglingAct
from storyloft.tags.wrangling import WRANGLED, CannotBe, redo, undo
from storyloft.works import refiling
from storyloft.wrangling import bins
from storyloft.wrangling.acting import Order, carry_out
from storyloft.wrangling.at_the_desk import at_the_desk, number, wrangler

IN_THE_LOG = 40
# In an address: the bin of works that have no fandom at all.
NO_FANDOM = "none"
_SAID = 12


@require_safe
@at_the_desk
def desk(request: HttpRequest) -> HttpResponse:
    """What waits, by fandom; `?q=` looks for one tag by name."""
    person, page = wrangler(request), number(request.GET.get("page"))
    shelves, more = bins.shelves(person, page)
    waiting = bins.counts(person)
    context = {
        "shelves": shelves,
        "page": page,
        "more": more,
        "kinds": [(kind, waiting.get(kind, 0)) for kind in WRANGLED],
        "refiling": refiling.unfinished(),
        "canonical": Tag.objects.filter(is_canonical=True).count(),
        "words": request.GET.get("q", ""),
        "found": _named(request),
    }
    return render(request, "wrangling/desk.html", context)


@require_safe
@at_the_desk
def bin_of(request: HttpRequest) -> HttpResponse:
    """`?kind=character&fandom=12&q=…&page=2`: the wordings of one bin that wait."""
    return _bin(request, request.GET.get("kind", ""), request.GET.get("fandom", ""))


@require_POST
@at_the_desk
def act(request: HttpRequest) -> HttpResponse:
    """One button of a bin: for the row it stands in, or for all that are ticked."""
    kind, fandom = request.POST.get("kind", ""), request.POST.get("fandom", "")
    try:
        done = carry_out(Order.of(request.POST), by=wrangler(request))
    except CannotBe as reason:
        return _bin(request, kind, fandom, str(reason))
    back = {"kind": kind, "fandom": fandom, "q": request.POST.get("q", ""), "page": request.POST.get("page", "")}
    back |= {"done": str(done.pk)} if done else {}
    return redirect(f"{reverse('desk-bin')}?{urlencode({name: value for name, value in back.items() if value})}")


@require_safe
@at_the_desk
def log(request: HttpRequest) -> HttpResponse:
    """What was done, the newest first; `?before=` goes on with older acts."""
    acts = WranglingAct.objects.select_related("person").order_by("-pk")
    if before := number(request.GET.get("before"), 0):
        acts = acts.filter(pk__lt=before)
    shown = list(acts[: IN_THE_LOG + 1])
    rows = [(one, one.detail["said"][:_SAID], max(0, len(one.detail["said"]) - _SAID)) for one in shown[:IN_THE_LOG]]
    context = {"rows": rows, "older": shown[IN_THE_LOG - 1].pk if len(shown) > IN_THE_LOG else 0}
    return render(request, "wrangling/log.html", context)


@require_POST
@at_the_desk
def turn(request: HttpRequest, act_id: int, way: str) -> HttpResponse:
    """Undo an act of the log, or do it again."""
    one = get_object_or_404(WranglingAct, pk=act_id)
    verbs = {"undo": undo, "redo": redo}
    if way not in verbs:
        raise Http404
    try:
        verbs[way](one, by=wrangler(request))
    except CannotBe as reason:
        return render(request, "wrangling/cannot.html", {"reason": str(reason)}, status=422)
    back = request.POST.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe else "desk-log")


def done_just_now(request: HttpRequest) -> WranglingAct | None:
    """The act that led here, to be told and undone at once."""
    return WranglingAct.objects.filter(pk=number(request.GET.get("done"), 0), undone_at=None).first()


def _bin(request: HttpRequest, kind: str, in_fandom: str, cannot: str = "") -> HttpResponse:
    asked, person = request.POST or request.GET, wrangler(request)
    if kind not in WRANGLED:
        raise Http404
    homeless = in_fandom == NO_FANDOM
    fandom = bins.fandom(person, number(in_fandom, 0)) if in_fandom and not homeless else None
    if in_fandom and not (fandom or homeless):
        raise Http404
    page, words = number(asked.get("page")), asked.get("q", "")
    rows, more = bins.rows(person, TagKind(kind), fandom, words, page, homeless=homeless)
    context = {
        **{"rows": rows, "more": more, "page": page, "kind": kind, "fandom": fandom, "words": words},
        "homeless": homeless,
        "in_fandom": in_fandom,
        "place": f"&fandom={in_fandom}" if in_fandom else "",
        "kinds": [one for one in WRANGLED if not (in_fandom and one == TagKind.FANDOM)],
        "done": done_just_now(request),
        "cannot": cannot,
        "suggested": any(row.best for row in rows),
    }
    return render(request, "wrangling/bin.html", context, status=422 if cannot else 200)


def _named(request: HttpRequest) -> list[Tag]:
    words = request.GET.get("q", "").strip()
    return bins.named(wrangler(request), words) if words else []
