"""The database the tests run on: SQLite, or the PostgreSQL that STORYLOFT_DATABASE_URL names (`make test-postgres`)."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from django.db import connection

URL = os.environ.get("STORYLOFT_DATABASE_URL", "")


def environment(home: Path) -> dict[str, str]:
    """What the real program gets to run on a data folder: nothing of the tests' own settings but their database.

    On PostgreSQL each folder has a schema of its own in the tests' database (ask for `django_db_setup`), and goes with
    it.
    """
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("STORYLOFT_", "DJANGO_"))}
    return clean | {"STORYLOFT_DATABASE_URL": _with_schema(home)} if URL else clean


def _with_schema(home: Path) -> str:
    from psycopg import connect  # not there where the tests run on SQLite

    schema = "home_" + hashlib.sha256(str(home).encode()).hexdigest()[:12]
    own = urlencode({"options": f"-csearch_path={schema}"})
    parts = urlsplit(URL)
    query = f"{parts.query}&{own}" if parts.query else own
    url = parts._replace(path=f"/{connection.settings_dict['NAME']}", query=query).geturl()
    with connect(url, autocommit=True) as opened:
        opened.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    return url
