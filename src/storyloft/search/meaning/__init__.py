"""Scenes found by what they mean: vectors of passages beside the index. Optional; without a model nothing is found.

`scores` answers a query, `progress` and `state` say how far the archive is. Nothing heavy is loaded before a model is
there, and no model is ever fetched.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from storyloft.search.meaning import choosing
from storyloft.search.meaning.contract import (
    BrokenModel,
    Encoder,
    MeaningHit,
    MeantPassage,
    Place,
    Progress,
    State,
)

__all__ = (
    "BrokenModel",
    "Encoder",
    "MeaningHit",
    "MeantPassage",
    "Place",
    "Progress",
    "State",
    "progress",
    "scores",
    "state",
)


def scores(clauses: Sequence[str], works: Collection[int] | None = None, *, best: int = 1000) -> dict[int, MeaningHit]:
    """The works nearest to these clauses, by primary key, the nearest first; at most `best` of them.

    `works`: only these (those the reader may see). Without it the caller must filter what comes back, for vectors
    know nothing of rights. Empty where there is no model, nothing learned yet, or no clause; never raises for a
    broken model.
    """
    encoder = choosing.usable() if any(clauses) else None
    if encoder is None:
        return {}
    # Loads numpy: only once a model is there.
    from storyloft.search.meaning.scan import scan

    return scan(encoder, clauses, works, best)


def progress() -> Progress:
    """How many works are learned, of how many: two counts in the database, none where no model is there."""
    if not choosing.wanted():
        return Progress(0, 0)
    from storyloft.search.meaning.models import PassageVectors  # models exist only once Django is ready

    return Progress(PassageVectors.objects.learned().count(), PassageVectors.objects.counting().count())


def state() -> State:
    """Which model is used, or what is wrong with it. Loads the model at first."""
    return choosing.state()
