"""From filters to the index's queries, group by group, so that a count can leave its own group out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from tantivy import FieldType, Occur, Query

from storyloft.accounts.models import Person, Visitor, member
from storyloft.search.browsing import spans
from storyloft.search.browsing.filters import DAYS, SPANS, Filters
from storyloft.search.browsing.groups import GROUPS, Group
from storyloft.search.browsing.naming import Pair, numbers_of
from storyloft.search.browsing.reading import reading_of
from storyloft.search.columns import day
from storyloft.search.compiling import wanted
from storyloft.search.matching import Matcher, among, unscored
from storyloft.search.query import read
from storyloft.search.schema import DOCUMENT

Clause = tuple[Occur, Query]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a list must hold: of what it is a list, and each filter's own clauses by the filter's name.

    `numbers`: what the chosen names stand for in the index.
    """

    always: tuple[Clause, ...] = ()
    of_filter: dict[str, list[Clause]] = field(default_factory=dict)
    numbers: Mapping[Pair, Sequence[int]] = field(default_factory=dict)

    def clauses(self, without: str = "") -> list[Clause]:
        """All of it, or all but one filter's."""
        kept = [clauses for name, clauses in self.of_filter.items() if name != without]
        return [*self.always, *(clause for clauses in kept for clause in clauses)]


def narrowed(filters: Filters, visitor: Visitor, of: Sequence[Clause] = ()) -> Narrowed:
    """These filters for this visitor, on top of what the list is of. At most five queries to the database."""
    numbers = numbers_of([*filters.chosen, *filters.barred], visitor)
    of_filter = {group.name: list(_of_group(group, filters, numbers)) for group in GROUPS}
    of_filter |= {"crossover": list(_crossover(filters)), "reading": list(_reading(filters, member(visitor)))}
    filled = {name: clauses for name, clauses in of_filter.items() if clauses}
    return Narrowed((*of, *_spans(filters)), filled, numbers)


def words_within(matcher: Matcher, filters: Filters) -> list[Clause]:
    """What "words in these stories" asks for, in the search language."""
    return wanted(matcher, read(filters.within)) if filters.within else []


def holding(group: Group, names: Iterable[str], numbers: Mapping[Pair, Sequence[int]]) -> Query:
    """Works with one of these names in a group."""
    if group.by_number:
        return among(group.column, sorted({one for name in names for one in numbers[group.name, name]}))
    return unscored(Query.term_set_query(DOCUMENT, group.column, list(names)))


def between(column: str, least: int | None, most: int | None, *, open_ended: bool = False) -> Query:
    """Works whose number in a column lies there; `open_ended`: beyond it, the ends themselves left out."""
    inside = {"include_lower": least is None or not open_ended, "include_upper": most is None or not open_ended}
    return unscored(Query.range_query(DOCUMENT, column, FieldType.Integer, least, most, **inside))


def _of_group(group: Group, filters: Filters, numbers: Mapping[Pair, Sequence[int]]) -> Iterable[Clause]:
    names = filters.names(group)
    if names and filters.wants_any(group):
        yield Occur.Must, holding(group, names, numbers)
    else:
        yield from ((Occur.Must, holding(group, [name], numbers)) for name in names)
    if barred := filters.barred_names(group):
        yield Occur.MustNot, holding(group, barred, numbers)


def _spans(filters: Filters) -> Iterable[Clause]:
    for name in SPANS:
        if span := filters.span(name):
            yield Occur.Must, between(name, span.least, span.most)
    today = timezone.localdate()
    for name in DAYS:
        first, last = spans.days(getattr(filters, name), today)
        if first or last:
            yield Occur.Must, between(name, day(first), day(last))


def _crossover(filters: Filters) -> Iterable[Clause]:
    if filters.crossover:
        yield Occur.Must if filters.crossover == "only" else Occur.MustNot, between("fandoms", 2, None)


def _reading(filters: Filters, person: Person | None) -> Iterable[Clause]:
    if not filters.reading or person is None:
        return
    known = reading_of(person)
    if filters.reading == "unread":
        yield Occur.MustNot, among("work", sorted(known.begun))
    elif filters.reading == "read":
        yield Occur.Must, among("work", sorted(known.read))
    else:
        yield Occur.Must, among("work", sorted(set(known.begun) - set(known.read)))
