"""The last touch in the reading process: pictures made anew, the language named. Knows no Django.

It happens here and not when storing, because a picture may be hostile and the language model takes 60 MB that
neither the web process nor the worker should hold.
"""

from __future__ import annotations

import re
from dataclasses import replace

from storyloft.ingest.imported import ImportedWork
from storyloft.prose.language import code_for, guess_language

_TAG = re.compile(r"<[^>]*>")
_SAMPLE = 6_000  # characters; more makes the guess no better
# Of an English text every fourth word is one of these; of any other, next to none.
_ENGLISH = frozenset("the and to of a in was that his her it he she you with had for on at as".split())  # noqa: SIM905
_ENOUGH = 0.15
_FEWEST_WORDS = 100


def settle(work: ImportedWork) -> ImportedWork:
    """The work with its language as a code and its pictures re-encoded."""
    work = replace(work, language=_language(work))
    if not (work.pictures or work.cover):
        return work
    from storyloft.ingest import pictures  # Pillow is 10 MB that most imports never need

    return pictures.settle(work)


def _language(work: ImportedWork) -> str:
    """The declared language checked against some of the text; by the text alone where nothing is declared."""
    declared = code_for(work.language) or (work.language if len(work.language) <= 12 else "")
    middle = work.chapters[len(work.chapters) // 2].html if work.chapters else ""
    sample = " ".join(_TAG.sub(" ", middle[: 2 * _SAMPLE]).split())[:_SAMPLE]
    if declared.partition("-")[0] == "en" and _is_plainly_english(sample):
        return declared
    return guess_language(sample, declared)


def _is_plainly_english(sample: str) -> bool:
    """Whether nobody needs to guess: most stories say they are English and are, and the model takes 0.7 s to load."""
    words = sample.lower().split()
    return len(words) >= _FEWEST_WORDS and sum(word in _ENGLISH for word in words) >= _ENOUGH * len(words)
