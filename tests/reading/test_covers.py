"""A generated cover is the same on every machine, at every start."""

from __future__ import annotations

import subprocess
import sys

import pytest

from storyloft.reading.covers import HUES, LAYOUTS, dress


def test_a_fandom_has_one_colour_whatever_its_case_or_spacing() -> None:
    assert dress("One", "Sherlock Holmes", 1).hue == dress("Two", " sherlock  HOLMES ", 2).hue


def test_the_colour_does_not_change_with_pythons_hash_seed() -> None:
    question = "from storyloft.reading.covers import dress; print(dress('Fog', 'Dracula', 7).hue)"
    answers = {
        subprocess.run(
            [sys.executable, "-c", question], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert answers == {f"{dress('Fog', 'Dracula', 7).hue}\n"}


def test_a_work_without_fandom_is_coloured_by_its_title() -> None:
    assert dress("Fog", "", 1).hue == dress("Other", "Fog", 1).hue


def test_many_works_use_every_hue_and_layout() -> None:
    dresses = [dress("A", f"fandom {number}", number) for number in range(500)]
    assert {one.hue for one in dresses} == set(range(HUES))
    assert {one.layout for one in dresses} == set(range(LAYOUTS))


@pytest.mark.parametrize(
    ("title", "size"),
    [
        ("Fog", "huge"),
        ("The Lamp in Baker Street", "large"),
        ("In Which Mrs Hudson Says Nothing at All", "middling"),
        ("Incomprehensibilities", "small"),
        ("A Visitor in the Night, and What He Left upon the Stairs " * 2, "tiny"),
    ],
)
def test_long_titles_and_long_words_are_set_smaller(title: str, size: str) -> None:
    assert dress(title, "", 1).size == size


def test_a_dress_is_written_as_classes() -> None:
    assert str(dress("Fog", "Dracula", 7)).split()[1:] == ["layout-2", "title-huge"]
