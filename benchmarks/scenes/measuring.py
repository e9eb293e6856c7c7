"""One ranking over all memories: how often the right story comes first, in ten, and with the right passage."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.scenes.queries import Remembered

_IN = 10
Ranking = Callable[[Remembered], Sequence[int]]


@dataclass(slots=True)
class Tally:
    """What came of the memories of one kind. `places`: the right story's place in each list, 0 where it is in none."""

    places: list[int] = field(default_factory=list)
    shown: list[bool] = field(default_factory=list)

    @property
    def first(self) -> float:
        """success@1"""
        return sum(place == 1 for place in self.places) / len(self.places)

    @property
    def in_ten(self) -> float:
        """success@10"""
        return sum(0 < place <= _IN for place in self.places) / len(self.places)

    @property
    def mrr(self) -> float:
        """Mean reciprocal rank."""
        return sum(1 / place for place in self.places if place) / len(self.places)

    @property
    def passage(self) -> float | None:
        """How often a paragraph shown under the right story is of the remembered scene; of those found in ten."""
        return sum(self.shown) / len(self.shown) if self.shown else None

    def row(self) -> dict[str, float | int | None]:
        """As it is written down."""
        passage = None if self.passage is None else round(self.passage, 3)
        return {
            "queries": len(self.places),
            "@1": round(self.first, 3),
            "@10": round(self.in_ten, 3),
            "mrr": round(self.mrr, 3),
            "passage": passage,
        }


@dataclass(slots=True)
class Measured:
    """One ranking's tallies by kind, and how long its answers took: on the clock, and of the processor alone."""

    name: str
    kinds: dict[str, Tally] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @property
    def chatty_loss(self) -> float | None:
        """How much of success@10 the wrapping costs."""
        if not {"chatty", "chatty-bare"} <= self.kinds.keys():
            return None
        return self.kinds["chatty-bare"].in_ten - self.kinds["chatty"].in_ten

    def row(self) -> dict[str, object]:
        """As it is written down."""
        loss = None if self.chatty_loss is None else round(self.chatty_loss, 3)
        kinds = {kind: tally.row() for kind, tally in sorted(self.kinds.items())}
        took = {"p95_ms": _p95(self.seconds), "p95_processor_ms": _p95(self.processor)}
        return {"ranking": self.name, **took, "chatty_loss": loss, "kinds": kinds}


def measure(
    name: str,
    ranking: Ranking,
    memories: Iterable[Remembered],
    works: dict[str, int],
    shows: Callable[[Remembered, int], bool] | None = None,
) -> Measured:
    """Ask every memory. `works`: each story's work. `shows`: whether the right scene is shown under that work."""
    measured = Measured(name)
    for memory in memories:
        began, worked = time.perf_counter(), time.process_time()
        order = list(ranking(memory))
        measured.seconds.append(time.perf_counter() - began)
        measured.processor.append(time.process_time() - worked)
        right = works[memory.story]
        place = order.index(right) + 1 if right in order else 0
        tally = measured.kinds.setdefault(memory.kind, Tally())
        tally.places.append(place)
        if shows and memory.passage and 0 < place <= _IN:
            tally.shown.append(shows(memory, right))
    return measured


def _p95(seconds: Sequence[float]) -> float:
    """Milliseconds that nineteen of twenty answers take at most."""
    return round(sorted(seconds)[int(len(seconds) * 0.95)] * 1000, 1) if seconds else 0.0
