"""Which database, opened how: the SQLite guard and PostgreSQL by address.

SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL mode when two connections write or checkpoint in the same
instant (the WAL-reset bug), which is what a web and a worker process do. So we bring our own SQLite and refuse an
older one. docs/decisions/0003-sqlite.md tells more.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pysqlite3
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

OLDEST_SAFE = (3, 51, 3)

# FULL: what was acknowledged survives a power cut. mmap_size 0: a read error is an error, not a crash.
_OPEN = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0; PRAGMA cache_size=-16000;"


# The number by which transactions that store stories know each other; chosen once.
STORING = 7_786_976_453


class UnsafeSqlite(RuntimeError):
    """The SQLite library is one that can corrupt an archive; the message says what to do."""


def use_own_sqlite() -> None:
    """Make `import sqlite3` mean the SQLite we bring. Raises UnsafeSqlite where that one is too old as well."""
    if pysqlite3.sqlite_version_info < OLDEST_SAFE:
        raise UnsafeSqlite(
            f"SQLite {pysqlite3.sqlite_version} can corrupt an archive under load. Nothing was opened. "
            "Run `make setup` again: it installs a safe one."
        )
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def settings_for(url: str, home: Path) -> dict[str, Any]:
    """Django's DATABASES entry: SQLite in the data folder, or PostgreSQL by address."""
    return _postgres(url) if url else _sqlite(home / "storyloft.sqlite3")


def _sqlite(path: Path) -> dict[str, Any]:
    if not path.exists():
        path.touch(mode=0o600)  # SQLite gives its journals the same rights; private stories stand in them
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": _OPEN},
    }


def one_writer() -> None:
    """Wait until no other transaction is storing stories. Call inside a transaction; its end lets the next one in.

    SQLite makes every writer wait anyhow. On PostgreSQL two imports at once would not see that they bring the same
    story, and would lock each other out over the tags they share.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [STORING])


def take_stock() -> None:
    """Tell SQLite how its rows are spread. Cheap where little came since the last time; PostgreSQL does it by itself.

    Without it SQLite collects and sorts every work a person may read to show the newest sixty: 14 ms at ten thousand
    works instead of 0.1. No analysis_limit: with one the figures are too rough for it to choose otherwise.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize = 0x10002")


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise LookupError("database_url must begin with postgres:// (or be empty, for SQLite in the data folder).")
    if not find_spec("psycopg"):
        raise LookupError("PostgreSQL needs the optional part storyloft[postgres]; docs/how-to/use-postgresql.md.")
    connection_created.connect(_leave_out_nul)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # ?sslmode=require, ?host=/run/postgresql and whatever else the client library knows.
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _leave_out_nul(connection: BaseDatabaseWrapper, **_: object) -> None:
    """No text of PostgreSQL's holds a NUL: one in an address or a cookie finds nothing, and is no error of ours."""
    if connection.vendor == "postgresql":
        from psycopg.adapt import Dumper  # the optional part

        class WithoutNul(Dumper):
            def dump(self, text: str) -> bytes:
                return text.replace("\0", "").encode()

        connection.connection.adapters.register_dumper(str, WithoutNul)
