"""Words that stand for each other between a memory and a story: "cop" and "constable", "suitcase" and "portmanteau".

Written by hand (kin.txt), for English. A reader remembers in today's words what an author told in their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from storyloft.search.schema import stems_of, words_of

_FILE = Path(__file__).with_name("kin.txt")
# How much a wider word counts beside one that stands for the same.
_WIDER = 0.6
LANGUAGE = "en"


def kin_of(word: str) -> dict[str, float]:
    """The words that a story may have instead of this one, by how near they are, 1 at most."""
    [*stems] = stems_of(LANGUAGE, word)
    return _families().get(stems[0], {}) if stems else {}


@cache
def _families() -> dict[str, dict[str, float]]:
    """For each stem its kin, one word for each of their stems."""
    found: dict[str, dict[str, tuple[str, float]]] = defaultdict(dict)
    for near, wider in _lines():
        for word in near:
            own = _stem(word)
            for other, nearness in [*((one, 1.0) for one in near), *((one, _WIDER) for one in wider)]:
                stem = _stem(other)
                if stem != own and found[own].get(stem, ("", 0.0))[1] < nearness:
                    found[own][stem] = other, nearness
    return {own: dict(others.values()) for own, others in found.items()}


def _lines() -> Iterator[tuple[list[str], list[str]]]:
    for line in _FILE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            near, _, wider = line.partition("|")
            yield words_of(near), words_of(wider)


def _stem(word: str) -> str:
    return stems_of(LANGUAGE, word)[0]
