"""How alike two works are, by the samples of their texts. Asked of the whole library: who may see what it finds is
asked elsewhere, see `pairs`.

Containment = shared samples / samples of the smaller side. At least .8 both ways: the same story; one way: the one is
part of the other; from .1 on much is the same. The method and what it misses: docs/explanation/the-same-story-twice.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from storyloft.prose.shingles import limit
from storyloft.reposts.models import Kind, Sample, Sampled
from storyloft.works.models import Work

# A run of words that more stories than these share is a phrase of the trade or a site's furniture, and tells nothing.
MOST_HOLDERS = 8
# Rows kept of such a run: one more than tells something, so that it is known to be common however common it gets.
KEPT_HOLDERS = MOST_HOLDERS + 1

LEAST_SHARED = 4
_WHOLE = 0.8
LEAST_SHARE = 0.1

# Fewer of the smaller one's names than this are also among the larger one's: other names.
_SAME_NAMES = 0.34
_FEWEST_NAMES = 2
_NAMES_ASKED = 8

_AT_ONCE = 900  # SQLite takes no more values in one question everywhere

Holders = Mapping[int, Collection[int]]


@dataclass(frozen=True, slots=True)
class Alike:
    """What a work shares with another: samples in common, and the shares of `work` and of `other` that they are."""

    work: int
    other: int
    kind: Kind
    shared: int
    of_work: float
    of_other: float

    @property
    def strength(self) -> float:
        """The share of the smaller one that the larger one holds."""
        return max(self.of_work, self.of_other)


def likenesses_of(work: Work) -> list[Alike]:
    """The works that share text with this one, the most alike first. Empty while its text was not sampled yet."""
    mine = list(Sample.objects.filter(work=work).values_list("hash", flat=True))
    return alike(work.pk, mine, holders(mine))


def holders(hashes: Iterable[int]) -> dict[int, set[int]]:
    """Which works hold each of these samples (of very common ones only some)."""
    found: dict[int, set[int]] = {}
    wanted = list(hashes)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = Sample.objects.filter(hash__in=wanted[start : start + _AT_ONCE])
        for number, work_id in rows.values_list("hash", "work_id"):
            found.setdefault(number, set()).add(work_id)
    return found


def alike(work_id: int, hashes: Collection[int], held_by: Holders) -> list[Alike]:
    """The works that share enough of these samples, the most alike first."""
    telling = _telling(hashes, held_by)
    sharing: dict[int, list[int]] = {}
    for number in telling:
        for other in held_by.get(number, ()):
            if other != work_id:
                sharing.setdefault(other, []).append(number)
    near = {other: numbers for other, numbers in sharing.items() if len(numbers) >= LEAST_SHARED}
    if not near:
        return []
    rows = Sampled.objects.in_bulk([work_id, *near])
    if work_id not in rows:
        return []
    found = (_judged(rows[work_id], rows[other], telling, near[other]) for other in near if other in rows)
    return sorted((one for one in found if one), key=lambda one: (-one.strength, one.other))


def _telling(hashes: Collection[int], held_by: Holders) -> list[int]:
    """The samples that tell something. Where most of a text is common it is a story with very many copies: then all."""
    rare = [number for number in hashes if len(held_by.get(number, ())) <= MOST_HOLDERS]
    return rare if 2 * len(rare) >= len(hashes) else list(hashes)


def _judged(mine: Sampled, theirs: Sampled, telling: Sequence[int], common: Sequence[int]) -> Alike | None:
    one_in = max(mine.one_in, theirs.one_in)
    top = limit(one_in)
    shared = sum(number < top for number in common)
    of_mine, of_theirs = sum(number < top for number in telling), theirs.counts.get(str(one_in), 0)
    if shared < LEAST_SHARED or not of_theirs:
        return None
    here, there = min(1.0, shared / of_mine), min(1.0, shared / of_theirs)
    if max(here, there) < LEAST_SHARE:
        return None
    smaller, larger = (mine, theirs) if here >= there else (theirs, mine)
    kind = _kind(here, there, renamed=other_names(smaller.names, larger.names))
    return Alike(mine.work_id, theirs.work_id, kind, shared, here, there)


def _kind(here: float, there: float, *, renamed: bool) -> Kind:
    if renamed:
        return Kind.RENAMED
    if min(here, there) >= _WHOLE:
        return Kind.SAME
    return Kind.PART if max(here, there) >= _WHOLE else Kind.SHARED


def other_names(smaller: Sequence[str], larger: Sequence[str]) -> bool:
    """Whether the people of two texts have different names; False where one has too few to say."""
    asked = smaller[:_NAMES_ASKED]
    if min(len(asked), len(larger)) < _FEWEST_NAMES:
        return False
    return len(set(asked) & set(larger)) / len(asked) < _SAME_NAMES


def counts_at(hashes: Iterable[int], densities: Iterable[int]) -> dict[str, int]:
    """How many of these samples would have been kept at each density."""
    tops = {one_in: limit(one_in) for one_in in densities}
    numbers = Counter(one_in for number in hashes for one_in, top in tops.items() if number < top)
    return {str(one_in): numbers[one_in] for one_in in tops}
