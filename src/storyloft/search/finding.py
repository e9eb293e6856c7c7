"""Finding stories: `find(person, query)`.

Chapters and works are matched with the reader's rights in the query, the best of them ranked together with their
passages (ranking.py), and those of the page asked for are loaded through `visible_to` once more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Prefetch
from tantivy import Query

from storyloft.accounts.models import Visitor
from storyloft.search import index, ranking
from storyloft.search.index import NotReady
from storyloft.search.matching import Matcher, all_of, any_of, unscored
from storyloft.search.paragraphs import SHOWN, Place, paragraphs_at
from storyloft.search.query import Asked, read
from storyloft.search.results import Results, WorkHit
from storyloft.search.schema import Kind
from storyloft.search.snippets import Lights
from storyloft.search.spelling import repairs
from storyloft.works.models import Authorship, Work

_AT_FIRST = 500
_REORDERED = 100
_PASSAGES_A_WORK = 10
_LAST_PAGE = 500


@dataclass(frozen=True, slots=True)
class _Found:
    """Every work found so far, by score, and its best passages."""

    scores: dict[int, float]
    total: int
    places: dict[int, list[Place]] = field(default_factory=dict)


def find(person: Visitor, query: str, *, page: int = 1, per_page: int = 20) -> Results:
    """One page of the works that this visitor may see and that hold what was asked for. No query is an error."""
    results = Results(typed=query, asked=read(query), page=min(max(page, 1), _LAST_PAGE), per_page=per_page)
    if results.asked.is_empty:
        return results
    try:
        with index.readable() as opened:
            return _find(Matcher(opened, person), results)
    except NotReady:
        return replace(results, ready=False)


def _find(matcher: Matcher, results: Results) -> Results:
    asked, needed = results.asked, results.page * results.per_page
    found, respelled, loosened = _works(matcher, asked, needed), {}, False
    if not found.scores and (respelled := repairs(matcher, asked)):
        asked = asked.respelled(respelled)
        found = _works(matcher, asked, needed)
    if not found.scores and asked.about_text:
        asked, loosened = asked.loosened(), True
        found = _works(matcher, asked, needed, _most_words(matcher, asked))
    start = (results.page - 1) * results.per_page
    hits = _hits(matcher, asked, found, list(found.scores)[start : start + results.per_page])
    return replace(results, asked=asked, hits=tuple(hits), total=found.total, respelled=respelled, loosened=loosened)


def _most_words(matcher: Matcher, asked: Asked) -> int:
    """How many of the words a work has at most, at least one: halving, since who has five of them has four."""
    fewest, most = 1, len(asked.words)
    while fewest < most:
        middle = (fewest + most + 1) // 2
        queries = [matcher.wanted(asked, kind, middle) for kind in (Kind.WORK, Kind.CHAPTER)]
        fewest, most = (middle, most) if _scored(matcher, any_of(queries), 1) else (fewest, middle - 1)
    return fewest


def _works(matcher: Matcher, asked: Asked, needed: int, at_least: int | None = None) -> _Found:
    works = matcher.wanted(asked, Kind.WORK, at_least)
    queries = [works] + ([matcher.wanted(asked, Kind.CHAPTER, at_least)] if asked.about_text else [])
    lists, whole = _long_enough(matcher, queries, needed)
    names, texts = lists[0], lists[1] if asked.about_text else {}
    if not names and not texts:
        return _Found({}, 0)
    favoured = list(_favoured(matcher, asked, works))
    for _, some in favoured:
        names = some | names
    total = len(names.keys() | texts.keys()) if whole else round(matcher.searcher.cardinality(any_of(queries), "work"))
    return _ranked(matcher, asked, _Lists(names, texts, favoured), total, needed)


@dataclass(frozen=True, slots=True)
class _Lists:
    """Works by the score of their names and of their best chapter, and those to be put first."""

    names: dict[int, float]
    texts: dict[int, float]
    favoured: list[tuple[float, dict[int, float]]]

    def fused(self, passages: Mapping[int, float], among: Iterable[int] | None = None) -> dict[int, float]:
        if among is None:
            return ranking.fused(self.texts, passages, self.names, self.favoured)
        chosen = set(among)
        return ranking.fused(_only(self.texts, chosen), passages, _only(self.names, chosen), self.favoured)


def _only(scores: Mapping[int, float], works: set[int]) -> dict[int, float]:
    return {work: score for work, score in scores.items() if work in works}


def _long_enough(matcher: Matcher, queries: Sequence[Query], needed: int) -> tuple[list[dict[int, float]], bool]:
    """The works of each query by score, and whether these are all of them."""
    most = max(_AT_FIRST, 2 * needed)
    while True:
        hits = [_scored(matcher, query, most) for query in queries]
        lists = [ranking.best(scored) for scored in hits]
        whole = all(len(scored) < most for scored in hits)
        # Fifty chapters of one novel may fill the list; then it must be longer to hold a page of works.
        if whole or len({work for some in lists for work in some}) >= needed:
            return lists, whole
        most *= 4


def _ranked(matcher: Matcher, asked: Asked, lists: _Lists, total: int, needed: int) -> _Found:
    scores = lists.fused({})
    first = list(scores)[: needed + _REORDERED]
    if not asked.about_text or not first:
        return _Found(scores, total)
    scored, places = _passages(matcher, asked, first)
    reordered = lists.fused(ranking.decayed(scored), first)
    return _Found(reordered | {work: score for work, score in scores.items() if work not in reordered}, total, places)


def _favoured(matcher: Matcher, asked: Asked, works: Query) -> Iterable[tuple[float, dict[int, float]]]:
    words = [*asked.words, *(word for part in asked.phrases for word in part.words)]
    if not words:
        return
    for bonus, query in (
        (ranking.IN_TITLE, matcher.in_field("title", words)),
        (ranking.IN_BYLINE, matcher.in_field("author", words)),
        (ranking.IN_NAMES, matcher.in_one_of_the_names(words)),
    ):
        yield bonus, ranking.best(_scored(matcher, all_of([unscored(works), query]), _AT_FIRST))


def _scored(matcher: Matcher, query: Query, most: int) -> list[tuple[int, float]]:
    hits = matcher.searcher.search(query, most, count=False).hits
    works = matcher.column("work", [address for _, address in hits])
    return [(work, float(score)) for (score, _), work in zip(hits, works, strict=True)]


def _passages(
    matcher: Matcher, asked: Asked, works: Sequence[int]
) -> tuple[list[tuple[int, float]], dict[int, list[Place]]]:
    query = matcher.passages(asked, works)
    hits = matcher.searcher.search(query, _PASSAGES_A_WORK * len(works), count=False).hits
    addresses = [address for _, address in hits]
    columns = [matcher.column(name, addresses) for name in ("work", "chapter", "start", "end")]
    places: dict[int, list[Place]] = defaultdict(list)
    scored = []
    for (score, _), work, chapter, start, end in zip(hits, *columns, strict=True):
        scored.append((work, float(score)))
        places[work].append(Place(chapter, start, end))
    return scored, places


def _hits(matcher: Matcher, asked: Asked, found: _Found, shown: Sequence[int]) -> Iterable[WorkHit]:
    visible = Work.objects.visible_to(matcher.visitor).filter(pk__in=shown)
    bylines = Prefetch("authorships", Authorship.objects.select_related("byline"))
    works = {work.pk: work for work in visible.prefetch_related(bylines)}
    places = {pk: _places(matcher, asked, found, pk) for pk in shown if pk in works}
    lights = Lights((matcher.forms("text", word) for word in asked.words), asked.phrases)
    passages = paragraphs_at(places, lights)
    return [WorkHit(works[pk], found.scores[pk], passages[pk]) for pk in shown if pk in works]


def _places(matcher: Matcher, asked: Asked, found: _Found, work: int) -> list[Place]:
    places = found.places.get(work, [])
    if not places and asked.about_text:
        places = _passages(matcher, asked, [work])[1].get(work, [])
    return places[:SHOWN]
