"""How many works each choice leaves: live counts for the filters of a list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tantivy import Occur

from storyloft.accounts.models import member
from storyloft.search.browsing.filters import Filters
from storyloft.search.browsing.groups import CROSSOVERS, GROUPS, READING, Group
from storyloft.search.browsing.naming import all_names
from storyloft.search.browsing.narrowing import Clause, Narrowed, holding, narrowed
from storyloft.search.browsing.reading import reading_of
from storyloft.search.browsing.shelves import Counts, Shelves, Values
from storyloft.search.matching import among
from storyloft.tags.kinds import RATINGS, TagKind

SHOWN = 10


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
    counter = _Counter(shelves, filters, narrowed(filters, shelves.matcher.visitor, of), shown)
    whole, counts = counter.counts([group for group in GROUPS if only in ("", group.name)])
    most = {group: _most(found, shown) for group, found in counts.items()}
    numbers = {group: [key for key, _ in pairs if isinstance(key, int)] for group, pairs in most.items()}
    names = all_names(shelves.matcher.visitor, numbers)
    made = tuple(counter.facet(group, most[group], names[group], len(counts[group]) > shown) for group in counts)
    if only:
        return Facets(whole.works, made)
    return Facets(whole.works, made, counter.crossovers(whole), counter.reading(whole), shelves.behind)


@dataclass(frozen=True, slots=True)
class _Counter:
    """What the counting of one list needs."""

    shelves: Shelves
    filters: Filters
    narrow: Narrowed
    shown: int

    def counts(self, groups: Sequence[Group]) -> tuple[Counts, dict[Group, Values]]:
        """The list's own counts, and each group's most frequent values.

        One question for all groups of which nothing special is chosen, one more for each other.
        """
        together = {group.column: self.shown + 1 for group in groups if not self._apart(group)}
        whole = self.shelves.counts(self.narrow.clauses(), together)
        return whole, {
            group: self._counted_apart(group) if self._apart(group) else whole.values[group.column] for group in groups
        }

    def crossovers(self, whole: Counts) -> tuple[Choice, ...]:
        """How many crossovers, and how many of one fandom."""
        if self.filters.crossover:
            whole = self.shelves.counts(self.narrow.clauses(without="crossover"), {})
        counts = {"only": whole.crossovers, "none": whole.works - whole.crossovers}
        return tuple(
            Choice(key, words, counts[key], key == self.filters.crossover) for key, words in CROSSOVERS.items()
        )

    def reading(self, whole: Counts) -> tuple[Choice, ...]:
        """How many works this person has not begun, begun, read; nothing for a stranger."""
        person = member(self.shelves.matcher.visitor)
        if person is None:
            return ()
        rest = self.narrow.clauses(without="reading")
        works = self.shelves.count(rest) if self.filters.reading else whole.works
        known = reading_of(person)
        begun, read = (self._among(rest, numbers) for numbers in (known.begun, known.read))
        counts = {"unread": works - begun, "begun": begun - read, "read": read}
        return tuple(Choice(key, words, counts[key], key == self.filters.reading) for key, words in READING.items())

    def _among(self, clauses: Sequence[Clause], numbers: Collection[int]) -> int:
        return self.shelves.count([*clauses, (Occur.Must, among("work", sorted(numbers)))]) if numbers else 0

    def _counted_apart(self, group: Group) -> Values:
        return self.shelves.counts(self._clauses(group), {group.column: self.shown + 1}).values[group.column]

    def facet(self, group: Group, most: Sequence[tuple[int | str, int]], names: Mapping[int, str], more: bool) -> Facet:
        """A group's choices: its most frequent values, and what was chosen of it besides."""
        choices = [
            self._choice(group, key, many, names) for key, many in most if not isinstance(key, int) or key in names
        ]
        choices += self._not_among(group, {key for key, _ in most})
        if group.kind == TagKind.RATING:
            choices.sort(key=lambda choice: RATINGS.index(choice.value) if choice.value in RATINGS else -1)
        return Facet(group, tuple(choices), self.filters.wants_any(group), more)

    def _choice(self, group: Group, key: int | str, many: int, names: Mapping[int, str]) -> Choice:
        value = names[key] if isinstance(key, int) else key
        chosen = any(self._is(group, name, key) for name in self.filters.names(group))
        barred = any(self._is(group, name, key) for name in self.filters.barred_names(group))
        return Choice(value, group.words(value), many, chosen, barred)

    def _is(self, group: Group, name: str, key: int | str) -> bool:
        return key in self.narrow.numbers[group.name, name] if isinstance(key, int) else key == name

    def _not_among(self, group: Group, keys: Collection[int | str]) -> Iterable[Choice]:
        """What was chosen or excluded and is not among the most frequent."""
        for name, chosen in _in_use(self.filters, group):
            if not any(self._is(group, name, key) for key in keys):
                with_it = (Occur.Must, holding(group, [name], self.narrow.numbers))
                many = self.shelves.count([*self._clauses(group), with_it])
                yield Choice(name, group.words(name), many, chosen, not chosen)

    def _apart(self, group: Group) -> bool:
        some = self.filters.wants_any(group) and bool(self.filters.names(group))
        return some or bool(self.filters.barred_names(group))

    def _clauses(self, group: Group) -> list[Clause]:
        return self.narrow.clauses(without=group.name if self._apart(group) else "")


def _most(found: Values, shown: int) -> list[tuple[int | str, int]]:
    return sorted(found.items(), key=lambda pair: (-pair[1], str(pair[0])))[:shown]


def _in_use(filters: Filters, group: Group) -> list[tuple[str, bool]]:
    return [(name, True) for name in filters.names(group)] + [(name, False) for name in filters.barred_names(group)]
