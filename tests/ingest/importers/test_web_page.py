"""Pages of no known site: nothing of the main text may be lost, whatever the page is built like."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, NotReadable
from storyloft.ingest.importers.web_page import importer
from tests.ingest.importers import saved

SENTENCE = "the lamp burned on and nobody in the street below could say who had lit it"
SHAPES = {
    "p": "<p>{}</p>\n",
    "styled p": '<p class="MsoNormal" style="margin:0"><span>{}</span></p>',
    "br": "{}<br><br>\n",
    "div": "<div>{}</div>",
    "unclosed p": "<p>{}\n",
    "font": '<p><font face="Arial">{}</font></p>',
    "quote": "<blockquote><p>{}</p></blockquote>",
    "pre": "<pre>{}\n</pre>",
    "centre": "<center>{}</center>",
    "item": "<ul><li>{}</li></ul>",
}
AROUND = (
    "<div>{}</div>", "<article>{}</article>", "<main>{}</main>", "<section>{}</section>",
    '<table width="100%"><tr><td><a href="/">Home</a></td><td>{}</td></tr></table>',
    '<form id="aspnetForm">{}</form>', '<div class="page has-sidebar">{}</div>', "<center>{}</center>",
    '<div class="entry-content">{}</div>', '<div class="comment-free-zone">{}</div>',
    '<div><div><div id="story">{}</div></div></div>',
)  # fmt: skip
FURNITURE = (
    '<nav><a href="/">Home</a> <a href="/new">New</a> <a href="/all">All</a></nav>',
    f"<aside><p>furniture {SENTENCE}.</p></aside>",
    f"<footer><p>furniture {SENTENCE}.</p></footer>",
    '<header class="site"><a href="/">Home</a> <a href="/new">New</a></header>',
    '<div id="sidebar"><h3>Recent</h3><ul><li><a href="/1">One</a></li></ul></div>',
    f'<div class="comments"><h3>Comments</h3><p>furniture {SENTENCE}.</p><p>furniture first!</p></div>',
    '<ul class="share"><li><a href="#">Post it</a></li><li><a href="#">Mail it</a></li></ul>',
    '<form action="/login"><input name="u"><input type="password"><button>Log in</button></form>',
    "<script>var furniture = '<p>no</p>';</script><style>p{color:red}</style>",
)


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A page, and a word of each paragraph of its main text."""
    marks = [f"mark{number}" for number in range(draw(st.integers(6, 16)))]
    lengths = [draw(st.sampled_from((0, 0, 3, 16, 48))) for _mark in marks]
    lengths[len(marks) // 3] = lengths[len(marks) // 2] = lengths[-1] = 48  # a story, not a list of words
    shape = SHAPES[draw(st.sampled_from(sorted(SHAPES)))]
    second = SHAPES[draw(st.sampled_from(sorted(SHAPES)))]
    words = (SENTENCE.split() * 4)[:]
    paragraphs = [
        (second if draw(st.integers(0, 5)) == 0 else shape).format(" ".join([*words[:length], mark]) + ".")
        for length, mark in zip(lengths, marks, strict=True)
    ]
    body = "".join(paragraphs)
    for around in draw(st.lists(st.sampled_from(AROUND), max_size=4)):
        furniture = draw(st.lists(st.sampled_from(FURNITURE), max_size=3))
        before, after = furniture[:1], furniture[1:]
        body = around.format("".join(before) + body + "".join(after))
    return f"<html><head><title>The Lamp</title></head><body>{body}</body></html>", marks


@given(pages())
@settings(max_examples=150, deadline=None)
def test_every_paragraph_of_the_main_text_survives(made: tuple[str, list[str]]) -> None:
    html, marks = made
    text = _all_words(saved.read(importer, GivenFile("page.html", html.encode())))
    assert [mark for mark in marks if not re.search(rf"\b{mark}\b", text)] == []


def _all_words(work: ImportedWork) -> str:
    return " ".join([work.notes, work.title, *(f"{chapter.title} {chapter.html}" for chapter in work.chapters)])


def test_two_stretches_of_text_side_by_side_are_both_kept() -> None:
    body = f"<div class=a><p>One {SENTENCE}.</p></div><div class=b><p>Two {SENTENCE}.</p></div>"
    assert _all_words(saved.read(importer, saved.page(body))).count(SENTENCE) == 2


def test_a_short_answer_beside_the_text_is_kept() -> None:
    body = f"<main><p>No.</p><div><p>One {SENTENCE}.</p><p>Two {SENTENCE}.</p></div></main>"
    assert "No." in _all_words(saved.read(importer, saved.page(body)))


def test_chat_messages_named_comment_in_the_middle_are_story() -> None:
    message = '<div class="comment"><p>where are you</p></div>'
    body = f"<div><p>One {SENTENCE}.</p>{message}<p>Two {SENTENCE}.</p></div>"
    assert "where are you" in _all_words(saved.read(importer, saved.page(body)))


def test_what_is_dropped_inside_the_text_is_reported() -> None:
    body = f'<article><p>One {SENTENCE}.</p><div class="share-buttons">Share this</div><p>Two.</p></article>'
    (removed,) = saved.read(importer, saved.page(body)).removed
    assert (removed.text, removed.rule.name, removed.chapter, removed.at) == ("Share this", "page-sharing", 0, 1)


def test_the_title_bar_gives_the_title_without_the_site() -> None:
    head = '<meta property="og:site_name" content="Reading Room">'
    work = saved.read(importer, saved.page(f"<p>{SENTENCE}.</p>", title="The Lamp - Reading Room", head=head))
    assert work.title == "The Lamp"


def test_an_untitled_page_has_no_title() -> None:
    assert saved.read(importer, saved.page(f"<p>{SENTENCE}.</p>", title="Untitled Document")).title == ""


def test_a_line_by_the_author_gives_the_name_and_leaves_the_text() -> None:
    work = saved.read(importer, saved.page(f"<h1>The Lamp</h1><p>by Kitty Bennet</p><p>{SENTENCE}.</p>"))
    assert [byline.name for byline in work.bylines] == ["Kitty Bennet"]
    assert "Kitty" not in work.chapters[0].html


def test_headings_of_chapters_cut_a_book() -> None:
    body = "".join(f"<div><h2>Chapter {number}</h2><p>{SENTENCE} {number}.</p></div>" for number in (1, 2, 3))
    work = saved.read(importer, saved.page(body))
    assert [(chapter.title, chapter.number) for chapter in work.chapters] == [
        ("Chapter 1", 1), ("Chapter 2", 2), ("Chapter 3", 3),
    ]  # fmt: skip


def test_headings_of_scenes_do_not_cut_a_story() -> None:
    body = "".join(f"<h2>{name}</h2><p>{SENTENCE}.</p>" for name in ("London", "Whitby", "Home"))
    (chapter,) = saved.read(importer, saved.page(body)).chapters
    assert "<h2>Whitby</h2>" in chapter.html


def test_chapter_lines_in_plain_paragraphs_cut_a_book() -> None:
    body = "".join(f"<p><b>Chapter {number}</b></p><p>{SENTENCE} {number}.</p>" for number in (1, 2))
    assert [chapter.title for chapter in saved.read(importer, saved.page(body)).chapters] == ["Chapter 1", "Chapter 2"]


def test_words_before_the_first_chapter_go_into_the_notes() -> None:
    body = f"<p>For Mina.</p><h2>Chapter 1</h2><p>{SENTENCE}.</p><h2>Chapter 2</h2><p>{SENTENCE}.</p>"
    work = saved.read(importer, saved.page(body))
    assert (work.notes, len(work.chapters)) == ("<p>For Mina.</p>", 2)


@pytest.mark.parametrize(
    ("title", "body", "says"),
    [
        ("Just a moment...", "<p>Checking your browser.</p>", "robots"),
        ("404 Not Found", "<h1>Not Found</h1><p>The page does not exist.</p>", "not found"),
        ("Log in", '<form><p>Name</p><input type="password"></form>', "log-in page"),
    ],
)
def test_a_page_without_a_story_is_refused_in_a_sentence(title: str, body: str, says: str) -> None:
    with pytest.raises(NotReadable, match=says):
        saved.read(importer, saved.page(body, title=title))


def test_a_story_beside_a_log_in_box_is_read() -> None:
    box = '<form><input type="password"><button>Log in</button></form>'
    text = "".join(f"<p>{SENTENCE} {number}.</p>" for number in range(8))
    assert SENTENCE in saved.read(importer, saved.page(box + text, title="The Lamp")).chapters[0].html
