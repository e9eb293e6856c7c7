"""In which order works are shown.

A work's score is a weighted sum of three, each made comparable by its mean and spread among the works found
(z-scores; on the same lists they beat the fusion of ranks, finding.md):

- 1 × its best chapter (BM25 on stems; whole works as one text lose long stories),
- ½ × its passages: the best and half of each further one (of five), so that words close together count,
- ½ × the words in its title, byline, tags and summary.

The score of a work's whole text, a quarter or a half of it, changed nothing for words taken from one paragraph (70
stories of 1,566: first .93 for five words, with it or without), so it has no say but in which works are looked at.

A query that is wholly in a title puts that work first, then one wholly in a byline, then one wholly in title, byline
and tags together: who types a name wants that story, not the one that mentions it most.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping

_OF_PASSAGES = 0.5
_OF_NAMES = 0.5
_PASSAGES_COUNTED = 5
IN_TITLE, IN_BYLINE, IN_NAMES = 60.0, 40.0, 20.0


def best(scored: Iterable[tuple[int, float]]) -> dict[int, float]:
    """Each work's best score, from pairs in descending order."""
    found: dict[int, float] = {}
    for work, score in scored:
        found.setdefault(work, score)
    return found


def decayed(scored: Iterable[tuple[int, float]]) -> dict[int, float]:
    """Each work's sum of its best five, each further one worth half, from pairs in descending order."""
    of_work: dict[int, list[float]] = defaultdict(list)
    for work, score in scored:
        of_work[work].append(score)
    return {
        work: sum(score / 2**rank for rank, score in enumerate(scores[:_PASSAGES_COUNTED]))
        for work, scores in of_work.items()
    }


def fused(
    works: Iterable[int],
    chapters: Mapping[int, float],
    passages: Mapping[int, float],
    names: Mapping[int, float],
    bonuses: Iterable[tuple[float, Mapping[int, float]]],
) -> dict[int, float]:
    """The score of each of these works, highest first; `bonuses` put some before all others."""
    total = dict.fromkeys(works, 0.0)
    for weight, scores in [(1.0, chapters), (_OF_PASSAGES, passages), (_OF_NAMES, names)]:
        if z := _z(scores):
            # A work that is not in a list stands a step below the last one in it.
            least = min(z.values()) - 1.0
            total = {work: score + weight * z.get(work, least) for work, score in total.items()}
    for bonus, favoured in bonuses:
        for work, above in _z(favoured).items():
            if work in total:
                total[work] += bonus + above
    # Ties by number: the same query gives the same order. Counted from the last work, which has 1: a score below
    # nought says nothing to a person or a program.
    least = min(total.values(), default=1.0) - 1.0
    return {work: total[work] - least for work in sorted(sorted(total), key=total.__getitem__, reverse=True)}


def _z(scores: Mapping[int, float]) -> dict[int, float]:
    if not scores:
        return {}
    # By hand: the statistics module sums fractions, which is exact and ten times slower.
    mean = sum(scores.values()) / len(scores)
    spread = math.sqrt(sum([(score - mean) ** 2 for score in scores.values()]) / len(scores)) or 1.0
    return {work: (score - mean) / spread for work, score in scores.items()}
