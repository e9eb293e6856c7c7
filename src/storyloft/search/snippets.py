"""The words around what was found, cut from the chapter as the database has it now, with the places to highlight."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from storyloft.prose.clean import CleanHtml
from storyloft.prose.passages import passages
from storyloft.search.query import Phrase
from storyloft.search.schema import is_unspaced

_LENGTH = 260
_BEFORE = 60
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
        begun = [rf"{re.escape(beginning)}\w*" for beginning in beginnings]
        # Longest first, so that "lamps" is not lit up as far as "lamp".
        forms = sorted({re.escape(form) for word in words for form in word}, key=len, reverse=True)
        self._phrases = re.compile("|".join(in_a_row)) if in_a_row else None
        self._all = re.compile("|".join([*in_a_row, *begun, *forms])) if in_a_row or begun or forms else None

    def in_phrases(self, text: str) -> bool:
        """Whether one of the phrases is in this text."""
        return self._phrases is not None and any(_standing_alone(_matches(self._phrases, plain := _plain(text)), plain))

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """Where to highlight, and what stands there."""
        if self._all is None:
            return []
        plain = _plain(text)
        return [(start, end, plain[start:end]) for start, end in _standing_alone(_matches(self._all, plain), plain)]


def snippet(html: str, start: int, end: int, lights: Lights) -> Snippet | None:
    """The best paragraph of a stretch of a chapter; None for a chapter without words.

    The offsets are those that the index noted. Where the chapter was edited since, the whole of it is looked through.
    """
    inside = html[start:end] if _BEGINS_A_BLOCK.match(html, start) else html
    found = _best(inside, lights)
    if inside is not html and not (found and found.places):
        found = _best(html, lights) or found
    return _cut(found, lights) if found else None


def every_snippet(html: str, start: int, end: int, lights: Lights) -> list[Snippet]:
    """Every paragraph of a stretch of a chapter that has something to highlight, in reading order.

    Where the chapter was edited since the index noted the stretch, those of the whole chapter.
    """
    found = list(_lit(html[start:end], lights)) if _BEGINS_A_BLOCK.match(html, start) else []
    return found or list(_lit(html, lights))


class _Lit(NamedTuple):
    """A paragraph's words on one line, and what is to be highlighted there."""

    passage_id: str
    text: str
    places: list[tuple[int, int, str]]


def _paragraphs(html: str, lights: Lights) -> Iterator[_Lit]:
    for passage in passages(cast("CleanHtml", html)):
        if passage.text and passage.id:
            text = " ".join(passage.text.split())
            yield _Lit(passage.id, text, lights.places(text))


def _lit(html: str, lights: Lights) -> Iterator[Snippet]:
    return (_cut(paragraph, lights) for paragraph in _paragraphs(html, lights) if paragraph.places)


def _best(html: str, lights: Lights) -> _Lit | None:
    return max(_paragraphs(html, lights), key=lambda paragraph: _worth(paragraph, lights), default=None)


def _worth(paragraph: _Lit, lights: Lights) -> tuple[bool, int, int]:
    words = {word for _, _, word in paragraph.places}
    return lights.in_phrases(paragraph.text), len(words), len(paragraph.places)


def _cut(paragraph: _Lit, lights: Lights) -> Snippet:
    passage_id, text, places = paragraph
    start, end = _window(text, places, lights)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    shown = tuple((first + shift, last + shift) for first, last, _ in places if start <= first and last <= end)
    return Snippet(passage_id, before + text[start:end] + after, shown)


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


def _plain(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_PLAIN)


def _matches(pattern: re.Pattern[str], plain: str) -> Iterator[tuple[int, int]]:
    # The edges are looked at in Python: with lookarounds the pattern is tried at every letter, thrice as slow.
    return (found.span() for found in pattern.finditer(plain))


def _standing_alone(spans: Iterable[tuple[int, int]], plain: str) -> Iterator[tuple[int, int]]:
    """Those between the edges of words; signs of an unspaced script have none."""
    for start, end in spans:
        touches = (start and plain[start - 1].isalnum()) or (end < len(plain) and plain[end].isalnum())
        if not touches or is_unspaced(plain[start:end]):
            yield start, end


def _in_a_row(words: Sequence[str]) -> str:
    between = r"[\W_]*" if is_unspaced("".join(words)) else r"[\W_]+"
    return between.join(map(re.escape, words))
