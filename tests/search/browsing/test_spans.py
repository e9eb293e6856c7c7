"""From–to, as people write it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storyloft.search.browsing.spans import Span, days, numbers

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("1000-5000", Span(1_000, 5_000)),
        ("1,000 – 5,000", Span(1_000, 5_000)),
        ("10k-", Span(10_000, None)),
        ("1.5k..2,5k", Span(1_500, 2_500)),
        ("-500", Span(None, 500)),
        ("300", Span(300, 300)),
        ("5000-1000", Span(1_000, 5_000)),
        ("2m", Span(2_000_000, 2_000_000)),
        ("", Span()),
        ("-", Span()),
        ("many", Span()),
    ],
)
def test_numbers(text: str, span: Span) -> None:
    assert numbers(text) == span


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020..2021", date(2020, 1, 1), date(2021, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-12", date(2020, 12, 1), date(2020, 12, 31)),
        ("2019-05..", date(2019, 5, 1), None),
        ("..2019-05-07", None, date(2019, 5, 7)),
        ("30d", date(2026, 10, 21), None),
        ("2w", date(2026, 11, 6), None),
        ("2020-13", None, None),
        ("soon", None, None),
    ],
)
def test_days(text: str, first: date | None, last: date | None) -> None:
    assert days(text, TODAY) == (first, last)


@given(st.text(max_size=40))
def test_nothing_is_an_error(text: str) -> None:
    numbers(text)
    days(text, TODAY)
