"""What somebody never wants to see, as queries of the index and as a filter of the database: one rule, said twice.

A blocked tag hides what is filed under it, so also what bears another wording of it, what only inherits it (a meta
tag above, a character of a relationship) and what will be filed there tomorrow. A name that means several things
hides them all.

Works are told apart by their columns: twenty tags and thirty bylines add 1.6 ms to a query over 100,000 works.
Chapters and passages have no such columns and are left out by the numbers of their works: a set of 500 numbers adds
4 ms, one of 20,000 adds 10. So ask works where works can be asked.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from tantivy import Occur, Query

from storyloft.accounts.models import Visitor, member
from storyloft.search import index
from storyloft.search.index import NotReady, OpenIndex
from storyloft.search.keeping.blocklist import Blocklist, Phrase
from storyloft.search.keeping.models import Blocked
from storyloft.search.models import StaleNote
from storyloft.search.schema import DOCUMENT, Kind
from storyloft.works.models import Authorship, Filing, Work, WorkQuerySet

if TYPE_CHECKING:
    from storyloft.search.matching import Matcher

# People whose blocklist is remembered as queries; beyond that the one asked for longest ago is read anew.
_REMEMBERED = 64


@dataclass(slots=True)
class _Read:
    """A person's blocklist as it was read: which rows at which commit, its queries, and the works once asked for."""

    stamp: tuple[object, ...]
    queries: list[Query]
    works: array[int] | None = None


_known: OrderedDict[int, _Read] = OrderedDict()
_lock = Lock()


def hidden_from(visitor: Visitor, opened: OpenIndex | None = None) -> list[Query]:
    """Queries for the WORK documents that this visitor never wants to see, one for each kind of block; for MustNot.

    With the opened index they are remembered until it or the blocklist changes: then one small query to the database.
    """
    if opened is None:
        return list(queries_for(Blocklist.of(visitor)))
    known = _known_of(visitor, opened)
    if not known.stamp:
        return []
    # Also where no query was made: of a name that nobody had, a story may have come in since.
    changed = _hidden_since(visitor)
    return [*known.queries, _among("work", changed)] if changed else known.queries


def hidden_works(opened: OpenIndex, visitor: Visitor) -> list[int]:
    """The numbers of those works, for MustNot in queries over chapters and passages; in ascending order."""
    known = _known_of(visitor, opened)
    if not known.stamp:
        return []
    if known.works is None:
        known.works = array("q", sorted(_numbers(opened, known.queries)) if known.queries else ())
    return sorted({*known.works, *_hidden_since(visitor)})


def how_many_hidden(matcher: Matcher, wanted: Query) -> int:
    """How many works this visitor's blocklist takes out of a list. `wanted`: what the list is of, without `theirs`."""
    if not matcher.blocked:
        return 0
    of_works = Query.term_query(DOCUMENT, "kind", int(Kind.WORK), "basic")
    clauses = [*matcher.rights, *((Occur.Must, one) for one in (of_works, wanted, _any_of(matcher.blocked)))]
    # The stubs do not know `count`.
    found: Any = matcher.searcher.search(Query.boolean_query(clauses), 1)
    return int(found.count)


def unblocked(works: WorkQuerySet, visitor: Visitor) -> WorkQuerySet:
    """These works without those that this visitor never wants to see, for lists that come from the database.

    Narrow `works` before, slice it afterwards. Words in summaries are asked of the index; only summaries that it has
    not heard of yet are read.
    """
    listed = Blocklist.of(visitor)
    if listed.works:
        works = works.exclude(pk__in=list(listed.works))
    if listed.tags:
        works = works.exclude(Exists(Filing.objects.filter(work=OuterRef("pk"), tag__in=list(listed.tags))))
    if listed.bylines:
        works = works.exclude(Exists(Authorship.objects.filter(work=OuterRef("pk"), byline__in=list(listed.bylines))))
    if listed.phrases and (worded := _worded(listed, works)):
        works = works.exclude(pk__in=worded)
    return works


def why_hidden(work_ids: Collection[int], visitor: Visitor) -> dict[int, list[Blocked]]:
    """For each of these works that is blocked what the visitor blocked of it; works not blocked are left out.

    For a page's works: at most seven queries, and none of these works' rows may be kept from the visitor already.
    """
    listed = Blocklist.of(visitor)
    found: dict[int, dict[int, Blocked]] = defaultdict(dict)
    for work, row in _reasons(listed, work_ids):
        found[work][row.pk] = row
    return {work: list(rows.values()) for work, rows in found.items()}


def _reasons(listed: Blocklist, work_ids: Collection[int]) -> Iterator[tuple[int, Blocked]]:
    yield from ((pk, row) for pk in work_ids for row in listed.works.get(pk, ()))
    bylines = Authorship.objects.filter(work__in=work_ids, byline__in=list(listed.bylines)).values_list(
        "work", "byline"
    )
    yield from ((work, row) for work, byline in bylines for row in listed.bylines[byline])
    tags = Filing.objects.filter(work__in=work_ids, tag__in=list(listed.tags)).values_list("work", "tag")
    yield from ((work, row) for work, tag in tags for row in listed.tags[tag])
    if listed.phrases:
        summaries = Work.objects.filter(pk__in=work_ids).values_list("pk", "summary")
        yield from ((work, row) for work, html in summaries for row in listed.phrases_in(html))


def _known_of(visitor: Visitor, opened: OpenIndex) -> _Read:
    person = member(visitor)
    rows = tuple(Blocked.objects.of(person).order_by("pk").values_list("pk", flat=True)) if person else ()
    if person is None or not rows:
        return _Read((), [])
    stamp = (opened.pointer, opened.commit, rows)
    with _lock:
        known = _known.get(person.pk)
    if known is None or known.stamp != stamp:
        known = _Read(stamp, list(queries_for(Blocklist.of(person))))
    with _lock:
        _known[person.pk] = known
        _known.move_to_end(person.pk)
        while len(_known) > _REMEMBERED:
            _known.popitem(last=False)
    return known


def queries_for(listed: Blocklist) -> Iterator[Query]:
    """Queries that find every WORK document on a blocklist, one for each kind of block."""
    for column, numbers in (("filed", listed.tags), ("byline_id", listed.bylines), ("work", listed.works)):
        if numbers:
            yield _among(column, numbers)
    if listed.phrases:
        yield _any_of(_in_summary(phrase) for phrase in listed.phrases)


def _hidden_since(visitor: Visitor) -> list[int]:
    """Works that changed since the index heard of them, and that are blocked as they are now."""
    noted = StaleNote.objects.values_list("work_id", flat=True)
    # Nearly always there is no note, and the question need not be asked.
    if not noted.first():
        return []
    changed = Work.objects.filter(pk__in=noted)
    left = set(unblocked(changed, visitor).values_list("pk", flat=True))
    return [pk for pk in changed.values_list("pk", flat=True) if pk not in left]


def _worded(listed: Blocklist, works: WorkQuerySet) -> list[int]:
    """Works with blocked words in their summary: as the index knows, and of these works those it does not know yet."""
    try:
        with index.readable() as opened:
            known = _numbers(opened, [_in_summary(phrase) for phrase in listed.phrases])
    except NotReady:
        return _read_through(listed, works)
    noted = StaleNote.objects.values_list("work_id", flat=True)
    return sorted(known.difference(noted).union(_read_through(listed, works.filter(pk__in=noted))))


def _read_through(listed: Blocklist, works: WorkQuerySet) -> list[int]:
    rows = works.exclude(summary="").order_by().values_list("pk", "summary").iterator()
    return [pk for pk, html in rows if any(listed.phrases_in(html))]


def _numbers(opened: OpenIndex, queries: Iterable[Query]) -> set[int]:
    """The numbers of the works that any of these queries finds."""
    of_works = Query.term_query(DOCUMENT, "kind", int(Kind.WORK), "basic")
    wanted = Query.const_score_query(Query.boolean_query([(Occur.Must, of_works), (Occur.Must, _any_of(queries))]), 0.0)
    hits = opened.searcher.search(wanted, max(1, opened.searcher.num_docs), count=False).hits
    return {int(work or 0) for work in opened.searcher.fast_field_values("work", [address for _, address in hits])}


def _among(column: str, numbers: Iterable[int]) -> Query:
    return Query.const_score_query(Query.term_set_query(DOCUMENT, column, list(numbers)), 0.0)


def _any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _in_summary(phrase: Phrase) -> Query:
    if len(phrase) == 1:
        return Query.term_query(DOCUMENT, "summary", phrase[0], "position")
    return Query.phrase_query(DOCUMENT, "summary", list(phrase))
