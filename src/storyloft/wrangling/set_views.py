"""Tag sets at the desk: take the archive's own away, bring another's in after a look at what it would change."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from storyloft.accounts.models import Person
from storyloft.tags.giving import tag_set
from storyloft.tags.kinds import TagKind
from storyloft.tags.ships import loose, ships_of
from storyloft.tags.tagsets import LARGEST, BadTagSet, TagSet, read, write
from storyloft.tags.taking_in import plan, take_in
from storyloft.tags.wrangling import CannotBe, wrangling
from storyloft.works.models import Filing, Work
from storyloft.wrangling.at_the_desk import at_the_desk, wrangler
from storyloft.wrangling.finding_names import canonical_named
from storyloft.wrangling.knowing import known_to
from storyloft.wrangling.models import OfferedSet

_SHOWN = 100
_FANDOMS = 2_000


@require_safe
@at_the_desk
def sets(request: HttpRequest) -> HttpResponse:
    """Download, upload, and the known ship names of the fandoms kept here."""
    return _sets(request)


@require_safe
@at_the_desk
def download(request: HttpRequest) -> HttpResponse:
    """The archive's tags, or one fandom's (`?fandom=`), as a file."""
    name = request.GET.get("fandom", "").strip()
    fandom = canonical_named(TagKind.FANDOM, name) if name else None
    if name and not fandom:
        return _sets(request, f"There is no canonical fandom “{name}” here.")
    wordings = known_to(request.user).filter(meanings__isnull=False).values_list("pk", flat=True)
    text = write(tag_set(fandom, wordings=wordings, name=fandom.name if fandom else "All tags"))
    answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="tag-set.toml"'
    return answer


@require_POST
@at_the_desk
def offer(request: HttpRequest) -> HttpResponse:
    """Bring a tag set in: an uploaded file, or the known ship names (`ships`). It is shown before anything is done."""
    person = wrangler(request)
    try:
        text = write(_known_ships(person)) if request.POST.get("ships") else _uploaded(request)
    except BadTagSet as reason:
        return _sets(request, str(reason))
    # One at a time: an older one that was not taken in is not waited for.
    OfferedSet.objects.filter(person=person).delete()
    return redirect("desk-offered", OfferedSet.objects.create(person=person, text=text).pk)


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def offered(request: HttpRequest, set_id: int) -> HttpResponse:
    """What a tag set would change; posted, it is taken in, with what `overwrite` names where the two disagree."""
    person = wrangler(request)
    one = get_object_or_404(OfferedSet, pk=set_id, person=person)
    tags = read(one.text.encode())
    if request.method != "POST":
        return _plan(request, one, tags)
    try:
        with wrangling(by=person, verb="A tag set taken in") as desk:
            take_in(tags, desk, request.POST.getlist("overwrite"))
    except CannotBe as reason:
        return _plan(request, one, tags, str(reason))
    one.delete()
    return redirect(reverse("desk-log"))


def _plan(request: HttpRequest, one: OfferedSet, tags: TagSet, cannot: str = "") -> HttpResponse:
    made = plan(tags)
    context = {
        "offered": one,
        "tags": tags,
        "plan": made,
        "canonical": made.canonical[:_SHOWN],
        "meanings": [(wording[1], ref[1], fandom) for wording, ref, fandom in made.meanings[:_SHOWN]],
        "parents": [(ref[1], parent[1]) for ref, parent in made.parents[:_SHOWN]],
        "left_out": made.left_out[:_SHOWN],
        "shown": _SHOWN,
        "cannot": cannot,
    }
    return render(request, "wrangling/plan.html", context, status=422 if cannot else 200)


def _sets(request: HttpRequest, cannot: str = "") -> HttpResponse:
    ships = sum(len(entry.wordings) for entry in _known_ships(wrangler(request)).entries)
    return render(request, "wrangling/sets.html", {"ships": ships, "cannot": cannot}, status=422 if cannot else 200)


def _uploaded(request: HttpRequest) -> str:
    file = request.FILES.get("file")
    if file is None:
        raise BadTagSet("Choose a file first; nothing was changed.")
    data: bytes = file.read(LARGEST + 1)
    read(data)
    return data.decode("utf-8-sig")


def _known_ships(person: Person) -> TagSet:
    """The known ships of the fandoms that works visible to this person are filed under, by our names for them."""
    works = Work.objects.visible_to(person)
    filed = Filing.objects.filter(tag__kind=TagKind.FANDOM, work__in=works)
    names = filed.order_by().values_list("tag__name", flat=True).distinct()[:_FANDOMS]
    return ships_of({short: name for name in names for short in loose(name)})
