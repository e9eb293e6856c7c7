"""The blocklist's page, and blocking and unblocking from any page. For signed-in people."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from storyloft.accounts.models import member
from storyloft.search.keeping import never_again
from storyloft.search.keeping.addresses import safe_way_back
from storyloft.search.keeping.blocklist import Blocklist
from storyloft.search.keeping.models import Blocked, What
from storyloft.search.keeping.never_again import CannotBlock
from storyloft.search.keeping.telling import what_each_hides
from storyloft.tags.kinds import TagKind
from storyloft.works.models import Work

# What can be typed, and what its field completes.
_TYPED = {
    TagKind.FREEFORM.value: "Tag",
    TagKind.FANDOM.value: "Fandom",
    TagKind.RELATIONSHIP.value: "Relationship",
    TagKind.CHARACTER.value: "Character",
    TagKind.WARNING.value: "Warning",
    TagKind.RATING.value: "Rating",
    TagKind.CATEGORY.value: "Category",
    What.NAME.value: "Author",
    What.WORDS.value: "Words in summaries",
    What.WORK.value: "Story, by its address",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the page: what is blocked, how many works it hides, and the story where it can still be seen."""

    blocked: Blocked
    hides: int | None
    story: int | None = None


@require_safe
@login_required
def blocklist(request: HttpRequest) -> HttpResponse:
    """Everything this person blocked, and a form for more."""
    return _page(request)


@require_POST
@login_required
def block(request: HttpRequest) -> HttpResponse:
    """Block one thing: `block` is "fandom Dracula", "byline 123" or "words …"; or `what` and `given` say it apart."""
    person = member(request.user)
    assert person is not None  # login_required let nobody else in
    what, _, given = request.POST.get("block", "").partition(" ")
    try:
        never_again.block(person, request.POST.get("what", what), request.POST.get("given", given))
    except CannotBlock as error:
        return _page(request, str(error))
    return redirect(safe_way_back(request) or "blocklist")


@require_POST
@login_required
def unblock(request: HttpRequest) -> HttpResponse:
    """Take an `entry` off the blocklist. 404 for anybody else's."""
    asked = request.POST.get("entry", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else 0
    get_object_or_404(Blocked.objects.of(request.user), pk=number).delete()
    return redirect(safe_way_back(request) or "blocklist")


def _page(request: HttpRequest, error: str = "") -> HttpResponse:
    rows = list(Blocked.objects.of(request.user).select_related("tag"))
    hides, together = what_each_hides(request.user, Blocklist.meant_by(rows))
    stories = Work.objects.visible_to(request.user).filter(pk__in=[row.work_id for row in rows if row.work_id])
    seen = dict(stories.values_list("pk", "public_id"))
    groups: dict[str, list[Entry]] = {}
    for row in rows:
        entry = Entry(row, hides.get(row.pk, 0) if hides else None, seen.get(row.work_id or 0))
        groups.setdefault(row.get_what_display(), []).append(entry)
    told = {
        "groups": [(label, groups[label]) for label in What.labels if label in groups],
        "together": together,
        "typed_kinds": _TYPED,
        "error": error,
        "chosen": request.POST.get("what", ""),
        "typed": request.POST.get("given", ""),
    }
    return render(request, "search/keeping/blocklist.html", told, status=422 if error else 200)
