"""For every reader: completion while they type a tag, and the feed of a tag's newest works."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from storyloft.prose.clean import CleanHtml
from storyloft.prose.plain import plain_text
from storyloft.tags.wrangling import WRANGLED
from storyloft.works.models import Work
from storyloft.wrangling.completing import authors, offers
from storyloft.wrangling.facts import known_tag, leads_to, public_works

_IN_FEED = 30
# What XML cannot hold, whatever a title has of it.
_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


@require_safe
def complete(request: HttpRequest) -> HttpResponse:
    """`/tags/complete?kind=character&fandom=…&q=wats`: names to choose from, as JSON. `kind=author`: bylines."""
    kind = request.GET.get("kind", "")
    typed, fandom = request.GET.get("q", "")[:200], request.GET.get("fandom", "")[:200]
    if kind == "author":
        found = authors(request.user, typed)
    else:
        found = offers(request.user, kind, typed, fandom) if kind in WRANGLED else []
    headers = {"Cache-Control": "private, max-age=30"}
    return JsonResponse({"offers": [asdict(one) for one in found]}, headers=headers)


@require_safe
def feed(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """The newest public works with a tag, as Atom. The same for everybody: a feed's reader signs in nowhere."""
    if other := leads_to(None, kind, name):
        return redirect("tag-feed", kind, other.name)
    tag = known_tag(None, kind, name)
    works = public_works(tag).order_by("-kept_since", "-pk").for_lists()[:_IN_FEED] if tag else []
    if not tag or not works:
        raise Http404
    atom = Atom1Feed(
        title=_clean(f"{tag.name} · {settings.SITE_NAME}"),
        link=_whole(reverse("tag", args=[kind, tag.name])),
        description=_clean(f"The newest stories with the {kind} tag “{tag.name}”"),
        feed_url=_whole(reverse("tag-feed", args=[kind, tag.name])),
        language="en",
    )
    for work in works:
        _add(atom, work)
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _add(atom: Atom1Feed, work: Work) -> None:
    address = _whole(reverse("work", args=[work.public_id]))
    updated = work.updated_on or work.published_on
    atom.add_item(
        title=_clean(work.title),
        link=address,
        unique_id=address,
        description=_clean(plain_text(CleanHtml(work.summary))),
        author_name=_clean(", ".join(work.names)) or "Author unknown",
        pubdate=work.kept_since,
        updateddate=datetime.combine(updated, time(), UTC) if updated else work.kept_since,
        categories=[_clean(tagging.tag.name) for tagging in work.taggings.all()],
    )


def _whole(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def _clean(text: str) -> str:
    return text.translate(_NOT_IN_XML)
