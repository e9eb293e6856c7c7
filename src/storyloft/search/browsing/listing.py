"""A page of works in an order, beginning after or before a key: the hundredth page costs what the first does."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

from tantivy import Occur, Query

from storyloft.search.browsing.narrowing import Clause, between
from storyloft.search.browsing.shelves import Shelves
from storyloft.search.schema import start_of

Key = int | str
_DICE = 4
_MOST_ALIKE = 2_000


@dataclass(frozen=True, slots=True)
class Order:
    """A way to sort: its name in the address, its words on the page, its column."""

    name: str
    label: str
    column: str
    upwards: bool = False

    @property
    def worded(self) -> bool:
        """Whether its keys are texts."""
        return self.column in ("by_title", "by_author")


_ORDERS = (
    Order("kept", "Recently kept", "by_kept"),
    Order("updated", "Recently updated", "by_updated"),
    Order("published", "Recently published", "by_published"),
    Order("title", "Title", "by_title", upwards=True),
    Order("author", "Author", "by_author", upwards=True),
    Order("words", "Longest first", "by_words"),
    Order("short", "Shortest first", "by_words", upwards=True),
    Order("kudos", "Most kudos where saved", "by_kudos"),
    Order("random", "Surprise me", "dice0"),
)
ORDERS = {order.name: order for order in _ORDERS}


@dataclass(frozen=True, slots=True)
class Listed:
    """One page: works in their order, how many there are in all, and where this page begins and ends.

    `first_number`: the number of the first work among all, from 1. `after` and `before` are keys for the address, ""
    where there is nothing more that way.
    """

    works: tuple[int, ...] = ()
    total: int = 0
    first_number: int = 1
    after: str = ""
    before: str = ""

    @property
    def last_number(self) -> int:
        return self.first_number + len(self.works) - 1


def ordered(name: str, seed: int = 1) -> Order:
    """The order of that name. "random" differs by its seed, and stays the same for the same one."""
    order = ORDERS.get(name, _ORDERS[0])
    if order.name != "random":
        return order
    return Order(order.name, order.label, f"dice{seed % _DICE}", upwards=bool(seed // _DICE % 2))


def page_of(
    shelves: Shelves, clauses: Sequence[Clause], order: Order, *, after: str = "", before: str = "", size: int = 60
) -> Listed:
    """The works after a key, or before one; keys that make no sense are passed over."""
    total = shelves.count(clauses)
    if key := _read(before, order):
        found = _beyond(shelves, clauses, order, key, size, backwards=True)
        found, more_before, more_after = found[:size][::-1], len(found) > size, True
    else:
        key = _read(after, order)
        found = _beyond(shelves, clauses, order, key, size, backwards=False)
        found, more_before, more_after = found[:size], key is not None, len(found) > size
    if not found:
        return Listed(total=total)
    number = 1 + (_how_many_before(shelves, clauses, order, found[0][0]) if more_before or key is not None else 0)
    return Listed(
        tuple(work for _, work in found),
        total,
        number,
        _written(found[-1][0]) if more_after else "",
        _written(found[0][0]) if number > 1 else "",
    )


def _beyond(
    shelves: Shelves, clauses: Sequence[Clause], order: Order, key: Key | None, size: int, *, backwards: bool
) -> list[tuple[Key, int]]:
    """One more than a page of works on the far side of a key, nearest first."""
    upwards = order.upwards != backwards
    wanted = [*clauses, (Occur.Must, _on_the_far_side(order, key, upwards))] if key is not None else clauses
    most = size + 1
    while True:
        near = shelves.first(wanted, order.column, upwards=upwards, most=most)
        found = near if key is None else [pair for pair in near if (pair[0] > key if upwards else pair[0] < key)]  # type: ignore[operator]
        # A range knows a text's first letters only: those alike are passed over here, and more are fetched.
        if len(found) > size or len(near) < most:
            return found
        most *= 4


def _on_the_far_side(order: Order, key: Key, upwards: bool) -> Query:
    column, edge = (f"{order.column}_start", start_of(key)) if isinstance(key, str) else (order.column, key)
    if isinstance(key, str):
        return between(column, edge, None) if upwards else between(column, None, edge)
    return between(column, edge, None, open_ended=True) if upwards else between(column, None, edge, open_ended=True)


def _how_many_before(shelves: Shelves, clauses: Sequence[Clause], order: Order, key: Key) -> int:
    if isinstance(key, int):
        edge = (None, key) if order.upwards else (key, None)
        return shelves.count([*clauses, (Occur.Must, between(order.column, *edge, open_ended=True))])
    start, column = start_of(key), f"{order.column}_start"
    sooner = shelves.count([*clauses, (Occur.Must, between(column, None, start, open_ended=True))])
    alike = [*clauses, (Occur.Must, between(column, start, start))]
    return sooner + sum(
        other < key
        for other, _ in shelves.first(alike, order.column, upwards=True, most=_MOST_ALIKE)
        if isinstance(other, str)
    )


def _written(key: Key) -> str:
    """A key for the address: numbers in base 36 would do, texts need letters that addresses carry."""
    raw = key.encode() if isinstance(key, str) else key.to_bytes(8, "big")
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _read(text: str, order: Order) -> Key | None:
    try:
        raw = base64.urlsafe_b64decode(text[:1_200] + "=" * (-len(text) % 4)) if text else b""
        if not raw:
            return None
        return raw.decode() if order.worded else int.from_bytes(raw[:8], "big") >> (8 * max(0, len(raw) - 8))
    except (ValueError, binascii.Error):
        return None
