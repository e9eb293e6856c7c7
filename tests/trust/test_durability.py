"""What was acknowledged stays, whatever dies when. Checks A8, D1 and D7.

Killing processes proves the order of our own writes; that a commit outlives a power cut is SQLite's part, and the
settings that make it so are read back here.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.apps import apps
from django.db import models

from storyloft import database
from storyloft.files.kept import KeptFiles
from tests.serving import served

STORIES = 60
WORDS = (
    "lamp",
    "fog",
    "river",
    "letter",
    "violin",
    "gull",
    "keeper",
    "harbour",
    "ladder",
    "kettle",
    "glove",
    "orchard",
)
# Django's own tables of a size that no visitor changes.
OF_A_FIXED_SIZE = {"Permission", "Group", "ContentType", "Group_permissions"}


@pytest.mark.parametrize(("pragma", "wanted"), [("journal_mode", "wal"), ("synchronous", 2), ("mmap_size", 0)])
def test_what_is_committed_is_on_the_disk(pragma: str, wanted: str | int, tmp_path: Path) -> None:
    options = database.settings_for("", tmp_path)["OPTIONS"]
    with closing(sqlite3.connect(tmp_path / "storyloft.sqlite3")) as opened:
        opened.executescript(options["init_command"])
        assert opened.execute(f"PRAGMA {pragma}").fetchone() == (wanted,)


def test_a_writer_takes_its_lock_at_once(tmp_path: Path) -> None:
    assert database.settings_for("", tmp_path)["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 51, 2)])
def test_a_sqlite_that_can_corrupt_is_refused(monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int]) -> None:
    monkeypatch.setattr(database.pysqlite3, "sqlite_version_info", version)
    with pytest.raises(database.UnsafeSqlite, match="make setup"):
        database.use_own_sqlite()


def test_the_program_runs_on_the_sqlite_it_brings() -> None:
    assert sys.modules["sqlite3"] is database.pysqlite3
    assert database.pysqlite3.sqlite_version_info >= database.OLDEST_SAFE


def test_all_keys_have_64_bits() -> None:
    narrow = [
        model.__name__
        for model in apps.get_models(include_auto_created=True)
        if not isinstance(
            model._meta.pk,
            models.BigAutoField
            | models.UUIDField
            | models.CharField
            | models.OneToOneField
            | models.CompositePrimaryKey,
        )
    ]
    assert set(narrow) <= OF_A_FIXED_SIZE


def test_the_data_folder_is_closed_to_others_on_the_machine(tmp_path: Path) -> None:
    home = tmp_path / "archive"
    # As on a machine where new files are open to everybody.
    script = "import os; os.umask(0o022)\nimport django; django.setup()\nfrom django.db import connection as c\n"
    script += "c.cursor().execute('CREATE TABLE t (a)'); c.commit()"
    env = {name: value for name, value in os.environ.items() if not name.startswith(("STORYLOFT_", "DJANGO_"))}
    env |= {"STORYLOFT_HOME": str(home), "DJANGO_SETTINGS_MODULE": "storyloft.settings"}
    subprocess.run([sys.executable, "-c", script], check=True, env=env)
    rights = {path.name: path.stat().st_mode & 0o077 for path in (home, *home.iterdir())}
    assert {"storyloft.sqlite3", "secret.key", "files", "search", "incoming"} <= set(rights)
    assert not any(rights.values()), rights


@dataclass
class Sender:
    """A signed-in browser that sends files, and the ledger of what it was told is safe."""

    url: str
    link: str
    ledger: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._opener.open(self.link, timeout=20).read()
        page = self._opener.open(f"{self.url}/imports", timeout=20).read().decode()
        found = re.search(r'name="csrf-token" content="(\w+)"', page)
        assert found
        self._token = found[1]

    def post(self, address: str, data: bytes = b"") -> tuple[int, bytes]:
        headers = {"X-CSRFToken": self._token, "Content-Type": "application/octet-stream"}
        request = urllib.request.Request(self.url + address, data=data, headers=headers)  # noqa: S310 - our own
        with self._opener.open(request, timeout=20) as answer:
            return answer.status, answer.read()

    def get(self, address: str) -> str:
        with self._opener.open(self.url + address, timeout=20) as answer:
            return str(answer.read().decode())

    def send(self, files: dict[str, bytes], *, ready: bool = True) -> None:
        begun = json.loads(self.post("/imports/begin")[1])
        for name, data in files.items():
            if self.post(f"{begun['files']}?path={name}", data)[0] == 201:
                self.ledger[name] = data
        if ready:
            self.post(begun["ready"])


def story(number: int) -> str:
    """A small story that no other is like, with a word of its own."""
    lines = [f"The {word} of evening {number}, and the {word} stayed lit until morning came." for word in WORDS]
    return f"Evening {number} in the loft\n\n" + "\n\n".join([*lines, f"It ended with the wickerquill{number}."])


def box(numbers: range) -> bytes:
    """A ZIP of stories."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in numbers:
            packed.writestr(f"evening-{_letters(number)}.txt", story(number))
    return out.getvalue()


def _letters(number: int) -> str:
    """Names without numbers, which would make chapters of one work of them."""
    return "".join(chr(97 + int(digit)) for digit in str(number))


def family_of(home: Path) -> set[psutil.Process]:
    """Everything that serves this archive: the program, its web process, its worker, the process that reads files."""
    own = psutil.Process().children(recursive=True)
    heads = [one for one in own if one.is_running() and str(home) in one.cmdline()]
    return {one for head in heads for one in [head, *head.children(recursive=True)]}


def kill(home: Path) -> None:
    """End the whole family in one instant, held first, so that none sees another die and tidies up."""
    with suppress(psutil.NoSuchProcess):
        for one in family_of(home):
            one.send_signal(signal.SIGSTOP)
    family = family_of(home)
    for one in family:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    psutil.wait_procs(family, timeout=10)


def rows(home: Path, query: str) -> list[tuple[Any, ...]]:
    """What the archive's own database answers."""
    with closing(sqlite3.connect(f"file:{home / 'storyloft.sqlite3'}?mode=ro", uri=True, timeout=30)) as opened:
        return list(opened.execute(query))


def came_in(home: Path) -> int:
    return int(rows(home, "SELECT count(*) FROM works_work")[0][0])


def wait_for(home: Path, what: Callable[[Path], bool]) -> None:
    until = time.monotonic() + 60
    while not what(home):
        assert time.monotonic() < until, rows(home, "SELECT path, state, sentence FROM ingest_importfile")
        time.sleep(0.005)


def is_done(home: Path) -> bool:
    has_files = "EXISTS (SELECT 1 FROM ingest_importfile WHERE imported_in_id = i.id)"
    open_ones = f"SELECT count(*) FROM ingest_import i WHERE state != 'done' AND {has_files}"  # noqa: S608
    unread = "SELECT count(*) FROM ingest_importfile WHERE state IN ('waiting', 'read')"
    return not rows(home, open_ones)[0][0] and not rows(home, unread)[0][0]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "home").mkdir()
    yield tmp_path / "home"
    kill(tmp_path / "home")


def test_nothing_acknowledged_is_lost_or_doubled_whenever_everything_dies(home: Path) -> None:
    """Three deaths: as the ZIP's first story comes in, while loose files arrive, and late in the ZIP."""
    with served(home) as archive:
        sender = Sender(archive.url, archive.link)
        sender.send({"evenings.zip": box(range(STORIES))})
        wait_for(home, lambda home: came_in(home) >= 1)
        kill(home)
    assert not is_done(home)
    with served(home) as archive:
        sender.url = archive.url
        loose = {f"loose-{_letters(number)}.txt": story(number).encode() for number in range(STORIES, STORIES + 8)}
        killer = threading.Timer(0.1, kill, [home])
        killer.start()
        with suppress(OSError, HTTPException):
            while True:
                sender.send(loose, ready=False)
        killer.join()
    assert not is_done(home)
    with served(home):
        wait_for(home, lambda home: came_in(home) >= STORIES // 2)
        kill(home)
    assert not is_done(home)
    with served(home) as archive:
        sender.url = archive.url
        wait_for(home, is_done)
        check_the_ledger(home, sender.ledger)
        check_the_works(home, kept_loose(home, len(sender.ledger) - 1))
        check_the_search(sender, [title for (title,) in rows(home, "SELECT title FROM works_work")])
    assert rows(home, "PRAGMA integrity_check") == [("ok",)]
    assert rows(home, "PRAGMA foreign_key_check") == []


def check_the_ledger(home: Path, ledger: Mapping[str, bytes]) -> None:
    """What was answered 201 has its row and its bytes."""
    found = "SELECT path, sha256 FROM ingest_importfile JOIN vault_original o ON o.id = original_id"
    kept, files = dict(rows(home, found)), KeptFiles(home / "files")
    for path, data in ledger.items():
        assert kept[path] == hashlib.sha256(data).hexdigest(), path
        assert files.read(kept[path]) == data, path
    assert all(hashlib.sha256(files.read(sha256)).hexdigest() == sha256 for sha256 in kept.values())


def kept_loose(home: Path, acknowledged: int) -> int:
    """How many loose files have a row: those acknowledged, and perhaps the one that death kept from its answer."""
    [(kept,)] = rows(home, "SELECT count(DISTINCT path) FROM ingest_importfile WHERE path LIKE 'loose-%'")
    assert kept - acknowledged in (0, 1)
    return int(kept)


def check_the_works(home: Path, loose: int) -> None:
    """Every story is one work, with its text whole; every row is settled."""
    told = """SELECT w.title, w.words, w.chapter_count, count(c.id), r.html FROM works_work w
              LEFT JOIN works_chapter c ON c.work_id = w.id LEFT JOIN works_revision r ON r.id = c.current_id
              GROUP BY w.id"""
    works = rows(home, told)
    titles = Counter(title for title, *_ in works)
    assert set(titles) >= {f"Evening {number} in the loft" for number in range(STORIES)}
    assert len(titles) == len(works) == STORIES + loose
    for title, words, chapters, there, html in works:
        number = re.findall(r"\d+", title)[0]
        assert (chapters, there) == (1, 1), title
        assert words > 100, title
        assert f"wickerquill{number}." in html, title
    states = Counter(state for (state,) in rows(home, "SELECT state FROM ingest_importfile"))
    assert set(states) <= {"done", "same", "opened"}


def check_the_search(sender: Sender, titles: Sequence[str]) -> None:
    """Every story is found by the word that only it has."""
    until, missing = time.monotonic() + 60, list(titles)
    while missing and time.monotonic() < until:
        missing = [title for title in missing if title not in sender.get(f"/search?q=wickerquill{title.split()[1]}")]
    assert missing == []
