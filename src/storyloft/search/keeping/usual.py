"""Somebody's usual filters: what their lists are narrowed by unless an address says otherwise."""

from __future__ import annotations

from django.http import QueryDict

from storyloft.accounts.models import Person, Visitor, member
from storyloft.search.browsing.filters import Filters
from storyloft.search.keeping.models import LONGEST_ADDRESS, DefaultFilters


class TooLong(ValueError):
    """More filters than can be kept; the message is a sentence."""


def defaults_for(visitor: Visitor) -> str:
    """This visitor's usual filters as a query string without a question mark; "" where they have none."""
    person = member(visitor)
    return (
        (DefaultFilters.objects.filter(person=person).values_list("address", flat=True).first() or "") if person else ""
    )


def with_usual(visitor: Visitor, asked: QueryDict) -> tuple[QueryDict, bool]:
    """The query string of a list with the visitor's usual filters in it, and whether they are.

    They stay out where the address names a filter of its own or says `plain=1`.
    """
    if "plain" in asked or Filters.of(asked):
        return asked, False
    usual = defaults_for(visitor)
    if not usual:
        return asked, False
    together = asked.copy()
    together.update(QueryDict(usual))
    return together, True


def set_usual(person: Person, query: str) -> str:
    """Keep the filters of a query string as this person's usual ones; none in it ends them. Returns what is kept."""
    filters = Filters.of(QueryDict(query.lstrip("?")[:8_000])).query()
    if len(filters) > LONGEST_ADDRESS:
        raise TooLong("These are too many filters to keep. With fewer it works; nothing was changed.")
    if filters:
        DefaultFilters.objects.update_or_create(person=person, defaults={"address": filters})
    else:
        DefaultFilters.objects.filter(person=person).delete()
    return filters
