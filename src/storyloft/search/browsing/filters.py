"""What a reader wants of a list, all of it in the address.

`fandom=X&fandom=Y` both, with `any=fandom` one of them; `not-tag=Z` without; `words=1000-5000`, `chapters=2-`,
`updated=2020..2021` or `30d`, `published=…`, `kudos=10-`, `comments=1-`, `crossover=only`, `reading=unread`,
`within=lamp letter` (words in the list). Whatever makes no sense is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from storyloft.search.browsing.groups import BY_NAME, CROSSOVERS, GROUPS, READING, Group
from storyloft.search.browsing.spans import Span, days, numbers

_MOST_CHOICES = 40
_LONGEST = 150
SPANS = ("words", "chapters", "kudos", "comments")
DAYS = ("updated", "published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What narrows a list. `chosen` and `barred`: pairs of a group's name and a choice, in their order."""

    chosen: tuple[tuple[str, str], ...] = ()
    barred: tuple[tuple[str, str], ...] = ()
    any_of: tuple[str, ...] = ()
    words: str = ""
    chapters: str = ""
    kudos: str = ""
    comments: str = ""
    updated: str = ""
    published: str = ""
    crossover: str = ""
    reading: str = ""
    within: str = ""

    @classmethod
    def of(cls, address: QueryDict) -> Filters:
        """Read from a query string."""
        words = {name: _plain(address.get(name, "")) for name in (*SPANS, *DAYS)}
        return cls(
            chosen=_choices(address, ""),
            barred=_choices(address, "not-"),
            any_of=tuple(dict.fromkeys(name for name in address.getlist("any") if name in BY_NAME)),
            **{name: word for name, word in words.items() if _can_be_read(name, word)},
            crossover=_known(address.get("crossover", ""), CROSSOVERS),
            reading=_known(address.get("reading", ""), READING),
            within=_plain(address.get("within", ""), 300),
        )

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self) if one.name != "any_of")

    def names(self, group: Group) -> tuple[str, ...]:
        """What was chosen of a group."""
        return tuple(name for kind, name in self.chosen if kind == group.name)

    def barred_names(self, group: Group) -> tuple[str, ...]:
        """What was excluded of a group."""
        return tuple(name for kind, name in self.barred if kind == group.name)

    def wants_any(self, group: Group) -> bool:
        """Whether one of several choices is enough."""
        return group.single or group.name in self.any_of

    def span(self, name: str) -> Span:
        """One of SPANS as numbers."""
        return numbers(getattr(self, name))

    def without(self, group: Group) -> Filters:
        """The same with nothing chosen or excluded of a group."""
        return replace(
            self,
            chosen=tuple(pair for pair in self.chosen if pair[0] != group.name),
            barred=tuple(pair for pair in self.barred if pair[0] != group.name),
        )

    def pairs(self) -> list[tuple[str, str]]:
        """These filters as names and values of an address, always in the same order."""
        pairs = [*self.chosen, *((f"not-{name}", choice) for name, choice in self.barred)]
        pairs += [("any", name) for name in self.any_of if len([pair for pair in self.chosen if pair[0] == name]) > 1]
        return pairs + [(name, getattr(self, name)) for name in _PLAIN if getattr(self, name)]

    def query(self) -> str:
        """These filters as a query string, without a question mark."""
        return urlencode(self.pairs())

    def chips(self) -> Iterator[Chip]:
        """Each filter in use, with the filters that are left without it."""
        for pair in self.chosen:
            yield Chip(
                BY_NAME[pair[0]].label, BY_NAME[pair[0]].words(pair[1]), replace(self, chosen=_less(self.chosen, pair))
            )
        for pair in self.barred:
            group, rest = BY_NAME[pair[0]], replace(self, barred=_less(self.barred, pair))
            yield Chip(group.label, group.words(pair[1]), rest, barred=True)
        for name in _PLAIN:
            if value := getattr(self, name):
                plain: dict[str, Any] = {name: ""}
                yield Chip(name.capitalize(), _in_words(name, value), replace(self, **plain))


_PLAIN = (*SPANS, *DAYS, "crossover", "reading", "within")


@dataclass(frozen=True, slots=True)
class Chip:
    """One filter in use: of what, its words, and what is left without it."""

    label: str
    words: str
    rest: Filters = field(repr=False)
    barred: bool = False


def _choices(address: QueryDict, prefix: str) -> tuple[tuple[str, str], ...]:
    found = [
        (group.name, plain)
        for group in GROUPS
        for name in address.getlist(prefix + group.name)[:_MOST_CHOICES]
        if (plain := _plain(name))
    ]
    return tuple(dict.fromkeys(found))[:_MOST_CHOICES]


def _plain(text: str | None, longest: int = _LONGEST) -> str:
    return " ".join((text or "").replace("\0", "").split())[:longest]


def _can_be_read(name: str, word: str) -> bool:
    if name in SPANS:
        return bool(numbers(word))
    return any(days(word, timezone.localdate()))


def _known(word: str | None, words: Mapping[str, str]) -> str:
    return word if word and word in words else ""


def _less(pairs: tuple[tuple[str, str], ...], gone: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in pairs if pair != gone)


def _in_words(name: str, value: str) -> str:
    if name in SPANS:
        return _span_in_words(numbers(value), name)
    if name == "within":
        return f"“{value}”"
    return {**CROSSOVERS, **READING}.get(value, value)


def _span_in_words(span: Span, name: str) -> str:
    least, most = span.least, span.most
    if most is None:
        return f"{least:,} {name} or more"
    if not least:
        return f"up to {most:,} {name}"
    return f"{least:,} {name}" if least == most else f"{least:,} to {most:,} {name}"
