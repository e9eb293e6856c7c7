"""Tools that read AO3's downloads find in our HTML what they look for (`ao3-formats` §2)."""

from __future__ import annotations

import base64
import re

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from storyloft.editions.making import make
from tests.editions.works import full_work, picture, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def html() -> str:
    return make(full_work(), "html").decode()


@pytest.fixture
def page(html: str) -> LexborHTMLParser:
    return LexborHTMLParser(html)


def one(page: LexborHTMLParser, selector: str) -> LexborNode:
    (found,) = page.css(selector)
    return found


def test_the_page_is_called_as_ao3_calls_it(page: LexborHTMLParser) -> None:
    assert one(page, "title").text() == "The Second Lamp - ann, Bo, the elder - Sherlock Holmes & Related Fandoms"


def test_site_and_work_stand_in_the_message_line(page: LexborHTMLParser) -> None:
    said = " ".join(one(page, "#preface p.message").text().split())
    found = re.search(
        r"Posted originally on the\s+(?P<site>.{3,60}?)\s+at\s+https?://[\w.:-]+/\s*works/(?P<id>\d+)", said
    )
    assert found
    assert found["site"] == "Storyloft"
    assert str(page.css("#preface p.message a")[-1].attributes["href"]).endswith(f"/works/{found['id']}")


def test_the_labels_come_in_ao3s_order_and_ours_after_them(page: LexborHTMLParser) -> None:
    assert [term.text() for term in page.css("#preface dl.tags > dt")] == [
        "Rating:", "Archive Warning:", "Categories:", "Fandom:", "Relationships:", "Character:", "Additional Tags:",
        "Language:", "Series:", "Collections:", "Stats:", "Original Source:", "Counts When Saved:",
    ]  # fmt: skip


def test_tags_are_links_parted_by_commas(page: LexborHTMLParser) -> None:
    values = dict(zip((t.text() for t in page.css("dl.tags > dt")), page.css("dl.tags > dd"), strict=True))
    relationships = values["Relationships:"]
    assert [link.text() for link in relationships.css("a[href*='/tags/']")] == [
        "Sherlock Holmes/John Watson", "Sherlock Holmes & Mrs Hudson",
    ]  # fmt: skip
    assert relationships.text() == "Sherlock Holmes/John Watson, Sherlock Holmes & Mrs Hudson"


def test_stats_are_read_by_a_pattern(page: LexborHTMLParser) -> None:
    said = page.css("dl.tags > dd")[10].text()
    found = re.findall(
        r"(?:Published|Updated|Completed):\s*\d{4}-\d{2}-\d{2}|Words:\s*[\d,]+|Chapters:\s*\d+/(?:\d+|\?)", said
    )
    assert found == ["Published: 2024-01-02", "Updated: 2024-05-06", "Words: 20", "Chapters: 3/12"]


def test_the_byline_links_every_author(page: LexborHTMLParser) -> None:
    links = page.css("#preface .byline a[rel=author]")
    assert [link.text() for link in links] == ["ann (ann_w)", "Bo, the elder"]
    assert links[0].attributes["href"] == "https://archiveofourown.org/users/ann_w/pseuds/ann"


def test_summary_and_notes_follow_their_labels(page: LexborHTMLParser) -> None:
    for label, begins in (("Summary", "A keeper"), ("Notes", "For everyone")):
        line = next(p for p in page.css("#preface .meta > p") if p.text() == label)
        quotation = line.next and (line.next.next if line.next.tag == "-text" else line.next)
        assert quotation is not None
        assert (quotation.tag, quotation.attributes["class"]) == ("blockquote", "userstuff")
        assert quotation.text().startswith(begins)


def test_each_chapter_has_its_head_and_both_comments(html: str, page: LexborHTMLParser) -> None:
    assert [h.text() for h in page.css("#chapters > div.meta.group > h2.heading")] == [
        "Chapter 1: The Count", "Chapter 2", "Chapter 3: Oil",
    ]  # fmt: skip
    texts = re.findall(r"<!--chapter content-->(.*?)<!--/chapter content-->", html, re.DOTALL)
    assert [LexborHTMLParser(text).css_first("div.userstuff") is not None for text in texts] == [True] * 3


def test_end_notes_are_where_the_links_lead(page: LexborHTMLParser) -> None:
    assert [link.attributes["href"] for link in page.css(".endnote-link a")] == ["#endnotes", "#endnotes1"]
    assert one(page, "#afterword #endnotes > blockquote.userstuff").text() == "Thank you for reading."
    assert one(page, "#chapters div.meta#endnotes1 > blockquote.userstuff").text() == "The train was late."


def test_a_one_shot_has_its_title_for_a_heading() -> None:
    html = make(work(status="complete", expected_chapters=1), "html").decode()
    page = LexborHTMLParser(html)
    assert [h.text() for h in page.css("#chapters > h2.toc-heading")] == ["The Lamp Room"]
    assert page.css("div.meta.group") == []
    assert html.count("<!--chapter content-->") == html.count("<!--/chapter content-->") == 1


def test_pictures_travel_inside(html: str) -> None:
    assert f"data:image/png;base64,{base64.b64encode(picture()).decode()}" in html
    assert "picture:" not in html


def test_every_id_stands_once() -> None:
    taken = work(chapters=[{"html": "<p>Same.</p><hr>"}, {"html": "<p>Same.</p><hr>"}])
    ids = re.findall(r' id="([^"]+)"', make(taken, "html").decode())
    assert len(ids) == len(set(ids))


def test_what_an_author_named_cannot_break_out() -> None:
    taken = work("</title><script>alert(1)</script>", names=['"><script>'], tags=())
    assert "<script" not in make(taken, "html").decode()
