"""Plain text into paragraphs, however it was typed, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyloft.prose.clean import clean
from storyloft.prose.paragraphs import paragraphs
from storyloft.prose.plain import html_from_text, plain_text
from storyloft.prose.scenes import scene_break

BREAK = scene_break()
LONG = "Watson came in from the rain, shook his coat and asked whether anybody had called for them since noon."


def test_blank_lines_part_paragraphs() -> None:
    assert html_from_text("One.\n\nTwo.\r\n\r\nThree.") == "<p>One.</p><p>Two.</p><p>Three.</p>"


def test_nothing_becomes_nothing() -> None:
    assert html_from_text(" \n\n") == ""


def test_html_is_escaped() -> None:
    assert html_from_text("a <b> & &amp; c") == "<p>a &lt;b&gt; &amp; &amp;amp; c</p>"


def test_scene_breaks_of_every_form() -> None:
    assert html_from_text("One.\n\n      * * *\n\nTwo.\n\n+++\n\nThree.") == (
        f"<p>One.</p>{scene_break('* * *')}<p>Two.</p>{scene_break('+++')}<p>Three.</p>"
    )


def test_a_rare_wide_gap_parts_scenes() -> None:
    text = "\n\n".join(["One."] * 5) + "\n\n\n\n" + "\n\n".join(["Two."] * 5)
    assert html_from_text(text).count(BREAK) == 1


def test_wide_gaps_everywhere_do_not() -> None:
    assert html_from_text("One.\n\n\nTwo.\n\nThree.\n\n\nFour.") == "<p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p>"


def test_a_few_short_lines_among_paragraphs_are_verse() -> None:
    text = f"{LONG}\n\nThe moor, the moor\nit has no door\n\n{LONG}\n\n{LONG}"
    assert "<p>The moor, the moor<br>it has no door</p>" in html_from_text(text)


def test_a_few_long_lines_among_paragraphs_are_paragraphs() -> None:
    text = f"{LONG}\n\n{LONG}\n{LONG} Nobody had.\n\n{LONG}\n\n{LONG}"
    assert html_from_text(text).count("<p>") == 5


def test_a_paragraph_a_line() -> None:
    text = f"The Rain\n\n{LONG}\n“No,” said Holmes.\n{LONG}\n\n{LONG}\n“Yes,” said Holmes.\n{LONG}\n"
    html = html_from_text(text)
    assert html.count("<p>") == 7
    assert html.startswith("<p>The Rain</p><p>Watson")  # a title is no scene
    assert html.count(BREAK) == 1


def test_a_typed_break_between_blank_lines_is_one() -> None:
    text = f"{LONG}\nA.\nB.\n\n***\n\n{LONG}\nC.\nD.\n"
    assert html_from_text(text).count("<hr") == 1
    assert scene_break("***") in html_from_text(text)


LETTERS = {
    "an open quotation with a greeting": "»Dear Irene.\nI have the photograph.\nYours.",
    "a greeting": "Dear Mrs Norton,\nI have the photograph.\nS. H.",
    "a short greeting": "Dear Irene.\nI have the photograph.\nS. H.",
    "a greeting in straight quotes": '"My dear Holmes,\nI have the photograph.\nI. N."',
    "in another language": "„Liebste Irene,\nich habe das Bild.\nS. H.“",
    "a quotation that stays open": "“Meet me at the bridge.\nCome alone.\nTell nobody.”",
}
NO_LETTERS = {
    "somebody called dear": "Dear Watson was asleep in his chair by the fire.\nHe snored.\nIt rained.",
    "a greeting that is spoken": '"Dear me," said Holmes.\nHe laughed.\nIt rained.',
    "a closed quotation": "“Meet me,” she said.\nHe nodded.\nIt rained.",
    "a speech of several paragraphs": "“I was born in Devon.\n“I went to sea.\n“I came home,” he said.",
    "a long line to somebody dear": f"Dear {LONG}\nHe snored.\nIt rained.",
}


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS.keys())
def test_a_letter_is_set_apart_within_its_scene(letter: str) -> None:
    html = html_from_text(f"{LONG}\nA.\nB.\n\n{letter}\n\nHe folded it.\nC.\nD.")
    assert html.count('<blockquote class="letter"><p>') == 1
    assert letter[0] in html
    assert "<hr" not in html


@pytest.mark.parametrize("block", NO_LETTERS.values(), ids=NO_LETTERS.keys())
def test_what_is_no_letter(block: str) -> None:
    html = html_from_text(f"{LONG}\nA.\nB.\n\n{block}\n\nHe folded it.\nC.\nD.")
    assert "blockquote" not in html
    assert html.count(BREAK) == 2


WRAPPED = """   It was a cold morning in Baker Street, and the well-
known detective had been at his chemicals since
four. Watson came down late and found no coffee at
all, only the smell of sulphur - and a note.
   "I am out," the note said; it was signed with an
initial and nothing more than that, as was usual.

          * * *

   He sat down. He waited for most of the morning by
the window.
"""


def test_wrapped_lines_are_joined_and_indents_begin_paragraphs() -> None:
    assert html_from_text(WRAPPED) == (
        "<p>It was a cold morning in Baker Street, and the well-known detective had been at his chemicals since four."
        " Watson came down late and found no coffee at all, only the smell of sulphur - and a note.</p>"
        '<p>"I am out," the note said; it was signed with an initial and nothing more than that, as was usual.</p>'
        f"{scene_break('* * *')}"
        "<p>He sat down. He waited for most of the morning by the window.</p>"
    )


def test_verse() -> None:
    text = "The fog is on the moor tonight\nand nobody is coming\nup\n\nthe dog is near\nand I am waiting\nstill"
    assert html_from_text(text).startswith('<p class="poem">The fog is on the moor tonight<br>and nobody')


EMPHASIS = {
    "stars": ("He *was* there", "He <em>was</em> there"),
    "lines": ("He _was_ there", "He <em>was</em> there"),
    "two stars": ("He **was** there", "He <strong>was</strong> there"),
    "two lines": ("He __was__ there", "He <strong>was</strong> there"),
    "in a word": ("snake_case_name and 2*3*4", "snake_case_name and 2*3*4"),
    "a lone star": ("a footnote* and *more*", "a footnote* and *more*"),
    "a star between blanks": ("five * six *seven*", "five * six <em>seven</em>"),
}


@pytest.mark.parametrize(("typed", "wanted"), EMPHASIS.values(), ids=EMPHASIS.keys())
def test_emphasis_where_it_can_mean_nothing_else(typed: str, wanted: str) -> None:
    assert html_from_text(typed) == f"<p>{wanted}</p>"


@given(st.text(alphabet='aB .\n*_"»“-<&\t字', max_size=120))
def test_no_letter_is_lost(text: str) -> None:
    html = html_from_text(text)
    assert sum(map(html_letters(html).count, "aB字")) == sum(map(text.count, "aB字"))
    assert paragraphs(html) == paragraphs(paragraphs(html))


def html_letters(html: str) -> str:
    return plain_text(clean(paragraphs(html)))


def test_plain_text_of_a_chapter() -> None:
    html = clean(
        "<h2>I</h2><p>Holmes <em>laughed</em> &amp;<br>wept.</p><p>\u00a0</p><hr><p>He slept.</p>"
        '<hr title="+++" class="scene-break"><ul><li>one<ul><li>two</li></ul>three</li></ul>'
    )
    assert plain_text(html) == "I\n\nHolmes laughed &\nwept.\n\n* * *\n\nHe slept.\n\n+++\n\none\n\ntwo\nthree"


def test_plain_text_of_a_line() -> None:
    assert plain_text("just <b>words</b>") == "just words"
    assert plain_text("lead<p>words</p>") == "lead\n\nwords"
