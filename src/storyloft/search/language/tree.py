"""What a query asks for, as a tree of plain values.

`str(node)` says in plain words what is asked; `node.typed` is the shortest way to ask for it again, and reads back as
the same tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from storyloft.search.language.fields import SAID_IN, choice_in_words, number_in_words
from storyloft.search.schema import is_unspaced

# Since when: a calendar day, or so many days before the day on which the question is asked.
Day: TypeAlias = "str | int"


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any of its forms; `where` is a field, "" for anywhere."""

    word: str
    where: str = ""

    @property
    def typed(self) -> str:
        return _placed(_letters(self.word), self.where)

    def __str__(self) -> str:
        return SAID_IN[self.where].format(self.word)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exactly these words, one after the other."""

    words: tuple[str, ...]
    where: str = ""

    @property
    def typed(self) -> str:
        return _placed(f'"{_letters(" ".join(self.words))}"', self.where)

    def __str__(self) -> str:
        return SAID_IN[self.where].format(f"“{run_on(self.words)}”")


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins so."""

    beginning: str
    where: str = ""

    @property
    def typed(self) -> str:
        return _placed(f"{_letters(self.beginning)}*", self.where)

    def __str__(self) -> str:
        return SAID_IN[self.where].format(f"{self.beginning}…")


@dataclass(frozen=True, slots=True)
class Near:
    """These words in any of their forms and any order, the furthest at most `within` words from the first."""

    words: tuple[str, ...]
    within: int
    where: str = ""

    @property
    def typed(self) -> str:
        return _placed(f'"{_letters(" ".join(self.words))}"~{self.within}', self.where)

    def __str__(self) -> str:
        most = "one word" if self.within == 1 else f"{self.within} words"
        return SAID_IN[self.where].format(f"{_listed(self.words, 'near')} (within {most})")


@dataclass(frozen=True, slots=True)
class Span:
    """A number of the work from `least` to `most`, both included; None where it is open."""

    what: str
    least: int | None = None
    most: int | None = None

    @property
    def typed(self) -> str:
        if self.least == self.most:
            return f"{self.what}:={self.least}"
        least, most = ("" if number is None else str(number) for number in (self.least, self.most))
        return f"{self.what}:{least}..{most}"

    def __str__(self) -> str:
        return number_in_words(self.what, self.least, self.most)


@dataclass(frozen=True, slots=True)
class Dated:
    """Updated or published from `first` to `last`, both included: "2020-05-01", or a number of days ago."""

    what: str
    first: Day | None = None
    last: Day | None = None

    @property
    def typed(self) -> str:
        return f"{self.what}:{_day(self.first)}..{_day(self.last)}"

    def __str__(self) -> str:
        return f"{self.what} {_days_in_words(self.first, self.last)}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some fixed values: a rating, a state, a language, a site."""

    what: str
    values: tuple[str, ...]

    @property
    def typed(self) -> str:
        return f'{self.what}:"{",".join(self.values)}"'

    def __str__(self) -> str:
        return choice_in_words(self.what, self.values)


@dataclass(frozen=True, slots=True)
class Not:
    """Works that do not hold this."""

    part: Node

    @property
    def typed(self) -> str:
        inner = self.part.typed
        return f"-({inner})" if isinstance(self.part, All | Either) else f"-{inner}"

    def __str__(self) -> str:
        return f"without {self.part}" if is_text(self.part) else f"not {self.part}"


@dataclass(frozen=True, slots=True)
class All:
    """Works that hold every one of these."""

    parts: tuple[Node, ...]

    @property
    def typed(self) -> str:
        return " ".join(_bracketed(part, All) for part in self.parts)

    def __str__(self) -> str:
        return f"({_listed(list(map(str, self.parts)), 'and')})"


@dataclass(frozen=True, slots=True)
class Either:
    """Works that hold one of these, or several."""

    parts: tuple[Node, ...]

    @property
    def typed(self) -> str:
        return " OR ".join(_bracketed(part, Either) for part in self.parts)

    def __str__(self) -> str:
        return f"({_listed(list(map(str, self.parts)), 'or')})"


Textual = (Word, Phrase, Prefix, Near)
Leaf: TypeAlias = Word | Phrase | Prefix | Near | Span | Dated | Choice
Node: TypeAlias = Leaf | Not | All | Either


def all_of(parts: list[Node]) -> Node | None:
    """Every one: nested ones taken apart, doubles and empty groups left out."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,))]
    once = tuple(dict.fromkeys(flat))
    return All(once) if len(once) > 1 else next(iter(once), None)


def either_of(parts: list[Node]) -> Node | None:
    """One of them: nested ones taken apart, doubles and empty groups left out."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Either) else (part,))]
    once = tuple(dict.fromkeys(flat))
    return Either(once) if len(once) > 1 else next(iter(once), None)


def without(part: Node) -> Node:
    """What is not so; what is not not so is so."""
    return part.part if isinstance(part, Not) else Not(part)


def is_text(node: Node) -> bool:
    """Whether only words anywhere in the story are asked for."""
    if isinstance(node, All | Either):
        return all(is_text(part) for part in node.parts)
    return isinstance(node, Textual) and not node.where


def leaves(node: Node, *, wanted: bool = True) -> list[Leaf]:
    """Everything asked for; with `wanted` nothing that was excluded."""
    if isinstance(node, All | Either):
        return [leaf for part in node.parts for leaf in leaves(part, wanted=wanted)]
    if isinstance(node, Not):
        return [] if wanted else leaves(node.part, wanted=wanted)
    return [node]


def respelled(node: Node, repaired: dict[str, str]) -> Node:
    """The same with some words in any of their forms replaced."""
    if isinstance(node, All | Either):
        parts: list[Node] = [respelled(part, repaired) for part in node.parts]
        return (all_of if isinstance(node, All) else either_of)(parts) or node
    if isinstance(node, Word):
        return replace(node, word=repaired.get(node.word, node.word))
    if isinstance(node, Near):
        return replace(node, words=tuple(repaired.get(word, word) for word in node.words))
    return node


def _bracketed(part: Node, within: type[All] | type[Either]) -> str:
    return f"({part.typed})" if isinstance(part, All | Either) and not isinstance(part, within) else part.typed


def _placed(typed: str, where: str) -> str:
    return f"{where}:{typed}" if where else typed


def _letters(words: str) -> str:
    # The Turkish capital, once small, is an i with a dot upon it that would fall off at the next reading.
    return words.replace("i\u0307", "İ")


def run_on(words: Sequence[str]) -> str:
    """Words in a row as they are written: signs of an unspaced script without spaces."""
    return "".join(
        word if not at or (is_unspaced(word) and is_unspaced(words[at - 1])) else f" {word}"
        for at, word in enumerate(words)
    )


def _listed(said: Sequence[str], joined_by: str) -> str:
    return f" {joined_by} ".join(said)


def _day(day: Day | None) -> str:
    return "" if day is None else f"{day}d" if isinstance(day, int) else day


def _days_in_words(first: Day | None, last: Day | None) -> str:
    if first == last:
        return f"{'' if isinstance(first, int) else 'on '}{_day_in_words(first)}"
    if last is None:
        return f"in the last {first} days" if isinstance(first, int) else f"since {_day_in_words(first)}"
    if first is None:
        return f"{'at least' if isinstance(last, int) else 'until'} {_day_in_words(last)}"
    return f"between {_day_in_words(first)} and {_day_in_words(last)}"


def _day_in_words(day: Day | None) -> str:
    if isinstance(day, int):
        return "today" if day == 0 else "yesterday" if day == 1 else f"{day} days ago"
    return f"{date.fromisoformat(day):%-d %B %Y}" if day else ""
