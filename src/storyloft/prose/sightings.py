"""Where a text writes words with a capital: each run of them, how often, in which company and in which paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from storyloft.prose.people_words import (
    ARTICLES,
    DOING,
    GERMAN_ARTICLES,
    HELPING,
    OPENING_PARTICLES,
    PARTICLES,
    PLACING,
    SHORTENED,
    SPEAKING,
)

# `re` knows no class of capitals: Latin, Greek, Cyrillic and Armenian ones are listed.
_CAPITALS = "".join(chr(code) for code in (*range(0x41, 0x590), *range(0x1E00, 0x2000)) if chr(code).isupper())
_CAPITAL, _LETTER, _SPACE = f"[{_CAPITALS}]", r"[^\W_]", "[ \xa0\u202f]"
_WORD = rf"{_CAPITAL}{_LETTER}*+(?:['’](?:{_LETTER}{{2,}}+|[tmd](?!{_LETTER}))|-{_LETTER}++)*+"
_UNIT = rf"(?:(?:{SHORTENED})\.{_SPACE}|(?!I\.){_CAPITAL}\.{_SPACE}?(?={_CAPITAL}))*+{_WORD}"
_BETWEEN = rf"{_SPACE}(?:(?:{'|'.join(sorted(PARTICLES))}){_SPACE}){{0,2}}(?:d['’])?"
_RUN = re.compile(rf"(?<!{_LETTER})({_UNIT}(?:{_BETWEEN}{_UNIT})*+)(['’]s?(?!{_LETTER}))?(?:{_SPACE}({_LETTER}++))?")
_PARTICLE_BEFORE = re.compile(rf"(?<!{_LETTER})(?:(?:{'|'.join(sorted(OPENING_PARTICLES))}){_SPACE}|d['’])$")
_SMALL_WORD = re.compile(rf"(?<!{_LETTER})(?!{_CAPITAL}){_LETTER}++")
_LOOKED_BACK = 20  # characters before a run: two words, or a particle, and the mark before that
_HEADING = 90  # characters


@dataclass(slots=True)
class Run:
    """Capitalised words in a row, as written, and what was seen of them all over the text.

    `mid` and `opening` count where in a sentence they stood; the other counts are of words right before or behind.
    """

    written: str
    mid: int = 0
    opening: int = 0
    article: int = 0
    german: int = 0
    placed: int = 0
    speaks: int = 0
    does: int = 0
    owns: int = 0
    paragraphs: list[int] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Sightings:
    """All runs of a text, and how often words occur in small letters (only those that runs hold)."""

    runs: list[Run]
    small: Counter[str]


def sightings(paragraphs: Iterable[str]) -> Sightings:
    """Every run of capitalised words in the paragraphs; headings and lines all in capitals are passed by."""
    runs: dict[str, Run] = {}
    kept = []
    for number, paragraph in enumerate(paragraphs):
        if is_heading(paragraph):
            continue
        kept.append(paragraph)
        for found in _RUN.finditer(paragraph):
            _note(runs, paragraph, found, number)
    wanted = {part.lower() for run in runs.values() for part in run.written.split()}
    small: Counter[str] = Counter()
    for paragraph in kept:
        small.update(filter(wanted.__contains__, _SMALL_WORD.findall(paragraph)))
    return Sightings(list(runs.values()), small)


def is_heading(paragraph: str) -> bool:
    """Is this all in capitals, or a short line of Capitalised Words that ends without a full stop?"""
    if paragraph.isupper():
        return True
    if len(paragraph) > _HEADING or not paragraph[-1:].isalnum():
        return False
    words = paragraph.split()
    return sum(word[0].isupper() for word in words) * 3 > len(words) * 2


def _note(runs: dict[str, Run], paragraph: str, found: re.Match[str], number: int) -> None:
    written, own, behind = found.groups()
    start = found.start()
    left = paragraph[max(0, start - _LOOKED_BACK) : start]
    if particle := _PARTICLE_BEFORE.search(left):
        written, left = particle[0] + written, left[: particle.start()]
    run = runs.get(written)
    if run is None:
        run = runs[written] = Run(written)
    run.paragraphs.append(number)
    before = _word_before(left)
    if before is None:
        run.opening += 1
    else:
        run.mid += 1
        run.article += before in ARTICLES
        run.german += before in GERMAN_ARTICLES
        run.placed += before in PLACING and not own
        run.speaks += before in SPEAKING or (before in ARTICLES and _second_before(left) in SPEAKING)
    if own:
        run.owns += 1
    elif behind:
        run.speaks += behind in SPEAKING
        run.does += behind in DOING or behind in HELPING


def _second_before(left: str) -> str:
    """Before the article: who says "said the Joker" means a person."""
    return "".join(left.split()[-2:-1])


def _word_before(left: str) -> str | None:
    """The word before in the same sentence, "" behind a comma or bracket, None where a sentence or speech opens."""
    trimmed = left.rstrip()
    last = trimmed[-1:]
    if len(trimmed) == len(left):
        return None if last != "(" else ""
    if last.isalnum():
        return trimmed.rsplit(None, 1)[-1].lstrip("“”\"'‘’(—–-«»")
    if last in ",;)" or (last in "”\"’'»" and trimmed[-2:-1] == ","):
        return ""
    return None
