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
OF_KIN = 0.5
# Rare words tell more than their rarity alone says: weights are multiplied by this power of it (0 to 1).
_OF_RARITY, _LEAST_STANDING = 0.4, 0.05
# Two different words in one place say more than one of them twice: each further word adds this part of what a unique
# word tells. In whole stories only of a short memory, where every word matters; all of a long one are in any novel.
_TOGETHER, _WORDS_TOGETHER = 0.3, range(2, 7)
_SHORT_MEMORY, _SHARES_TOGETHER = 8, (0.5, 0.6, 0.7, 0.8, 0.9)
# A quotation that stands there word by word says more than its words.
_OF_PHRASES = 12.0


class Evidence:
    """The words of one memory as queries over bodies (works, chapters) and passages."""

    def __init__(self, matcher: Matcher, weights: Mapping[str, float], *, of_kin: float = OF_KIN) -> None:
        self._matcher = matcher
        self._of_kin = of_kin if LANGUAGE in matcher.languages else 0.0
        self._documents = matcher.searcher.num_docs
        self._written = lru_cache(maxsize=None)(self._in_its_forms)
        self._weights = {word: weight * self._standing(word) for word, weight in weights.items()}

    def bodies(self) -> Query:
        """Works or chapters with any of the words."""
        words = [any_of(self._in_bodies(word)) for word in self._weights]
        several: list[Query] = []
        if len(words) <= _SHORT_MEMORY:
            several = self._together(words, (max(2, round(share * len(words))) for share in _SHARES_TOGETHER))
        return any_of([*words, *several])

    def passages(
        self, words: Iterable[str], works: Sequence[int], phrases: Iterable[Sequence[str]] = ()
    ) -> Query | None:
        """Passages of these works with any of these words; None where nobody ever wrote one of them."""
        wanted = [any_of(forms) for word in words if (forms := list(self._in_passages(word)))]
        quoted = [Query.boost_query(_phrase(words), _OF_PHRASES) for words in phrases]
        if not wanted and not quoted:
            return None
        told = any_of([*wanted, *quoted, *self._together(wanted, _WORDS_TOGETHER)])
        return all_of([of_kind(Kind.PASSAGE), among("work", works), told])

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

    def _together(self, words: Sequence[Query], numbers: Iterable[int]) -> list[Query]:
        """The same words once more, for documents that have so many different ones."""
        worth = _TOGETHER * self.most
        return [Query.const_score_query(any_of(words, number), worth) for number in numbers if number <= len(words)]

    def _standing(self, word: str) -> float:
        return float(max(_LEAST_STANDING, self.rarity(word) / self.most) ** _OF_RARITY)

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
