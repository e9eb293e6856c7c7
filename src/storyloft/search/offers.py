"""What the search box offers while somebody types, as terms of the index.

A term is the words of a name from one of its words on, its kind and the name itself, so that "hol" finds "Sherlock
Holmes" by a walk along the term dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from storyloft.search.schema import words_of

KINDS = ("title", "author", "fandom", "character")
_BETWEEN = "\x1f"
_WORDS_TO_BEGIN_AT = 6


class Offer(NamedTuple):
    """A name that can be offered: title, author, fandom or character."""

    kind: str
    name: str


def offers(names: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The terms for a work's names, pairs of kind and name."""
    for kind, name in names:
        if kind in KINDS:
            words = words_of(name)
            for first in range(min(len(words), _WORDS_TO_BEGIN_AT)):
                yield _BETWEEN.join((" ".join(words[first:]), kind, name))


def offer_in(term: str) -> Offer:
    """The name that a term offers."""
    _, kind, name = term.split(_BETWEEN, 2)
    return Offer(kind, name)
