"""Words that stand for each other between a memory and a story: "cop" and "constable", "suitcase" and "portmanteau".

Written by hand, for English. A reader remembers in today's words what an author told in their own (kin.txt and, for
things and what is done with them, kin_of_things.txt), and in the present what an author told in the past
(irregular.txt: "steals" and "stole", which no stemmer brings together).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from storyloft.search.schema import stems_of, words_of

_KIN = tuple(Path(__file__).with_name(name) for name in ("kin.txt", "kin_of_things.txt", "kin_of_deeds.txt"))
_IRREGULAR = Path(__file__).with_name("irregular.txt")
# How much a wider word counts beside one that stands for the same, and another form of the very same word.
_WIDER, _SAME = 0.6, 1.5
LANGUAGE = "en"


def kin_of(word: str) -> dict[str, float]:
    """The words that a story may have instead of this one, by how near they are: 1 for kin, more for the same word."""
    stem = "".join(stems_of(LANGUAGE, word)[:1])
    forms = _forms().get(stem, {})
    found: dict[str, float] = {}
    for own in (stem, *map(_stem, forms)):
        found = _kin_of_stem(own) | found
    return {other: near for other, near in (found | forms).items() if _stem(other) != stem}


@cache
def _forms() -> dict[str, dict[str, float]]:
    """For each stem the other forms of its word that have another stem."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for line in _lines(_IRREGULAR):
        words = words_of(line)
        for word in words:
            found[_stem(word)] |= {other: _SAME for other in words if _stem(other) != _stem(word)}
    return dict(found)


@lru_cache(maxsize=2000)
def _kin_of_stem(stem: str) -> dict[str, float]:
    """The kin of all words with this stem, one word for each of their stems."""
    found: dict[str, tuple[str, float]] = {}
    for line in _families().get(stem, ()):
        near, _, wider = line.partition("|")
        others = [*((one, 1.0) for one in words_of(near)), *((one, _WIDER) for one in words_of(wider))]
        for other, nearness in others:
            own = _stem(other)
            if own != stem and found.get(own, ("", 0.0))[1] < nearness:
                found[own] = other, nearness
    return dict(found.values())


@cache
def _families() -> dict[str, list[str]]:
    """For each stem the lines it stands left of the bar in; most are never asked for, and are not read further."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in chain.from_iterable(map(_lines, _KIN)):
        for stem in dict.fromkeys(stems_of(LANGUAGE, line.partition("|")[0])):
            found[stem].append(line)
    return dict(found)


def _lines(path: Path) -> Iterator[str]:
    return (line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#"))


def _stem(word: str) -> str:
    return stems_of(LANGUAGE, word)[0]
