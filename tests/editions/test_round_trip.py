"""Our own editions, read back, give the same work, field by field (`ao3-formats` §8)."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest
from typing import Any

import pytest

from storyloft.editions.making import make
from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork
from storyloft.ingest.registry import read
from storyloft.prose.plain import plain_text
from storyloft.prose.prepare import prepare
from storyloft.tags.kinds import TagKind
from storyloft.works.models import Status, Work
from tests.editions.works import full_work, work

pytestmark = pytest.mark.django_db
FORMS = ("epub", "html")


def read_back(edition_of: Work, form: str) -> ImportedWork:
    reading = read(GivenFile(f"taken.{form}", make(edition_of, form)))
    assert not reading.refused
    (found,) = reading.works
    return found


def words(html: str) -> str:
    return plain_text(prepare(html).html)


def told(given: Work) -> dict[str, Any]:
    """What must survive, as the library holds it."""
    source = given.sources.get()
    return {
        "title": given.title,
        "bylines": [(b.name, b.url, b.login) for b in given.bylines.order_by("authorships__position")],
        "tags": [(kind, name) for kind in TagKind for name in given.tags_of(kind)],
        "series": [(part.series.title, part.position, part.series.url) for part in given.series_parts.all()],
        "language": given.language,
        "status": given.status,
        "expected": given.expected_chapters,
        "published": given.published_on,
        "updated": given.updated_on,
        "around": [words(given.summary), words(given.notes), words(given.end_notes)],
        "source": (source.site, source.site_id, source.url, source.saved_on),
        "chapters": [
            (c.title, c.language, c.published_on, words(c.summary), words(c.notes), words(c.end_notes),
             plain_text(c.current.html))
            for c in given.chapters.select_related("current") if c.current
        ],
    }  # fmt: skip


def found(given: ImportedWork) -> dict[str, Any]:
    """The same of what was read back."""
    source = given.source
    assert source is not None
    return {
        "title": given.title,
        "bylines": [(byline.name, byline.url, byline.login) for byline in given.bylines],
        "tags": [(tag.kind, tag.name) for tag in given.tags],
        "series": [(series.title, series.position, series.url) for series in given.series],
        "language": given.language,
        "status": given.status,
        "expected": given.expected_chapters,
        "published": source.published,
        "updated": source.updated,
        "around": [words(given.summary), words(given.notes), words(given.end_notes)],
        "source": (source.site, source.site_id, source.url, source.saved_on),
        "chapters": [
            (c.title, c.language, c.published, words(c.summary), words(c.notes), words(c.end_notes), words(c.html))
            for c in given.chapters
        ],
    }


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("field", [
    "title", "bylines", "tags", "series", "language", "status", "expected", "published", "updated", "around", "source",
    "chapters",
])  # fmt: skip
def test_every_field_comes_back(form: str, field: str) -> None:
    taken = full_work()
    assert found(read_back(taken, form))[field] == told(taken)[field]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("expected", [None, 3, 12])
def test_every_status_comes_back(form: str, status: str, expected: int | None) -> None:
    back = read_back(full_work(status=status, expected_chapters=expected), form)
    planned = 3 if status == "complete" and expected is None else expected
    assert (back.status, back.expected_chapters) == (status, planned)


@pytest.mark.parametrize("form", FORMS)
def test_a_one_shot_comes_back_without_a_chapter_title(form: str) -> None:
    story = "<p>One lamp.</p><hr><p>Then none.</p>"
    taken = work(chapters=[{"html": story}], status="complete", expected_chapters=1, published_on=date(2020, 2, 2))
    back = read_back(taken, form)
    assert [(chapter.title, words(chapter.html)) for chapter in back.chapters] == [("", words(story))]


@pytest.mark.parametrize("form", FORMS)
def test_a_chapter_of_many_files_is_one_chapter(form: str) -> None:
    story = "".join(f"<p>{number} {'the fog came up the river ' * 40}</p>" for number in range(400))
    taken = work(chapters=[{"html": story, "title": "Fog"}, {"html": "<p>Clear.</p>", "title": "Sun"}])
    back = read_back(taken, form)
    assert [(chapter.title, words(chapter.html)) for chapter in back.chapters] == [
        ("Fog", words(story)),
        ("Sun", "Clear."),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_an_author_may_call_a_chapter_preface_and_quote_our_labels(form: str) -> None:
    text = (
        "<h2>Preface</h2><p>Notes</p><blockquote><p>Not yours.</p></blockquote>"
        '<p class="message">Posted originally on the moon.</p><p>Chapter End Notes</p>'
        "<blockquote><p>Nor these.</p></blockquote><h2>Chapter 9: Trap</h2><p>The end.</p>"
    )
    taken = work(
        chapters=[{"html": text, "title": title} for title in ("Preface", "Chapter 7", "Afterword")],
        tags=[(TagKind.RATING, "Mature")],
    )
    back = read_back(taken, form)
    assert [(c.title, words(c.html), c.end_notes) for c in back.chapters] == [
        (title, words(text), "") for title in ("Preface", "Chapter 7", "Afterword")
    ]


@pytest.mark.parametrize("form", FORMS)
def test_what_has_no_source_comes_back_as_ours(form: str) -> None:
    taken = work(names=["ann"], series=[("Lamps", "", "")])
    back = read_back(taken, form)
    assert back.source is not None
    assert (back.source.site, back.source.site_id) == ("Storyloft", str(taken.public_id))
    assert [(byline.name, byline.url) for byline in back.bylines] == [("ann", "")]
    assert [(series.title, series.position, series.url) for series in back.series] == [("Lamps", "", "")]


@pytest.mark.parametrize("form", FORMS)
def test_an_unknown_language_stays_unknown(form: str) -> None:
    assert read_back(work(language=""), form).language == ""


@pytest.mark.parametrize("form", FORMS)
def test_tables_lists_and_ruby_keep_their_words(form: str) -> None:
    story = (
        "<table><tr><th>lamp</th><td>oil</td></tr></table><ul><li>one</li><li>two</li></ul>"
        "<p><ruby>灯<rp>(</rp><rt>ひ</rt><rp>)</rp></ruby></p><dl><dt>wick</dt><dd>a thread</dd></dl>"
        '<p align="center"><big>LIGHT</big></p><center>Dim</center>'
    )
    (chapter,) = read_back(work(chapters=[{"html": story}]), form).chapters
    pairs = zip_longest(words(chapter.html).split("\n\n"), words(story).split("\n\n"))
    assert [pair for pair in pairs if pair[0] != pair[1]] == []
