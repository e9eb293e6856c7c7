"""Somebody's usual filters: on wherever the address says nothing else."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from storyloft.search.keeping.usual import TooLong, defaults_for, set_usual, with_usual
from tests.cast import STRANGER, ada, bertram
from tests.search.keeping.shelf import signed_in

pytestmark = pytest.mark.django_db


def test_only_filters_are_kept_and_only_for_who_set_them() -> None:
    assert set_usual(ada(), "?status=complete&not-tag=Fog&sort=words&page=3&nonsense=1") == (
        "status=complete&not-tag=Fog"
    )
    assert (defaults_for(ada()), defaults_for(bertram()), defaults_for(STRANGER)) == (
        "status=complete&not-tag=Fog",
        "",
        "",
    )


@pytest.mark.parametrize(
    ("asked", "together", "on"),
    [
        ("", "status=complete", True),
        ("sort=words&page=2", "sort=words&page=2&status=complete", True),
        ("plain=1", "plain=1", False),
        ("tag=Fog", "tag=Fog", False),
    ],
)
def test_they_are_on_unless_the_address_names_its_own(asked: str, together: str, on: bool) -> None:
    set_usual(ada(), "status=complete")
    merged, usual = with_usual(ada(), QueryDict(asked))
    assert (merged.urlencode(), usual) == (together, on)
    assert with_usual(bertram(), QueryDict(asked)) == (QueryDict(asked), False)


def test_setting_them_from_a_page_and_forgetting_them() -> None:
    client = signed_in(ada())
    answer = client.post("/searches/usual", {"query": "status=complete", "next": "/?status=complete"})
    assert answer["Location"] == "/?status=complete"
    assert "Complete" in client.get("/searches").content.decode()
    client.post("/searches/usual")
    assert defaults_for(ada()) == ""


def test_more_than_can_be_kept_changes_nothing() -> None:
    set_usual(ada(), "status=complete")
    many = "&".join(f"tag={'x' * 140}{number}" for number in range(20))
    with pytest.raises(TooLong):
        set_usual(ada(), many)
    assert signed_in(ada()).post("/searches/usual", {"query": many}).status_code == 422
    assert defaults_for(ada()) == "status=complete"
