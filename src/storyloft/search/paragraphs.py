"""The paragraphs shown under a work that was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from storyloft.search.results import PassageHit
from storyloft.search.snippets import Lights, every_snippet, snippet
from storyloft.works.models import Chapter

SHOWN = 3
_OPENING = 4_000


class Place(NamedTuple):
    """A passage as the index knows it: a chapter's key, and from where to where in its HTML."""

    chapter: int
    start: int
    end: int


def paragraphs_at(places: Mapping[int, Sequence[Place]], lights: Lights) -> dict[int, tuple[PassageHit, ...]]:
    """For each work the paragraphs at its places; the opening of its first chapter where it has none."""
    openings = _openings([work for work, found in places.items() if not found])
    wanted = {work: found or openings.get(work, []) for work, found in places.items()}
    texts = _texts({place.chapter for found in wanted.values() for place in found})
    return {work: tuple(_distinct(_hits(found, texts, lights))) for work, found in wanted.items()}


def every_paragraph_at(places: Sequence[Place], lights: Lights) -> list[PassageHit]:
    """Every paragraph at these places of one work that has something to highlight, in reading order."""
    texts = _texts({place.chapter for place in places})
    in_order = sorted((place for place in places if place.chapter in texts), key=lambda at: _reading_order(texts, at))
    hits = [hit for place in in_order for hit in _every_hit(place, texts[place.chapter], lights)]
    return list(_distinct(hits))


def _openings(works: Sequence[int]) -> dict[int, list[Place]]:
    rows = Chapter.objects.filter(work_id__in=works, taken_back_at=None, current__isnull=False)
    # The last one said wins: a dictionary filled backwards keeps each work's first chapter.
    ordered = rows.order_by("work_id", "-position", "-pk").values_list("work_id", "pk") if works else []
    return {work: [Place(chapter, 0, _OPENING)] for work, chapter in ordered}


class _Text(NamedTuple):
    """What is shown of a chapter, and its HTML."""

    position: tuple[int, int]
    public_id: int
    heading: str
    html: str


def _texts(keys: Iterable[int]) -> dict[int, _Text]:
    rows = Chapter.objects.filter(pk__in=list(keys), taken_back_at=None, current__isnull=False)
    shown = rows.select_related("current").only("public_id", "position", "title", "current__html")
    return {
        chapter.pk: _Text((chapter.position, chapter.pk), chapter.public_id, chapter.heading, chapter.current.html)
        for chapter in shown
        if chapter.current
    }


def _hits(places: Sequence[Place], texts: Mapping[int, _Text], lights: Lights) -> Iterable[PassageHit]:
    for place in places:
        text = texts.get(place.chapter)
        if text and (found := snippet(text.html, place.start, place.end, lights)):
            yield PassageHit(text.public_id, text.heading, found.passage_id, found.text, found.highlights)


def _every_hit(place: Place, text: _Text, lights: Lights) -> Iterable[PassageHit]:
    for found in every_snippet(text.html, place.start, place.end, lights):
        yield PassageHit(text.public_id, text.heading, found.passage_id, found.text, found.highlights)


def _reading_order(texts: Mapping[int, _Text], place: Place) -> tuple[tuple[int, int], int]:
    return texts[place.chapter].position, place.start


def _distinct(hits: Iterable[PassageHit]) -> Iterable[PassageHit]:
    # By chapter too: chapters that begin alike have passages of the same id.
    return {(hit.chapter_id, hit.passage_id): hit for hit in hits}.values()
