"""Addresses of our own lists: which may be kept, and what of them is worth keeping."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve
from django.utils.encoding import escape_uri_path
from django.utils.http import url_has_allowed_host_and_scheme

from storyloft.accounts.models import Byline, Visitor
from storyloft.search.browsing.filters import Filters
from storyloft.search.keeping.models import LONGEST_ADDRESS
from storyloft.works.models import SeriesPart, Work

LISTS = ("library", "tag", "byline", "series", "search", "remember")
# Where somebody stands in a list, and what they asked for once.
_PASSING = {"page", "after", "before", "plain", "hidden", "panel", "filter", "group"}


class NoList(ValueError):
    """This is no address of one of our lists; the message is a sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class ListAddress:
    """A list of ours: which kind, of what, and how it is narrowed."""

    path: str
    kind: str
    of: dict[str, Any]
    query: QueryDict

    @classmethod
    def read(cls, address: str) -> ListAddress:
        """From a path and query string as typed or posted. Raises NoList for anything else."""
        try:
            parts = urlsplit(address.strip())
            if parts.scheme or parts.netloc or not parts.path.startswith("/"):
                raise NoList("That is no list of this archive.")
            path = unquote(parts.path)
            found = resolve(path)
        except (ValueError, Resolver404) as error:
            raise NoList("That is no list of this archive.") from error
        if found.url_name not in LISTS:
            raise NoList("Only lists can be kept: the library, a tag, an author, a series, a search.")
        read = cls(escape_uri_path(path), found.url_name, found.kwargs, _lasting(parts.query))
        if len(str(read)) > LONGEST_ADDRESS:
            raise NoList("That is too long to keep. With fewer filters it fits.")
        return read

    @property
    def filters(self) -> Filters:
        """What narrows it."""
        return Filters.of(self.query)

    def heading(self, visitor: Visitor) -> str:
        """What it is a list of; "" for a byline or a series of which this visitor may see nothing."""
        if asked := self.query.get("q", "").strip():
            return f"“{asked}”"
        if self.kind == "byline":
            theirs = Byline.objects.filter(public_id=self.of["public_id"], works__in=Work.objects.visible_to(visitor))
            return theirs.values_list("name", flat=True).first() or ""
        if self.kind == "series":
            parts = SeriesPart.objects.filter(work__in=Work.objects.visible_to(visitor))
            return (
                parts.filter(series__public_id=self.of["public_id"]).values_list("series__title", flat=True).first()
                or ""
            )
        return str(self.of.get("name", "")) or {"search": "Search", "remember": "A scene"}.get(self.kind, "Library")

    def __str__(self) -> str:
        return self.path + (f"?{self.query.urlencode()}" if self.query else "")


def in_words(address: ListAddress, visitor: Visitor) -> str:
    """A list and its filters as one line: "Dracula: Complete · without Fog". No name that the visitor may not see."""
    chips = [f"without {chip.words}" if chip.barred else chip.words for chip in address.filters.chips()]
    heading = "" if address.kind == "library" and chips else address.heading(visitor)
    return ": ".join(filter(None, (heading, " · ".join(chips))))


def safe_way_back(request: HttpRequest) -> str:
    """The page a form was sent from, as its field `next` says; "" where that is no page of ours."""
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe and asked.startswith("/") else ""


def _lasting(query: str) -> QueryDict:
    pairs = [(name, value) for name, values in QueryDict(query[:8_000]).lists() for value in values]
    return QueryDict(urlencode([(name, value) for name, value in pairs if value and name not in _PASSING]))
