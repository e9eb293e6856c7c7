"""What a reader asks of a list: filters, order, view and place in it, all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from storyloft.search.browsing.filters import Filters
from storyloft.search.browsing.listing import ORDERS, Order, ordered

_USUAL: dict[str, str | int] = {
    "sort": "",
    "seed": 1,
    "view": "covers",
    "after": "",
    "before": "",
    "hidden": "",
    "q": "",
}
_LONGEST_KEY = 1_200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One address of a list. Anything in it that makes no sense is passed over.

    `after` and `before` are keys that a page ended or began with; `hidden` is "show" where what the reader blocked is
    to be seen; `plain` is set where their usual filters are to be left out.
    """

    filters: Filters = field(default_factory=Filters)
    sort: str = ""
    seed: int = 1
    view: str = "covers"
    after: str = ""
    before: str = ""
    hidden: str = ""
    plain: bool = False

    @classmethod
    def of(cls, address: QueryDict) -> Wish:
        """Read from a query string."""
        return cls(
            filters=Filters.of(address),
            sort=address.get("sort", "") if address.get("sort") in ORDERS else "",
            seed=_number(address.get("seed", ""), most=99_991),
            view="list" if address.get("view", "") == "list" else "covers",
            after=address.get("after", "")[:_LONGEST_KEY],
            before=address.get("before", "")[:_LONGEST_KEY],
            hidden="show" if address.get("hidden", "") == "show" else "",
            plain=bool(address.get("plain", "")),
        )

    @property
    def order(self) -> Order:
        """How the list is sorted; recently kept first where nothing else was said."""
        return ordered(self.sort, self.seed)

    @property
    def is_first_page(self) -> bool:
        return not (self.after or self.before)

    def address(self, *, filters: Filters | None = None, **changes: str | int) -> str:
        """The query string of this wish with some changes; what is as usual is left out. Changed filters begin anew."""
        chosen = self.filters if filters is None else filters
        here: dict[str, Any] = {name: getattr(self, name, usual) for name, usual in _USUAL.items()}
        if filters is not None or {"sort", "seed"} & changes.keys():
            here |= {"after": "", "before": ""}
        wanted = here | changes
        pairs = [*chosen.pairs(), *((name, word) for name, word in wanted.items() if word != _USUAL[name])]
        if not chosen and (self.plain or self.filters):
            # Everything was taken off: their usual filters must not come back at once.
            pairs.append(("plain", "1"))
        return "?" + urlencode(pairs)


def _number(text: str | None, *, most: int) -> int:
    return min(max(int(text), 1), most) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1
