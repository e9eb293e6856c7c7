"""Which database an address means, and how many store stories in it at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction

from storyloft.database import one_writer, settings_for
from tests.engine import another_may_store


def test_without_an_address_the_library_is_one_file(tmp_path: Path) -> None:
    assert settings_for("", tmp_path)["NAME"] == tmp_path / "storyloft.sqlite3"


def test_an_address_names_everything_about_a_server(tmp_path: Path) -> None:
    found = settings_for("postgres://keeper:p%40ss%2Fword@db.example:6432/lamp%20room?sslmode=require", tmp_path)
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"], found["OPTIONS"]) == (
        "keeper", "p@ss/word", "db.example", "6432", "lamp room", {"sslmode": "require"},
    )  # fmt: skip


def test_a_socket_needs_no_host(tmp_path: Path) -> None:
    found = settings_for("postgresql:///storyloft?host=/run/postgresql", tmp_path)
    assert (found["HOST"], found["NAME"], found["OPTIONS"]) == ("", "storyloft", {"host": "/run/postgresql"})


def test_another_kind_of_database_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="postgres://"):
        settings_for("mysql://keeper@db.example/storyloft", tmp_path)


@pytest.mark.django_db(transaction=True)
def test_one_stores_at_a_time() -> None:
    with transaction.atomic():
        one_writer()
        assert not another_may_store()
    assert another_may_store()
