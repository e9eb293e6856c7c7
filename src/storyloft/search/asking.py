"""What the search page's address asks: the query, filters, the order, the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict

from storyloft.search.browsing.filters import Filters
from storyloft.search.browsing.listing import ORDERS
from storyloft.search.query import Asked

RELEVANCE = "relevance"
_LAST_PAGE = 99_999


class Part(NamedTuple):
    """A part of what is asked, in plain words, and the address of the search without it."""

    said: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One address of the search page. What makes no sense in it is passed over."""

    typed: str = ""
    filters: Filters = field(default_factory=Filters)
    sort: str = RELEVANCE
    page: int = 1
    shows_hidden: bool = False

    @classmethod
    def of(cls, address: QueryDict) -> Asking:
        """Read from a query string."""
        sort, page = address.get("sort", ""), address.get("page", "")
        return cls(
            typed=address.get("q", ""),
            filters=Filters.of(address),
            sort=sort if sort in ORDERS else RELEVANCE,
            page=int(page) if page.isdecimal() and len(page) < 6 else 1,
            shows_hidden=address.get("hidden", "") == "show",
        )

    def address(self, **changes: Any) -> str:  # noqa: ANN401 - passed on to replace, which checks them
        """The query string of this with some changes; a changed search begins at its first page."""
        new = replace(self, **({"page": 1} | changes))
        pairs = [("q", new.typed), *new.filters.pairs()]
        pairs += [("sort", new.sort)] if new.sort != RELEVANCE else []
        pairs += [("hidden", "show")] if new.shows_hidden else []
        pairs += [("page", str(new.page))] if new.page > 1 else []
        return f"?{urlencode(pairs)}"

    def parts(self, asked: Asked) -> Iterator[Part]:
        """Everything asked for, each with the way to be rid of it; a query of one part alone is not taken apart."""
        chips = list(asked.chips)
        if len(chips) + bool(self.filters) > 1:
            yield from (Part(chip.said, self.address(typed=chip.rest)) for chip in chips)
        for one in self.filters.chips():
            said = f"{one.label}: {'not ' if one.barred else ''}{one.words}"
            yield Part(said, self.address(filters=one.rest))

    def orders(self, asked: Asked) -> Iterator[tuple[str, str, bool]]:
        """The ways to sort: words, address, whether it is this one."""
        chosen = asked.sort or self.sort
        # An order named in the query would go before the one chosen here.
        typed = replace(asked, sort="").typed if asked.sort else self.typed
        yield "Best match", self.address(sort=RELEVANCE, typed=typed), chosen == RELEVANCE
        for order in ORDERS.values():
            yield order.label, self.address(sort=order.name, typed=typed), chosen == order.name

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What a new query keeps: the filters and the order."""
        return self.filters.pairs() + ([("sort", self.sort)] if self.sort != RELEVANCE else [])
