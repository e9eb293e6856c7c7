"""Scribble Hub, Quotev, Fimfiction and Inkitt: the little that each does in its own way."""

from __future__ import annotations

import pytest

from storyloft.ingest.imported import ImportedWork, Importer, NotReadable
from storyloft.ingest.importers import fimfiction_page, inkitt_page, quotev_page, scribblehub_page
from tests.ingest.importers import saved


def read(importer: Importer, body: str, address: str = "") -> ImportedWork:
    return saved.read(importer, saved.page(body, address=address))


def test_scribble_hubs_warnings_and_genres_are_tags() -> None:
    head = '<a class="fic_genre">Drama</a><ul class="ul_rate_expand"><li><a>Gore</a></li></ul>'
    work = read(scribblehub_page.importer, f"{head}<div id=chp_raw><p>One.</p></div>")
    assert [tag.name for tag in work.tags] == ["Drama", "Gore"]


def test_scribble_hubs_reading_options_are_dropped_only_as_a_box() -> None:
    box = "<div class=chp_reading_options>Reading Options Width</div>"
    work = read(scribblehub_page.importer, f"<div id=chp_raw>{box}<p>Width</p><p>Reset</p></div>")
    assert (work.chapters[0].html, [removed.text for removed in work.removed]) == (
        "<p>Width</p><p>Reset</p>", ["Reading Options Width"],
    )  # fmt: skip


def test_quotevs_other_pages_of_a_chapter_are_missed() -> None:
    pages = "<div id=footer_pages><select><option>1<option selected>2<option>3</select></div>"
    work = read(quotev_page.importer, f"<div id=quizHeaderTitle><h1>Oil</h1></div><div id=rescontent>One.</div>{pages}")
    assert work.warnings == ("This is page 2 of 3 of the chapter; page 1, 3 is not in this file.",)


@pytest.mark.parametrize(
    ("name", "rating"), [("everyone", "General Audiences"), ("teen", "Teen And Up Audiences"), ("mature", "Mature")]
)
def test_fimfictions_ratings_are_ours(name: str, rating: str) -> None:
    work = read(fimfiction_page.importer, f"<b class=content-rating-{name}>x</b><div id=chapter-body><p>One.</p></div>")
    assert [tag.name for tag in work.tags] == [rating]


def test_fimfictions_note_inside_the_text_becomes_a_note() -> None:
    work = read(
        fimfiction_page.importer, "<div id=chapter-body><p>One.</p><div class=authors-note><p>Hi.</p></div></div>"
    )
    assert (work.chapters[0].html, work.chapters[0].end_notes) == ("<p>One.</p>", "<p>Hi.</p>")


def test_inkitts_chapter_heading_stands_once() -> None:
    work = read(
        inkitt_page.importer, "<div id=story-text-container><h2 class=chapter-head-title>Oil</h2><p>One.</p></div>"
    )
    assert (work.chapters[0].title, work.chapters[0].html) == ("Oil", "<p>One.</p>")


@pytest.mark.parametrize(
    ("importer", "address"),
    [
        (scribblehub_page.importer, "https://www.scribblehub.com/series/1/oil/"),
        (quotev_page.importer, "https://www.quotev.com/story/1/Oil"),
        (fimfiction_page.importer, "https://www.fimfiction.net/story/1/oil"),
        (inkitt_page.importer, "https://www.inkitt.com/stories/drama/1"),
    ],
)
def test_a_page_without_text_is_refused(importer: Importer, address: str) -> None:
    with pytest.raises(NotReadable, match=r"No story text .* open the chapter itself"):
        read(importer, "<h1>Oil</h1>", address)
