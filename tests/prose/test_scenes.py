"""Scene breaks and authors' notes."""

from __future__ import annotations

import pytest
from hypothesis import given

from storyloft.prose.clean import clean
from storyloft.prose.scenes import Marked, is_authors_note, is_scene_break, mark, scene_break
from tests.prose.markup_strategies import loose_html

STARS = '<hr title="***" class="scene-break">'


@pytest.mark.parametrize(
    "line",
    ["***", "* * *", "~*~*~", "+++", "xXx", "oOo", "---", "• • •", "*", "- scene break -", "TIME SKIP", "Page Break",
     "  *   *   *  ", "~oOo~", "-x-x-x-", "x x x", "o0o0o", "⁂", "❦", "~ * ~", "--", "* " * 100],
)  # fmt: skip
def test_scene_breaks(line: str) -> None:
    assert is_scene_break(line)


@pytest.mark.parametrize(
    "line",
    ["...", "—", "#", "xoxo", "word", "", "Ooh!", "x", "-5-", "…", "- Ann -", "*sighs*", "*" + " " * 100_000 + "x"],
)
def test_what_is_no_scene_break(line: str) -> None:
    assert not is_scene_break(line)


@pytest.mark.parametrize(
    "line",
    ["A/N: hi", "(A/N: hi", "EDIT 3/4/20: x", "Author’s Note - hi", "AN: hi", "*A.N.: hi*", "  ETA : x", "P.S.: x"],
)
def test_authors_notes(line: str) -> None:
    assert is_authors_note(line)


@pytest.mark.parametrize("line", ["An: apple", "Editor: x", "Edit-a-thon: x", "An apple", "", "P.S. I love you"])
def test_what_is_no_authors_note(line: str) -> None:
    assert not is_authors_note(line)


def test_a_break_keeps_its_sign() -> None:
    assert scene_break("*  *\n*") == '<hr title="* * *" class="scene-break">'
    assert scene_break() == '<hr class="scene-break">'


FORMS = {
    "a paragraph": ("<p>***</p>", STARS, ["***"]),
    "centred": ('<p class="align-center"> <b>***</b> </p>', STARS, ["***"]),
    "a heading": ("<h3>***</h3>", STARS, ["***"]),
    "a bare rule": ('<hr width="50">', '<hr class="scene-break">', [""]),
    "a rule with a title": ('<hr title="***">', STARS, ["***"]),
    "one of ours": (STARS, STARS, ["***"]),
    "with an address": ('<hr id="p-abcdef" title="***" class="scene-break">',) * 2 + (["***"],),
    "inside a paragraph": ("<p>One<br>***<br>two</p>", f"<p>One</p>{STARS}<p>two</p>", ["***"]),
    "in one of two paragraphs": ("<p>One<br>***</p><p>two</p>", f"<p>One</p>{STARS}<p>two</p>", ["***"]),
    "at the edge of a paragraph": ("<p>***<br><br>two</p>", f"{STARS}<p>two</p>", ["***"]),
    "inside emphasis": ("<p><i>One<br>***<br>two</i></p>", "<p><i>One<br>***<br>two</i></p>", []),
    "behind emphasis": ("<p><i>One</i> <img alt='x'><br>***</p>", f"<p><i>One</i> <img alt='x'></p>{STARS}", ["***"]),
    "words": ("<p>Word</p><h2>Two</h2>", "<p>Word</p><h2>Two</h2>", []),
    "dashes before words": ("<p>- Ann said</p>", "<p>- Ann said</p>", []),
}


@pytest.mark.parametrize(("html", "wanted", "signs"), FORMS.values(), ids=FORMS.keys())
def test_breaks_get_one_form(html: str, wanted: str, signs: list[str]) -> None:
    marked_html, marked = mark(html)
    assert marked_html == wanted
    assert [found.text for found in marked] == signs


def test_a_note_is_marked_and_its_words_stay() -> None:
    html, marked = mark('<p>Holmes slept.</p><h2>II</h2><p class="letter"><b>A/N:</b> sorry!</p><p>A/N: again</p>')
    assert html.endswith('<p class="letter authors-note"><b>A/N:</b> sorry!</p><p class="authors-note">A/N: again</p>')
    assert marked == [Marked("authors-note", "A/N: sorry!", 2), Marked("authors-note", "A/N: again", 3)]


CHAPTER = "<p>Holmes put down the violin.</p>" * 40
OPENING = "<p>So we all know he falls, right? I hope you enjoy this.</p>"


def test_opening_words_to_the_readers_are_a_note() -> None:
    html, marked = mark(f"{OPENING}<p>***</p>{CHAPTER}")
    assert html.startswith('<p class="authors-note">So we all')
    assert [found.kind for found in marked] == ["authors-note", "scene-break"]


def test_a_typed_note_among_the_opening_words_counts_once() -> None:
    _, marked = mark(f"<p>A/N: hi</p>{OPENING}<p>***</p>{CHAPTER}")
    assert [found.at for found in marked] == [0, 1, 2]


@pytest.mark.parametrize(
    "opening",
    [
        "<p>The moor lay dark.</p>",
        "<p>I never knew the moor so dark.</p>",
        "<p>“We all hope so,” I said.</p>",
        "<p>I hope " + "and hope " * 60 + "</p>",
        OPENING * 3,
    ],
)
def test_an_opening_that_is_the_story_is_none(opening: str) -> None:
    assert "authors-note" not in mark(f"{opening}<p>***</p>{CHAPTER}")[0]


def test_a_short_piece_has_no_opening() -> None:
    assert "authors-note" not in mark(f"{OPENING}<p>***</p><p>End.</p>")[0]


@given(loose_html)
def test_a_second_marking_changes_nothing(html: str) -> None:
    once, marked = mark(clean(html))
    assert mark(once) == (once, marked)
