"""What passes between search and the meanings of passages: plain values, loaded without numpy or a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, runtime_checkable

if TYPE_CHECKING:
    # The web process of an archive without a model never loads numpy.
    from numpy.typing import NDArray

    Vectors: TypeAlias = NDArray[Any]


class BrokenModel(RuntimeError):
    """A model that is there but cannot be used; the message is a sentence for the person who runs the archive."""


@runtime_checkable
class Encoder(Protocol):
    """Turns texts into vectors that lie near each other where the texts mean something alike.

    `name` tells the model and its version: vectors of another name are never compared with these. `dim` is the
    length of a vector.
    """

    @property
    def name(self) -> str: ...

    @property
    def dim(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row for each text, shape (len(texts), dim), int8 or float32; only a row's direction counts."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage is: the chapter's primary key, and where it begins and ends in the chapter's HTML.

    The same passages, with the same numbers, as `search.documents.stretches` gives.
    """

    chapter: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MeantPassage:
    """The passage of a work that is nearest to one clause; `score` is their cosine, -1 to 1."""

    clause: int
    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class MeaningHit:
    """How near a work is to all clauses: `score` is the mean over the clauses of its nearest passage's cosine.

    `z` says by how many standard deviations that is above the mean of all works known, whoever may read them.
    `passages` holds the nearest passage for each clause, in the clauses' order.
    """

    work: int
    score: float
    z: float
    passages: tuple[MeantPassage, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """Of how many works with text the meanings are known; both 0 where no model is there."""

    done: int
    all: int


@dataclass(frozen=True, slots=True)
class State:
    """The model as the archive sees it: its name, or the sentence that says why there is none to use.

    Both are empty where nobody asked for one.
    """

    name: str = ""
    trouble: str = ""
