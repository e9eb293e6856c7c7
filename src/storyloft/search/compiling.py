"""From what was asked to the index's query for works. Chapters and passages only rank and show what this finds.

Whatever stands in a passage is looked up first, as the numbers of its works; so a tree of any shape is one query over
WORK documents, its hits and its count exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone
from tantivy import FieldType, Occur, Query

from storyloft.search.browsing.naming import numbers_of
from storyloft.search.columns import day
from storyloft.search.language.tree import (
    All,
    Choice,
    Dated,
    Day,
    Either,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    Span,
    Textual,
    Word,
)
from storyloft.search.matching import Clause, Matcher, all_of, among, any_of, of_kind, unscored
from storyloft.search.query import Asked
from storyloft.search.schema import DOCUMENT, Kind, words_of
from storyloft.search.sites import sites_called
from storyloft.tags.ships import ship_named
from storyloft.works.models import Series

# Further clauses on WORK documents; a bare query must be held.
Narrowing = Sequence[Clause | Query]


def clauses_of(narrowed: Narrowing) -> list[Clause]:
    """The same, each with what it is to the list."""
    return [(Occur.Must, one) if isinstance(one, Query) else one for one in narrowed]


def wanted(matcher: Matcher, asked: Asked, at_least: int | None = None) -> list[Clause]:
    """What a work must hold, without anybody's rights; `at_least` so many of the plain words (all).

    The plain words are scored by the stemmed text, all else is not.
    """
    words = [matcher.anywhere(word) for word in asked.plain_words]
    clauses = [_clause(matcher, part) for part in asked.others]
    if words:
        clauses.append((Occur.Must, all_of(words) if at_least is None else any_of(words, at_least)))
    return clauses


def works_query(matcher: Matcher, asked: Asked, narrowed: Narrowing = (), at_least: int | None = None) -> Query:
    """The WORK documents of everything asked for, this visitor's rights and blocklist included."""
    asked_for = [*clauses_of(narrowed), *wanted(matcher, asked, at_least)]
    theirs = matcher.theirs_with_words if asked.about_text else matcher.theirs
    return Query.boolean_query([*theirs, (Occur.Must, of_kind(Kind.WORK)), *asked_for])


def _clause(matcher: Matcher, part: Node) -> Clause:
    if isinstance(part, Not):
        return Occur.MustNot, unscored(_query(matcher, part.part))
    return Occur.Must, unscored(_query(matcher, part))


def _query(matcher: Matcher, node: Node) -> Query:
    if isinstance(node, All):
        # Nothing but exclusions would find nothing: they are taken from all works.
        return Query.boolean_query([(Occur.Must, of_kind(Kind.WORK)), *(_clause(matcher, one) for one in node.parts)])
    if isinstance(node, Either):
        return any_of(_query(matcher, one) for one in node.parts)
    if isinstance(node, Not):
        return _query(matcher, All((node,)))
    if isinstance(node, Textual):
        return _text(matcher, node)
    if isinstance(node, Choice):
        return _choice(matcher, node)
    least, most = (node.least, node.most) if isinstance(node, Span) else _days(node)
    return Query.range_query(DOCUMENT, node.what, FieldType.Integer, least, most)


def _text(matcher: Matcher, leaf: Word | Phrase | Prefix | Near) -> Query:
    if leaf.where == "series":
        return among("series_id", _series(leaf))
    if leaf.where == "text" or (not leaf.where and not isinstance(leaf, Word)):
        return matcher.works_with(leaf)
    if isinstance(leaf, Word):
        return matcher.anywhere(leaf.word) if not leaf.where else _named(matcher, leaf.where, [leaf.word])
    if isinstance(leaf, Phrase) and leaf.where == "relationship":
        # "A/B" is the same pair as "B/A".
        return _named(matcher, leaf.where, leaf.words)
    return matcher.written(leaf.where, leaf)


def _named(matcher: Matcher, field: str, words: Sequence[str]) -> Query:
    named = matcher.in_field(field, words)
    ship = ship_named(" ".join(words)) if field == "relationship" else None
    return any_of([named, matcher.in_field(field, words_of(ship.relationship))]) if ship else named


def _series(leaf: Word | Phrase | Prefix | Near) -> list[int]:
    """Series whose title holds this. Their titles alone are read: an archive has a few thousand."""
    rows = Series.objects.values_list("pk", "title")
    return [pk for pk, title in rows.iterator() if _is_in(leaf, words_of(title))]


def _is_in(leaf: Word | Phrase | Prefix | Near, words: list[str]) -> bool:
    if isinstance(leaf, Word):
        return leaf.word in words
    if isinstance(leaf, Prefix):
        return any(word.startswith(leaf.beginning) for word in words)
    if isinstance(leaf, Near):
        return set(leaf.words) <= set(words)
    return f" {' '.join(leaf.words)} " in f" {' '.join(words)} "


def _choice(matcher: Matcher, choice: Choice) -> Query:
    if choice.what == "crossover":
        several = Query.range_query(DOCUMENT, "fandoms", FieldType.Integer, 2, None)
        return several if "yes" in choice.values else _query(matcher, Not(Choice("crossover", ("yes",))))
    if choice.what == "status":
        return _among_terms("status", choice.values)
    if choice.what == "lang":
        return _among_terms("written_in", [code for value in choice.values for code in _codes(matcher, value)])
    if choice.what == "site":
        return _among_terms("site", sites_called(choice.values, _terms(matcher, "site")))
    numbers = numbers_of(((choice.what, value) for value in choice.values), matcher.visitor)
    return among("filed", sorted({number for some in numbers.values() for number in some}))


def _codes(matcher: Matcher, value: str) -> list[str]:
    """`en` is also en-GB."""
    known = _terms(matcher, "written_in")
    return [code for code in known if (code.lower().replace("_", "-") + "-").startswith(f"{value}-")]


def _terms(matcher: Matcher, field: str) -> list[str]:
    return [term for term, _ in matcher.searcher.terms_with_prefix(field, "")]


def _among_terms(field: str, terms: Iterable[str]) -> Query:
    return Query.term_set_query(DOCUMENT, field, list(terms))


def _days(dated: Dated) -> tuple[int | None, int | None]:
    return _number(dated.first), _number(dated.last)


def _number(when: Day | None) -> int | None:
    if isinstance(when, int):
        return (day(timezone.localdate()) or 0) - when
    return day(date.fromisoformat(when)) if when else None
