"""What a search gives back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tantivy import Occur, Query

from storyloft.search.query import Asked
from storyloft.tags.models import fold
from storyloft.works.models import Work

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A paragraph with what was looked for: where it is, and its words with the places to highlight."""

    chapter_id: int
    chapter_title: str
    passage_id: str
    text: str
    highlights: tuple[tuple[int, int], ...] = ()

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is highlighted."""
        pieces, at = [], 0
        for start, end in self.highlights:
            pieces += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        return [(text, lit) for text, lit in [*pieces, (self.text[at:], False)] if text]


@dataclass(frozen=True, slots=True)
class WorkHit:
    """A work that was found, with up to three of its paragraphs and the names it is by, in their order."""

    work: Work
    score: float
    passages: tuple[PassageHit, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def public_id(self) -> int:
        return self.work.public_id

    @property
    def title(self) -> str:
        return self.work.title


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found. `ready` is False where there is no index to search in.

    `respelled`: words as typed and as looked for. `too_common`: what was so common, in so large a query, that only its
    words were looked for. `loosened`: nothing had everything, so these have the most.
    `total` is exact, and `hidden` how many more there are that the visitor blocked. `wanted`: what a WORK document of
    the whole list holds, rights, blocklist and filters aside, for counts of what further filters would leave.
    """

    typed: str
    asked: Asked
    hits: tuple[WorkHit, ...] = ()
    total: int = 0
    page: int = 1
    per_page: int = 20
    sort: str = "relevance"
    respelled: dict[str, str] = field(default_factory=dict)
    loosened: bool = False
    ready: bool = True
    hidden: int = 0
    is_narrowed: bool = False
    too_common: tuple[str, ...] = ()
    wanted: tuple[tuple[Occur, Query], ...] = field(default=(), compare=False, repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return self.asked.is_empty and not self.is_narrowed

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def first_number(self) -> int:
        """The number of this page's first work among all."""
        return (self.page - 1) * self.per_page + 1

    @property
    def shown_for(self) -> str:
        """What was searched for instead of what was typed, where a word was respelled; else ""."""
        return _WORD.sub(self._respelled, self.typed) if self.respelled else ""

    def _respelled(self, typed: re.Match[str]) -> str:
        return self.respelled.get(fold(typed[0]), typed[0])
