"""Ship names as fandoms know them: `ship_named("Sterek")`. From ships.toml, a tag set that one can read and correct."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from storyloft.tags.kinds import TagKind
from storyloft.tags.tagsets import Entry, TagSet, read
from storyloft.tags.wording import key, sides

_FILE = Path(__file__).with_name("ships.toml")
# Ship names that are words or first names of everybody's: in a free text they mean no ship.
_WORDS = frozenset(
    {"bumblebee", "chair", "chili", "clack", "fair game", "harmony", "jam", "larry", "lancaster", "literati", "love"}
    | {"meanie", "monochrome", "phan", "rogan", "shoot", "simi", "sope", "spitfire", "timebomb", "blackwater", "malina"}
)
# What archives add to a fandom's name, and its people leave out: "(TV 2005)", "- J. K. Rowling", "& Related Fandoms".
_ADDED = re.compile(r"\s*(?:\([^()]*\)|&\s*Related Fandoms|-\s*All Media Types|\s-\s[^-]+|RPF)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ship:
    """A ship name, the relationship it means with full names in the usual order, and its fandom."""

    name: str
    relationship: str
    fandom: str

    @property
    def characters(self) -> tuple[str, ...]:
        """The names of the relationship's two or three."""
        return tuple(sides(self.relationship)[1])

    @property
    def is_a_word(self) -> bool:
        """Also an ordinary word or name ("Chair", "Larry"): not to be taken for a ship in a free text."""
        return key(TagKind.FREEFORM, self.name) in _WORDS


def ship_named(name: str) -> Ship | None:
    """The ship of this name, whatever its case, accents and punctuation; None where it is not known.

    The first call reads a file of 100 kB; nothing asks the database.
    """
    return _by_name().get(_key(name))


def all_ships() -> Iterable[Ship]:
    """Every ship that is known, once for each of its names."""
    return _by_name().values()


def loose(fandom: str) -> set[str]:
    """The names a fandom goes by, folded: "Teen Wolf (TV)" and "Teen Wolf" share one."""
    names = {fandom, *fandom.split(" | ")}
    for name in list(names):
        while (shorter := _ADDED.sub("", name)) != name and shorter:
            names.add(shorter)
            name = shorter
    return {key(TagKind.FANDOM, name) for name in names if name.strip()}


def ships_of(fandoms: Mapping[str, str] | None = None) -> TagSet:
    """The known ships as a tag set, each with its characters.

    `fandoms` keeps those of fandoms that an archive has: `loose` name to the archive's own name for it.
    """
    known = [entry for entry in _tag_set().entries if entry.kind == TagKind.RELATIONSHIP]
    if fandoms is None:
        chosen = [(entry, entry.fandoms[0]) for entry in known]
    else:
        named = {name: _own_name(name, fandoms) for name in {entry.fandoms[0] for entry in known}}
        chosen = [(entry, own) for entry in known if (own := named[entry.fandoms[0]])]
    people = dict.fromkeys((person, fandom) for entry, fandom in chosen for person in sides(entry.name)[1])
    in_fandoms: dict[str, tuple[str, ...]] = {}
    for person, fandom in people:
        in_fandoms[person] = (*in_fandoms.get(person, ()), fandom)
    entries = [
        *(Entry(TagKind.FANDOM, fandom) for fandom in dict.fromkeys(fandom for _, fandom in chosen)),
        *(Entry(TagKind.CHARACTER, person, fandoms=where) for person, where in in_fandoms.items()),
        *(_with_characters(entry, fandom) for entry, fandom in chosen),
    ]
    return TagSet("Known ship names", entries=tuple(entries))


def _own_name(fandom: str, fandoms: Mapping[str, str]) -> str:
    return next((fandoms[one] for one in sorted(loose(fandom), key=len, reverse=True) if one in fandoms), "")


def _with_characters(entry: Entry, fandom: str) -> Entry:
    people = tuple(sides(entry.name)[1])
    return Entry(entry.kind, entry.name, entry.wordings, fandoms=(fandom,), characters=people)


@cache
def _tag_set() -> TagSet:
    return read(_FILE.read_bytes())


@cache
def _by_name() -> dict[str, Ship]:
    found: dict[str, Ship] = {}
    for entry in _tag_set().entries:
        for name in entry.wordings if entry.kind == TagKind.RELATIONSHIP else ():
            found.setdefault(_key(name), Ship(name, entry.name, entry.fandoms[0]))
    return found


def _key(name: str) -> str:
    # "Swan Queen", "SwanQueen" and "swan-queen" are one: nobody agrees on the space.
    return key(TagKind.RELATIONSHIP, name).replace(" ", "")
