"""Words as people count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyloft.prose.count import count_words, reading_minutes, words_in

COUNTS = {
    "nothing": ("", 0),
    "words": ("Holmes laughed.", 2),
    "a hyphen and an apostrophe": ("the well-known detective didn't, didn’t", 5),
    "numbers": ("3.14 and 1,000", 3),
    "a lone dash": ("Holmes - or * Watson —", 3),
    "a dash between words": ("Holmes—or--Watson…perhaps", 4),
    "a slash": ("and/or", 2),
    "quotes": ("\"Yes,\" 'no' «oui»", 3),
    "Chinese": ("他走进了房间。", 6),
    "Japanese": ("カレは来た", 5),
    "mixed": ("Holmes と Watson", 3),
    "Korean by blanks": ("그는 방에 들어갔다", 3),
    "Russian": ("Он вошёл", 2),
    "Thai by letters": ("ดี", 1),
}


@pytest.mark.parametrize(("text", "wanted"), COUNTS.values(), ids=COUNTS.keys())
def test_counts(text: str, wanted: int) -> None:
    assert count_words(text) == wanted


@given(st.text("ab1_ \n\x1c.-'/|—…“”’\"!", max_size=30))
def test_plain_letters_are_counted_as_any_others(text: str) -> None:
    # One accent, and every word goes the long way.
    assert count_words(f"{text} é") == count_words(text) + 1


def test_a_tag_within_a_word_does_not_divide_but_a_paragraph_does() -> None:
    assert words_in("<p>H<b>olm</b>es</p><p>laughed<br>loud</p><hr><ul><li>and</li><li>long</li></ul>") == 5


def test_minutes() -> None:
    assert reading_minutes(0) == 0
    assert reading_minutes(1) == 1
    assert reading_minutes(2380, "en") == 10
    assert reading_minutes(2550, "zh-Hans") == 10
