"""What the page of remembered scenes was asked, all of it in the address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from storyloft.search.browsing.filters import Filters
from storyloft.search.scenes.chips import Chip
from storyloft.search.scenes.reading import LONGEST

_MOST_REMOVED = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A chip as the page shows it, with the query strings of the same page without it, and with it insisted on."""

    words: str
    kind: str
    without: str
    only: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """`q=…`, `without=year:from 2012 or before` for chips taken away, and filters as every list has them."""

    typed: str = ""
    without: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    page: int = 1

    @classmethod
    def of(cls, address: QueryDict) -> Asking:
        """Read from a query string; what makes no sense is passed over."""
        page = address.get("page", "") or ""
        return cls(
            typed=(address.get("q", "") or "").replace("\0", "")[:LONGEST],
            without=tuple(dict.fromkeys(key[:200] for key in address.getlist("without")))[:_MOST_REMOVED],
            filters=Filters.of(address),
            page=int(page) if page.isascii() and page.isdecimal() and len(page) < 4 else 1,
        )

    def address(self, **changes: object) -> str:
        """The query string of the same page with some of it changed; the first page where none is named."""
        asking = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]
        pairs = [("q", asking.typed), *(("without", key) for key in asking.without), *asking.filters.pairs()]
        return urlencode([*pairs, *([("page", str(asking.page))] if asking.page > 1 else [])])

    def chips(self, chips: Iterable[Chip]) -> Iterator[Shown]:
        """What was recognised: each can be taken away or insisted on."""
        for chip in chips:
            if not self._insists_on(chip):
                without = self.address(without=(*self.without, chip.key))
                yield Shown(chip.words, chip.kind, without, self.address(filters=self._with(chip)))

    def put_back(self, chips: Iterable[Chip]) -> Iterator[Shown]:
        """What was taken away: `without` is the address that takes it back."""
        for chip in chips:
            kept = tuple(key for key in self.without if key != chip.key)
            yield Shown(chip.words, chip.kind, self.address(without=kept))

    def insisted(self) -> Iterator[Shown]:
        """The filters in use, each with the address without it."""
        for chip in self.filters.chips():
            yield Shown(chip.words, chip.label, self.address(filters=chip.rest))

    def _insists_on(self, chip: Chip) -> bool:
        mine = set(self.filters.pairs())
        return set(chip.filters.pairs()) <= mine

    def _with(self, chip: Chip) -> Filters:
        chosen = tuple(dict.fromkeys([*self.filters.chosen, *chip.filters.chosen]))
        spans = {name: value for name in ("words", "published") if (value := getattr(chip.filters, name))}
        return replace(self.filters, chosen=chosen, **spans)
