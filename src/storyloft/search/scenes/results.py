"""What comes back for a memory: stories with their scenes, why each, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from storyloft.search.results import PassageHit
from storyloft.search.scenes.chips import Chip
from storyloft.search.scenes.reading import Memory
from storyloft.works.models import Work


class Strength(StrEnum):
    """How well a story fits what was told."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class SceneHit:
    """A story that may be meant, with up to three paragraphs that say so, in the order of the story.

    `share`: how much of what was told its best passages hold, 0 to 1.
    """

    work: Work
    score: float
    share: float
    strength: Strength
    why: str
    passages: tuple[PassageHit, ...] = ()

    @property
    def public_id(self) -> int:
        return self.work.public_id

    @property
    def title(self) -> str:
        return self.work.title


@dataclass(frozen=True, slots=True)
class Recalled:
    """One page of stories that may be meant, best first.

    `chips` were recognised and nudge the order, `removed` were and do not. `respelled`: words as typed and as looked
    for. `ready` is False where there is no index. `more`: whether there is a further page.
    """

    memory: Memory
    hits: tuple[SceneHit, ...] = ()
    chips: tuple[Chip, ...] = ()
    removed: tuple[Chip, ...] = ()
    respelled: dict[str, str] = field(default_factory=dict)
    page: int = 1
    per_page: int = 10
    more: bool = False
    ready: bool = True

    @property
    def sentence(self) -> str:
        """What to say where there is nothing to show, or only guesses; "" where the stories speak for themselves."""
        if not self.memory.typed.strip():
            return ""
        if not self.ready:
            return "The search index is being prepared. Nothing is lost; try again in a moment."
        if self.memory.is_empty:
            return "Nothing of the story itself yet. Who was in it, and what happened? One scene is enough."
        if not self.hits:
            return "No story here has any of it. It may be told in other words, or not be in this library."
        return "Nothing fits well. These come closest, and may all be wrong." if self.only_weak else ""

    @property
    def only_weak(self) -> bool:
        """Whether nothing found is more than a guess."""
        return bool(self.hits) and all(hit.strength is Strength.WEAK for hit in self.hits)

    @property
    def first_number(self) -> int:
        return (self.page - 1) * self.per_page + 1
