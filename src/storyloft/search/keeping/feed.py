"""A saved search as an Atom feed, for feed readers: they cannot sign in, so its address is the secret."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from storyloft.search.keeping.listed import newest
from storyloft.search.keeping.models import SavedSearch
from storyloft.search.keeping.searches import followed
from storyloft.tags.kinds import TagKind
from storyloft.works.models import Work

_MOST = 50
_MINUTES = 15
# XML 1.0 knows no control characters but tab and line ends.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TOLD = (TagKind.FANDOM, TagKind.RELATIONSHIP, TagKind.CHARACTER, TagKind.FREEFORM)


@require_safe
def search_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The works that came last, as the person who saved the search may see them now. 404 for an ended address."""
    saved = followed(secret)
    if saved is None:
        raise Http404
    response = HttpResponse(_feed(request, saved), content_type="application/atom+xml; charset=utf-8")
    response.headers["Cache-Control"] = f"private, max-age={_MINUTES * 60}"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _feed(request: HttpRequest, saved: SavedSearch) -> str:
    feed = Atom1Feed(
        title=_xml(f"{saved.name} · {settings.SITE_NAME}"),
        link=request.build_absolute_uri(saved.address),
        description="",
        feed_url=request.build_absolute_uri(),
    )
    for work in _works(saved):
        address = request.build_absolute_uri(reverse("work", args=[work.public_id]))
        feed.add_item(
            title=_xml(work.title),
            link=address,
            unique_id=address,
            description=_xml(_told(work)),
            author_name=_xml(work.credit) or "Author unknown",
            categories=[_xml(name) for kind in _TOLD for name in work.tags_of(kind)],
            pubdate=work.kept_since,
            updateddate=max(work.kept_since, work.changed_at),
        )
    return feed.writeString("utf-8")


def _works(saved: SavedSearch) -> list[Work]:
    numbers = newest(saved.person, saved.address, _MOST)
    works = {work.pk: work for work in Work.objects.visible_to(saved.person).filter(pk__in=numbers).for_lists()}
    return [works[pk] for pk in numbers if pk in works]


def _told(work: Work) -> str:
    facts = format_html("<p>{} words, {} chapters</p>", f"{work.words:,}", work.chapters_shown)
    # The summary went through the gate when it came in.
    return facts + mark_safe(work.summary)  # noqa: S308


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)
