"""Finding stories: `find(person, query)`.

Works are matched with the reader's rights in the query, their best chapters and passages looked at for the order
(ranking.py), and those of the page asked for are loaded through `visible_to` once more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from django.db.models import F
from tantivy import DocAddress, Occur, Order, Query

from storyloft.accounts.models import Visitor
from storyloft.search import index, ranking
from storyloft.search.blocking import how_many_hidden
from storyloft.search.browsing.listing import ordered
from storyloft.search.compiling import Narrowing, clauses_of, wanted, works_query
from storyloft.search.index import NotReady
from storyloft.search.matching import Clause, Matcher, all_of, among, any_of, of_kind, unscored
from storyloft.search.paragraphs import SHOWN, Place, paragraphs_at
from storyloft.search.query import Asked, read
from storyloft.search.results import Results, WorkHit
from storyloft.search.schema import NAMES, Kind
from storyloft.search.snippets import Lights
from storyloft.search.spelling import repairs
from storyloft.works.models import Work

_AT_FIRST = 500
_REORDERED = 100
_CHAPTERS = 1_000
_PASSAGES_A_WORK = 10
_LAST_PAGE = 500
_FAVOURED = ((ranking.IN_TITLE, ["title"]), (ranking.IN_BYLINE, ["author"]), (ranking.IN_NAMES, NAMES))


@dataclass(frozen=True, slots=True)
class _Found:
    """The works of the first pages by score, how many there are in all, and the best passages of some.

    A work whose passages were looked through in vain has none, one that was not looked through is not in it.
    """

    scores: dict[int, float]
    total: int
    passages: dict[int, list[DocAddress]] = field(default_factory=dict)


def find(
    person: Visitor,
    query: str,
    *,
    page: int = 1,
    per_page: int = 20,
    narrowed: Narrowing = (),
    sort: str = "relevance",
    shows_hidden: bool = False,
) -> Results:
    """One page of the works that this visitor may see and that hold what was asked for. No query is an error.

    `narrowed`: further clauses on WORK documents, as filters give them. `sort`: a name of browsing.listing.ORDERS;
    an order named in the query goes before it. `shows_hidden`: also what this visitor blocked.
    """
    asked = read(query)
    results = Results(typed=query, asked=asked, page=min(max(page, 1), _LAST_PAGE), per_page=per_page)
    results = replace(results, sort=asked.sort or sort, is_narrowed=bool(narrowed))
    if results.is_empty:
        return results
    try:
        with index.readable() as opened:
            return found(Matcher(opened, person, shows_hidden=shows_hidden), results, narrowed)
    except NotReady:
        return replace(results, ready=False)


def found(matcher: Matcher, results: Results, narrowed: Narrowing = ()) -> Results:
    """These results filled: what was asked for, else respelled, else as much of it as any work has."""
    search = _Search(matcher, results.sort, results.page * results.per_page, results.per_page, narrowed)
    asked = results.asked
    works, respelled, at_least = search.works(asked), {}, None
    if not works.total and (respelled := repairs(matcher, asked)):
        asked = asked.respelled(respelled)
        works = search.works(asked)
    if not works.total and asked.about_text:
        asked = asked.loosened()
        at_least = _most_words(matcher, asked, narrowed)
        works = search.works(asked, at_least)
    start = (results.page - 1) * results.per_page
    hits = _hits(matcher, asked, works, list(works.scores)[start : start + results.per_page])
    of = wanted(matcher, asked, at_least)
    return replace(
        results,
        asked=asked,
        hits=tuple(hits),
        total=works.total,
        respelled=respelled,
        loosened=at_least is not None,
        hidden=how_many_hidden(matcher, Query.boolean_query([*clauses_of(narrowed), *of])) if matcher.blocked else 0,
        wanted=tuple(of),
        too_common=tuple(map(str, matcher.too_common)),
    )


def wanted_as_found(matcher: Matcher, asked: Asked, narrowed: Narrowing = ()) -> list[Clause]:
    """What `found` ends up looking for, rights and filters aside: respelled or loosened where nothing has it all."""
    if not _count(matcher, works_query(matcher, asked, narrowed)):
        asked = asked.respelled(repairs(matcher, asked))
        if asked.about_text and not _count(matcher, works_query(matcher, asked, narrowed)):
            asked = asked.loosened()
            return wanted(matcher, asked, _most_words(matcher, asked, narrowed))
    return wanted(matcher, asked)


def _most_words(matcher: Matcher, asked: Asked, narrowed: Narrowing) -> int:
    """How many of the words a work has at most, at least one: halving, since who has five of them has four."""
    fewest, most = 1, len(asked.plain_words)
    while fewest < most:
        middle = (fewest + most + 1) // 2
        has_some = _count(matcher, works_query(matcher, asked, narrowed, middle))
        fewest, most = (middle, most) if has_some else (fewest, middle - 1)
    return fewest


@dataclass(frozen=True, slots=True)
class _Search:
    """A search for the first `needed` works in one order, of which the last `per_page` are shown."""

    matcher: Matcher
    sort: str
    needed: int
    per_page: int
    narrowed: Narrowing

    def works(self, asked: Asked, at_least: int | None = None) -> _Found:
        query = works_query(self.matcher, asked, self.narrowed, at_least)
        if self.sort != "relevance" or not asked.about_text:
            # Who asks for nothing but a name or a length likes the newest first.
            return self._in_order(query, "updated" if self.sort == "relevance" else self.sort)
        most = max(_AT_FIRST, 2 * self.needed)
        bodies, total = _best(self.matcher, query, most)
        return self._ranked(asked, query, bodies, total) if total else _Found({}, 0)

    def _in_order(self, query: Query, name: str) -> _Found:
        order = ordered(name)
        found: Any = self.matcher.searcher.search(
            unscored(query),
            self.needed,
            order_by_field=order.column,
            order=Order.Asc if order.upwards else Order.Desc,
        )
        works = self.matcher.column("work", [address for _, address in found.hits])
        return _Found(dict.fromkeys(works, 0.0), found.count)

    def _ranked(self, asked: Asked, query: Query, bodies: dict[int, float], total: int) -> _Found:
        """The works in the order of their chapters and names, then by the hundred in that of their passages, too.

        So a page is the same whatever page was asked for before, and the tenth costs what the first does.
        """
        lists = self._lists(asked, query, bodies, total)
        scores = lists.fused({})
        order = list(scores)
        ranked: dict[int, float] = {}
        passages: dict[int, list[DocAddress]] = {}
        for start in range(0, min(len(order), self.needed), _REORDERED):
            some = order[start : start + _REORDERED]
            below = scores[order[start + _REORDERED]] if start + _REORDERED < len(order) else 0.0
            if start + _REORDERED > self.needed - self.per_page:
                scored, there = _passages(self.matcher, asked, some)
                again = lists.fused(ranking.decayed(scored), some)
                ranked |= {work: below + score for work, score in again.items()}
                passages |= there
            else:
                ranked |= {work: scores[work] for work in some}
        return _Found(ranked, total, passages)

    def _lists(self, asked: Asked, query: Query, bodies: dict[int, float], total: int) -> _Lists:
        """Lists of works that are like what was asked for, then of those among them that were asked for."""
        chapters = self._chapters(asked, bodies, total)
        names, favoured = self._by_names(asked.spoken, query)
        works: dict[int, float] = bodies
        if total > len(bodies):
            # A long story is found by its chapters and its names: those of all, if they were asked for.
            others = {*names, *(work for _, some in favoured for work in some)}
            works = bodies | self._asked_for(others, chapters, query, asked)
        favoured = [(bonus, _only(some, works)) for bonus, some in favoured]
        return _Lists(works, _only(chapters, works), _only(names, works), favoured)

    def _chapters(self, asked: Asked, bodies: Mapping[int, float], total: int) -> dict[int, float]:
        words, most = list(dict.fromkeys(asked.spoken)), max(_CHAPTERS, 2 * self.needed)
        if not words:
            return {}
        any_word = any_of(self.matcher.anywhere(word) for word in words)
        clauses = [*self.matcher.rights_with_words, (Occur.Must, of_kind(Kind.CHAPTER)), (Occur.Must, any_word)]
        if total <= len(bodies) and self.matcher.at_most(words) > most:
            clauses.append((Occur.Must, among("work", sorted(bodies))))
        return _scores(self.matcher, Query.boolean_query(clauses), most)

    def _asked_for(self, works: set[int], chapters: dict[int, float], query: Query, asked: Asked) -> dict[int, float]:
        """Those of these works, and of those that the chapters are of, that were asked for."""
        alone = len(asked.parts) == len(asked.plain_words) == 1 and not self.narrowed
        if alone and len(self.matcher.theirs) == len(self.matcher.rights):
            # One word and nothing else: the work of every chapter that has it was asked for.
            return chapters | self._verified(works.difference(chapters), query)
        return self._verified(works.union(chapters), query)

    def _verified(self, works: set[int], query: Query) -> dict[int, float]:
        clauses = [unscored(query), among("work", sorted(works))]
        return _scores(self.matcher, all_of(clauses), len(works)) if works else {}

    def _by_names(
        self, words: Sequence[str], query: Query
    ) -> tuple[dict[int, float], list[tuple[float, dict[int, float]]]]:
        """Works by their names and summary, and those to be put first; not all of them hold what was asked for."""
        in_names = self.matcher.in_names(words)
        if not in_names:
            return {}, []
        return self._named(any_of(in_names), query), [
            (bonus, self._named(self.matcher.in_one_of(fields, words), query))
            for bonus, fields in _FAVOURED
            if all(any(self.matcher.says(field, word) for field in fields) for word in words)
        ]

    def _named(self, named: Query, query: Query) -> dict[int, float]:
        theirs = Query.boolean_query(
            [*self.matcher.theirs_with_words, (Occur.Must, of_kind(Kind.WORK)), (Occur.Must, named)]
        )
        found = _scores(self.matcher, theirs, _AT_FIRST)
        # Only where names are so common must the whole query, perhaps of a phrase in half the library, be asked again.
        return found if len(found) < _AT_FIRST else _scores(self.matcher, all_of([unscored(query), named]), _AT_FIRST)


@dataclass(frozen=True, slots=True)
class _Lists:
    """The works that were found, the scores of their best chapters and of their names, and those to be put first."""

    works: Mapping[int, object]
    chapters: Mapping[int, float]
    names: Mapping[int, float]
    favoured: list[tuple[float, dict[int, float]]]

    def fused(self, passages: Mapping[int, float], among: Iterable[int] | None = None) -> dict[int, float]:
        works = self.works if among is None else dict.fromkeys(among)
        return ranking.fused(works, _only(self.chapters, works), passages, _only(self.names, works), self.favoured)


def _only(scores: Mapping[int, float], works: Mapping[int, object]) -> dict[int, float]:
    return {work: score for work, score in scores.items() if work in works}


def _best(matcher: Matcher, query: Query, most: int) -> tuple[dict[int, float], int]:
    """The works that match best by score, and how many match at all."""
    # The stubs do not know `count`.
    hits: Any = matcher.searcher.search(query, most)
    return _by_work(matcher, hits.hits), int(hits.count)


def _scores(matcher: Matcher, query: Query, most: int) -> dict[int, float]:
    return _by_work(matcher, matcher.searcher.search(query, most, count=False).hits)


def _by_work(matcher: Matcher, hits: Sequence[tuple[Any, Any]]) -> dict[int, float]:
    """Each work's best score, from hits in descending order."""
    works = matcher.column("work", [address for _, address in hits])
    # Backwards, so that the first one of each work stays, in a third of the time a loop takes.
    return dict(zip(reversed(works), [score for score, _ in reversed(hits)], strict=True))


def _count(matcher: Matcher, query: Query) -> int:
    found: Any = matcher.searcher.search(unscored(query), 1)
    return int(found.count)


def _passages(
    matcher: Matcher, asked: Asked, works: Sequence[int]
) -> tuple[list[tuple[int, float]], dict[int, list[DocAddress]]]:
    """The best passages of these works: pairs of work and score, and for each work where its own are.

    A work that others left no room is not in the second.
    """
    most = _PASSAGES_A_WORK * max(len(works), _REORDERED)
    hits = matcher.searcher.search(matcher.passages(asked, works), most, count=False).hits
    addresses = [address for _, address in hits]
    of_work: dict[int, list[DocAddress]] = {} if len(hits) == most else {work: [] for work in works}
    scored = []
    for (score, address), work in zip(hits, matcher.column("work", addresses), strict=True):
        scored.append((work, float(score)))
        of_work.setdefault(work, []).append(address)
    return scored, of_work


def _hits(matcher: Matcher, asked: Asked, works: _Found, shown: Sequence[int]) -> Iterable[WorkHit]:
    rows = _rows(matcher, shown)
    places = _places(matcher, asked, works, [pk for pk in shown if pk in rows])
    passages = paragraphs_at(places, lights_of(matcher, asked))
    return [WorkHit(rows[pk][0], works.scores[pk], passages[pk], rows[pk][1]) for pk in shown if pk in rows]


def _rows(matcher: Matcher, shown: Sequence[int]) -> dict[int, tuple[Work, tuple[str, ...]]]:
    """Those of these works that the visitor may see, and the names they are by; one query for both."""
    visible = Work.objects.visible_to(matcher.visitor).filter(pk__in=shown)
    rows: dict[int, tuple[Work, tuple[str, ...]]] = {}
    for work in visible.annotate(byline=F("authorships__byline__name")).order_by("authorships__position"):
        names, byline = rows[work.pk][1] if work.pk in rows else (), vars(work)["byline"]
        rows[work.pk] = work, (*names, byline) if byline is not None else names
    return rows


def lights_of(matcher: Matcher, asked: Asked) -> Lights:
    """What to highlight: the phrases, and the words in every form that was looked for."""
    forms = (matcher.forms("text", word) for word in asked.words)
    return Lights(forms, asked.phrases, asked.prefixes)


def _places(matcher: Matcher, asked: Asked, found: _Found, works: Sequence[int]) -> dict[int, list[Place]]:
    passages = {work: found.passages[work] for work in works if work in found.passages}
    # A novel may leave the others no room: each time at least the first of them is done.
    while asked.about_text and (left := [work for work in works if work not in passages]):
        passages |= _passages(matcher, asked, left)[1]
    passages = {work: addresses[:SHOWN] for work, addresses in passages.items()}
    flat = [address for addresses in passages.values() for address in addresses]
    places = map(Place, *(matcher.column(name, flat) for name in ("chapter", "start", "end")))
    return {work: list(islice(places, len(passages.get(work, [])))) for work in {**passages, **dict.fromkeys(works)}}
