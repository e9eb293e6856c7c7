"""The switch of the golden tests, and what the tests' own database needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="write what is expected anew, for a person to review")


@pytest.fixture(autouse=True, scope="session")
def _a_test_keeps_its_connection() -> Iterator[None]:
    """A test is a transaction, and the end of an answer closes a connection that is in one.

    SQLite's database in memory takes no notice; PostgreSQL's connection would go, with all the test has made.
    """
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def unless_in_a_test(connection: BaseDatabaseWrapper) -> None:
        if not connection.in_atomic_block:
            close(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", unless_in_a_test)
        yield
