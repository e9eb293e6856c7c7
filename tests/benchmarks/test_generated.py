"""The benchmarks' invented stories are stories: the program reads them whole, and they are the same every time."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import books, invented, report, shelf
from benchmarks.measuring import Row
from storyloft.accounts.models import Person
from storyloft.ingest.given import GivenFile
from storyloft.ingest.registry import read
from storyloft.prose.prepare import prepare
from storyloft.search.finding import find
from storyloft.works.models import Work

PEOPLE = ("Mina Murray", "Lucy Westenra", "Jonathan Harker")
ROW = Row(name="fog", what="fog", value=6.0, unit="ms", bar=5.0, reference=2.0, against="a clear day", more={"cabs": 3})


def test_a_chapter_has_the_words_asked_for() -> None:
    words = prepare(invented.chapter(random.Random(1), 2_000, PEOPLE)).words
    assert 2_000 <= words < 2_250


def test_the_same_seed_tells_the_same_story() -> None:
    told = [invented.chapter(random.Random(7), 300, PEOPLE) for _ in range(2)]
    assert told[0] == told[1]


def test_words_come_as_often_as_in_prose() -> None:
    words = prepare(invented.chapter(random.Random(2), 20_000, PEOPLE)).html.lower().split()
    often = Counter(words).most_common(100)
    assert 0.3 < sum(count for _, count in often) / len(words) < 0.7


def test_a_bound_book_is_read_whole(tmp_path: Path) -> None:
    [path] = books.shoebox(tmp_path, books=1, words=6_000)
    [work] = read(GivenFile(path.name, path.read_bytes())).works
    assert (len(work.chapters), work.title[:4], len(work.bylines)) == (2, "The ", 1)


@pytest.mark.django_db(transaction=True)
def test_the_shelf_is_filled_and_searchable(settings: object, tmp_path: Path) -> None:
    settings.SEARCH_INDEX = tmp_path / "search"  # type: ignore[attr-defined]
    shelf.fill(3)
    works = list(Work.objects.all())
    assert [work.words > 1_000 for work in works] == [True] * 3
    assert {hit.title for hit in find(Person.objects.owner(), works[0].title).hits} >= {works[0].title}


def test_the_page_of_figures_puts_the_ratio_first() -> None:
    assert "| 3 × | 6 ms | 2 ms | 5 ms | fog | a clear day | 3 cabs |" in report.page([ROW], {"cores": "2"})


def test_a_row_says_whether_its_bar_holds() -> None:
    assert not ROW.holds
