"""Keeping a reader's place, and where to go on from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import isnan

from django.utils import timezone

from storyloft.accounts.models import Person, Visitor, member
from storyloft.reading.models import AT_END, Place
from storyloft.search.blocking import unblocked
from storyloft.search.browsing.reading import Reading
from storyloft.works.models import Chapter, Work

_PASSAGE = re.compile(r"p-[A-Za-z0-9_-]{1,38}\Z")


@dataclass(frozen=True, slots=True)
class Onward:
    """Where "Continue" leads: a chapter and, within it, the paragraph."""

    position: int
    chapter_id: int
    passage: str
    is_new: bool = False

    @property
    def fragment(self) -> str:
        return f"#{self.passage}" if self.passage else ""


def keep_place(person: Person, chapter: Chapter, *, passage: str, fraction: float) -> Place:
    """Remember how far this person has read; an unlikely passage id is dropped, a fraction bounded to 0…1."""
    fraction = 0.0 if isnan(fraction) else min(max(fraction, 0.0), 1.0)
    kept = {
        "chapter": chapter,
        "passage": passage if _PASSAGE.match(passage) else "",
        "fraction": fraction,
        "at": timezone.now(),
    }
    if fraction >= AT_END and chapter.position >= chapter.work.chapter_count:
        kept |= {"read_through": True, "chapters_read": chapter.work.chapter_count}
    return Place.objects.update_or_create(person=person, work=chapter.work, defaults=kept)[0]


def place_in(work: Work, visitor: Visitor) -> Place | None:
    """This visitor's place in a work that was found among those they may see."""
    if member(visitor) is None:
        return None
    return Place.objects.of(visitor).filter(work=work).with_next().first()


def going_on(visitor: Visitor, most: int) -> list[Place]:
    """The places last read at, with their works, in works begun and not finished that the visitor may still see.

    What they blocked since is left out.
    """
    places = list(Place.objects.of(visitor).unfinished().with_next().order_by("-at")[:most]) if member(visitor) else []
    # Rights are asked in a second question: as a condition of the first it costs ten times as much.
    seen = Work.objects.visible_to(visitor).filter(pk__in=[place.work_id for place in places])
    works = unblocked(seen, visitor).in_bulk() if places else {}
    for place in places:
        if place.work_id in works:
            place.work = works[place.work_id]
    return [place for place in places if place.work_id in works]


def onward(place: Place) -> Onward | None:
    """Where to go on: the paragraph reached, or the chapter after one read to its end; None at the end of all."""
    if not place.chapter_is_read:
        return Onward(place.chapter.position, place.chapter.public_id, place.passage)
    # Set by PlaceQuerySet.with_next, which every place that leads on was found by.
    chapter_id, position = getattr(place, "next_id", None), getattr(place, "next_position", None)
    return None if chapter_id is None else Onward(position or 0, chapter_id, "", place.read_through)


def reading_of(person: Person) -> Reading:
    """The works this person has begun, and those read to the end, for filters."""
    places = Place.objects.of(person)
    rows = list(places.values_list("work_id", "read_through", "chapters_read", "work__chapter_count"))
    # The same rule as PlaceQuerySet.read, with one question for both.
    return Reading([row[0] for row in rows], [work for work, through, had, has in rows if through and had >= has])
