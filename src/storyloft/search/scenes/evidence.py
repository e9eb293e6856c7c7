"""From the words of a memory to queries: each word in its forms, and its kin for less."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from tantivy import Query

from storyloft.search.matching import Matcher, all_of, among, any_of, of_kind
from storyloft.search.scenes.kin import LANGUAGE, kin_of
from storyloft.search.schema import DOCUMENT, Kind, body, stems_of, told

# How much a word's kin counts beside the word itself, and what each further one of them in a place adds of its own
# worth: "the constable and the sergeant" is a little more of a policeman than the constable alone, not twice as much.
OF_KIN, _FURTHER = 0.6, 0.5
# Rare words tell more than their rarity alone says: weights are multiplied by this power of it (0 to 1).
_OF_RARITY, _LEAST_STANDING = 0.4, 0.05
# Two different words in one place say more than one of them twice: each different word adds this part of what a unique
# word tells. In whole stories only of a short memory, where every word matters; all of a long one are in any novel.
_TOGETHER = 0.3
_SHORT_MEMORY, _SHARES_TOGETHER = 8, (0.5, 0.6, 0.7, 0.8, 0.9)
# A quotation that stands there word by word says more than its words.
_OF_PHRASES = 12.0


class Evidence:
    """The words of one memory as queries over bodies (works, chapters) and passages."""

    def __init__(self, matcher: Matcher, weights: Mapping[str, float], *, of_kin: float = OF_KIN) -> None:
        self._matcher = matcher
        self._of_kin = of_kin if LANGUAGE in matcher.languages else 0.0
        self._documents = matcher.searcher.num_docs
        self._frequency = lru_cache(maxsize=None)(matcher.searcher.doc_freq)
        self._sought = lru_cache(maxsize=None)(self._with_kin)
        self._weights = {word: weight * self._standing(word) for word, weight in weights.items()}

    def bodies(self) -> Query:
        """Works or chapters with any of the words."""
        words = [one for word, weight in self._weights.items() if (one := self._word(word, weight, body))]
        several: list[Query] = []
        if len(words) <= _SHORT_MEMORY:
            numbers = [max(2, round(share * len(words))) for share in _SHARES_TOGETHER]
            several = [self._counted(any_of(words, number)) for number in numbers if number <= len(words)]
        return any_of([*words, *several])

    def passages(
        self, words: Iterable[str], works: Sequence[int], phrases: Iterable[Sequence[str]] = ()
    ) -> Query | None:
        """Passages of these works with any of these words; None where nobody ever wrote one of them."""
        wanted = [one for word in words if (one := self._word(word, self._weights.get(word, 1.0), told))]
        quoted = [Query.boost_query(_phrase(words), _OF_PHRASES) for words in phrases]
        if not wanted and not quoted:
            return None
        # One word is not together with another, hence the first is taken off.
        several = [self._counted(one) for one in wanted]
        alone = Query.const_score_query(of_kind(Kind.PASSAGE), -self._together if wanted else 0.0)
        return all_of([alone, among("work", works), any_of([*wanted, *quoted, *several])])

    def forms(self, word: str, *, with_kin: bool = True) -> set[str]:
        """The word as stories may have it: in its forms, and its kin in theirs."""
        others = kin_of(word) if with_kin and self._of_kin else ()
        # Looking up the forms of a word costs a hundred times as much as knowing that nobody wrote it.
        written = [other for other in others if self._frequency(told(LANGUAGE), stems_of(LANGUAGE, other)[0])]
        return {form for one in (word, *written) for form in self._matcher.forms("text", one)}

    def rarity(self, word: str) -> float:
        """How much the word tells (its inverse document frequency over passages), in any of its forms."""
        return self._idf(sum(self._frequency(told(language), stem) for language, stem in self._stems(word)))

    @property
    def most(self) -> float:
        """What a word tells that stands in one passage alone."""
        return self._idf(1)

    def tells(self, form: str) -> float:
        """The same of one form, just as it is written."""
        return self._idf(self._frequency("text", form))

    def _word(self, word: str, weight: float, field: Callable[[str], str]) -> Query | None:
        """A word or any of its kin in one field of each language; None where none of them was ever written."""
        terms = [
            Query.boost_query(Query.term_query(DOCUMENT, name, stem, "freq"), weight * worth / self._idf(documents))
            for language, stem, worth in self._sought(word)
            if (documents := self._frequency(name := field(language), stem))
        ]
        return Query.disjunction_max_query(terms, _FURTHER) if terms else None

    def _with_kin(self, word: str) -> tuple[tuple[str, str, float], ...]:
        """The stems that stand for a word: the language, the stem, and what it is worth; each once."""
        rarity = self.rarity(word)
        found = dict.fromkeys(self._stems(word), rarity)
        for other, nearness in kin_of(word).items() if self._of_kin else ():
            stem = stems_of(LANGUAGE, other)[0]
            # A rare kin of a common word must not count as rare.
            worth = self._of_kin * nearness * min(rarity, self._idf(self._frequency(told(LANGUAGE), stem)))
            found[LANGUAGE, stem] = max(worth, found.get((LANGUAGE, stem), 0.0))
        return tuple((language, stem, worth) for (language, stem), worth in found.items())

    def _stems(self, word: str) -> Iterator[tuple[str, str]]:
        for language in self._matcher.languages:
            yield from ((language, stem) for stem in stems_of(language, word)[:1])

    def _counted(self, query: Query) -> Query:
        """The same documents once more, each for the same."""
        return Query.const_score_query(query, self._together)

    @property
    def _together(self) -> float:
        return _TOGETHER * self.most

    def _standing(self, word: str) -> float:
        return float(max(_LEAST_STANDING, self.rarity(word) / self.most) ** _OF_RARITY)

    def _idf(self, documents: int) -> float:
        known = min(documents, self._documents)
        return math.log(1 + (self._documents - known + 0.5) / (known + 0.5))


def _phrase(words: Sequence[str]) -> Query:
    return Query.phrase_query(DOCUMENT, "text", list(words))
