"""How many works each choice leaves: live counts for the filters of a list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tantivy import Occur

from storyloft.accounts.models import member
from storyloft.search.browsing.filters import Filters
from storyloft.search.browsing.groups import CROSSOVERS, GROUPS, READING, STATUSES, Group
from storyloft.search.browsing.naming import Pair, all_names, numbers_of
from storyloft.search.browsing.narrowing import Clause, Narrowed, between, holding, narrowed
from storyloft.search.browsing.shelves import Shelves
from storyloft.tags.kinds import RATINGS, TagKind
from storyloft.works.templatetags.plain_words import language_name

SHOWN = 10
Found = Mapping[int | str, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: its value in the address, its words, how many works it leaves (or, excluded, takes away)."""

    value: str
    words: str
    works: int
    chosen: bool = False
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A group with its choices, most frequent first; `more` where there are others than those shown."""

    group: Group
    choices: tuple[Choice, ...]
    wants_any: bool = False
    more: bool = False

    @property
    def in_use(self) -> bool:
        """Whether anything of it is chosen or excluded."""
        return any(choice.chosen or choice.barred for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Facets:
    """All groups of a list, its simple choices, and how many works there are with everything chosen."""

    total: int
    groups: tuple[Facet, ...]
    crossovers: tuple[Choice, ...] = ()
    reading: tuple[Choice, ...] = ()
    behind: int = 0


def facets_of(
    shelves: Shelves, filters: Filters, of: Sequence[Clause] = (), *, shown: int = SHOWN, only: str = ""
) -> Facets:
    """Every group's choices with their counts; `only` one group, with as many as `shown`.

    A choice's count is what the list would hold with it. In a group where any of several choices will do it is counted
    without that group's own choices: those it would add.
    """
    visitor = shelves.matcher.visitor
    narrow = narrowed(filters, visitor, of)
    counter = _Counter(shelves, filters, narrow, numbers_of([*filters.chosen, *filters.barred]), shown)
    counts = counter.counts([group for group in GROUPS if only in ("", group.name)])
    names = all_names({group: [key for key in found if isinstance(key, int)] for group, found in counts.items()})
    made = tuple(counter.facet(group, found, names[group]) for group, found in counts.items())
    total = shelves.count(narrow.clauses())
    if only:
        return Facets(total, made)
    return Facets(total, made, _crossovers(shelves, filters, of), _reading(shelves, filters, of), shelves.behind)


@dataclass(frozen=True, slots=True)
class _Counter:
    """What the counting of one list needs."""

    shelves: Shelves
    filters: Filters
    narrow: Narrowed
    numbers: Mapping[Pair, Sequence[int]]
    shown: int

    def counts(self, groups: Sequence[Group]) -> dict[Group, Found]:
        """Each group's most frequent values; one question for all groups of which nothing special is chosen."""
        together = {group.column: self.shown + 1 for group in groups if not self._apart(group)}
        found = self.shelves.counts(self.narrow.clauses(), together)
        return {
            group: self.shelves.counts(self._clauses(group), {group.column: self.shown + 1})[group.column]
            if self._apart(group)
            else found[group.column]
            for group in groups
        }

    def facet(self, group: Group, found: Found, names: Mapping[int, str]) -> Facet:
        most = sorted(found.items(), key=lambda pair: (-pair[1], str(pair[0])))[: self.shown]
        choices = [
            self._choice(group, key, many, names) for key, many in most if not isinstance(key, int) or key in names
        ]
        choices += self._not_among(group, {key for key, _ in most})
        if group.kind == TagKind.RATING:
            choices.sort(key=lambda choice: RATINGS.index(choice.value) if choice.value in RATINGS else -1)
        return Facet(group, tuple(choices), self.filters.wants_any(group), len(found) > self.shown)

    def _choice(self, group: Group, key: int | str, many: int, names: Mapping[int, str]) -> Choice:
        value = names[key] if isinstance(key, int) else key
        chosen = any(self._is(group, name, key) for name in self.filters.names(group))
        barred = any(self._is(group, name, key) for name in self.filters.barred_names(group))
        return Choice(value, _words(group, value), many, chosen, barred)

    def _is(self, group: Group, name: str, key: int | str) -> bool:
        return key in self.numbers[group.name, name] if isinstance(key, int) else key == name

    def _not_among(self, group: Group, keys: Collection[int | str]) -> Iterable[Choice]:
        """What was chosen or excluded and is not among the most frequent."""
        for name, chosen in _in_use(self.filters, group):
            if not any(self._is(group, name, key) for key in keys):
                with_it = (Occur.Must, holding(group, [name], self.numbers))
                many = self.shelves.count([*self._clauses(group), with_it])
                yield Choice(name, _words(group, name), many, chosen, not chosen)

    def _apart(self, group: Group) -> bool:
        some = self.filters.wants_any(group) and bool(self.filters.names(group))
        return some or bool(self.filters.barred_names(group))

    def _clauses(self, group: Group) -> list[Clause]:
        return self.narrow.clauses(without=group if self._apart(group) else None)


def _in_use(filters: Filters, group: Group) -> list[tuple[str, bool]]:
    return [(name, True) for name in filters.names(group)] + [(name, False) for name in filters.barred_names(group)]


def _words(group: Group, value: str) -> str:
    if group.name == "status":
        return STATUSES.get(value, value)
    return language_name(value) if group.name == "language" else value


def _crossovers(shelves: Shelves, filters: Filters, of: Sequence[Clause]) -> tuple[Choice, ...]:
    rest = narrowed(replace(filters, crossover=""), shelves.matcher.visitor, of).clauses()
    several = shelves.count([*rest, (Occur.Must, between("fandoms", 2, None))])
    counts = {"only": several, "none": shelves.count(rest) - several}
    return tuple(Choice(key, words, counts[key], key == filters.crossover) for key, words in CROSSOVERS.items())


def _reading(shelves: Shelves, filters: Filters, of: Sequence[Clause]) -> tuple[Choice, ...]:
    if member(shelves.matcher.visitor) is None:
        return ()
    wished = {key: replace(filters, reading=key) for key in READING}
    left = {key: narrowed(one, shelves.matcher.visitor, of).clauses() for key, one in wished.items()}
    return tuple(Choice(key, words, shelves.count(left[key]), key == filters.reading) for key, words in READING.items())
