"""What our own editions say beyond AO3's labels comes back: first source, counts, status, codes, dates, pictures."""

from __future__ import annotations

import base64
from datetime import date

import pytest

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedByline, ImportedSeries, ImportedSource, ImportedWork
from storyloft.ingest.importers.ao3_page import importer
from tests.ingest.importers.bindery import PNG

PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><div id="preface">
<p class="message"><b>Fog</b><br/>Posted originally on the <a href="https://stories.example/">Stories Example</a> at
<a href="https://stories.example/works/4820917365028114">https://stories.example/works/4820917365028114</a>.</p>
<div class="meta"><dl class="tags"><dt>Rating:</dt><dd><a href="https://stories.example/tags/1">Mature</a></dd>
<dt>Language:</dt><dd lang="tlh">Klingon</dd>
<dt>Series:</dt><dd>Part 2 of <a class="series" href="https://a.example/series/9">Lamps</a>,
<a class="series local" data-position="prologue" href="https://stories.example/series/7">Wicks</a></dd>
<dt>Stats:</dt><dd>Published: 2020-01-02 Words: 9 Chapters: 1/?</dd><dt>Status:</dt><dd>On hiatus</dd>
<dt>Original Source:</dt><dd><a class="source" data-site="Wattpad" data-site-id="42" data-saved-on="2021-03-04"
href="https://www.wattpad.com/story/42">Wattpad</a>, <span class="source">an old disk</span></dd>
<dt>Counts When Saved:</dt><dd>reads: <span data-count="reads">1.4K</span></dd></dl><h1>Fog</h1>
<div class="byline">by <a rel="author" class="local" data-login="ann_w" href="https://stories.example/by/ann">ann</a></div>
</div></div><div id="chapters" class="userstuff"><div class="meta group"><h2 class="heading">Chapter 1: Soot</h2>
<p class="published">Chapter published: <time datetime="2020-01-05">2020-01-05</time></p></div>
<!--chapter content--><div class="userstuff" lang="fr"><p id="p-1a2b">Oui.
<img src="data:image/png;base64,{base64.b64encode(PNG).decode()}" alt="soot"></p></div><!--/chapter content-->
</div></body></html>"""


@pytest.fixture
def work() -> ImportedWork:
    """An HTML edition of an imported work, read back."""
    (work,) = importer.read(GivenFile("fog.html", PAGE.encode()))
    return work


def test_the_first_source_is_the_identity(work: ImportedWork) -> None:
    assert work.source == ImportedSource(
        site="Wattpad",
        url="https://www.wattpad.com/story/42",
        site_id="42",
        saved_on=date(2021, 3, 4),
        published=date(2020, 1, 2),
        updated=date(2020, 1, 2),
        counts={"reads": "1.4K"},
        facts={"other sources": "an old disk", "edition of": "https://stories.example/works/4820917365028114"},
    )


def test_status_and_language_are_the_ones_that_were_known(work: ImportedWork) -> None:
    assert (work.status, work.language) == ("hiatus", "tlh")


def test_links_to_the_editions_own_archive_are_no_profiles(work: ImportedWork) -> None:
    assert work.bylines == (ImportedByline(name="ann", login="ann_w"),)


def test_series_keep_positions_that_are_no_numbers(work: ImportedWork) -> None:
    assert work.series == (
        ImportedSeries(title="Lamps", position="2", url="https://a.example/series/9"),
        ImportedSeries(title="Wicks", position="prologue"),
    )


def test_chapters_keep_date_language_and_passage_ids(work: ImportedWork) -> None:
    (chapter,) = work.chapters
    assert (chapter.title, chapter.published, chapter.language) == ("Soot", date(2020, 1, 5), "fr")
    assert '<p id="p-1a2b">' in chapter.html


def test_pictures_inside_the_page_are_taken_out(work: ImportedWork) -> None:
    assert [picture.data for picture in work.pictures] == [PNG]
    assert 'src="picture:picture-1.png"' in work.chapters[0].html
