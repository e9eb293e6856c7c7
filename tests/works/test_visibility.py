"""Rights are asked in one place."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from storyloft.accounts.models import Byline
from storyloft.works.crediting import credit
from storyloft.works.models import Chapter, Visibility, Work
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


def test_an_author_sees_a_private_work_that_another_keeps() -> None:
    kept = work(Visibility.PRIVATE)
    credit(kept, [Byline.objects.create(person=bertram(), name="Quillfeather")])
    assert Work.objects.visible_to(bertram()).get() == kept


def test_a_chapter_is_seen_by_whom_its_work_is() -> None:
    kept = work(Visibility.PRIVATE)
    Chapter.objects.create(work=kept, position=1)
    assert Chapter.objects.visible_to(ada()).exists()
    assert not Chapter.objects.visible_to(bertram()).exists()
