"""One-time links."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from storyloft.accounts.models import Person, SignInLink
from tests.cast import ada

pytestmark = pytest.mark.django_db


def follow(secret: str, client: Client | None = None) -> int:
    return (client or Client()).get(reverse("use-link", args=[secret])).status_code


def test_a_link_signs_in_once() -> None:
    secret = SignInLink.objects.make(ada())
    assert (follow(secret), follow(secret)) == (302, 403)


def test_a_link_older_than_a_day_signs_nobody_in() -> None:
    secret = SignInLink.objects.make(ada())
    SignInLink.objects.update(made_at=timezone.now() - timedelta(days=1, minutes=1))
    assert follow(secret) == 403


def test_an_invented_link_signs_nobody_in() -> None:
    assert follow("A" * 43) == 403


def test_a_new_link_ends_the_unused_one_before_it() -> None:
    first, second = SignInLink.objects.make(ada()), SignInLink.objects.make(ada())
    assert (follow(first), follow(second)) == (403, 302)


def test_the_database_holds_no_secret_that_signs_in() -> None:
    secret = SignInLink.objects.make(ada())
    assert secret not in str(list(SignInLink.objects.values()))


def test_signing_out_ends_it() -> None:
    client = Client()
    follow(SignInLink.objects.make(ada()), client)
    client.post(reverse("sign-out"))
    assert client.get(reverse("imports")).status_code == 302


def test_the_owner_is_made_once() -> None:
    assert Person.objects.owner() == Person.objects.owner()
