"""The paragraphs shown under a work that was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Q

from storyloft.search.results import PassageHit
from storyloft.search.snippets import Lights, every_snippet, snippet
from storyloft.works.models import Chapter, heading_of

SHOWN = 3
_OPENING = 4_000


class Place(NamedTuple):
    """A passage as the index knows it: a chapter's key, and from where to where in its HTML."""

    chapter: int
    start: int
    end: int


def paragraphs_at(places: Mapping[int, Sequence[Place]], lights: Lights) -> dict[int, tuple[PassageHit, ...]]:
    """For each work the paragraphs at its places; the opening of its first chapter where it has none."""
    bare = [work for work, found in places.items() if not found]
    texts = _texts(Q(pk__in={place.chapter for found in places.values() for place in found}), bare)
    openings = _openings(bare, texts)
    shown = {work: found or openings.get(work, []) for work, found in places.items()}
    return {work: tuple(_distinct(_hits(found, texts, lights))) for work, found in shown.items()}


def every_paragraph_at(places: Sequence[Place], lights: Lights) -> list[PassageHit]:
    """Every paragraph at these places of one work that has something to highlight, in reading order."""
    texts = _texts(Q(pk__in={place.chapter for place in places}))
    in_order = sorted((place for place in places if place.chapter in texts), key=lambda at: _reading_order(texts, at))
    hits = [hit for place in in_order for hit in _every_hit(place, texts[place.chapter], lights)]
    return list(_distinct(hits))


def _openings(works: Sequence[int], texts: dict[int, _Text]) -> dict[int, list[Place]]:
    """Where each of these works begins; the texts of chapters that were not read yet are added."""
    known = {text.work: text.key for text in texts.values()}
    if left := [work for work in works if work not in known]:
        # Its first chapter was taken back: rare enough for a question of its own.
        rows = Chapter.objects.filter(work_id__in=left, taken_back_at=None, current__isnull=False)
        # The last one said wins: a dictionary filled backwards keeps each work's first chapter.
        first = dict(rows.order_by("work_id", "-position", "-pk").values_list("work_id", "pk"))
        texts |= _texts(Q(pk__in=first.values()))
        known |= first
    return {work: [Place(known[work], 0, _OPENING)] for work in works if work in known}


class _Text(NamedTuple):
    """What is shown of a chapter, and its HTML."""

    work: int
    key: int
    public_id: int
    position: int
    title: str
    html: str

    @property
    def heading(self) -> str:
        return heading_of(self.position, self.title)


def _texts(wanted: Q, beginnings: Sequence[int] = ()) -> dict[int, _Text]:
    """These chapters, and the first one of each of some works, by key. One query."""
    if beginnings:
        wanted |= Q(work__in=beginnings, position=1)
    rows = Chapter.objects.filter(wanted, taken_back_at=None, current__isnull=False).order_by("-pk")
    # As rows, not as objects: sixty chapters and their revisions cost as much to make as to read.
    fields = rows.values_list("work_id", "pk", "public_id", "position", "title", "current__html")
    return {row[1]: _Text(*row) for row in fields}


def _hits(places: Sequence[Place], texts: Mapping[int, _Text], lights: Lights) -> Iterable[PassageHit]:
    for place in places:
        text = texts.get(place.chapter)
        if text and (found := snippet(text.html, place.start, place.end, lights)):
            yield PassageHit(text.public_id, text.heading, found.passage_id, found.text, found.highlights)


def _every_hit(place: Place, text: _Text, lights: Lights) -> Iterable[PassageHit]:
    for found in every_snippet(text.html, place.start, place.end, lights):
        yield PassageHit(text.public_id, text.heading, found.passage_id, found.text, found.highlights)


def _reading_order(texts: Mapping[int, _Text], place: Place) -> tuple[int, int, int]:
    text = texts[place.chapter]
    return text.position, text.key, place.start


def _distinct(hits: Iterable[PassageHit]) -> Iterable[PassageHit]:
    # By chapter too: chapters that begin alike have passages of the same id.
    return {(hit.chapter_id, hit.passage_id): hit for hit in hits}.values()
