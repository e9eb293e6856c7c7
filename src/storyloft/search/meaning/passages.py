"""The passages of a work as the database has them now: those of the index, the long ones in pieces.

A passage of the index ends with a paragraph and has 240 words on average, a model hears about 190 (256 tokens): what
comes after would be lost without a word. The pieces of a passage have its place and a vector each.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from storyloft.prose.clean import CleanHtml
from storyloft.search.documents import stretches
from storyloft.search.schema import is_unspaced
from storyloft.works.models import Chapter, ChapterQuerySet

# About 200 tokens of English; finding.md's passages were no longer.
_WORDS_IN_A_PIECE = 150
# To be raised when passages are cut in another way: everything is then learned anew.
_CUT = "1"


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage, or a piece of one, as it is now: its passage's place, and its text with a digest of it."""

    chapter: int
    start: int
    end: int
    digest: int
    text: str

    @property
    def place(self) -> tuple[int, int, int, int]:
        """As it is stored beside its vector."""
        return self.chapter, self.start, self.end, self.digest


def passages_of(work_id: int) -> Iterator[Passage]:
    """All passages of a work, in its order; none where it is taken back, gone or without text."""
    chapters = _with_text([work_id]).order_by("position", "pk").values_list("pk", "current__html")
    for chapter, html in chapters.iterator(chunk_size=10):
        for start, end, text in stretches(cast("CleanHtml", html)):
            for piece in pieces(text):
                yield Passage(chapter, start, end, _digest(piece), piece)


def pieces(text: str) -> Iterator[str]:
    """A text cut into as few nearly equal pieces as hold at most 150 words each; signs of unspaced scripts count."""
    unspaced = is_unspaced(text)
    parts = list(text) if unspaced else text.split()
    count = max(1, math.ceil(len(parts) / _WORDS_IN_A_PIECE))
    for number in range(count):
        piece = parts[number * len(parts) // count : (number + 1) * len(parts) // count]
        yield ("" if unspaced else " ").join(piece)


def stamps(work_ids: Sequence[int]) -> dict[int, str]:
    """Of which revisions these works' passages are now; a work without text is left out."""
    rows = _with_text(work_ids).order_by("work_id", "pk")
    told: dict[int, list[str]] = defaultdict(lambda: [_CUT])
    for work_id, *revision in rows.values_list("work_id", "pk", "position", "current_id", "current__policy"):
        told[work_id].append(" ".join(map(str, revision)))
    return {work_id: _hash("\n".join(each), 16).hex() for work_id, each in told.items()}


def _with_text(work_ids: Iterable[int]) -> ChapterQuerySet:
    return Chapter.objects.filter(
        work_id__in=list(work_ids), work__taken_back_at=None, taken_back_at=None, current__isnull=False
    )


def _digest(text: str) -> int:
    return int.from_bytes(_hash(text, 8), "little", signed=True)


def _hash(text: str, size: int) -> bytes:
    return hashlib.blake2b(text.encode(errors="replace"), digest_size=size).digest()
