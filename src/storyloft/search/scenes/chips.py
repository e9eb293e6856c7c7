"""What was recognised in a memory beside its scenes, shown so that a reader can take it away or insist on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tantivy import Occur, Query

from storyloft.search.browsing.filters import Filters
from storyloft.search.browsing.narrowing import narrowed
from storyloft.search.matching import Matcher, among, of_kind
from storyloft.search.scenes import hints
from storyloft.search.scenes.hints import Hint
from storyloft.search.schema import Kind

_NAMES = ("fandom", "relationship", "character", "author")


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing recognised: of what kind, as people read it, and the filters that would insist on it."""

    kind: str
    words: str
    filters: Filters

    @property
    def key(self) -> str:
        """What an address names it by."""
        return f"{self.kind}:{self.words}"

    @property
    def is_name(self) -> bool:
        """Whether it names who or what a story is about."""
        return self.kind in _NAMES

    def among(self, matcher: Matcher, works: Sequence[int]) -> set[int]:
        """Those of these works that are as it says."""
        wanted = Query.boolean_query([*self.wanted(matcher), (Occur.Must, among("work", works))])
        return set(matcher.numbers("work", wanted))

    def is_borne(self, matcher: Matcher) -> bool:
        """Whether any work that the visitor may see is as it says."""
        wanted = Query.boolean_query([*matcher.theirs, *self.wanted(matcher)])
        return bool(matcher.searcher.search(wanted, 1, count=False).hits)

    def wanted(self, matcher: Matcher) -> list[tuple[Occur, Query]]:
        """What works must be to be as it says, as clauses over WORK documents."""
        return [*narrowed(self.filters, matcher.visitor).clauses(), (Occur.Must, of_kind(Kind.WORK))]


def named(kind: str, name: str) -> Chip:
    """A chip for a name that works are filed under."""
    return Chip(kind, name, Filters(chosen=((kind, name),)))


def of_hints(found: Iterable[Hint]) -> Iterator[Chip]:
    """A chip for each hint."""
    for hint in found:
        yield Chip(hint.kind, hint.words, _filters(hint))


def _filters(hint: Hint) -> Filters:
    if hint.kind == hints.LENGTH:
        return Filters(words=hint.value)
    if hint.kind == hints.YEAR:
        # Who read it in 2012 read what was there by then.
        return Filters(published=f"..{hint.value}")
    return Filters(chosen=tuple((hint.kind, value) for value in hint.value.split(",")))
