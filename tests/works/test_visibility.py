"""Rights are asked in one place."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from storyloft.works.models import Visibility, Work
from tests.cast import STRANGER, ada, bertram

pytestmark = pytest.mark.django_db


def work(visibility: Visibility) -> Work:
    return Work.objects.create(keeper=ada(), title="The Lamp Room", sort_title="lamp room", visibility=visibility)


@pytest.mark.parametrize(
    ("visibility", "seen_by"),
    [
        (Visibility.PRIVATE, {"ada"}),
        (Visibility.MEMBERS, {"ada", "bertram"}),
        (Visibility.PUBLIC, {"ada", "bertram", "anonymous", "stranger"}),
    ],
)
def test_a_work_is_seen_by_whom_it_is_meant_for(visibility: Visibility, seen_by: set[str]) -> None:
    work(visibility)
    visitors = {"ada": ada(), "bertram": bertram(), "anonymous": AnonymousUser(), "stranger": STRANGER}
    assert {name for name, visitor in visitors.items() if Work.objects.visible_to(visitor).exists()} == seen_by
