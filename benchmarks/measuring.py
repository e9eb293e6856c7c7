"""A row of figures, and the clocks that fill it."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure beside its reference, both the median of several runs; `bar` is what it may be at most.

    `more` holds what else was seen on the way, by name.
    """

    name: str
    what: str
    value: float
    unit: str
    bar: float
    reference: float
    against: str
    more: dict[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """How many times the reference it took."""
        return self.value / self.reference

    @property
    def holds(self) -> bool:
        """Whether the bar is kept."""
        return self.value <= self.bar


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured: all of it, or (`--quick`) just enough to see that it works."""

    books: int
    words_a_book: int
    works: int
    words_an_edition: int
    runs: int


FULL = Size(books=300, words_a_book=30_000, works=10_000, words_an_edition=60_000, runs=3)
QUICK = Size(books=12, words_a_book=9_000, works=500, words_an_edition=60_000, runs=1)


@dataclass(frozen=True, slots=True)
class Taken:
    """Median milliseconds of an act: of the processor, and on the clock, which tells more of a busy machine."""

    processor: float
    clock: float


def milliseconds(act: Callable[[], object], times: int) -> Taken:
    """How long an act takes, after a few to warm up."""
    for _ in range(5):
        act()
    processor, clock = [], []
    # The collector would charge one act in many for the garbage of all.
    gc.collect()
    gc.disable()
    try:
        for _ in range(times):
            busy, begun = time.thread_time(), time.perf_counter()
            act()
            processor.append(time.thread_time() - busy)
            clock.append(time.perf_counter() - begun)
    finally:
        gc.enable()
    return Taken(1000 * statistics.median(processor), 1000 * statistics.median(clock))
