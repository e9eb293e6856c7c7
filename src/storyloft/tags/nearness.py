"""How near two names are: slips of the finger, plurals, spaces and what stands in brackets."""

from __future__ import annotations

import re

_SHORTEST = 5
_SHORTEST_FOR_TWO = 9
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\s*$")
_NUMBER = re.compile(r"\S*\d\S*")


def slips_allowed(name: str) -> int:
    """How many slips a name of this length may have and still be taken for the same: 0, 1 or 2."""
    return 0 if len(name) < _SHORTEST else 1 if len(name) < _SHORTEST_FOR_TWO else 2


def letters(name: str) -> int:
    """The letters a name has, as bits: two names with few slips share nearly all. For leaving out most pairs fast."""
    bits = 0
    for letter in name:
        bits |= 1 << (ord(letter) % 61)
    return bits


def may_be_near(one: int, other: int, most: int) -> bool:
    """Whether two names' `letters` leave room for so few slips: each slip changes two letters at most."""
    return (one ^ other).bit_count() <= 2 * most


def slips(one: str, other: str, most: int) -> int | None:
    """The letters added, left out, mistaken or swapped between two names; None for more than `most`.

    Optimal string alignment, with rows cut off beyond `most`. "Part 1" is never near "Part 2": numbers must agree.
    """
    if abs(len(one) - len(other)) > most or _NUMBER.findall(one) != _NUMBER.findall(other):
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


def singular(key: str) -> str:
    """A key with each word's plural ending taken off, to compare with another's."""
    return " ".join(word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
                    for word in key.split())  # fmt: skip


def without_brackets(name: str) -> tuple[str, str]:
    """`Derek Hale (Teen Wolf)` is "Derek Hale" and "Teen Wolf"; the second is "" where nothing stands in brackets."""
    found = _BRACKETS.search(name)
    return (name[: found.start()], found[1]) if found and found.start() else (name, "")
