"""Which works somebody has begun or read. Who knows (reading) says so at start; the index is told numbers alone."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from storyloft.accounts.models import Person


class Reading(NamedTuple):
    """The works a person has begun, read ones included, and those read to the end."""

    begun: Collection[int] = ()
    read: Collection[int] = ()


_asked: list[Callable[[Person], Reading]] = []


def told_by(source: Callable[[Person], Reading]) -> None:
    """Say who knows what a person reads; called once, when the program starts."""
    _asked[:] = [source]


def reading_of(person: Person | None) -> Reading:
    """What this person reads; nothing for a stranger."""
    return _asked[0](person) if person and _asked else Reading()
