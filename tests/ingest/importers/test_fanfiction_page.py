"""Saved chapters of FanFiction.net: ids, dates and what belongs to other sites."""

from __future__ import annotations

from datetime import date

import pytest

from storyloft.ingest.importers.fanfiction_page import importer
from tests.ingest.importers import saved

TEXT = '<div id="storytext"><p>One.</p></div>'
ADDRESS = "https://www.fanfiction.net/s/77/2/The-Lamp"


def profile(meta: str) -> str:
    title = '<b class="xcontrast_txt">The Lamp</b>'
    return f'<div id="profile_top">{title}<span class="xgray xcontrast_txt">{meta}</span></div>'


def test_two_stamps_are_updated_and_published() -> None:
    meta = '<span data-xutime="1363910400">x</span> <span data-xutime="1335571200">y</span>'
    source = saved.read(importer, saved.page(profile(meta) + TEXT, address=ADDRESS)).source
    assert source is not None
    assert (source.published, source.updated) == (date(2012, 4, 28), date(2013, 3, 22))


def test_a_single_stamp_is_published() -> None:
    source = saved.read(importer, saved.page(profile('<span data-xutime="1335571200">y</span>') + TEXT)).source
    assert source is not None
    assert (source.published, source.updated) == (date(2012, 4, 28), None)


def test_printed_dates_serve_where_there_is_no_stamp() -> None:
    meta = "Rated: Fiction M - German - Drama - Words: 900 - Published: 04-28-12 - id: 77"
    work = saved.read(importer, saved.page(profile(meta) + TEXT))
    assert work.source is not None
    assert (work.source.published, work.language, work.status) == (date(2012, 4, 28), "German", "in_progress")


def test_fictionpress_is_its_own_site() -> None:
    work = saved.read(importer, saved.page(TEXT, address="https://www.fictionpress.com/s/77/1/The-Lamp"))
    assert work.source is not None
    assert (work.source.site, work.source.url) == ("FictionPress", "https://www.fictionpress.com/s/77/")


@pytest.mark.parametrize("host", ["adultfanfiction.net", "fanfiction.net.example.org"])
def test_other_sites_with_a_like_name_are_left_alone(host: str) -> None:
    assert importer.recognises(saved.page(TEXT, address=f"https://{host}/s/77/1")) is None


def test_a_changed_layout_is_read_by_its_main_text_with_a_warning() -> None:
    paragraphs = "".join(
        f"<p>Number {number}: the lamp burned on and nobody could say who lit it.</p>" for number in range(12)
    )
    work = saved.read(importer, saved.page(f"<main>{paragraphs}</main>", address=ADDRESS))
    assert work.chapters[0].html.count("the lamp") == 12
    assert "not built as" in work.warnings[0]


def test_a_chapter_of_many_says_which() -> None:
    options = (
        '<select id="chap_select"><option value="1">1. A</option><option value="2" selected>2. B</option></select>'
    )
    work = saved.read(importer, saved.page(options + TEXT, address=ADDRESS))
    assert work.part is not None
    assert (work.part.number, work.part.total, work.chapters[0].title) == (2, 2, "B")
