"""The notice before a story for adults, for readers we know nothing about.

Nothing is remembered: the reader's yes travels in the address (`?adult=1`), so no cookie is needed.
"""

from __future__ import annotations

from django.http import HttpRequest

from storyloft.accounts.models import member
from storyloft.tags.kinds import NOT_RATED, TagKind
from storyloft.works.models import Work

# Unknown is treated as adult, as AO3 does with "Not Rated".
_FOR_ADULTS = {NOT_RATED, "Mature", "Explicit"}


def said_yes(request: HttpRequest) -> bool:
    """Whether this reader was asked and went on, or is signed in."""
    return member(request.user) is not None or request.GET.get("adult") == "1"


def must_ask(request: HttpRequest, work: Work) -> bool:
    """Whether to ask before showing this work's text."""
    if said_yes(request):
        return False
    ratings = set(work.taggings.filter(tag__kind=TagKind.RATING).values_list("tag__name", flat=True))
    return not ratings or bool(ratings & _FOR_ADULTS)


def carried(request: HttpRequest) -> str:
    """The query string that links to other chapters carry on."""
    return "?adult=1" if request.GET.get("adult") == "1" else ""
