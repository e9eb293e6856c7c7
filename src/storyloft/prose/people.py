"""Who is in a story: its people and which two are most together, by rules over its capitalised words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import sqrt

from storyloft.prose.naming import Name, names_in
from storyloft.prose.people_words import COMMON_NAMES, PLACES
from storyloft.prose.sightings import Sightings, sightings

_SURELY = 3  # times somebody called "the …" must speak: the Doctor does, the Thames does not
_IN_GERMAN = 6  # one capital in so many behind a German article
_FEWEST = 2  # mentions; a name met once is somebody passing by, or no name
_ONE_IN = 100  # mentions, or a form is too rare to call the person by
_ONE_SLIP = 25  # mentions, beside which a single one may be a slip
_MAIN_PEOPLE = 12
_PAIRS = 3
_TOGETHER = 3  # paragraphs


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the text names: the fullest name, how often it is met in any form, and the other forms.

    `paragraphs` are the numbers, from 0, of those that name this person.
    """

    name: str
    mentions: int
    aliases: tuple[str, ...] = ()
    paragraphs: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every other form of it."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people, in how many paragraphs both are named, and that set against how often each is (0 to 1)."""

    one: str
    other: str
    together: int
    weight: float


def people(paragraphs: Iterable[str]) -> list[Person]:
    """The people that the paragraphs (plain text) name at least twice, most mentioned first.

    Nobody is found in a script without capitals; a narrator who is only "I" has no name. Rules and their measure:
    finding, "Characters and relationships".
    """
    seen = sightings(paragraphs)
    nouns = _nouns_have_capitals(seen)
    groups = [group for group in grouped(names_in(seen)) if group.is_person(nouns)]
    return sorted((group.person() for group in groups), key=lambda one: (-one.mentions, one.name))


def pairs(found: Sequence[Person]) -> list[Pair]:
    """The three pairs most named in the same paragraph among the people most mentioned, the closest first."""
    close = []
    for one, other in combinations(found[:_MAIN_PEOPLE], 2):
        together = len(one.paragraphs & other.paragraphs)
        if together >= _TOGETHER:
            weight = together / sqrt(len(one.paragraphs) * len(other.paragraphs))
            close.append(Pair(one.name, other.name, together, round(weight, 4)))
    return sorted(close, key=lambda pair: (-pair.together * pair.weight, pair.one, pair.other))[:_PAIRS]


def _nouns_have_capitals(seen: Sightings) -> bool:
    """As in German, where a capital says little: many capitalised words stand behind a German article."""
    return sum(run.german for run in seen.runs) * _IN_GERMAN > sum(run.mid for run in seen.runs)


class Group:
    """Names taken for one person's."""

    def __init__(self, name: Name) -> None:
        self.names = [name]
        self.total = name.total

    @property
    def in_full(self) -> int:
        """How often by a name as long as the longest: who is "Mycroft" alone is not the one called "Holmes"."""
        return sum(name.total for name in self.names if len(name.key) == len(self.names[0].key))

    def join(self, name: Name) -> None:
        self.names.append(name)
        self.total += name.total

    def takes(self, name: Name) -> bool:
        """May this shorter name be the same person's? Its words are known to be among those of the longest name."""
        return all(known.may_be(name) for known in self.names)

    def person(self) -> Person:
        written = self._written()
        places: set[int] = set()
        for name in self.names:
            places.update(*(run.paragraphs for run in name.runs))
        return Person(written[0], self.total, tuple(written[1:]), frozenset(places))

    def _written(self) -> list[str]:
        """The forms, the one to call the person by first: full names before titled ones before the rest."""
        longest = max(len(name.key) for name in self.names)

        def rank(name: Name) -> tuple[bool, bool, bool, int, str]:
            rare = name.total * _ONE_IN < self.total or (name.total == 1 and self.total > _ONE_SLIP)
            return rare, len(name.key) < longest, bool(name.title) == (longest > 1), -name.total, name.written

        return [name.written for name in sorted(self.names, key=rank)]

    def is_person(self, nouns_have_capitals: bool) -> bool:
        """Named often enough, and by title, deed, speech or a well-known given name a person, not a place or thing."""
        if self.total < _FEWEST or any(name.title for name in self.names):
            return self.total >= _FEWEST
        mid, speaks, does = self._count("mid"), self._count("speaks"), self._count("does")
        seldom_speaks = speaks * 10 < self.total
        if self._count("article") * 3 > max(mid, 1) and (speaks < _SURELY or seldom_speaks):
            return False
        if (self._count("placed") * 6 > max(mid, 1) or self._is_place()) and seldom_speaks:
            return False
        return bool(speaks or (does and not nouns_have_capitals) or self._is_given())

    def _count(self, what: str) -> int:
        return sum(getattr(run, what) for name in self.names for run in name.runs)

    def _is_place(self) -> bool:
        return any(word in PLACES for name in self.names for word in name.key)

    def _is_given(self) -> bool:
        return any(name.key[0] in COMMON_NAMES for name in self.names)


def grouped(names: Iterable[Name]) -> list[Group]:
    """Names as people: a short form joins the most frequent longer one that holds its words and may be the same."""
    by_word: dict[str, list[Group]] = {}
    groups = []
    for name in sorted(names, key=lambda one: (-len(one.key), not one.title, -one.total, one.written)):
        fitting = [
            group
            for group in by_word.get(name.key[0], ())
            if all(group in by_word.get(word, ()) for word in name.key[1:]) and group.takes(name)
        ]
        if fitting:
            max(fitting, key=lambda group: group.in_full).join(name)
        else:
            groups.append(group := Group(name))
            for word in set(name.key):
                by_word.setdefault(word, []).append(group)
    return groups
