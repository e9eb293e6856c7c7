"""The copies that the benchmark makes are what they say they are."""

from __future__ import annotations

import random

import pytest

from benchmarks.reposts import VARIANTS, Shelf, edited, renamed, swapped, taken_out

STORY = [
    f"The fog came up at {number}, and he said to Holmes that his lamp was out. “Then Holmes will light it,” said Mina."
    for number in range(40)
]


def words(story: list[str]) -> int:
    return len(" ".join(story).split())


@pytest.mark.parametrize("name", list(VARIANTS))
def test_the_same_dice_make_the_same_copy(name: str) -> None:
    assert VARIANTS[name](STORY, random.Random(3)) == VARIANTS[name](STORY, random.Random(3)) != STORY


@pytest.mark.parametrize("share", [0.01, 0.15])
def test_about_that_share_of_the_words_is_edited(share: float) -> None:
    long = STORY * 20
    changed = edited(share)(long, random.Random(1))
    kept = sum(one == other for one, other in zip(long, changed, strict=True)) / len(long)
    assert kept == pytest.approx((1 - share) ** 23, abs=0.1)


def test_no_name_is_left_and_nothing_else_changed() -> None:
    changed = renamed(STORY, random.Random(1))
    assert "Holmes" not in " ".join(changed)
    assert "Mina" not in " ".join(changed)
    assert changed[0].startswith("The fog") or changed[0].split()[1] == "fog"


def test_he_is_she() -> None:
    assert "she said to Holmes that her lamp" in swapped(STORY, random.Random(1))[0]


@pytest.mark.parametrize("parts", [5, 10])
def test_a_part_has_its_share_of_the_words_and_stands_in_the_story(parts: int) -> None:
    for seed in range(20):
        part = taken_out(parts)(STORY, random.Random(seed))
        assert words(STORY) / parts <= words(part) <= words(STORY) / parts + 30
        assert "\n".join(part) in "\n".join(STORY)


def test_some_stories_are_chosen_evenly_and_none_too_short() -> None:
    shelf = Shelf("invented", {**{f"{at}": STORY for at in range(9)}, "short": ["A word."]})
    assert list(shelf.some(3)) == ["0", "3", "6"]
    assert "short" not in shelf.some(99)
