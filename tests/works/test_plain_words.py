"""Numbers, names and remarks as a page writes them."""

from __future__ import annotations

import pytest

from storyloft.works.templatetags.plain_words import by, grouped, joined, sentence, time_left


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), "author unknown"),
        (("Ada",), "by Ada"),
        (("Ada", "Bertram"), "by Ada and Bertram"),
        (("Ada", "Bertram", "Clara"), "by Ada, Bertram and Clara"),
    ],
)
def test_who_a_story_is_by(names: tuple[str, ...], said: str) -> None:
    assert by(names) == said


def test_no_names_are_no_words_on_a_cover() -> None:
    assert joined(()) == ""


def test_thousands_are_grouped() -> None:
    assert grouped(1_234_567) == "1,234,567"


@pytest.mark.parametrize(
    ("remark", "written"),
    [("it is plain text", "It is plain text."), ("An EPUB.", "An EPUB."), (" so it says … ", "So it says …"), ("", "")],
)
def test_a_remark_is_written_as_a_sentence(remark: str, written: str) -> None:
    assert sentence(remark) == written


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "a moment"),
        (12, "about 10 seconds"),
        (54, "about 55 seconds"),
        (62, "about 1 minute"),
        (9_000, "about 2 hours"),
    ],
)
def test_the_time_left_is_said_as_roughly_as_it_is_known(seconds: int, said: str) -> None:
    assert time_left(seconds) == said
