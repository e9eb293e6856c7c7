"""The demo's stories: each has its head, none is there twice, and together they show what an archive can hold."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from storyloft.demo import stories
from storyloft.tags.kinds import CATEGORIES, NOT_RATED, RATINGS, WARNINGS

NEEDED = {"Title", "Author", "Fandom", "Rating", "Warnings", "Category", "Language", "Status", "Summary"}
ALLOWED = NEEDED | {"Relationship", "Characters", "Tags", "Series", "Notes"}
ALL = stories()

every_story = pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)


def head(path: Path) -> dict[str, str]:
    lines = path.read_text("utf-8").split("\n\n", 1)[0].splitlines()
    return dict(line.split(": ", 1) for line in lines)


def text(path: Path) -> str:
    return path.read_text("utf-8").split("\n\n", 1)[1]


def values(path: Path, label: str) -> list[str]:
    return [value for value in head(path).get(label, "").split(", ") if value]


def seen(label: str) -> set[str]:
    return {value for path in ALL for value in values(path, label)}


@every_story
def test_its_head_has_the_labels(path: Path) -> None:
    labels = set(head(path))
    assert labels >= NEEDED
    assert labels <= ALLOWED


@every_story
def test_its_head_uses_the_fixed_words(path: Path) -> None:
    assert head(path)["Rating"] in set(RATINGS) - {NOT_RATED}
    assert set(values(path, "Warnings")) <= set(WARNINGS)
    assert set(values(path, "Category")) <= set(CATEGORIES)


@every_story
def test_its_text_opens_with_its_title(path: Path) -> None:
    assert text(path).startswith(f"# {head(path)['Title']}\n\n")


@every_story
def test_its_status_tells_how_many_chapters_there_are(path: Path) -> None:
    chapters = len(re.findall(r"^## .+$", text(path), re.MULTILINE))
    allowed = {f"complete {chapters}/{chapters}", f"in progress {chapters}/?"} if chapters else {"complete"}
    assert head(path)["Status"] in allowed


@every_story
def test_it_is_set_with_real_quotes_and_dashes(path: Path) -> None:
    assert not re.search(r"[\"']|\w--|--\w|\.\.\.", text(path))


@every_story
def test_quotation_marks_open_before_they_close(path: Path) -> None:
    # A paragraph may open a speech that the next one goes on with, but never close one that nobody opened.
    for paragraph in text(path).split("\n\n"):
        assert paragraph.count("“") >= paragraph.count("”"), paragraph


def test_no_title_and_no_paragraph_is_there_twice() -> None:
    titles = Counter(head(path)["Title"] for path in ALL)
    paragraphs = Counter(part for path in ALL for part in text(path).split("\n\n") if len(part.split()) > 8)
    assert [*titles.values(), *paragraphs.values()] == [1] * (len(titles) + len(paragraphs))


def test_they_come_in_order_of_their_names() -> None:
    assert [path.name for path in ALL] == sorted(path.name for path in ALL)


def test_there_are_enough_of_them() -> None:
    assert len(ALL) >= 12


def test_many_fandoms_and_every_rating_are_among_them() -> None:
    assert len(seen("Fandom")) >= 4
    assert seen("Rating") == set(RATINGS) - {NOT_RATED}


def test_one_series_has_three_works() -> None:
    series = [head(path)["Series"] for path in ALL if "Series" in head(path)]
    assert sorted(series) == ["The Gaslight Letters #1", "The Gaslight Letters #2", "The Gaslight Letters #3"]


def test_one_chaptered_work_is_finished_and_one_goes_on() -> None:
    assert {"complete 4/4", "in progress 2/?"} <= {head(path)["Status"] for path in ALL}


def test_one_is_a_crossover_by_two_authors() -> None:
    (together,) = [path for path in ALL if len(values(path, "Author")) == 2]
    assert values(together, "Fandom") == ["Sherlock Holmes - Arthur Conan Doyle", "Dracula - Bram Stoker"]


def test_one_is_a_drabble_of_exactly_a_hundred_words() -> None:
    (drabble,) = [path for path in ALL if "Drabble" in values(path, "Tags")]
    assert len(text(drabble).split("\n\n", 1)[1].split()) == 100


@pytest.mark.parametrize(
    "mark", ["\n> ", "\n|---|", "<ruby>", "\n* * *\n", "\nA/N: ", "\nAuthor’s note: "], ids=lambda mark: mark.strip()
)
def test_between_them_they_hold(mark: str) -> None:
    assert any(mark in text(path) for path in ALL)


def test_they_are_not_all_in_english() -> None:
    assert seen("Language") == {"English", "Français"}
