"""The help page's examples, drawn from what this visitor may see, each with how many stories it finds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from storyloft.accounts.models import Visitor
from storyloft.search.blocking import unblocked
from storyloft.search.browsing.groups import AUTHOR, CHARACTER, FANDOM, FREEFORM, RELATIONSHIP, Group
from storyloft.search.browsing.naming import all_names
from storyloft.search.browsing.shelves import Shelves, Values, shelves_of
from storyloft.search.compiling import wanted
from storyloft.search.index import NotReady
from storyloft.search.language.small_words import SMALL_WORDS
from storyloft.search.query import read
from storyloft.search.schema import words_of
from storyloft.works.models import Work

_LOOKED_AT = 40
_NAMED = (AUTHOR, FANDOM, RELATIONSHIP, CHARACTER, FREEFORM)


@dataclass(frozen=True, slots=True)
class Example:
    """A query, what it does, and how many stories it finds; None while there is no index."""

    typed: str
    does: str
    works: int | None = None

    @property
    def address(self) -> str:
        """The query string that asks it."""
        return f"?{urlencode({'q': self.typed})}"


@dataclass(frozen=True, slots=True)
class Lesson:
    """Examples of one kind."""

    about: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the examples speak of: a title with two words of it, and the commonest names."""

    title: str = "The Lamp Room"
    one: str = "lamp"
    other: str = "room"
    names: dict[Group, str] | None = None

    def name(self, group: Group, otherwise: str) -> str:
        return (self.names or {}).get(group, otherwise).replace('"', " ")


def lessons(visitor: Visitor) -> list[Lesson]:
    """The language of the search box, lesson by lesson."""
    try:
        with shelves_of(visitor) as shelves:
            shown = _seen_by(visitor, shelves)
            return [_counted(lesson, shelves) for lesson in _lessons(shown)]
    except NotReady:
        return list(_lessons(_Shown()))


def _counted(lesson: Lesson, shelves: Shelves) -> Lesson:
    asked = ((one, wanted(shelves.matcher, read(one.typed))) for one in lesson.examples)
    return Lesson(lesson.about, tuple(Example(one.typed, one.does, shelves.count(clauses)) for one, clauses in asked))


def _seen_by(visitor: Visitor, shelves: Shelves) -> _Shown:
    commonest = _commonest(shelves)
    known = all_names(visitor, commonest)
    names = {group: known[group][keys[0]] for group, keys in commonest.items() if keys and keys[0] in known[group]}
    for title in _titles(visitor):
        words = [word for word in words_of(title) if word not in SMALL_WORDS and len(word) > 2]
        if len(set(words)) > 1:
            return _Shown(title.replace('"', " "), words[0], next(word for word in words if word != words[0]), names)
    return _Shown(names=names)


def _commonest(shelves: Shelves) -> dict[Group, list[int]]:
    """The number of the commonest name of each group, works that changed a moment ago counted as they are now."""
    found = shelves.counts([], {group.column: 1 for group in _NAMED}).values
    return {group: [_most(found[group.column])] if found[group.column] else [] for group in _NAMED}


def _most(values: Values) -> int:
    return int(max(values, key=lambda key: (values[key], -int(key))))


def _titles(visitor: Visitor) -> Iterator[str]:
    works = unblocked(Work.objects.visible_to(visitor), visitor).order_by("-kept_since", "-pk")
    # Short ones stand better on a phone.
    yield from sorted(works.values_list("title", flat=True)[:_LOOKED_AT], key=lambda title: len(title) > 30)


def _lessons(shown: _Shown) -> Iterator[Lesson]:
    yield _words(shown)
    yield _names(shown)
    yield _places(shown)
    yield _facts()
    yield _together(shown)


def _words(shown: _Shown) -> Lesson:
    one, other = shown.one, shown.other
    return Lesson(
        "Words of the story",
        (
            Example(f"{one} {other}", "Both words, in any form, anywhere in the story or in what is said about it."),
            Example(
                f'"{shown.title}"', "Exactly these words, one after the other. One word in quotes is taken as written."
            ),
            Example(f"{one} OR {other}", "One or the other, or both. OR is written in capitals; | does the same."),
            Example(f"{one} -{other}", "The first, in stories that never say the second."),
            Example(f"({one} OR {other}) -rating:explicit", "Brackets hold together what belongs together."),
            Example(f"{one[:4]}*", "Words that begin so."),
            Example(f"{one} NEAR/5 {other}", "Both, at most five words apart, in either order."),
        ),
    )


def _names(shown: _Shown) -> Lesson:
    return Lesson(
        "Names",
        (
            Example(f'author:"{shown.name(AUTHOR, "Mary Quill")}"', "By this author; by: does the same."),
            Example(f"title:{shown.one}", "With this word in the title."),
            Example(
                f'fandom:"{shown.name(FANDOM, "Sherlock Holmes")}"', "In this fandom, whatever its tag is worded like."
            ),
            Example(
                f'ship:"{shown.name(RELATIONSHIP, "Sherlock Holmes/John Watson")}"',
                "With this relationship, in either order; names of ships such as Sterek are known.",
            ),
            Example(f'character:"{shown.name(CHARACTER, "Irene Adler")}"', "With this character."),
            Example(f'tag:"{shown.name(FREEFORM, "Fluff")}"', "With this tag. Also series:."),
        ),
    )


def _places(shown: _Shown) -> Lesson:
    return Lesson(
        "Where to look",
        (
            Example(f"in:title {shown.one}", "All the words that follow, in titles alone."),
            Example(f"in:summary {shown.one}", "In summaries."),
            Example(f"in:notes {shown.one}", "In the author's notes."),
            Example(f"in:text {shown.one}", "In the story itself, not in what is said about it."),
        ),
    )


def _facts() -> Lesson:
    return Lesson(
        "Length, dates, state",
        (
            Example("words:>10000", "Longer than that; also words:<5k, words:1000-5000, words:10k.."),
            Example("chapters:1", "In one chapter; also chapters:>3."),
            Example("updated:<1y", "Changed in the last year; also 30d, 2w, 6m, 2020, 2020..2021, >2019-05."),
            Example("published:2015..2025", "First published in these years."),
            Example("status:complete", "Also in progress, hiatus, abandoned; incomplete for whatever is not complete."),
            Example("rating:general", "Also teen, mature, explicit."),
            Example("-warning:violence", "Without this archive warning."),
            Example("category:gen", "Also f/f, f/m, m/m, multi."),
            Example("lang:en", "By language, its code or its name; site:ao3 by where it came from."),
            Example("crossover:no", "In one fandom only."),
            Example("sort:words", "Not looked for, but the order: updated, published, words, kudos, title, author."),
        ),
    )


def _together(shown: _Shown) -> Lesson:
    fandom = shown.name(FANDOM, "Sherlock Holmes")
    return Lesson(
        "All together",
        (
            Example(
                f'fandom:"{fandom}" words:>1000 status:complete -tag:angst sort:updated',
                "A complete story of some length, without angst, the newest first.",
            ),
            Example(
                f"({shown.one} OR {shown.other}) (rating:general OR rating:teen)", "Fields can stand in brackets, too."
            ),
        ),
    )
