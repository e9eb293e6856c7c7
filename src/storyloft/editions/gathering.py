"""From a work's rows to an edition, in a fixed small number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.urls import reverse

from storyloft.editions.links import valid_link
from storyloft.editions.shape import Author, Edition, Image, Origin, Part, Place, pictures_in
from storyloft.editions.xml import one_line
from storyloft.tags.kinds import TagKind
from storyloft.vault.models import kept_files
from storyloft.works.models import Chapter, Work

UNTITLED = "Untitled"
_SIGNATURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"GIF8": "image/gif"}


def gather(work: Work, *, pictures: bool = True) -> Edition:
    """Everything of the work in its present state: current revisions, no drafts, nothing taken back.

    Six queries. Pictures and cover are read only where asked for.
    """
    chapters = _chapters(work)
    notes = (work.summary, work.notes, work.end_notes)
    texts = [*notes, *(html for c in chapters for html in (c.summary, c.notes, c.end_notes, c.html))]
    return Edition(
        public_id=work.public_id,
        address=_whole(reverse("work", args=(work.public_id,))),
        site=one_line(settings.SITE_NAME) or "Storyloft",
        site_address=_whole(reverse("library")),
        title=one_line(work.title) or UNTITLED,
        authors=_authors(work),
        tags=_tags(work),
        language=work.language,
        summary=work.summary,
        notes=work.notes,
        end_notes=work.end_notes,
        series=_series(work),
        origins=_origins(work),
        published=work.published_on,
        updated=work.updated_on,
        status=work.status,
        words=work.words,
        expected=work.expected_chapters,
        chapters=chapters,
        modified=work.changed_at,
        cover=_image(work.cover) if pictures and work.cover else None,
        pictures=_pictures(work, texts) if pictures else {},
    )


def _whole(path: str) -> str:
    return settings.PUBLIC_URL.rstrip("/") + path


def _authors(work: Work) -> Sequence[Author]:
    rows = work.authorships.select_related("byline")
    return tuple(
        Author(
            name=name,
            address=_whole(reverse("byline", args=(row.byline.public_id,))),
            url=valid_link(row.byline.url),
            login=one_line(row.byline.login),
        )
        for row in rows
        if (name := one_line(row.byline.name))
    )


def _tags(work: Work) -> Mapping[TagKind, Sequence[tuple[str, str]]]:
    """The tags by kind, each with its page here."""
    found: dict[TagKind, list[tuple[str, str]]] = {kind: [] for kind in TagKind}
    for kind, name in work.taggings.values_list("tag__kind", "tag__name"):
        if shown := one_line(name):
            found[TagKind(kind)].append((shown, valid_link(_whole(reverse("tag", args=(kind, name))))))
    return found


def _series(work: Work) -> Sequence[Place]:
    rows = work.series_parts.select_related("series")
    return tuple(
        Place(
            series=title,
            position=one_line(row.position),
            address=_whole(reverse("series", args=(row.series.public_id,))),
            url=valid_link(row.series.url),
        )
        for row in rows
        if (title := one_line(row.series.title))
    )


def _origins(work: Work) -> Sequence[Origin]:
    return tuple(
        Origin(
            site=one_line(row.site),
            site_id=one_line(row.site_id),
            url=valid_link(row.url),
            saved_on=row.saved_on,
            counts={one_line(name): one_line(str(count)) for name, count in row.counts.items()},
            facts={one_line(name): str(fact) for name, fact in row.facts.items()},
        )
        for row in work.sources.all()
    )


def _chapters(work: Work) -> list[Part]:
    rows = Chapter.objects.filter(work=work, taken_back_at=None, current__isnull=False).select_related("current")
    return [
        Part(
            number=number,
            title=one_line(row.title),
            html=row.current.html if row.current else "",
            summary=row.summary,
            notes=row.notes,
            end_notes=row.end_notes,
            language=row.language if row.language != work.language else "",
            published=row.published_on,
        )
        for number, row in enumerate(rows, 1)
    ]


def _pictures(work: Work, texts: Sequence[str]) -> Mapping[str, Image]:
    """The pictures the texts show, as far as they belong to the work and are still on the disk."""
    own = set(work.pictures.values_list("sha256", flat=True))
    found = {}
    for sha256 in pictures_in(texts):
        data = _image(sha256) if sha256 in own else None
        if data:
            found[sha256] = Image(_media_type(data), data)
    return found


def _image(sha256: str) -> bytes | None:
    """The bytes of a kept picture; None where they are gone or no picture that every reader shows."""
    try:
        data = kept_files().read(sha256)
    except (FileNotFoundError, ValueError):
        return None
    return data if _media_type(data) else None


def _media_type(data: bytes) -> str:
    return next((name for start, name in _SIGNATURES.items() if data.startswith(start)), "")
