"""Works to take away: one with everything an edition can say, and what it takes to make odd ones."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from PIL import Image as Canvas

from storyloft.accounts.models import Byline
from storyloft.prose.clean import Field
from storyloft.prose.prepare import prepare
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag
from storyloft.vault.models import kept_files
from storyloft.works.crediting import credit
from storyloft.works.models import Picture, Series, SeriesPart, Source, Tagging, Work
from storyloft.works.revising import NewChapter, add_chapters
from storyloft.works.titles import sort_title
from tests.cast import ada

# Fields as a test gives them: whatever the model takes.
Loose = Any
CHANGED = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def picture(colour: str = "teal") -> bytes:
    """A small PNG."""
    packed = io.BytesIO()
    Canvas.new("RGB", (24, 16), colour).save(packed, "PNG")
    return packed.getvalue()


def work(
    title: str = "The Lamp Room",
    *,
    chapters: Iterable[dict[str, Any]] = ({"html": "<p>The keeper counts the lamps.</p>"},),
    names: Iterable[dict[str, str] | str] = ("ann",),
    tags: Iterable[tuple[TagKind, str]] = (),
    series: Iterable[tuple[str, str, str]] = (),
    sources: Iterable[dict[str, Any]] = (),
    pictures: Iterable[bytes] = (),
    **fields: Loose,
) -> Work:
    """A work in the library as an import would leave it; loose HTML goes through the gate."""
    texts = [dict(chapter) for chapter in chapters]
    kept = {f"{number}.png": kept_files().keep(data) for number, data in enumerate(pictures)}
    new = [_new_chapter(text, position, kept) for position, text in enumerate(texts, 1)]
    for name in ("summary", "notes", "end_notes"):
        fields[name] = _around(fields.get(name, ""), Field.COMMENT if name == "summary" else Field.NOTES)
    defaults = {"words": sum(chapter.text.words for chapter in new), "chapter_count": len(new), "changed_at": CHANGED}
    made = Work.objects.create(keeper=ada(), title=title, sort_title=sort_title(title), **defaults | fields)
    add_chapters(made, new, by=ada(), reason="import")
    given = ({"name": name} if isinstance(name, str) else name for name in names)
    credit(made, [Byline.objects.unclaimed(**one) for one in given])
    for position, tag in enumerate(dict.fromkeys(Tag.objects.named(tags))):
        Tagging.objects.create(work=made, tag=tag, position=position)
    for order, (name, position_, url) in enumerate(series):
        belongs = Series.objects.get_or_create(keeper=ada(), title=name[:300], url=url)[0]
        SeriesPart.objects.create(work=made, series=belongs, position=position_, order=order)
    for source in sources:
        Source.objects.create(work=made, **source)
    for sha256 in set(kept.values()):
        Picture.objects.create(work=made, sha256=sha256, media_type="image/png", width=24, height=16)
    return made


def _new_chapter(text: dict[str, Any], position: int, kept: dict[str, str]) -> NewChapter:
    html = text.pop("html", "")
    around = {
        name: _around(text.pop(name, ""), Field.COMMENT if name == "summary" else Field.NOTES)
        for name in ("summary", "notes", "end_notes")
    }
    return NewChapter(source=html, text=prepare(html, pictures=kept), position=position, **around, **text)


def _around(html: str, field: Field) -> str:
    return prepare(html, field).html if html else ""


def full_work(**changes: Loose) -> Work:
    """“The Second Lamp” by two people: every kind of tag, two series, notes everywhere, a picture, three chapters."""
    told: dict[str, Any] = {
        "chapters": (
            {
                "html": "<p>“Count them again,” said <em>Holmes</em>.</p><p>Watson counted &amp; counted.</p><hr>"
                "<p>There were eleven.</p>",
                "title": "The Count",
                "summary": "<p>A counting.</p>",
                "notes": "<p>Written on a train.</p>",
                "end_notes": "<p>The train was late.</p>",
                "published_on": date(2024, 1, 2),
            },
            {"html": '<p>Voici la lampe.</p><p><img src="picture:0.png" alt="a lamp"></p>', "language": "fr"},
            {"html": "<h3>Later</h3><p>It <u>burned</u> on.</p>", "title": "Oil", "published_on": date(2024, 5, 6)},
        ),
        "names": (
            {
                "name": "ann",
                "site": "Archive of Our Own",
                "login": "ann_w",
                "url": "https://archiveofourown.org/users/ann_w/pseuds/ann",
            },
            {"name": "Bo, the elder", "site": "Wattpad", "login": "bo"},
        ),
        "tags": (
            (TagKind.RATING, "Teen And Up Audiences"),
            (TagKind.WARNING, "No Archive Warnings Apply"),
            (TagKind.CATEGORY, "Gen"),
            (TagKind.CATEGORY, "M/M"),
            (TagKind.FANDOM, "Sherlock Holmes & Related Fandoms"),
            (TagKind.RELATIONSHIP, "Sherlock Holmes/John Watson"),
            (TagKind.RELATIONSHIP, "Sherlock Holmes & Mrs Hudson"),
            (TagKind.CHARACTER, "Mrs Hudson"),
            (TagKind.FREEFORM, "Lamps | Lanterns"),
            (TagKind.FREEFORM, "what if: it <burned>?"),
        ),
        "series": (
            ("The Lamps", "2", "https://archiveofourown.org/series/9"),
            ("Wicks & Oil", "2.5", ""),
            ("Odd Ends", "prologue", "https://archiveofourown.org/series/11"),
        ),
        "sources": (
            {
                "site": "Archive of Our Own",
                "site_id": "123456",
                "url": "https://archiveofourown.org/works/123456",
                "saved_on": date(2025, 7, 8),
                "counts": {"kudos": "1.4K", "hits": "20,100"},
                "facts": {"collections": "Lamplight 2024, Yuletide"},
            },
        ),
        "pictures": (picture(),),
        "summary": "<p>A keeper counts the lamps. One is <em>missing</em>.</p>",
        "notes": "<p>For everyone who kept a light on.</p>",
        "end_notes": "<p>Thank you for reading.</p>",
        "language": "en",
        "status": "in_progress",
        "expected_chapters": 12,
        "published_on": date(2024, 1, 2),
        "updated_on": date(2024, 5, 6),
    }
    return work("The Second Lamp", **told | changes)
