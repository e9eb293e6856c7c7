"""Invented stories: no language, but the statistics of one, the same for the same seed on every machine.

Words come as often as Zipf's law says they do, in sentences, paragraphs and talk, with some emphasis and a few scenes:
what is compressed, parsed, counted and indexed behaves as real prose does.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from functools import cache

_COMMON_WORDS = (
    "the and to of a he was in she it that his her had you with as on for at not they him but said be is from all were"
    " this so have one what there out up would if or by when no them into been could down over then me back like just"
    " my we an do before know again time about who only eyes their hand more door two than after still never even how"
    " your little any where away night looked some long way room face through thought came did turned don't didn't"
    " house old window light letter himself herself home morning heart nothing voice head too much see come go"
)
_BEGINNINGS = "b bl br c ch cl d dr f fl g gl gr h j k l m n p pl pr qu r s sc sh sl sp st str t th tr v w wh y"
_MIDDLES = "a e i o u ai ea ee ie oa oo ou"
_ENDINGS = "- - - - - - b ck d f l l m n n nd ng nt p r r rn s s st t t th"
_COMMON, _ONSETS, _NUCLEI, _CODAS = map(str.split, (_COMMON_WORDS, _BEGINNINGS, _MIDDLES, _ENDINGS))
_FORMS = ("", "s", "ed", "ing", "ly")
VOCABULARY = 30_000
_SIGNS = ".........?!"
_SAYING = ("said", "asked", "answered", "whispered", "murmured")


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """The words from the commonest to the rarest, and their summed weights, by Mandelbrot's form of Zipf's law."""
    dice = random.Random(1895)
    words = dict.fromkeys(_COMMON)
    while len(words) < VOCABULARY:
        stem = _word(dice)
        # Forms of one word, as in a language: a stemmer finds something to do.
        words |= dict.fromkeys(stem + form for form in _FORMS[: dice.randint(1, len(_FORMS))])
    # Zipf's other law: the shorter a word, the commoner.
    ranked = sorted(list(words)[:VOCABULARY], key=lambda word: (word not in _COMMON, len(word) // 2))
    return ranked, list(itertools.accumulate(1 / (rank + 2.7) ** 1.07 for rank in range(1, len(ranked) + 1)))


def _word(dice: random.Random) -> str:
    syllables = dice.choices((1, 2, 3), (3, 5, 2))[0]
    return "".join(
        dice.choice(_ONSETS) + dice.choice(_NUCLEI) + dice.choice(_CODAS).strip("-") for _ in range(syllables)
    )


def name(dice: random.Random) -> str:
    """A person's name."""
    return f"{_word(dice).title()} {_word(dice).title()}"


def title(dice: random.Random) -> str:
    """A story's title."""
    return f"The {_word(dice).title()} of {name(dice)}"


def chapter(dice: random.Random, words: int, people: Sequence[str]) -> str:
    """A chapter as HTML, one paragraph a line, of so many words or a few more."""
    return "\n".join(_paragraphs(dice, words, people))


def _paragraphs(dice: random.Random, words: int, people: Sequence[str]) -> Iterator[str]:
    known, weights = vocabulary()
    stream = iter(dice.choices(known, cum_weights=weights, k=2 * words + 500))
    written = 0
    while written < words:
        paragraph = _talk(dice, stream, people) if dice.random() < 0.4 else _telling(dice, stream, people)
        written += paragraph.count(" ") + 1
        if dice.random() < 0.08:
            paragraph = _stressed(dice, paragraph)
        yield f"<p>{paragraph}</p>"
        if dice.random() < 0.01:
            yield "<hr/>"


def _telling(dice: random.Random, stream: Iterator[str], people: Sequence[str]) -> str:
    return " ".join(_sentence(dice, stream, people) for _ in range(dice.randint(2, 7)))


def _talk(dice: random.Random, stream: Iterator[str], people: Sequence[str]) -> str:
    said = _sentence(dice, stream, people)
    said = said[:-1] + ("," if said[-1] == "." else said[-1])
    behind = f" {_sentence(dice, stream, people)}" if dice.random() < 0.5 else ""
    return f"“{said}” {dice.choice(_SAYING)} {dice.choice(people).split()[0]}.{behind}"


def _sentence(dice: random.Random, stream: Iterator[str], people: Sequence[str]) -> str:
    words = list(itertools.islice(stream, dice.randint(4, 22)))
    if dice.random() < 0.15:
        words[0] = dice.choice(people).split()[0]
    if len(words) > 9:
        words[len(words) // 2] += ","
    return f"{words[0][0].upper()}{words[0][1:]} {' '.join(words[1:])}{dice.choice(_SIGNS)}"


def _stressed(dice: random.Random, paragraph: str) -> str:
    words = paragraph.split(" ")
    at = dice.randrange(len(words))
    words[at] = f"<em>{words[at]}</em>"
    return " ".join(words)
