"""The words around what was found, cut from the chapter as the database has it now, with the places to highlight."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from storyloft.prose.clean import CleanHtml
from storyloft.prose.passages import Passage, passages
from storyloft.search.query import Phrase
from storyloft.search.schema import is_unspaced

_LENGTH = 260
_BEFORE = 60
_WORD = re.compile(r"[^\W_]+")
_BEGINS_A_BLOCK = re.compile(r'<[a-z0-9]+ [^>]*?\bid="p-')


class _Plain(dict[int, int]):
    """Each letter small and without its accent, one for one, so that places stay the same. Filled as letters come."""

    def __missing__(self, letter: int) -> int:
        plain = unicodedata.normalize("NFD", chr(letter))[0].lower()
        self[letter] = ord(plain[0])
        return self[letter]


_PLAIN = _Plain()


@dataclass(frozen=True, slots=True)
class Snippet:
    """Some of a paragraph's words, and where in them to highlight."""

    passage_id: str
    text: str
    highlights: tuple[tuple[int, int], ...]


class Lights:
    """What to highlight: phrases, words in the forms that were looked for, and words that begin so."""

    def __init__(
        self, words: Iterable[Iterable[str]], phrases: Sequence[Phrase], beginnings: Sequence[str] = ()
    ) -> None:
        in_a_row = [_in_a_row(part.words) for part in phrases]
        forms = {form for word in words for form in word}
        # Longest first, so that "lamps" is not lit up as far as "lamp".
        self._phrases = re.compile("|".join(in_a_row)) if in_a_row else None
        begun = [rf"{re.escape(beginning)}\w*" for beginning in beginnings]
        # Plain words, hundreds of them for a half-remembered scene, are looked up: a pattern of so many takes ten times
        # as long, and as long again to be made.
        plain = not in_a_row and not begun and all(form.isalnum() and not is_unspaced(form) for form in forms)
        self._plain = frozenset(forms if plain else ())
        patterns = [] if self._plain else [*in_a_row, *begun, *sorted(map(re.escape, forms), key=len, reverse=True)]
        self._all = re.compile("|".join(patterns))

    def in_phrases(self, text: str) -> bool:
        """Whether one of the phrases is in this text."""
        return self._phrases is not None and any(_standing_alone(self._phrases, text))

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """Where to highlight, and what stands there."""
        if self._plain:
            words = _WORD.finditer(_plain(text))
            return [(found.start(), found.end(), found[0]) for found in words if found[0] in self._plain]
        if not self._all.pattern:
            return []
        return [(found.start(), found.end(), found[0]) for found in _standing_alone(self._all, text)]


def snippet(html: str, start: int, end: int, lights: Lights) -> Snippet | None:
    """The best paragraph of a stretch of a chapter; None for a chapter without words.

    The offsets are those that the index noted. Where the chapter was edited since, the whole of it is looked through.
    """
    inside = html[start:end] if _BEGINS_A_BLOCK.match(html, start) else html
    found = _best(inside, lights)
    if found is None or (inside is not html and not lights.places(found.text)):
        found = _best(html, lights) or found
    return _cut(found, lights) if found else None


def every_snippet(html: str, start: int, end: int, lights: Lights) -> list[Snippet]:
    """Every paragraph of a stretch of a chapter that has something to highlight, in reading order.

    Where the chapter was edited since the index noted the stretch, those of the whole chapter.
    """
    found = list(_lit(html[start:end], lights)) if _BEGINS_A_BLOCK.match(html, start) else []
    return found or list(_lit(html, lights))


def _lit(html: str, lights: Lights) -> Iterator[Snippet]:
    for passage in passages(cast("CleanHtml", html)):
        if passage.text and passage.id and lights.places(passage.text):
            yield _cut(passage, lights)


def _best(html: str, lights: Lights) -> Passage | None:
    found = [passage for passage in passages(cast("CleanHtml", html)) if passage.text and passage.id]
    return max(found, key=lambda passage: _worth(passage, lights), default=None)


def _worth(passage: Passage, lights: Lights) -> tuple[bool, int, int]:
    places = lights.places(passage.text)
    return lights.in_phrases(passage.text), len({word for _, _, word in places}), len(places)


def _cut(passage: Passage, lights: Lights) -> Snippet:
    text = " ".join(passage.text.split())
    places = lights.places(text)
    start, end = _window(text, places, lights)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    shown = tuple((first + shift, last + shift) for first, last, _ in places if start <= first and last <= end)
    return Snippet(passage.id, before + text[start:end] + after, shown)


def _window(text: str, places: list[tuple[int, int, str]], lights: Lights) -> tuple[int, int]:
    """The part to show: the one with the most different words looked for, cut between words."""
    if len(text) <= _LENGTH:
        return 0, len(text)
    starts = [max(0, first - _BEFORE) for first, _, _ in places] or [0]
    start = max(starts, key=lambda at: (_worth_of_window(text, at, places, lights), -at))
    start = text.find(" ", start) + 1 if start and " " in text[start : start + _BEFORE] else start
    end = min(len(text), start + _LENGTH)
    if end < len(text) and (blank := text.rfind(" ", start + _LENGTH // 2, end)) > 0:
        end = blank
    return start, end


def _worth_of_window(text: str, at: int, places: list[tuple[int, int, str]], lights: Lights) -> tuple[bool, int]:
    words = {word for first, last, word in places if at <= first and last <= at + _LENGTH}
    return lights.in_phrases(text[at : at + _LENGTH]), len(words)


def _standing_alone(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What the pattern finds between the edges of words; signs of an unspaced script have none."""
    # Looking around in Python: with lookarounds and IGNORECASE the pattern is tried at every letter, thrice as slow.
    plain = _plain(text)
    for found in pattern.finditer(plain):
        beside = plain[max(0, found.start() - 1) : found.start()], plain[found.end() : found.end() + 1]
        if not any(letter.isalnum() for letter in beside) or is_unspaced(found[0]):
            yield found


def _plain(text: str) -> str:
    """The text in small letters without accents, sign for sign."""
    return text.lower() if text.isascii() else text.translate(_PLAIN)


def _in_a_row(words: Sequence[str]) -> str:
    between = r"[\W_]*" if is_unspaced("".join(words)) else r"[\W_]+"
    return between.join(map(re.escape, words))
