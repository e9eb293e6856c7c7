"""Length, state, year, site and rating are heard in a memory, and only where they are meant."""

from __future__ import annotations

import pytest

from storyloft.search.scenes.hints import LENGTH, RATING, SITE, STATUS, YEAR, hints_in


def heard(text: str) -> dict[str, str]:
    return {hint.kind: hint.value for hint in hints_in(text)[0]}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("about 30k words", LENGTH, "20000-40000"),
        ("over 100k", LENGTH, "100000-"),
        ("under 5,000 words", LENGTH, "-5000"),
        ("120k+", LENGTH, "120000-"),
        ("it's a really long fic", LENGTH, "20000-"),
        ("a oneshot with a cat", LENGTH, "-15000"),
        ("a drabble", LENGTH, "-1000"),
        ("an unfinished fic", STATUS, "in_progress,hiatus,abandoned"),
        ("it was a WIP", STATUS, "in_progress,hiatus,abandoned"),
        ("the story is complete", STATUS, "complete"),
        ("I read it around 2012", YEAR, "2012"),
        ("must be 2005 or 2006", YEAR, "2006"),
        ("in the late 90s", YEAR, "1999"),
        ("early 2010s", YEAR, "2014"),
        ("on ao3", SITE, "Archive of Our Own"),
        ("it was on ff.net", SITE, "FanFiction.net"),
        ("pretty smutty", RATING, "Explicit,Mature"),
        ("rated T", RATING, "Teen And Up Audiences"),
    ],
)
def test_what_is_said_is_heard(text: str, kind: str, value: str) -> None:
    assert heard(text)[kind] == value


@pytest.mark.parametrize(
    "text",
    [
        "the battle of 1815",
        "a girl abandoned by a soldier",
        "he walks 500 miles with 3 children",
        "they complete the bridge before the long winter",
        "a long coat and a short man",
        "room 2012a",
    ],
)
def test_a_scene_is_no_hint(text: str) -> None:
    assert heard(text) == {}


def test_hints_leave_the_scene_behind() -> None:
    found, rest = hints_in("a long fic where the lamp goes out, about 80k words, on AO3 in 2016")
    assert {hint.kind for hint in found} == {LENGTH, YEAR, SITE}
    assert "where the lamp goes out" in rest
    assert "AO3" not in rest
