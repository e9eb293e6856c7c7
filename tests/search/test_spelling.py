"""Spelling that forgives."""

from __future__ import annotations

import pytest

from storyloft.search.finding import find
from storyloft.search.spelling import distance
from storyloft.search.writer import drain
from tests.cast import STRANGER
from tests.search.shelf import found, story, titles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["harpsicord", "harspichord", "hharpsichord", "arpsichord", "harpsykhord"])
def test_a_misspelt_word_finds_what_was_meant_and_says_so(typed: str) -> None:
    story("Keys", "She opened the harpsichord.")
    drain()
    results = find(STRANGER, f"opened {typed}")
    assert (titles(results), results.respelled) == (["Keys"], {typed: "harpsichord"})
    assert results.shown_for == "opened harpsichord"


def test_of_two_near_words_the_more_frequent_is_meant() -> None:
    story("Lamps", *["A lantern stood there."] * 3)
    story("Bird", "A lanternn stood there.")
    drain()
    assert find(STRANGER, "lanterm").respelled == {"lanterm": "lantern"}


def test_a_word_that_somebody_wrote_is_not_corrected() -> None:
    story("Keys", "She opened the harpsicord.")
    story("Other", "She opened the harpsichord.")
    assert found(STRANGER, "harpsicord") == ["Keys"]


def test_names_are_corrected_too() -> None:
    story("Keys", "It was dark.", by="Mary Quillington", fandom="Sherlock Holmes")
    assert found(STRANGER, "quilington") == ["Keys"]
    assert found(STRANGER, "author:quilington fandom:sherlok") == ["Keys"]


def test_other_alphabets_are_corrected_too() -> None:
    story("Лампа", "Скрипка лежала на столе.", language="ru")
    assert found(STRANGER, "скрыпка") == ["Лампа"]


@pytest.mark.parametrize(
    ("one", "other", "slips"), [("lamp", "lamp", 0), ("lamp", "lmap", 1), ("lamp", "clamps", 2), ("lamp", "violin", 3)]
)
def test_slips_are_counted_up_to_the_most_that_matter(one: str, other: str, slips: int) -> None:
    assert distance(one, other, 2) == slips
