"""One tag at the desk: what it is, what means it, what it is under, and every verb for it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Tag
from storyloft.tags.tree import characters_in
from storyloft.tags.wrangling import WRANGLED, CannotBe, Desk, wrangling
from storyloft.wrangling.at_the_desk import at_the_desk, number, wrangler
from storyloft.wrangling.desk_views import done_just_now
from storyloft.wrangling.facts import facts_of
from storyloft.wrangling.finding_names import canonical_or_new
from storyloft.wrangling.knowing import known_to

_PARENTS = {
    TagKind.FANDOM: (TagKind.FANDOM,),
    TagKind.CHARACTER: (TagKind.FANDOM, TagKind.CHARACTER),
    TagKind.RELATIONSHIP: (TagKind.FANDOM, TagKind.CHARACTER, TagKind.RELATIONSHIP),
    TagKind.FREEFORM: (TagKind.FANDOM, TagKind.FREEFORM),
}


@require_http_methods(["GET", "HEAD", "POST"])
@at_the_desk
def tag(request: HttpRequest, tag_id: int) -> HttpResponse:
    """Show a tag, or do one verb (`do`) for it. 404 for a tag that only others' private works bear."""
    person = wrangler(request)
    one = get_object_or_404(known_to(person).filter(kind__in=WRANGLED), pk=tag_id)
    if request.method != "POST":
        return _page(request, one)
    try:
        with wrangling(by=person) as desk:
            now = _VERBS.get(request.POST.get("do", ""), _nothing)(desk, one, request.POST) or one
    except CannotBe as reason:
        return _page(request, one, str(reason))
    done = f"?done={desk.act.pk}" if desk.act else ""
    return redirect(f"{reverse('desk-tag', args=[now.pk])}{done}")


def _page(request: HttpRequest, one: Tag, cannot: str = "") -> HttpResponse:
    facts = facts_of(request.user, one)
    have = {tag.pk for tag in (*facts.fandoms, *facts.characters, *facts.meta)}
    offered = [tag for tag in characters_in(one.name) if tag.pk not in have] if one.kind == TagKind.RELATIONSHIP else []
    context = {
        "tag": one,
        "facts": facts,
        "meanings": Meaning.objects.filter(wording=one).select_related("canonical", "fandom"),
        "told_apart": Meaning.objects.filter(canonical=one, wording__in=known_to(request.user))
        .exclude(fandom=None)
        .select_related("wording", "fandom")[:60],
        "parents": [*facts.fandoms, *facts.characters, *facts.meta],
        "parent_kinds": _PARENTS[TagKind(one.kind)],
        "offered": offered if one.is_canonical else [],
        "done": done_just_now(request),
        "cannot": cannot,
    }
    return render(request, "wrangling/tag.html", context, status=422 if cannot else 200)


def _mean(desk: Desk, tag: Tag, form: QueryDict) -> None:
    canonical = canonical_or_new(desk, tag.kind, form.get("name", ""), new=bool(form.get("new")))
    fandom = form.get("fandom", "").strip()
    desk.mean(tag, canonical, canonical_or_new(desk, TagKind.FANDOM, fandom) if fandom else None)


def _unmean(desk: Desk, tag: Tag, form: QueryDict) -> None:
    desk.unmean(tag, _given(form, "fandom"))


def _wording(desk: Desk, tag: Tag, form: QueryDict) -> None:
    name = " ".join(form.get("name", "").split())
    if not name:
        raise CannotBe("Write the wording first; nothing was changed.")
    desk.mean(Tag.objects.named([(TagKind(tag.kind), name)])[0], tag)


def _no_wording(desk: Desk, tag: Tag, form: QueryDict) -> None:
    if wording := _given(form, "wording"):
        desk.unmean(wording, _given(form, "fandom"))


def _under(desk: Desk, tag: Tag, form: QueryDict) -> None:
    kind = form.get("parent_kind", "")
    if kind not in WRANGLED:
        raise CannotBe("Say what kind of tag it belongs under; nothing was changed.")
    desk.put_under(tag, canonical_or_new(desk, kind, form.get("name", ""), new=bool(form.get("new"))))


def _from_under(desk: Desk, tag: Tag, form: QueryDict) -> None:
    if parent := _given(form, "parent"):
        desk.take_from_under(tag, parent)


def _given(form: QueryDict, name: str) -> Tag | None:
    return Tag.objects.filter(pk=number(form.get(name), 0)).first()


def _nothing(desk: Desk, tag: Tag, form: QueryDict) -> None:
    raise CannotBe("Nothing was asked for, so nothing was changed.")


_VERBS: dict[str, Callable[[Desk, Tag, QueryDict], Tag | None]] = {
    "canonical": lambda desk, tag, form: desk.make_canonical(tag),
    "not-canonical": lambda desk, tag, form: desk.no_longer_canonical(tag),
    "leave": lambda desk, tag, form: desk.leave_as_it_is(tag),
    "wait": lambda desk, tag, form: desk.leave_as_it_is(tag, left=False),
    "rename": lambda desk, tag, form: desk.rename(tag, form.get("name", "")),
    "describe": lambda desk, tag, form: desk.describe(tag, form.get("about", "")[:5_000]),
    "mean": _mean,
    "unmean": _unmean,
    "wording": _wording,
    "no-wording": _no_wording,
    "under": _under,
    "from-under": _from_under,
}
