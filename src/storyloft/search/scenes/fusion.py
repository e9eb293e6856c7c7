"""Several ways of scoring works made into one order.

Each list is made comparable by its mean and spread among the candidates (z-scores beat the fusion of ranks on the same
lists, finding.md), then weighed:

- 1 × the story: half its best chapter, half all of it (a long work as one text loses, its chapters alone lose a plot);
- ½ × its passages, the best and half of each further one (of five): words that stand together count;
- ½ × its clauses: each one's best passage, added up, so that a scene may be remembered out of order;
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
    clauses: float = 1.0
    meaning: float = 0.5
    against: float = 0.5
    hints: float = 0.25
    names: float = 0.75


def z_scores(scores: Mapping[int, float], works: Collection[int]) -> dict[int, float]:
    """Each of these works' distance from the mean, in spreads; one without a score stands where the least one does."""
    if not scores:
        return dict.fromkeys(works, 0.0)
    least = min(scores.values())
    values = [scores.get(work, least) for work in works]
    mean = math.fsum(values) / len(values)
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values)) or 1.0
    return {work: (value - mean) / spread for work, value in zip(works, values, strict=True)}


def fused(lists: Iterable[tuple[float, Mapping[int, float]]], works: Collection[int]) -> dict[int, float]:
    """The weighted sum of every list for every work, highest first; ties by number, so that an order is repeatable."""
    total = dict.fromkeys(works, 0.0)
    for weight, scores in lists:
        for work, above in z_scores(scores, works).items():
            total[work] += weight * above
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))
