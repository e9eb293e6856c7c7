"""From what was asked to Tantivy's queries; the reader's rights are inside every one of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any

import tantivy
from tantivy import Occur, Query

from storyloft.accounts.models import Visitor, member
from storyloft.search.blocking import hidden_from, hidden_works
from storyloft.search.index import OpenIndex
from storyloft.search.language.tree import Near, Phrase, Prefix, Word
from storyloft.search.models import StaleNote
from storyloft.search.query import Asked
from storyloft.search.schema import DOCUMENT, UNSTEMMED, Kind, body, stems_of
from storyloft.works.models import Work

Clause = tuple[Occur, Query]

_MOST_FORMS = 300
_SHORTEST_BEGINNING = 3
# Words whose forms are remembered.
_REMEMBERED = 5_000
# Numbers that are looked up one by one.
_FEW = 1_000
# Near words are looked up in every pair of forms and either order.
_FORMS_NEAR = 6
# Passages that one search may read for phrases, beginnings and nearness; half a second's worth on a slow machine.
_MOST_READ = 400_000
# Tantivy refuses to count more different values.
_MOST_COUNTED = 60_000

# How much a word in a name weighs beside the same word in a summary.
_WEIGHTS = {
    "title": 6.0,
    "author": 5.0,
    "relationship": 3.0,
    "character": 3.0,
    "fandom": 3.0,
    "tag": 2.0,
    "summary": 1.0,
}


def all_of(queries: Iterable[Query]) -> Query:
    """Documents that match every one."""
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(queries: Iterable[Query], at_least: int = 1) -> Query:
    """Documents that match one, or `at_least` so many."""
    subqueries = [(Occur.Should, query) for query in queries]
    return Query.boolean_query(subqueries, at_least) if at_least > 1 else Query.boolean_query(subqueries)


def unscored(query: Query) -> Query:
    """The same documents, without a say in their order."""
    return Query.const_score_query(query, 0.0)


def among(field: str, numbers: Sequence[int]) -> Query:
    """Documents whose number is one of these."""
    if len(numbers) > _FEW:
        return unscored(Query.term_set_query(DOCUMENT, field, list(numbers)))
    # A set is looked up through all numbers of the index: four times as long for a hundred, twice for a thousand.
    return unscored(any_of(Query.term_query(DOCUMENT, field, number, "basic") for number in numbers))


def of_kind(kind: Kind) -> Query:
    """Documents that stand for a work, a chapter or a passage."""
    return unscored(Query.term_query(DOCUMENT, "kind", int(kind), "basic"))


def reader_terms(visitor: Visitor) -> list[str]:
    """The terms of `documents.readers_of` that open a work to this visitor."""
    person = member(visitor)
    return ["public"] if person is None else ["public", "members", f"person {person.pk}"]


def may_read(visitor: Visitor) -> Query:
    """Works and chapters this visitor may read, so far as the index knows."""
    return unscored(any_of(Query.term_query(DOCUMENT, "readers", term, "basic") for term in reader_terms(visitor)))


def may_read_of_few(visitor: Visitor) -> Query:
    """The same, for queries that find little else: all but those that bear none of the terms.

    These are taken away one after the other, so they are looked at only where something else was found. A union is
    read from end to end: of 100,000 works 2 ms less where all are wanted, 0.5 ms more where words make them few.
    """
    others = Query.all_query()
    for term in reader_terms(visitor):
        others = _without(others, Query.term_query(DOCUMENT, "readers", term, "basic"))
    return unscored(_without(Query.all_query(), others))


def _without(query: Query, left_out: Query) -> Query:
    return Query.boolean_query([(Occur.Must, query), (Occur.MustNot, left_out)])


def no_longer_theirs(visitor: Visitor) -> list[int]:
    """Works whose rights may have changed since the index heard of them, and which this visitor may not see now."""
    noted = StaleNote.objects.values_list("work_id", flat=True)
    # Nearly always there is no note, and the question of rights need not be asked.
    return list(noted.exclude(work_id__in=Work.objects.visible_to(visitor).values("pk"))) if noted.exists() else []


# The forms of words that were looked for: at which commit of the index, and by field and word.
_forms_known: tuple[object, dict[tuple[str, str], tuple[str, ...]]] = ((), {})


def _forms_at(opened: OpenIndex) -> dict[tuple[str, str], tuple[str, ...]]:
    """Those known at this commit. The next page, another order, a further filter ask for the same words again."""
    global _forms_known
    stamp, (known_at, known) = (opened.pointer, opened.commit), _forms_known
    if known_at != stamp or len(known) > _REMEMBERED:
        _forms_known = stamp, (known := {})
    return known


def forget_forms() -> None:
    """Remember none, as in a process that has just begun; for measuring."""
    global _forms_known
    _forms_known = (), {}


class Matcher:
    """One search: the index as it is now, for one visitor. `shows_hidden`: also what they blocked."""

    def __init__(self, opened: OpenIndex, visitor: Visitor, *, shows_hidden: bool = False) -> None:
        self.opened = opened
        self.shows_hidden = shows_hidden
        self.searcher: tantivy.Searcher = opened.searcher
        self.languages = opened.languages or (UNSTEMMED,)
        self.visitor = visitor
        self.forms: Callable[[str, str], tuple[str, ...]] = lru_cache(maxsize=None)(self._forms)
        self.too_common: list[Phrase | Prefix | Near | Word] = []
        self._read = 0
        self._vocabulary: dict[tuple[str, str], list[str]] = {}
        self.works_with: Callable[[Phrase | Prefix | Near | Word], Query] = lru_cache(maxsize=None)(self._works_with)

    @cached_property
    def rights(self) -> list[Clause]:
        """What every query for works or chapters must hold: that this visitor may read them."""
        hidden = no_longer_theirs(self.visitor)
        rights = [(Occur.Must, may_read(self.visitor))]
        return [*rights, (Occur.MustNot, among("work", hidden))] if hidden else rights

    @cached_property
    def blocked(self) -> list[Query]:
        """The works this visitor never wants to see, as queries for WORK documents."""
        return hidden_from(self.visitor, self.opened)

    @cached_property
    def theirs(self) -> list[Clause]:
        """What every query for works must hold: the visitor's rights, and nothing they never want to see."""
        return self.rights if self.shows_hidden else [*self.rights, *((Occur.MustNot, one) for one in self.blocked)]

    @cached_property
    def theirs_with_words(self) -> list[Clause]:
        """As `theirs`, for a query that words make rare."""
        return [*self.rights_with_words, *self.theirs[len(self.rights) :]]

    @cached_property
    def rights_with_words(self) -> list[Clause]:
        """As `rights`, for a query that words make rare."""
        return [(Occur.Must, may_read_of_few(self.visitor)), *self.rights[1:]]

    @cached_property
    def theirs_of_chapters(self) -> list[Clause]:
        """The same for queries over chapters: they bear no tags, so what is blocked is known by its works."""
        hidden = [] if self.shows_hidden else hidden_works(self.opened, self.visitor)
        return [*self.rights, (Occur.MustNot, among("work", hidden))] if hidden else self.rights

    def is_known(self, word: str, field: str = "") -> bool:
        """Whether this visitor can find any work with this word, anywhere or in one field."""
        asked_for = self.in_field(field, [word]) if field else self.anywhere(word)
        query = Query.boolean_query(
            [*self.theirs_with_words, (Occur.Must, of_kind(Kind.WORK)), (Occur.Must, asked_for)]
        )
        return bool(self.searcher.search(query, 1, count=False).hits)

    def anywhere(self, word: str) -> Query:
        """A word in the text or in what is said about a work, in any of its forms, in each language there is."""
        return any_of(
            Query.term_query(DOCUMENT, body(language), stem, "freq")
            for language in self.languages
            for stem in stems_of(language, word)[:1]
        )

    def at_most(self, words: Iterable[str]) -> int:
        """As many works and chapters, of whomever, have any of these words, or fewer."""
        stems = ((body(one), stem) for word in words for one in self.languages for stem in stems_of(one, word)[:1])
        return sum(self.searcher.doc_freq(field, stem) for field, stem in stems)

    def in_field(self, field: str, words: Sequence[str]) -> Query:
        """All these words in one field, in any of their forms."""
        return all_of(any_of(self._terms(field, self.forms(field, word))) for word in words)

    def in_one_of(self, fields: Sequence[str], words: Sequence[str]) -> Query:
        """Each of these words in one of these fields, as of a title, a byline or a tag; for the order of works."""
        return all_of(any_of(self._said(one, word) for one in fields) for word in words)

    def in_names(self, words: Sequence[str]) -> list[Query]:
        """Each word in each kind of name and in the summary, weighed; those that nobody says there are left out."""
        pairs = [(name, weight, word) for name, weight in _WEIGHTS.items() for word in words]
        return [
            Query.boost_query(self._said(name, word), weight) for name, weight, word in pairs if self.says(name, word)
        ]

    def says(self, field: str, word: str) -> tuple[str, ...]:
        """The word's forms that somebody wrote in this kind of name or in a summary, whoever may read it."""
        # All that is said about works stands in their text, too, so its forms are known; looking through the words of
        # every kind of name cost a third of a search. A stem that few texts hold may be missing there ("gleem").
        stems = (stem for one in self.languages for stem in stems_of(one, word)[:1] if stems_of(one, stem) == [stem])
        return tuple(
            form for form in dict.fromkeys([*self.forms("text", word), *stems]) if self.searcher.doc_freq(field, form)
        )

    def _said(self, field: str, word: str) -> Query:
        return any_of(self._terms(field, self.says(field, word)))

    def passages(self, asked: Asked, works: Sequence[int]) -> Query:
        """Passages of these works with anything that was asked for; one that holds a phrase before all others."""
        return all_of([of_kind(Kind.PASSAGE), among("work", works), any_of(self.in_passages(asked))])

    def in_passages(self, asked: Asked) -> list[Query]:
        """What was asked for anywhere, each as passages hold it."""
        words = [Query.const_score_query(self.phrase(part), 1000.0) for part in asked.phrases]
        words += [self.written("text", leaf) for leaf in asked.leaves if isinstance(leaf, Prefix) and not leaf.where]
        return words + [any_of(self._terms("text", self.forms("text", word))) for word in asked.words]

    def phrase(self, part: Phrase, field: str = "text") -> Query:
        """Exactly these words, one after the other."""
        if len(part.words) == 1:
            return Query.term_query(DOCUMENT, field, part.words[0], "position")
        return Query.phrase_query(DOCUMENT, field, list(part.words))

    def written(self, field: str, leaf: Phrase | Prefix | Near | Word) -> Query:
        """This as it is written in one field: the words in a row, begun so, or near each other."""
        if isinstance(leaf, Phrase):
            return self.phrase(leaf, field)
        if isinstance(leaf, Prefix):
            # The letters of a word are no signs of a regular expression.
            return Query.regex_query(DOCUMENT, field, f"{leaf.beginning}.*")
        if isinstance(leaf, Word):
            return self.in_field(field, [leaf.word])
        return self._near(field, leaf)

    def numbers(self, field: str, query: Query) -> list[int]:
        """This number of every document found."""
        hits = self.searcher.search(unscored(query), max(1, self.searcher.num_docs), count=False).hits
        return self.column(field, [address for _, address in hits])

    def column(self, field: str, addresses: list[tantivy.DocAddress]) -> list[int]:
        """This number of each document."""
        return [int(number or 0) for number in self.searcher.fast_field_values(field, addresses)]

    def _works_with(self, leaf: Phrase | Prefix | Near | Word) -> Query:
        """Every work that holds this in a passage or, unless the text alone is meant, in what is said about it.

        Beyond what one search may read it is the works that have its words anywhere, noted in `too_common`.
        """
        cost = self._cost(leaf)
        if self._read and self._read + cost > _MOST_READ:
            self.too_common.append(leaf)
            return self._roughly(leaf)
        self._read += cost
        written = self.written("text", leaf)
        query = all_of([of_kind(Kind.PASSAGE), written]) if leaf.where else written
        asked = {"works": {"terms": {"field": "work", "size": _MOST_COUNTED}}}
        # Counting is faster than collecting where a work has many such passages.
        if self._few_enough():
            found = self.searcher.aggregate(query, asked)["works"]["buckets"]
            return among("work", [int(bucket["key"]) for bucket in found])
        return among("work", list(set(self.numbers("work", query))))

    def _cost(self, leaf: Phrase | Prefix | Near | Word) -> int:
        """How many passages must be read at most: those with the rarest of its words, for each way to be near."""
        if isinstance(leaf, Prefix):
            terms = self.searcher.terms_with_prefix("text", leaf.beginning, None, _MOST_FORMS)
            return sum(documents for _, documents in terms)
        words = (leaf.word,) if isinstance(leaf, Word) else leaf.words
        rarest = min(self.searcher.doc_freq("text", word) for word in words)
        return rarest * (2 * len(words) if isinstance(leaf, Near) else 1)

    def _roughly(self, leaf: Phrase | Prefix | Near | Word) -> Query:
        if isinstance(leaf, Prefix):
            return any_of(Query.regex_query(DOCUMENT, body(one), f"{leaf.beginning}.*") for one in self.languages)
        return all_of(self.anywhere(word) for word in ((leaf.word,) if isinstance(leaf, Word) else leaf.words))

    def _few_enough(self) -> bool:
        # The stubs do not know `count`.
        works: Any = self.searcher.search(of_kind(Kind.WORK), 1)
        return int(works.count) <= _MOST_COUNTED

    def _near(self, field: str, near: Near) -> Query:
        if len(near.words) > 2:
            # Every order of many words would be a query of thousands; in a row and back is what people mean.
            orders: list[Sequence[str]] = [near.words, near.words[::-1]]
        else:
            forms = [self.forms(field, word)[:_FORMS_NEAR] for word in near.words]
            orders = [order for one in forms[0] for other in forms[1] for order in ((one, other), (other, one))]
        # So many words apart: one less between them.
        return any_of(Query.phrase_query(DOCUMENT, field, list(order), near.within - 1) for order in orders)

    def _terms(self, field: str, words: Iterable[str]) -> list[Query]:
        return [Query.term_query(DOCUMENT, field, word, "position") for word in words]

    def _forms(self, field: str, word: str) -> tuple[str, ...]:
        """The word and those words of a field's vocabulary that share its stem in a language there is."""
        known = _forms_at(self.opened)
        forms = known.get((field, word))
        if forms is None:
            forms = known[field, word] = tuple(self._of_one_stem(field, word))
        return forms

    def _of_one_stem(self, field: str, word: str) -> Iterable[str]:
        found = {word: None}
        for language in self.languages:
            for stem in stems_of(language, word)[:1] if language != UNSTEMMED else []:
                names = self._begun(field, _beginning(word, stem))
                stems = stems_of(language, " ".join(names))
                if len(stems) == len(names):
                    found |= dict.fromkeys(name for name, other in zip(names, stems, strict=True) if other == stem)
        return found

    def _begun(self, field: str, beginning: str) -> list[str]:
        """The commonest words of a field that begin so."""
        if (field, beginning) not in self._vocabulary:
            terms = self.searcher.terms_with_prefix(field, beginning, None, _MOST_FORMS)
            self._vocabulary[field, beginning] = [name for name, _ in terms if name.isalnum()]
        return self._vocabulary[field, beginning]


def _beginning(word: str, stem: str) -> str:
    """What all words of this stem begin with."""
    common = os.path.commonprefix([stem, word])
    return common[: max(_SHORTEST_BEGINNING, len(common) - 1)] if len(word) > _SHORTEST_BEGINNING else word
