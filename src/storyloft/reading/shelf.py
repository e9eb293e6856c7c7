"""A shelf: works as covers and rows show them, in a fixed number of queries however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from storyloft.reading.covers import Dress, dress
from storyloft.tags.kinds import TagKind
from storyloft.works.models import Authorship, Status, Tagging, Work, WorkQuerySet

# What a cover or a row needs of a work; never its summary or notes.
_FIELDS = (
    *("public_id", "title", "cover", "words", "status", "chapter_count", "expected_chapters"),
    *("updated_on", "published_on"),
)
_STATUS = {value: label for value, label in Status.choices if value != Status.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Book:
    """A work on a shelf."""

    address: str
    title: str
    names: Sequence[str]
    fandoms: Sequence[str]
    relationships: Sequence[str]
    rating: str
    words: int
    chapters: str
    status: str
    updated: date | None
    dress: Dress
    cover: str

    @property
    def fandom(self) -> str:
        """The first fandom: the one on the cover."""
        return self.fandoms[0] if self.fandoms else ""


def lean(works: WorkQuerySet) -> WorkQuerySet:
    """The same works with only what a shelf shows."""
    return works.only(*_FIELDS)


def books(works: Iterable[Work]) -> list[Book]:
    """Works as books, in their order; two queries for all their names and tags."""
    on_shelf = list(works)
    ids = [work.pk for work in on_shelf]
    names, tags = _names(ids), _tags(ids)
    # Asked once for all of them: sixty looks into the table of addresses cost a tenth of the page.
    place = reverse("work", args=(0,)).removesuffix("0")
    return [_book(work, f"{place}{work.public_id}", names[work.pk], tags[work.pk]) for work in on_shelf]


def _names(ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for work, name in Authorship.objects.filter(work__in=ids).values_list("work", "byline__name").order_by("position"):
        found[work].append(name)
    return found


def _tags(ids: list[int]) -> dict[int, dict[str, list[str]]]:
    """Tags by work and kind. All kinds are fetched: asked for some, SQLite begins at the tags and takes 80 ms."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = Tagging.objects.filter(work__in=ids).order_by("position")
    for work, kind, name in rows.values_list("work", "tag__kind", "tag__name"):
        found[work][kind].append(name)
    return found


def _book(work: Work, address: str, names: list[str], tags: dict[str, list[str]]) -> Book:
    fandoms = tags[TagKind.FANDOM]
    return Book(
        address=address,
        title=work.title,
        names=names,
        fandoms=fandoms,
        relationships=tags[TagKind.RELATIONSHIP],
        rating=next(iter(tags[TagKind.RATING]), ""),
        words=work.words,
        chapters=work.chapters_shown,
        status=_STATUS.get(work.status, ""),
        updated=work.updated_on or work.published_on,
        dress=dress(work.title, fandoms[0] if fandoms else "", work.public_id),
        cover=cover_address(work),
    )


def cover_address(work: Work) -> str:
    """Where a work's own cover is; "" where it has none. The address changes with the picture, so it may be kept."""
    return f"{reverse('cover', args=(work.public_id,))}?v={work.cover[:12]}" if work.cover else ""
