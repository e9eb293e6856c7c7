"""The memories that people wrote down: those to tune on, and those to test on."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

# Of the first two one half is for tuning and the other for reporting; the other two are for tuning alone.
_FILES = ("queries_a.toml", "queries_b.toml", "queries_c.toml", "queries_d.toml")
_HALVED = _FILES[:2]
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
TUNE, TEST = "tune", "test"


@dataclass(frozen=True, slots=True)
class Remembered:
    """One memory: of which story, of what kind, its words, and where in the body the scene is (fractions)."""

    story: str
    kind: str
    text: str
    half: str
    passage: tuple[float, float] | None = None


def remembered() -> Iterator[Remembered]:
    """Every memory; a chatty one also without its wrapping ("chatty-bare"), and all scenes misspelt ("misspelt").

    Within a kind of a halved file even positions (from 0) are for tuning, odd ones for testing; the other files are
    for tuning.
    """
    for name in _FILES:
        counted: Counter[str] = Counter()
        for row in tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))["query"]:
            half = TEST if name in _HALVED and counted[row["kind"]] % 2 else TUNE
            counted[row["kind"]] += 1
            passage = tuple(row["passage"]) if "passage" in row else None
            one = Remembered(row["story"], row["kind"], row["text"], half, passage)
            yield one
            if "bare" in row:
                yield replace(one, kind="chatty-bare", text=row["bare"])
            if one.kind == "scene":
                yield replace(one, kind="misspelt", text=misspelt(one.text))


def misspelt(text: str, share: float = 0.2) -> str:
    """The same text with one slip in each of that share of its words of four letters and more."""
    dice = random.Random(text)
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    for at in dice.sample(long, min(len(long), round(share * len(words)))):
        words[at] = _slipped(words[at], dice)
    return " ".join(words)


def _slipped(word: str, dice: random.Random) -> str:
    at = dice.randrange(1, len(word) - 1)
    letter = dice.choice(_LETTERS)
    return dice.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
