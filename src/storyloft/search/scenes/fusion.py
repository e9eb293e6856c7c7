"""Several ways of scoring works made into one order.

Each list is made comparable by its mean and spread among the candidates (z-scores beat the fusion of ranks on the same
lists, finding.md), then weighed:

- 1 × the story: half its best chapter, half all of it (a long work as one text loses, its chapters alone lose a plot);
- ½ × its passages, the best and half of each further one (of five): words that stand together count;
- 0.8 × its clauses: each one's best passage, added up, so that a scene may be remembered out of order;
- ½ × its meaning, where a model is there.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each list counts."""

    works: float = 0.5
    chapters: float = 0.5
    passages: float = 0.5
    clauses: float = 0.8
    meaning: float = 0.5
    against: float = 0.5
    # Added to a story that is as a chip says, or has a quotation word for word.
    hints: float = 0.25
    names: float = 2.0
    phrases: float = 5.0


def z_scores(scores: Mapping[int, float], works: Collection[int], absent: float | None = None) -> dict[int, float]:
    """Each of these works' distance from the mean, in spreads.

    A work without a score has `absent`; where that is not given, as much as the least one found, for lists are cut.
    """
    if not scores:
        return dict.fromkeys(works, 0.0)
    least = min(scores.values()) if absent is None else absent
    values = [scores.get(work, least) for work in works]
    mean = math.fsum(values) / len(values)
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values)) or 1.0
    return {work: (value - mean) / spread for work, value in zip(works, values, strict=True)}


@dataclass(frozen=True, slots=True)
class Listed:
    """One way's scores by work, how much they count, and what a work has that is not among them (see z_scores)."""

    weight: float
    scores: Mapping[int, float]
    absent: float | None = None


def fused(lists: Iterable[Listed], works: Collection[int]) -> dict[int, float]:
    """The weighted sum of every list for every work, highest first; ties by number, so that an order is repeatable."""
    total = dict.fromkeys(works, 0.0)
    for one in lists:
        for work, above in z_scores(one.scores, works, one.absent).items():
            total[work] += one.weight * above
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))
