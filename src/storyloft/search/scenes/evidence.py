"""From the words of a memory to queries: each word in its forms, and its kin for less."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from tantivy import Query

from storyloft.search.matching import Matcher, all_of, among, any_of, of_kind
from storyloft.search.scenes.kin import LANGUAGE, kin_of
from storyloft.search.schema import DOCUMENT, Kind, body, stems_of

# How much a word's kin counts beside the word itself.
OF_KIN = 0.45
# A quotation that stands there word by word says more than its words.
_OF_PHRASES = 12.0


class Evidence:
    """The words of one memory as queries over bodies (works, chapters) and passages."""

    def __init__(self, matcher: Matcher, weights: Mapping[str, float], *, of_kin: float = OF_KIN) -> None:
        self._matcher = matcher
        self._weights = weights
        self._of_kin = of_kin if LANGUAGE in matcher.languages else 0.0
        self._documents = matcher.searcher.num_docs
        self._written = lru_cache(maxsize=None)(self._in_its_forms)

    def bodies(self, words: Iterable[str] | None = None) -> Query:
        """Works or chapters with any of these words, of all by default."""
        wanted = self._weights if words is None else words
        return any_of(query for word in wanted for query in self._in_bodies(word))

    def passages(
        self, words: Iterable[str], works: Sequence[int], phrases: Iterable[Sequence[str]] = ()
    ) -> Query | None:
        """Passages of these works with any of these words; None where nobody ever wrote one of them."""
        queries = [query for word in words for query in self._in_passages(word)]
        queries += [Query.boost_query(_phrase(words), _OF_PHRASES) for words in phrases]
        return all_of([of_kind(Kind.PASSAGE), among("work", works), any_of(queries)]) if queries else None

    def forms(self, word: str, *, with_kin: bool = True) -> set[str]:
        """The word as stories may have it: in its forms, and its kin in theirs."""
        others = kin_of(word) if with_kin and self._of_kin else ()
        return {form for one in (word, *others) for form in self._matcher.forms("text", one)}

    def rarity(self, word: str) -> float:
        """How much the word tells (its inverse document frequency over passages), in any of its forms."""
        return self._written(word)[1]

    @property
    def most(self) -> float:
        """What a word tells that stands in one passage alone."""
        return self._idf(1)

    def tells(self, form: str) -> float:
        """The same of one form, just as it is written."""
        return self._idf(self._matcher.searcher.doc_freq("text", form))

    def _in_bodies(self, word: str) -> Iterable[Query]:
        weight, own = self._weights.get(word, 1.0), 0.0
        for language in self._matcher.languages:
            for stem in stems_of(language, word)[:1]:
                own = max(own, self._idf(self._matcher.searcher.doc_freq(body(language), stem)))
                yield _boosted(Query.term_query(DOCUMENT, body(language), stem, "freq"), weight)
        for other, nearness in self._kin(word):
            stem = stems_of(LANGUAGE, other)[0]
            rarity = self._idf(self._matcher.searcher.doc_freq(body(LANGUAGE), stem))
            share = weight * self._of_kin * nearness * min(1.0, own / rarity)
            yield _boosted(Query.term_query(DOCUMENT, body(LANGUAGE), stem, "freq"), share)

    def _in_passages(self, word: str) -> Iterable[Query]:
        weight = self._weights.get(word, 1.0)
        queries, own = self._written(word)
        yield from (_boosted(query, weight * boost) for query, boost in queries)
        for other, nearness in self._kin(word):
            queries, rarity = self._written(other)
            share = weight * self._of_kin * nearness * min(1.0, own / rarity)
            yield from (_boosted(query, share * boost) for query, boost in queries)

    def _kin(self, word: str) -> Iterable[tuple[str, float]]:
        return kin_of(word).items() if self._of_kin else ()

    def _in_its_forms(self, word: str) -> tuple[list[tuple[Query, float]], float]:
        """A word's forms with their boosts, and its rarity: a rare form of a common word must not count as rare."""
        found = {form: self._matcher.searcher.doc_freq("text", form) for form in self._matcher.forms("text", word)}
        rarity = self._idf(sum(found.values()))
        queries = [
            (Query.term_query(DOCUMENT, "text", form, "freq"), rarity / self._idf(documents))
            for form, documents in found.items()
            if documents
        ]
        return queries, rarity

    def _idf(self, documents: int) -> float:
        known = min(documents, self._documents)
        return math.log(1 + (self._documents - known + 0.5) / (known + 0.5))


def _boosted(query: Query, weight: float) -> Query:
    return query if weight == 1.0 else Query.boost_query(query, weight)


def _phrase(words: Sequence[str]) -> Query:
    return Query.phrase_query(DOCUMENT, "text", list(words))
