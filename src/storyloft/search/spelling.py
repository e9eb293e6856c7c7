"""Spelling that forgives: a word nobody wrote becomes the nearest one that somebody did."""

from __future__ import annotations

from collections.abc import Iterator

from storyloft.search.language.tree import Word
from storyloft.search.matching import Matcher
from storyloft.search.query import Asked
from storyloft.search.schema import NAMES

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 4
_SHORTEST_FOR_TWO_SLIPS = 6
_MOST_TRIED = 8
# Who mistypes more than these has not mistyped; each costs some milliseconds.
_MOST_REPAIRED = 12


def repairs(matcher: Matcher, asked: Asked) -> dict[str, str]:
    """For each word that this visitor can find nowhere, the nearest one they can; words without one are left out."""
    places = [(word, "") for word in asked.words]
    places += [(leaf.word, leaf.where) for leaf in asked.leaves if isinstance(leaf, Word) and leaf.where in NAMES]
    unknown = [(word, field) for word, field in places if len(word) >= _SHORTEST and not matcher.is_known(word, field)]
    near = {word: nearest(matcher, word, field) for word, field in unknown[:_MOST_REPAIRED]}
    return {word: other for word, other in near.items() if other}


def nearest(matcher: Matcher, word: str, field: str = "") -> str | None:
    """The word nearest to this one that this visitor can find, anywhere or in one field; None where there is none."""
    for near in (_one_slip_away, _near_in_vocabulary):
        # Only what the visitor may read: a correction must not tell the words of somebody else's private story.
        tried = [other for _, other in sorted(near(matcher, word, field or "text"))[:_MOST_TRIED]]
        if known := next((other for other in tried if matcher.is_known(other, field)), None):
            return known
    return None


def _one_slip_away(matcher: Matcher, word: str, field: str) -> Iterator[tuple[int, str]]:
    """Words of the index one slip away, each with minus the number of documents it is in."""
    for other in set(_slips(word)):
        if documents := matcher.searcher.doc_freq(field, other):
            yield -documents, other


def _slips(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after
            yield before + letter + after[1:]


def _near_in_vocabulary(matcher: Matcher, word: str, field: str) -> Iterator[tuple[int, str]]:
    """Words with the same first letter and at most two slips: other alphabets, and what was badly mistyped."""
    most = 2 if len(word) >= _SHORTEST_FOR_TWO_SLIPS else 1
    for other, documents in matcher.searcher.terms_with_prefix(field, word[0]):
        if abs(len(other) - len(word)) <= most and (slips := distance(word, other, most)) <= most:
            yield slips * 1_000_000_000 - documents, other


def distance(one: str, other: str, most: int) -> int:
    """How many letters were changed, left out, added or swapped; any number above `most` where there are more."""
    two_above: list[int] = []
    above = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, beside in enumerate(other, 1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != beside)))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == beside:
                row[j] = min(row[j], two_above[j - 2] + 1)
        if min(row) > most:
            return most + 1
        two_above, above = above, row
    return above[-1]
