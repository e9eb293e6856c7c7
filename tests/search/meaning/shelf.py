"""Learning to the end, and asking."""

from __future__ import annotations

from storyloft.search import meaning
from storyloft.search.meaning import learning
from storyloft.works.models import Work


def learn_all() -> None:
    """As the worker does it, job after job."""
    while learning.learn():
        pass


def meant(*clauses: str) -> list[str]:
    """The titles of the works nearest to these clauses, the nearest first."""
    titles = dict(Work.objects.values_list("pk", "title"))
    return [titles[work] for work in meaning.scores(clauses)]
