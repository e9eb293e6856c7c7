"""Downloads: for those who may see the work, named after it, not sent twice."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from storyloft.editions.making import make, name_of
from storyloft.works.models import Visibility, Work
from tests.cast import ada, bertram
from tests.editions.works import work

pytestmark = pytest.mark.django_db


def address(taken: Work, form: str = "epub") -> str:
    return reverse("edition", args=(taken.public_id, form))


def reader() -> Client:
    client = Client()
    client.force_login(bertram())
    return client


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("epub", "application/epub+zip"),
        ("html", "text/html; charset=utf-8"),
        ("txt", "text/plain; charset=utf-8"),
    ],
)
def test_every_form_is_sent_as_what_it_is(client: Client, form: str, media_type: str) -> None:
    taken = work(visibility=Visibility.PUBLIC)
    answer = client.get(address(taken, form))
    assert (answer.status_code, answer["Content-Type"]) == (200, media_type)
    assert answer.content == make(taken, form)
    assert answer["Content-Disposition"] == f'attachment; filename="The Lamp Room.{form}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("form", ["epub", "html", "txt"])
def test_a_private_work_is_not_there_for_others(client: Client, form: str) -> None:
    taken = work(visibility=Visibility.PRIVATE)
    assert client.get(address(taken, form)).status_code == 404
    assert reader().get(address(taken, form)).status_code == 404
    client.force_login(ada())
    assert client.get(address(taken, form)).status_code == 200


def test_a_form_we_do_not_have_is_not_there(client: Client) -> None:
    assert client.get(address(work(visibility=Visibility.PUBLIC), "mobi")).status_code == 404


def test_an_unchanged_work_is_not_sent_again(client: Client) -> None:
    taken = work(visibility=Visibility.PUBLIC)
    first = client.get(address(taken))
    again = client.get(address(taken), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_a_changed_work_is_sent(client: Client) -> None:
    taken = work(visibility=Visibility.PUBLIC)
    first = client.get(address(taken))
    Work.objects.filter(pk=taken.pk).update(changed_at=taken.kept_since)
    assert client.get(address(taken), headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize(("visibility", "who"), [(Visibility.PUBLIC, "public"), (Visibility.MEMBERS, "private")])
def test_only_what_everybody_may_see_is_kept_on_the_way(visibility: Visibility, who: str) -> None:
    assert reader().get(address(work(visibility=visibility)))["Cache-Control"] == f"{who}, no-cache"


def test_asking_for_the_head_sends_no_body_and_other_methods_are_refused(client: Client) -> None:
    taken = work(visibility=Visibility.PUBLIC)
    head = client.head(address(taken))
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", str(len(make(taken, "epub"))))
    assert client.post(address(taken)).status_code == 405


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Lamp Room", "The Lamp Room.epub"),
        ("Either/Or", "Either-Or.epub"),
        ("月の灯", "月の灯.epub"),
        ("\x07", "Work 4820917365028114.epub"),
        ("CON", "Work 4820917365028114 CON.epub"),
    ],
)
def test_a_file_is_named_after_its_work(title: str, name: str) -> None:
    assert name_of(work(title, public_id=4820917365028114), "epub") == name


def test_names_travel_in_any_script(client: Client) -> None:
    answer = client.get(address(work("月の灯", visibility=Visibility.PUBLIC)))
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E6%9C%88%E3%81%AE%E7%81%AF.epub"


@pytest.mark.parametrize("asked", [make, name_of])
def test_an_unknown_form_is_told_in_a_sentence(asked: object) -> None:
    assert callable(asked)
    with pytest.raises(LookupError, match="There is no edition called “mobi”; there are epub, html, txt."):
        asked(work(), "mobi")
