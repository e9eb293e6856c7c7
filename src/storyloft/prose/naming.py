"""From capitalised words to names: openings and titles told from names, places left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from storyloft.prose.people_words import (
    ANYONE,
    BEHIND_A_NAME,
    COMMON_NAMES,
    MEN,
    MENS_NAMES,
    NAMES_TOO,
    NO_NAMES,
    OPENING_ENDINGS,
    PARTICLES,
    PLACE_ENDINGS,
    PLACE_OPENINGS,
    SURNAMES_TOO,
    TITLES,
    WIVES,
    WOMEN,
    WOMENS_NAMES,
)
from storyloft.prose.sightings import Run, Sightings

_TAIL = re.compile(r"['’](?:ll|re|ve|[dm])$")
_NOT = re.compile(r"n['’]t$")
_MARKS = re.compile("[\u0300-\u036f]+")
_OPENINGS = 3  # times a word must open a sentence when it is met nowhere else
_RARELY = 10  # times as often with a capital as without


@dataclass(slots=True)
class Name:
    """One form of a name: its words in small letters without accents, its title if any, and where it was met."""

    title: str
    key: tuple[str, ...]
    written: str = ""
    runs: list[Run] = field(default_factory=list)
    total: int = 0

    def may_be(self, other: Name) -> bool:
        """Can a person called this be called `other`, too, as far as titles and given names say?"""
        if not other.title or other.title == self.title:
            return True
        if other.title in WIVES and not self.title:
            return len(self.key) == len(other.key)  # Mrs. Weasley is Ron Weasley's mother
        return not _clash(_kind(self), _kind(other))


def _kind(name: Name) -> str:
    """man, woman, wife, anyone, or "" when nothing tells."""
    if name.title in WIVES:
        return "wife"
    if name.title in WOMEN or (not name.title and name.key[0] in WOMENS_NAMES):
        return "woman"
    if name.title in MEN or (not name.title and name.key[0] in MENS_NAMES):
        return "man"
    return "anyone" if name.title in ANYONE else ""


def _clash(one: str, other: str) -> bool:
    kinds = {one, other}
    return len(kinds) == 2 and "" not in kinds and kinds not in ({"man", "anyone"}, {"woman", "anyone"})


def accent_free(text: str) -> str:
    """The text without accents, for comparing: "Éowyn" as "Eowyn"."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", text)))


def names_in(seen: Sightings) -> list[Name]:
    """The names in the runs of a text, each form once."""
    words = _Words(seen)
    names: dict[tuple[str, tuple[str, ...]], Name] = {}
    spelled: dict[tuple[str, tuple[str, ...]], Counter[str]] = {}
    for run in seen.runs:
        for titles, parts in words.pieces(run):
            title = _bare(titles[0]) if titles else ""
            form = (title, _key(parts))
            name = names.setdefault(form, Name(*form))
            name.runs.append(run)
            name.total += run.total
            spelled.setdefault(form, Counter())[" ".join((*titles, *parts))] += run.total
    for form, name in names.items():
        name.written = max(spelled[form].items(), key=lambda item: (item[1], item[0]))[0]
    return list(names.values())


def _bare(word: str) -> str:
    return word.lower().rstrip(".")


def _key(parts: list[str]) -> tuple[str, ...]:
    """Initials count for nothing, unless there is nothing else."""
    return tuple(accent_free(part).lower() for part in parts if part[-1] != ".") or (_bare(parts[0]),)


class _Words:
    """What a text tells of single words: how often with a capital inside sentences, at their opening, speaking."""

    def __init__(self, seen: Sightings) -> None:
        self.small = seen.small
        self.runs = {run.written: run.total for run in seen.runs}
        self.mid: Counter[str] = Counter()
        self.opening: Counter[str] = Counter()
        self.speaks: Counter[str] = Counter()
        for run in seen.runs:
            for place, word in enumerate(run.written.split()):
                self.mid[word] += run.total if place else run.mid
                self.opening[word] += 0 if place else run.opening
                self.speaks[word] += run.speaks

    def pieces(self, run: Run) -> Iterator[tuple[list[str], list[str]]]:
        """The names in a run, each as its titles and its words."""
        for segment in self._segments(run):
            titles = list(takewhile(lambda word: _bare(word) in TITLES, segment))
            parts = segment[len(titles) :]
            while parts and _bare(parts[-1]) in BEHIND_A_NAME | PARTICLES:
                parts = parts[:-1]
            if parts and (titles or (not _is_place(parts) and self._is_name(parts))):
                yield titles, parts

    def _segments(self, run: Run) -> Iterator[list[str]]:
        """The run cut at every word that is none of a name."""
        segment: list[str] = []
        for place, written in enumerate(self._words(run)):
            word = _TAIL.sub("", written)
            titled = bool(segment) and _bare(segment[-1]) in TITLES
            if word.isupper() and len(word) > 1 and word[-1] != ".":
                word = self._quiet(word, run)
            opens = place == 0 and run.opening > run.mid
            if word and (titled or not self._is_other(word, opens, run)):
                segment.append(word)
            else:
                yield segment
                segment = []
        yield segment

    def _words(self, run: Run) -> list[str]:
        words = run.written.split()
        if words[0] in PARTICLES and self.runs.get(" ".join(words[1:]), 0) >= run.total:
            return words[1:]  # "the mother of Marie" in French
        return words

    def _quiet(self, word: str, run: Run) -> str:
        """A word all in capitals as the text writes it otherwise; "" where it is only shouted, or short for a thing."""
        calm = word.capitalize()
        if self.mid[calm] or self.opening[calm]:
            return calm
        return word if len(word) > 3 and not self.small[word.lower()] and run.speaks else ""

    def _is_other(self, word: str, opens: bool, run: Run) -> bool:
        bare = _bare(word)
        if bare in TITLES or bare in PARTICLES or word[-1] == ".":
            return False
        if bare in NAMES_TOO or (len(word) == 1 and bare not in NO_NAMES):
            return not self._speaks(word)
        if bare in NO_NAMES or _NOT.search(word):
            return True
        adverb = word.endswith(OPENING_ENDINGS) and not self.mid[word]
        return opens and " " in run.written and (adverb or self.small[word.lower()] > self.mid[word])

    def _is_name(self, parts: list[str]) -> bool:
        if len(parts) > 1:
            return any(self._is_rare(part) for part in parts)
        word = parts[0]
        if self._speaks(word) or (self.mid[word] and self._is_rare(word)):
            return True
        often = self.opening[word] >= _OPENINGS and not self.small[word.lower()]
        return often and not word.endswith(OPENING_ENDINGS)

    def _is_rare(self, word: str) -> bool:
        return self.small[word.lower()] * _RARELY <= self.mid[word]

    def _speaks(self, word: str) -> bool:
        return self.mid[word] >= 3 and self.speaks[word] >= 2


def _is_place(parts: list[str]) -> bool:
    """Is this "Baker Street" or "Mount Doom", or the "Great Western Railway"?"""
    if len(parts) == 1:
        return False
    first, last = _bare(parts[0]), _bare(parts[-1])
    if first in COMMON_NAMES and last in SURNAMES_TOO:
        return False
    return last in PLACE_ENDINGS or first in PLACE_OPENINGS
