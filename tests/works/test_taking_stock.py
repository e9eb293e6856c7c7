"""SQLite is told how works are spread, so that the newest of many are found without looking at all."""

from __future__ import annotations

import pytest

from storyloft.database import take_stock
from storyloft.works.models import Visibility, Work
from tests.cast import STRANGER, ada

pytestmark = pytest.mark.django_db


def newest(visitor: object) -> str:
    """How the database goes about finding a page of the newest works."""
    return Work.objects.visible_to(visitor).order_by("-kept_since")[:60].explain()  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _many_works() -> None:
    Work.objects.bulk_create(
        Work(keeper=ada(), title=f"Fog {n}", sort_title=f"fog {n}", visibility=Visibility.values[n % 3])
        for n in range(600)
    )


def test_a_member_s_newest_are_not_sorted_out_of_all() -> None:
    take_stock()
    assert "USE TEMP B-TREE FOR ORDER BY" not in newest(ada())


def test_a_stranger_s_newest_are_not_sorted_out_of_all() -> None:
    assert "USE TEMP B-TREE FOR ORDER BY" not in newest(STRANGER)
