"""The works of the library as the index has them, for one visitor: on disk, and in memory what came a moment ago.

Everything asked here holds the visitor's rights and blocklist (Matcher.theirs); answers of both are put together.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import tantivy
from tantivy import Occur, Order, Query

from storyloft.accounts.models import Visitor
from storyloft.search import index
from storyloft.search.browsing.fresh import Fresh, fresh, whole_library
from storyloft.search.index import OpenIndex
from storyloft.search.matching import Matcher, among, any_of, of_kind
from storyloft.search.models import StaleNote
from storyloft.search.schema import DOCUMENT, Kind
from storyloft.works.models import Work

Clause = tuple[Occur, Query]
Values = Mapping[int | str, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted of a list: its works, those of several fandoms apart, and each column's values with theirs."""

    works: int
    crossovers: int
    values: Mapping[str, Values]


# Counts of whole libraries take 20 to 30 ms at 100,000 works, and everybody opens the same front page.
_KEPT_COUNTS = 200
_LONGEST_KEY = 6_000
# More than are shown, so that counts of two indexes can be put together without leaving one out.
_BUCKETS = 30
_ASKED_ONE_BY_ONE = 12

_counted: dict[tuple[object, ...], Counts] = {}
_counted_lock = Lock()


@contextlib.contextmanager
def shelves_of(visitor: Visitor, *, shows_hidden: bool = False) -> Iterator[Shelves]:
    """The library as this visitor may see it now; with `shows_hidden` also what they blocked.

    Raises NotReady where a large one has no index.
    """
    # Before the index is looked at: what is committed in between is then in both, never in neither.
    recent = fresh()
    if not index.is_ready() and (small := whole_library()):
        yield Shelves(small, Matcher(small, visitor, shows_hidden=shows_hidden), Fresh())
        return
    with index.readable() as opened:
        yield Shelves(opened, Matcher(opened, visitor, shows_hidden=shows_hidden), recent)


class Shelves:
    """One visitor's library, searched as a whole."""

    def __init__(self, opened: OpenIndex, matcher: Matcher, recent: Fresh) -> None:
        self._opened = opened
        self._fresh = recent
        self.matcher = matcher
        self.behind = _behind(matcher.visitor) if recent.behind else 0

    def count(self, clauses: Sequence[Clause]) -> int:
        """How many works match."""
        return sum(_number(searcher, query) for searcher, query in self._asked(clauses))

    def hidden(self, clauses: Sequence[Clause]) -> int:
        """How many works of this list the visitor's blocklist keeps back."""
        if not self.matcher.blocked:
            return 0
        theirs = [*self.matcher.rights, (Occur.Must, any_of(self.matcher.blocked))]
        return sum(_number(searcher, query) for searcher, query in self._asked(clauses, theirs))

    def first(self, clauses: Sequence[Clause], column: str, *, upwards: bool, most: int) -> list[tuple[int | str, int]]:
        """The first works in the order of a column: pairs of its key and the work's number."""
        order = Order.Asc if upwards else Order.Desc
        found = [pair for part in self._asked(clauses) for pair in _sorted(*part, column, order, most)]
        return sorted(found, key=lambda pair: pair[0], reverse=not upwards)[:most]

    def best(self, clauses: Sequence[Clause], most: int) -> list[tuple[float, int]]:
        """The works that match best: pairs of score and number. The score of a work in memory is its own."""
        found = [pair for part in self._asked(clauses) for pair in _sorted(*part, None, Order.Desc, most)]
        return sorted(((float(score), work) for score, work in found), key=lambda pair: (-pair[0], pair[1]))[:most]

    def counts(self, clauses: Sequence[Clause], columns: Mapping[str, int]) -> Counts:
        """How many works, how many crossovers, and for each column its most frequent values with their works.

        `columns` says how many values of each. The index on disk tells its most frequent ones; of those that works in
        memory have besides, the most frequent are asked of it one by one.
        """
        asked = list(self._asked(clauses))
        told = self._counted(*asked[0], columns)
        if len(asked) == 1:
            return told
        also = self._counted(*asked[1], columns)
        values = {name: _together(asked[0], name, told.values[name], also.values[name]) for name in columns}
        return Counts(told.works + also.works, told.crossovers + also.crossovers, values)

    def _asked(
        self, clauses: Sequence[Clause], theirs: Sequence[Clause] | None = None
    ) -> Iterator[tuple[tantivy.Searcher, Query]]:
        kept = self.matcher.theirs if theirs is None else theirs
        everything = [*kept, (Occur.Must, of_kind(Kind.WORK)), *clauses]
        if not self._fresh.searcher:
            yield self._opened.searcher, Query.boolean_query(everything)
            return
        stale = (Occur.MustNot, among("work", self._fresh.works))
        yield self._opened.searcher, Query.boolean_query([*everything, stale])
        yield self._fresh.searcher, Query.boolean_query(everything)

    def _counted(self, searcher: tantivy.Searcher, query: Query, columns: Mapping[str, int]) -> Counts:
        key = (self._opened.pointer, self._opened.commit, repr(query), tuple(columns.items()))
        if searcher is not self._opened.searcher or len(key[2]) > _LONGEST_KEY:
            return _counts(searcher, query, columns)
        with _counted_lock:
            known = _counted.get(key)
        if known is None:
            known = _counts(searcher, query, columns)
            with _counted_lock:
                while len(_counted) >= _KEPT_COUNTS:
                    del _counted[next(iter(_counted))]
                _counted[key] = known
        return known


def _behind(visitor: Visitor) -> int:
    """How many works this visitor may see are not written yet: how many come in is not everybody's to know."""
    noted = StaleNote.objects.values_list("work_id", flat=True)
    return Work.objects.visible_to(visitor).filter(pk__in=noted).count()


def _number(searcher: tantivy.Searcher, query: Query) -> int:
    # The stubs do not know `count`.
    found: Any = searcher.search(query, 1)
    return int(found.count)


def _sorted(
    searcher: tantivy.Searcher, query: Query, column: str | None, order: Order, most: int
) -> Iterable[tuple[Any, int]]:
    hits = searcher.search(query, most, count=False, order_by_field=column, order=order).hits
    works = searcher.fast_field_values("work", [address for _, address in hits])
    return ((key, int(work or 0)) for (key, _), work in zip(hits, works, strict=True))


def _counts(searcher: tantivy.Searcher, query: Query, columns: Mapping[str, int]) -> Counts:
    asked: dict[str, Any] = {"works": {"value_count": {"field": "work"}}}
    asked["several"] = {"range": {"field": "fandoms", "ranges": [{"from": 2}]}}
    asked |= {name: {"terms": {"field": name, "size": max(most, _BUCKETS)}} for name, most in columns.items()}
    found = searcher.aggregate(query, asked)
    values = {name: {_value(one["key"]): one["doc_count"] for one in found[name]["buckets"]} for name in columns}
    several = next((one["doc_count"] for one in found["several"]["buckets"] if one.get("from") == 2), 0)
    return Counts(int(found["works"]["value"]), several, values)


def _value(key: object) -> int | str:
    return key if isinstance(key, str) else int(float(str(key)))


def _together(asked: tuple[tantivy.Searcher, Query], column: str, told: Values, also: Values) -> Values:
    counts = Counter(dict(told)) + Counter({key: many for key, many in also.items() if key in told})
    untold = sorted((key for key in also if key not in told), key=lambda key: -also[key])
    if len(told) < _BUCKETS:
        return {**counts, **{key: also[key] for key in untold}}
    searcher, query = asked
    for key in untold[:_ASKED_ONE_BY_ONE]:
        one = Query.const_score_query(Query.term_set_query(DOCUMENT, column, [key]), 0.0)
        counts[key] = also[key] + _number(searcher, Query.boolean_query([(Occur.Must, query), (Occur.Must, one)]))
    return dict(counts)
