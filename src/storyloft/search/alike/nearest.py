"""More like this: `alike(person, work)`.

Two lists, made comparable by z-scores and added up: works that share tags, the rarer the more; and works told in the
same words, by the most characteristic words of this one. The visitor's rights and blocklist are in every query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tantivy import Occur, Query

from storyloft.accounts.models import Visitor
from storyloft.search import index
from storyloft.search.alike.tags import Mark, filed_under, tags_that_mark
from storyloft.search.alike.words import Word, words_that_mark
from storyloft.search.index import NotReady
from storyloft.search.matching import Matcher, among, any_of, of_kind
from storyloft.search.scenes.fusion import Listed, fused
from storyloft.search.schema import DOCUMENT, Kind, body, language_of
from storyloft.works.models import SeriesPart, Work

SHOWN = 6
_LOOKED_AT = 80
# Nearly the score that a work has for its own words: the same story over again, which its page names elsewhere. With
# a few words only, two stories of one kind look like copies.
_THE_SAME, _WORDS_TO_TELL = 0.9, 12
_BY_ONE_HAND = 2
_OF_TAGS, _OF_WORDS = 1.0, 1.0
_TAGS_SAID, _WORDS_SAID = 2, 3


@dataclass(frozen=True, slots=True)
class Alike:
    """A work that is like another, and why in a few words: "both Fog and Letters; same words: lamp, stairs"."""

    work: Work
    why: str


def alike(person: Visitor, work: Work, limit: int = SHOWN) -> list[Alike]:
    """The works most like this one that this visitor may see, the nearest first; none without an index.

    Parts of the same series are left out, and at most two are by the same hand.
    """
    try:
        with index.readable() as opened:
            return _alike(Matcher(opened, person), work, limit)
    except NotReady:
        return []


def _alike(matcher: Matcher, work: Work, limit: int) -> list[Alike]:
    marks, words = tags_that_mark(matcher, work), words_that_mark(matcher.opened, work)
    by_tags = _scored(matcher, work, [Query.boost_query(_plainly(mark), mark.weight) for mark in marks])
    by_words = _scored(matcher, work, [Query.boost_query(_holding(work, word), word.weight) for word in words])
    same = _same(by_words, work.pk) if len(words) >= _WORDS_TO_TELL else {work.pk}
    candidates = [pk for pk in {**by_tags, **by_words} if pk not in same]
    if not candidates:
        return []
    order = fused([Listed(_OF_TAGS, by_tags, 0.0), Listed(_OF_WORDS, by_words)], candidates)
    shown = list(_various(matcher, work, order, limit))
    shared_tags = {mark: _holders(matcher, filed_under(mark.tag), shown) for mark in marks}
    shared_words = {word: _holders(matcher, _holding(work, word), shown) for word in words}
    return [Alike(one, _why(one.pk, shared_tags, shared_words)) for one in shown]


def _plainly(mark: Mark) -> Query:
    return Query.const_score_query(filed_under(mark.tag), 1.0)


def _holding(work: Work, word: Word) -> Query:
    return Query.term_query(DOCUMENT, body(language_of(work.language)), word.stem, "freq")


def _scored(matcher: Matcher, work: Work, queries: Sequence[Query]) -> dict[int, float]:
    if not queries:
        return {}
    wanted = [*matcher.theirs, (Occur.Must, of_kind(Kind.WORK)), (Occur.Must, any_of(queries))]
    hits = matcher.searcher.search(Query.boolean_query(wanted), _LOOKED_AT, count=False).hits
    works = matcher.column("work", [address for _, address in hits])
    return {pk: float(hit[0]) for hit, pk in zip(hits, works, strict=True)}


def _same(by_words: Mapping[int, float], own: int) -> set[int]:
    """The work itself, and copies of it."""
    least = _THE_SAME * by_words.get(own, float("inf"))
    return {own, *(pk for pk, score in by_words.items() if score >= least)}


def _various(matcher: Matcher, work: Work, order: Iterable[int], limit: int) -> Iterator[Work]:
    """The first of these without parts of the same series, and with few by the same hand."""
    first = list(order)[: max(4 * limit, 24)]
    ours = {byline.pk for byline in work.bylines.all()}
    series = SeriesPart.objects.filter(work=work).values("series")
    of_series = set(SeriesPart.objects.filter(series__in=series, work__in=first).values_list("work", flat=True))
    found = {one.pk: one for one in Work.objects.visible_to(matcher.visitor).filter(pk__in=first).for_lists()}
    by_hand: Counter[int] = Counter()
    left = limit
    for pk in first:
        if left and pk in found and pk not in of_series:
            hands = {authorship.byline_id for authorship in found[pk].authorships.all()}
            if any(by_hand[hand] >= (1 if hand in ours else _BY_ONE_HAND) for hand in hands):
                continue
            by_hand.update(hands)
            left -= 1
            yield found[pk]


def _holders(matcher: Matcher, query: Query, works: Sequence[Work]) -> set[int]:
    """Those of these works that a query finds."""
    chosen = [(Occur.Must, among("work", [work.pk for work in works])), (Occur.Must, of_kind(Kind.WORK))]
    return set(matcher.numbers("work", Query.boolean_query([*chosen, (Occur.Must, query)])))


def _why(pk: int, tags: Mapping[Mark, set[int]], words: Mapping[Word, set[int]]) -> str:
    same_tags = [mark.words for mark, holders in tags.items() if pk in holders][:_TAGS_SAID]
    same_words = [word.written for word, holders in words.items() if pk in holders][:_WORDS_SAID]
    said = [f"both {' and '.join(same_tags)}"] if same_tags else []
    return "; ".join([*said, f"same words: {', '.join(same_words)}"] if same_words else said)
