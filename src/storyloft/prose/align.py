"""Which paragraph of the new text is which of the old one: in near-linear time, moves and repetitions included."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence

# How alike an edited paragraph must be to be the same: the share of words in common, or nearly all of the shorter.
_ALIKE = 0.3
_CONTAINED = 0.8
_FEW_WORDS = 8
_RARE = 4  # a word found in more paragraphs than this says nothing about which one
_NEIGHBOURS = 2
_CANDIDATES = 12
_WORD = re.compile(r"\w+")


def align(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    """For each of `new` the place in `old` of the same paragraph, None for one that is new; no place twice.

    Equal texts first: those that occur once on each side wherever they stand, then their equal neighbours (so that
    one of many scene breaks is known by what stands around it, after Heckel 1978), then the rest in order.
    Edited paragraphs after that: by words in common, the most alike first, near places before far ones.
    """
    pairs = _Pairs(old, new)
    pairs.take_unique()
    pairs.take_neighbours()
    pairs.take_in_order()
    pairs.take_alike()
    return pairs.old_of


class _Pairs:
    """The pairs found so far, both ways."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.old, self.new = old, new
        self.old_of: list[int | None] = [None] * len(new)
        self.new_of: list[int | None] = [None] * len(old)

    def pair(self, old: int, new: int) -> None:
        self.old_of[new], self.new_of[old] = old, new

    def take_unique(self) -> None:
        old_count, new_count = Counter(self.old), Counter(self.new)
        place = {text: at for at, text in enumerate(self.old)}
        for at, text in enumerate(self.new):
            if new_count[text] == 1 and old_count[text] == 1:
                self.pair(place[text], at)

    def take_neighbours(self) -> None:
        """From each pair onward and back, as long as the texts are equal; the chapter's two ends count as pairs."""
        for step, new_edge, old_edge in ((1, -1, -1), (-1, len(self.new), len(self.old))):
            places = range(len(self.new)) if step > 0 else range(len(self.new) - 1, -1, -1)
            for at in places:
                beside = at - step
                anchor = old_edge if beside == new_edge else self.old_of[beside]
                if anchor is not None:
                    self._take_if_equal(anchor + step, at)

    def _take_if_equal(self, old: int, new: int) -> None:
        free = 0 <= old < len(self.old) and self.new_of[old] is None and self.old_of[new] is None
        if free and self.old[old] == self.new[new]:
            self.pair(old, new)

    def take_in_order(self) -> None:
        """Equal texts without a known neighbour: where one would stand if nothing had moved, then first to first."""
        for at, place in enumerate(self._expected_places()):
            self._take_if_equal(place, at)
        waiting: dict[str, list[int]] = defaultdict(list)
        for at in range(len(self.old) - 1, -1, -1):
            if self.new_of[at] is None:
                waiting[self.old[at]].append(at)
        for at, text in enumerate(self.new):
            if self.old_of[at] is None and waiting.get(text):
                self.pair(waiting[text].pop(), at)

    def take_alike(self) -> None:
        old_left = [at for at, pair in enumerate(self.new_of) if pair is None]
        new_left = [at for at, pair in enumerate(self.old_of) if pair is None]
        if not old_left or not new_left:
            return
        for _, _, new, old in sorted(self._likenesses(old_left, new_left)):
            if self.old_of[new] is None and self.new_of[old] is None:
                self.pair(old, new)

    def _likenesses(self, old_left: list[int], new_left: list[int]) -> list[tuple[float, int, int, int]]:
        """(unlikeness, distance, new, old) for every pair worth looking at."""
        old_words = {at: _words(self.old[at]) for at in old_left}
        new_words = {at: _words(self.new[at]) for at in new_left}
        places = _places_of_words(old_words)
        expected = self._expected_places()
        rank = {at: order for order, at in enumerate(old_left)}
        found = []
        for new in new_left:
            near = _nearest(old_left, expected[new])
            shared = Counter(place for word in new_words[new] for place in places.get(word, ()))
            candidates = {*near, *(place for place, _ in shared.most_common(_CANDIDATES))}
            for old in candidates:
                like = likeness(old_words[old], new_words[new], self.old[old], self.new[new])
                if like:
                    found.append((-like, abs(rank[old] - _rank_near(old_left, expected[new])), new, old))
        return found

    def _expected_places(self) -> list[int]:
        """Where in `old` each of `new` would stand if nothing had moved: just behind the last pair before it."""
        places, behind = [], -1
        for pair in self.old_of:
            behind = behind + 1 if pair is None else pair
            places.append(behind)
        return places


def likeness(old_words: Counter[str], new_words: Counter[str], old: str, new: str) -> float:
    """Between 0 (another paragraph) and 1, by words in common; of very short ones by pairs of letters."""
    if min(len(old_words), len(new_words)) < _FEW_WORDS:
        score = max(_dice(old_words, new_words), _dice(_letters(old), _letters(new)))
        return score if score >= 0.5 else _contained(old_words, new_words)
    score = _dice(old_words, new_words)
    return score if score >= _ALIKE else _contained(old_words, new_words)


def _dice(one: Counter[str], other: Counter[str]) -> float:
    total = one.total() + other.total()
    return 2 * _shared(one, other) / total if total else 0.0


def _contained(one: Counter[str], other: Counter[str]) -> float:
    smaller = min(one.total(), other.total())
    shared = _shared(one, other)
    return _dice(one, other) if shared >= 4 and shared >= _CONTAINED * smaller else 0.0


def _shared(one: Counter[str], other: Counter[str]) -> int:
    if len(other) < len(one):
        one, other = other, one
    return sum(min(count, other[word]) for word, count in one.items() if word in other)


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def _letters(text: str) -> Counter[str]:
    text = text.casefold()
    return Counter(text[at : at + 2] for at in range(len(text) - 1))


def _places_of_words(words: dict[int, Counter[str]]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for at, own in words.items():
        for word in own:
            places[word].append(at)
    return {word: found for word, found in places.items() if len(found) <= _RARE}


def _rank_near(left: list[int], place: int) -> int:
    return bisect_left(left, place)


def _nearest(left: list[int], place: int) -> list[int]:
    at = _rank_near(left, place)
    return left[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]
