"""What changed between two versions of a chapter: by paragraph, and within a paragraph by word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from storyloft.prose.align import align
from storyloft.prose.clean import CleanHtml
from storyloft.prose.passages import Passage, passages

_WORDS = re.compile(r"\s+|\w+(?:['’\-]\w+)*|[^\w\s]")
_MOST_WORDS = 1500  # in a paragraph; beyond it the whole paragraph counts as rewritten, as the finding is quadratic


@dataclass(frozen=True, slots=True)
class Run:
    """A run of words that was kept, added or removed."""

    kind: Literal["kept", "added", "removed"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one paragraph; `id` is its passage id (the old one where it was removed).

    `runs` are the words in reading order, old and new: one run for a paragraph kept, added or removed whole.
    `moved` says that it stands elsewhere than before among the paragraphs that stayed.
    """

    kind: Literal["kept", "added", "removed", "changed"]
    id: str
    runs: tuple[Run, ...]
    moved: bool = False


def compare(before: CleanHtml, after: CleanHtml) -> list[Change]:
    """The differences in reading order of `after`, what was removed standing where it stood.

    Paragraphs are matched by their ids, those without by their words. Near-linear for chapters of any length.
    """
    old, new = passages(before), passages(after)
    old_of = _matched(old, new)
    kept = {place for place in old_of if place is not None}
    stayed = set(_longest_rising([place for place in old_of if place is not None]))
    changes: list[Change] = []
    at = 0
    for passage, place in zip(new, old_of, strict=True):
        if place is None:
            changes.append(Change("added", passage.id, (Run("added", passage.text),)))
            continue
        if place in stayed:
            changes.extend(_removed(old[at:place], kept, at))
            at = place + 1
        changes.append(_change(old[place], passage, moved=place not in stayed))
    changes.extend(_removed(old[at:], kept, at))
    return changes


def word_runs(before: str, after: str) -> tuple[Run, ...]:
    """What became of the words of one paragraph."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(old), len(new)) > _MOST_WORDS:
        return Run("removed", before), Run("added", after)
    return tuple(_runs(old, new))


def _matched(old: Sequence[Passage], new: Sequence[Passage]) -> list[int | None]:
    places = {passage.id: at for at, passage in enumerate(old) if passage.id}
    by_id = [places.get(passage.id) for passage in new]
    if any(place is not None for place in by_id) or not old:
        return by_id
    return align([passage.text for passage in old], [passage.text for passage in new])


def _change(old: Passage, new: Passage, *, moved: bool) -> Change:
    if old.text == new.text:
        return Change("kept", new.id, (Run("kept", new.text),), moved)
    return Change("changed", new.id, word_runs(old.text, new.text), moved)


def _removed(old: Sequence[Passage], kept: set[int], start: int) -> Iterator[Change]:
    for at, passage in enumerate(old, start):
        if at not in kept:
            yield Change("removed", passage.id, (Run("removed", passage.text),))


def _runs(old: list[str], new: list[str]) -> Iterator[Run]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            yield Run("kept", "".join(new[new_start:new_end]))
            continue
        if old_end > old_start:
            yield Run("removed", "".join(old[old_start:old_end]))
        if new_end > new_start:
            yield Run("added", "".join(new[new_start:new_end]))


def _longest_rising(places: Sequence[int]) -> list[int]:
    """The longest run of places in rising order (with gaps): what stayed while the others moved around it."""
    ends: list[int] = []
    chain: list[tuple[int, int]] = []  # (place, which chain entry stands before it)
    last_at: list[int] = []
    for place in places:
        length = bisect_left(ends, place)
        chain.append((place, last_at[length - 1] if length else -1))
        ends[length : length + 1] = [place]
        last_at[length : length + 1] = [len(chain) - 1]
    rising, at = [], last_at[-1] if last_at else -1
    while at >= 0:
        place, at = chain[at]
        rising.append(place)
    return rising
