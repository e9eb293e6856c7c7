"""Looking at a page: its words, its data, its dates."""

from __future__ import annotations

from datetime import date

import pytest

from storyloft.ingest.importers.pages.page import SavedPage, tidy
from storyloft.ingest.importers.pages.stamps import stamped


def test_words_are_tidied_of_blanks_nobody_sees() -> None:
    assert tidy("  The\u00a0\u200bLamp\n ") == "The Lamp"


def test_the_first_selector_with_words_is_believed() -> None:
    assert SavedPage("<h1> </h1><h2>Two</h2>").words("h1", "h2") == "Two"


def test_elements_come_in_the_order_of_the_page_and_once() -> None:
    page = SavedPage("<p class=b>1</p><p class='a b'>2</p>")
    assert [node.text() for node in page.each(".a", ".b")] == ["1", "2"]


@pytest.mark.parametrize(
    ("script", "data"),
    [
        ('window.chapters = [{"id": 1}];', [{"id": 1}]),
        ('window.chapters = [broken]; window.chapters = {"a": "</p>"}', {"a": "</p>"}),
        ("window.chapters = " + "[" * 5_000, None),
        ("var other = [1]", None),
    ],
)
def test_data_that_a_script_assigns_is_read(script: str, data: object) -> None:
    assert SavedPage(f"<script>{script}</script>").assigned("window.chapters") == data


def test_linked_data_is_read_and_broken_data_left_out() -> None:
    page = SavedPage(
        '<script type="application/ld+json">{broken</script>'
        '<script type="application/ld+json">{"@graph": [{"@type": "Book", "name": "The Lamp"}, 7]}</script>'
    )
    assert [thing["name"] for thing in page.linked_data] == ["The Lamp"]


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("1363910400", date(2013, 3, 22)), ("1363910400000", date(2013, 3, 22)),
        ("2022-05-14T09:30:00.000Z", date(2022, 5, 14)),
        ("2022-05-14", date(2022, 5, 14)), ("2022-13-14", None), ("3h ago", None), ("", None), ("9" * 30, None),
    ],
)  # fmt: skip
def test_stamps_are_days(stamp: str, day: date | None) -> None:
    assert stamped(stamp) == day
