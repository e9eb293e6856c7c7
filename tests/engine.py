"""The database the tests run on: SQLite, or the PostgreSQL that STORYLOFT_DATABASE_URL names (`make test-postgres`)."""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from django.db import connection
from psycopg import OperationalError, connect
from pysqlite3 import dbapi2 as sqlite3

from storyloft.database import STORING

URL = os.environ.get("STORYLOFT_DATABASE_URL", "")

_WANTED = """The tests want a PostgreSQL server on which they may make and drop databases, named by its address:

    STORYLOFT_DATABASE_URL=postgres://storyloft:secret@127.0.0.1/storyloft make test-postgres

A server to play with, on Debian: apt-get install postgresql, then as the user postgres
createuser --createdb --pwprompt storyloft && createdb --owner storyloft storyloft"""


def main() -> int:
    """Whether the server is there, so that not every single test has to say it."""
    missing = _missing()
    if missing:
        print(f"{missing}\n\n{_WANTED}")
    return 1 if missing else 0


def _missing() -> str:
    if not URL:
        return "STORYLOFT_DATABASE_URL is not set."
    try:
        with connect(URL) as opened:
            may = opened.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
    except OperationalError as error:
        return str(error)
    return "" if may == (True,) else "This user may not make databases (ALTER ROLE … CREATEDB)."


def environment(home: Path) -> dict[str, str]:
    """What the real program gets to run on a data folder: nothing of the tests' own settings but their database.

    On PostgreSQL each folder has a schema of its own in the tests' database (ask for `django_db_setup`), and goes with
    it.
    """
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("STORYLOFT_", "DJANGO_"))}
    return clean | {"STORYLOFT_DATABASE_URL": _with_schema(home)} if URL else clean


def another_may_store() -> bool:
    """Whether another program could begin to store a story in this moment."""
    name = connection.settings_dict["NAME"]
    if URL:
        with connect(urlsplit(URL)._replace(path=f"/{name}").geturl()) as other:
            return other.execute("SELECT pg_try_advisory_xact_lock(%s)", [STORING]).fetchone() == (True,)
    with closing(sqlite3.connect(name, uri=True, timeout=0)) as beside:
        try:
            beside.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return False
    return True


def _with_schema(home: Path) -> str:
    schema = "home_" + hashlib.sha256(str(home).encode()).hexdigest()[:12]
    own = urlencode({"options": f"-csearch_path={schema}"})
    parts = urlsplit(URL)
    query = f"{parts.query}&{own}" if parts.query else own
    url = parts._replace(path=f"/{connection.settings_dict['NAME']}", query=query).geturl()
    with connect(url, autocommit=True) as opened:
        opened.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    return url


if __name__ == "__main__":
    sys.exit(main())
