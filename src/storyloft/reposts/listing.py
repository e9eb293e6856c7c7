"""The list of undecided pairs as a page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from storyloft.accounts.models import Person
from storyloft.ingest.models import Likeness
from storyloft.reposts.models import Answer, Kind
from storyloft.reposts.pairing import why
from storyloft.reposts.pairs import answers_to, kind_of, undecided
from storyloft.works.models import Work

ON_A_PAGE = 40
_BY_TITLE = "Only the title is the same"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two works with how alike they are and what this person may answer."""

    likeness: Likeness
    answers: list[Answer]

    @property
    def works(self) -> tuple[Work, Work]:
        """The fuller one first: that is the one which stays where they become one."""
        one, other = sorted((self.likeness.work, self.likeness.other), key=lambda work: (-work.words, work.pk))
        return one, other

    @property
    def why(self) -> list[str]:
        """Why there is a question: what the import saw, and what the texts share."""
        comparison = getattr(self.likeness, "comparison", None)
        return list(dict.fromkeys([self.likeness.why, *([why(comparison)] if comparison else [])]))


@dataclass(frozen=True, slots=True)
class Group:
    """Pairs that are alike in the same way."""

    name: str
    pairs: list[Pair]


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list, `total` pairs in all."""

    groups: list[Group]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ON_A_PAGE))


def listed(person: Person, page: int = 1) -> Listed:
    """A page of what this person is asked, grouped by how the works are alike, the most alike first."""
    found = with_sites(undecided(person))
    total = found.count()
    page = max(1, min(page, -(-total // ON_A_PAGE)))
    rows = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return Listed([_group(kind, list(pairs), person) for kind, pairs in groupby(rows, key=kind_of)], total, page)


def with_sites(found: QuerySet[Likeness]) -> QuerySet[Likeness]:
    """With the sources and keepers of both works, in a fixed number of questions."""
    return found.select_related("work__keeper", "other__keeper", "comparison").prefetch_related(
        "work__sources", "other__sources"
    )


def _group(kind: Kind | None, rows: Sequence[Likeness], person: Person) -> Group:
    return Group(kind.label if kind else _BY_TITLE, [Pair(row, answers_to(row, person)) for row in rows])
