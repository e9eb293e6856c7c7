"""A text's fingerprint: a fixed share of its runs of five words, with every name made the same.

Two texts that share runs share samples, whatever else was changed around them: page furniture, edits, all the names,
a chapter taken out of its work. Translation and heavy retelling leave no run of words alone and are not found.
The method and its figures: docs/explanation/the-same-story-twice.md.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

# Rises whenever the same text would be sampled otherwise: what was sampled before is then sampled anew.
POLICY = 1

# Five words are seldom the same by chance. A Chinese, Japanese or Korean sign is less than a word, so more of them.
_WORDS_IN_A_RUN = 5
_SIGNS_IN_A_RUN = 8

_SPACE = 1 << 63  # hashes are 0 … 2**63 - 1, which every database keeps as a signed integer
_MASK = _SPACE - 1
_BASE = 0x5BD1E995
# Shorter texts are sampled more densely, so that a tenth of any text still leaves a dozen samples.
# (words at least, one run in so many is kept)
_DENSITY = ((20_000, 50), (5_000, 25), (1_500, 10), (600, 5), (0, 1))
DENSITIES = tuple(every for _, every in _DENSITY)

_SIGNS = (
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_SIGN = re.compile(f"[{_SIGNS}]")
_WORD = re.compile(r"[^\W_]+")
_SIGN_OR_WORD = re.compile(f"[{_SIGNS}]|[^\\W_{_SIGNS}]+")
# Scripts whose vowels are marks above and below the letters: a word is whatever stands between blanks.
_MARKED = "\u0900-\u109f\u1780-\u17ff"
_HAS_MARKS = re.compile(f"[{_MARKED}]")
_MARKED_WORD = re.compile(f"(?:[^\\W_]|[{_MARKED}])+")
# A word in mid-sentence, right behind a letter or comma and one blank. It begins with the blank, which is found fast.
_CAPITAL_IN_MID_SENTENCE = re.compile(r" (?<=[\w,;] )([^\W\d_a-z][^\W_]+)")

# Where more of the words than this look like names, the language writes its nouns so (German), and none is replaced.
_MOST_NAMES = 0.15
# How many places of a repeated run are tried for the longest; more would make refrains quadratic.
_PLACES_TRIED = 8
_NAMES_KEPT = 30


@dataclass(frozen=True, slots=True)
class Samples:
    """The hashes kept of a text, one run in `one_in`; its names, the commonest first; its number of words."""

    hashes: frozenset[int]
    one_in: int
    names: tuple[str, ...]
    words: int


class Span(NamedTuple):
    """Words that stand together: from a letter of one paragraph to a letter of the same or a later one, from 0."""

    first: int
    start: int
    last: int
    end: int


class Run(NamedTuple):
    """The same words in two texts, names aside: where they stand here and there, and how many they are."""

    here: Span
    there: Span
    words: int


def sample(paragraphs: Iterable[str], one_in: int | None = None) -> Samples:
    """The samples of a text given as plain paragraphs; how they were cut makes no difference.

    Of how many runs one is kept depends on the text's length unless `one_in` says it; 1 keeps all.
    """
    text = normal("\n".join(paragraphs))
    words = _pattern(text).findall(text)
    often = Counter(words)
    names = _names(text, often)
    numbers = _masked(words, _numbers(often, names))
    kept = one_in or next(every for least, every in _DENSITY if len(words) >= least)
    top = limit(kept)
    hashes = frozenset(number for number in _runs(numbers, _width(often)) if number < top)
    return Samples(hashes, kept, _commonest(often, names), len(words))


def limit(one_in: int) -> int:
    """Samples below this are those that a text of which one run in `one_in` is kept would have, too."""
    return _SPACE // one_in


def shared_runs(here: Sequence[str], there: Sequence[str]) -> list[Run]:
    """The runs of words, five or more, that two texts share, in the order of `here`; no word of it is in two runs.

    Each text is its paragraphs in their `normal` form. Linear in their length but for text that repeats itself.
    """
    mine, theirs = _placed(here), _placed(there)
    width = min(mine.width, theirs.width)
    starts: dict[int, list[int]] = {}
    for at, number in enumerate(_runs(theirs.numbers, width)):
        known = starts.setdefault(number, [])
        if len(known) < _PLACES_TRIED:
            known.append(at)
    return list(_matched(mine, theirs, list(_runs(mine.numbers, width)), starts))


def normal(text: str) -> str:
    """Text with every accent in its one common form, as `shared_runs` counts its letters."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


class _Placed(NamedTuple):
    numbers: list[int]
    spans: list[Span]
    width: int


def _placed(paragraphs: Sequence[str]) -> _Placed:
    """The words of a text as numbers, neighbouring names as one, each with where it stands."""
    text = "\n".join(paragraphs)
    pattern = _pattern(text)
    often = Counter(pattern.findall(text))
    number_of = _numbers(often, _names(text, often))
    numbers: list[int] = []
    spans: list[Span] = []
    for at, paragraph in enumerate(paragraphs):
        for found in pattern.finditer(paragraph):
            number = number_of[found[0]]
            if number == _NAME and numbers and numbers[-1] == _NAME:
                spans[-1] = spans[-1]._replace(last=at, end=found.end())
                continue
            numbers.append(number)
            spans.append(Span(at, found.start(), at, found.end()))
    return _Placed(numbers, spans, _width(often))


def _matched(mine: _Placed, theirs: _Placed, runs: Sequence[int], starts: Mapping[int, Sequence[int]]) -> Iterator[Run]:
    at = 0
    while at < len(runs):
        tried = ((_same(mine, at, theirs, place), -place) for place in starts.get(runs[at], ()))
        length, before = max(tried, default=(0, 0))
        if length:
            yield Run(_span(mine.spans, at, length), _span(theirs.spans, -before, length), length)
        at += length or 1


def _same(mine: _Placed, at: int, theirs: _Placed, there: int) -> int:
    """How many words are the same from these two on."""
    length, most = 0, min(len(mine.numbers) - at, len(theirs.numbers) - there)
    while length < most and mine.numbers[at + length] == theirs.numbers[there + length]:
        length += 1
    return length


def _span(spans: Sequence[Span], at: int, length: int) -> Span:
    first, last = spans[at], spans[at + length - 1]
    return Span(first.first, first.start, last.last, last.end)


def _pattern(text: str) -> re.Pattern[str]:
    if text.isascii():
        return _WORD
    return _SIGN_OR_WORD if _SIGN.search(text) else _MARKED_WORD if _HAS_MARKS.search(text) else _WORD


def _width(often: Counter[str]) -> int:
    signs = sum(count for word, count in often.items() if len(word) == 1 and _SIGN.match(word))
    return _SIGNS_IN_A_RUN if 2 * signs > often.total() else _WORDS_IN_A_RUN


def _names(text: str, often: Counter[str]) -> frozenset[str]:
    """Words written with a capital in mid-sentence and nowhere in this text without one."""
    capital = {word for word in often if word[0].isupper() and len(word) > 1 and word.lower() not in often}
    names = capital & set(_CAPITAL_IN_MID_SENTENCE.findall(text)) if capital else capital
    many = sum(often[name] for name in names) > _MOST_NAMES * often.total()
    return frozenset() if many else frozenset(names)


def _commonest(often: Counter[str], names: frozenset[str]) -> tuple[str, ...]:
    ranked = sorted(names, key=lambda name: (-often[name], name))
    return tuple(name.lower() for name in ranked[:_NAMES_KEPT])


def _numbers(often: Iterable[str], names: frozenset[str]) -> dict[str, int]:
    """Every word's own number, whatever its case; all names have the same."""
    return {word: _NAME if word in names else _number(word.lower()) for word in often}


def _masked(words: Sequence[str], numbers: Mapping[str, int]) -> list[int]:
    """The words as numbers; neighbouring names are one."""
    told = [numbers[word] for word in words]
    return [number for number, before in zip(told, [0, *told], strict=False) if number != _NAME or before != _NAME]


def _runs(numbers: Sequence[int], width: int) -> Iterator[int]:
    """The hash of every run of so many words, each from the one before (a rolling polynomial)."""
    if len(numbers) < width:
        return
    number = 0
    for one in numbers[:width]:
        number = (number * _BASE + one) & _MASK
    yield number
    leaving = pow(_BASE, width, _SPACE)
    for new, old in zip(numbers[width:], numbers, strict=False):
        number = (number * _BASE + new - old * leaving) & _MASK
        yield number


@lru_cache(maxsize=100_000)
def _number(word: str) -> int:
    # Not Python's own hash: that differs from one start of the program to the next.
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest()) & _MASK


_NAME = _number("\0a name")
