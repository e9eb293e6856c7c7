"""The reading process: limits that hold, deaths that cost one file, and an archive that goes on after one."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storyloft.ingest.jail import ReadingProcess
from storyloft.ingest.registry import Reading
from tests import hostile

# An importer of somebody else's that does what its file says.
TROUBLE = """
import ctypes, os, pathlib, socket, subprocess, time
from storyloft.ingest.imported import ImportedChapter, ImportedWork, NotReadable, Recognition

class Trouble:
    name = "trouble"
    title = "Trouble"

    def recognises(self, file):
        return Recognition(100, "it says so") if file.data.startswith(b"TROUBLE ") else None

    def read(self, file):
        word = file.text.split()[1]
        if word == "sleep":
            time.sleep(600)
        elif word == "memory":
            bytearray(900 * 1024 * 1024)
        elif word == "crash":
            ctypes.string_at(0)
        elif word == "error":
            raise ZeroDivisionError
        elif word == "network":
            socket.create_connection(("127.0.0.1", 9))
        elif word == "program":
            subprocess.run(["/bin/true"])
        elif word == "write":
            pathlib.Path(file.text.split()[2]).write_text("gotcha")
        elif word == "scratch":
            pathlib.Path("mine.txt").write_text("allowed")
        elif word == "print":
            print("noise " * 1000)
        yield ImportedWork(title=word, chapters=(ImportedChapter(html="<p>done</p>"),))

importer = Trouble()
"""


@pytest.fixture
def process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ReadingProcess]:
    installed = tmp_path / "installed"
    about = installed / "trouble-1.0.dist-info"
    about.mkdir(parents=True)
    (installed / "trouble.py").write_text(TROUBLE)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: trouble\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[storyloft.importers]\ntrouble = trouble:importer\n")
    monkeypatch.setenv("PYTHONPATH", str(installed))
    with ReadingProcess(seconds_per_file=3) as running:
        yield running


def read(
    process: ReadingProcess, tmp_path: Path, data: bytes, name: str = "a.txt", **how: frozenset[str]
) -> list[Reading]:
    path = tmp_path / "given"
    path.write_bytes(data)
    return list(process.read_file(path, name, **how))


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("sleep", "Reading this file took longer than 3 seconds; it is kept as it was."),
        ("memory", "Reading this file took more memory than a file may have; it is kept as it was."),
        ("crash", "Reading this file made its reader crash; it is kept as it was."),
    ],
)
def test_a_fatal_file_gets_a_sentence_and_the_next_one_is_read(
    word: str, says: str, process: ReadingProcess, tmp_path: Path
) -> None:
    (reading,) = read(process, tmp_path, f"TROUBLE {word}".encode())
    assert reading.refused == says
    assert read(process, tmp_path, b"TROUBLE none")[0].works[0].title == "none"


@pytest.mark.parametrize("word", ["error", "network", "program"])
def test_what_an_importer_may_not_do_or_gets_wrong_is_a_sentence(
    word: str, process: ReadingProcess, tmp_path: Path
) -> None:
    (reading,) = read(process, tmp_path, f"TROUBLE {word}".encode())
    assert reading.refused == "This file looks like Trouble but could not be read; it is kept as it was."


def test_nothing_is_written_outside_the_scratch_folder(process: ReadingProcess, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    (reading,) = read(process, tmp_path, f"TROUBLE write {outside}".encode())
    assert reading.refused
    assert not outside.exists()


@pytest.mark.parametrize("word", ["scratch", "print"])
def test_what_an_importer_may_do(word: str, process: ReadingProcess, tmp_path: Path) -> None:
    assert read(process, tmp_path, f"TROUBLE {word}".encode())[0].works


def test_an_archive_goes_on_after_the_member_that_was_fatal(process: ReadingProcess, tmp_path: Path) -> None:
    archive = hostile.zip_of(
        (f"{n}.txt", f"TROUBLE {w}".encode()) for n, w in enumerate(["one", "crash", "sleep", "two"])
    )
    readings = read(process, tmp_path, archive, "a.zip")
    assert [(reading.path, bool(reading.works)) for reading in readings] == [
        ("a.zip/0.txt", True), ("a.zip/1.txt", False), ("a.zip/2.txt", False), ("a.zip/3.txt", True),
    ]  # fmt: skip


def test_members_already_read_are_not_read_again(process: ReadingProcess, tmp_path: Path) -> None:
    archive = hostile.zip_of([("1.txt", b"TROUBLE one"), ("2.txt", b"TROUBLE two")])
    (reading,) = read(process, tmp_path, archive, "a.zip", skip=frozenset({"a.zip/1.txt"}))
    assert reading.path == "a.zip/2.txt"


def test_the_bytes_of_a_member_come_with_its_reading(process: ReadingProcess, tmp_path: Path) -> None:
    texts = [b"TROUBLE one", b"TROUBLE two " + random.Random(7).randbytes(hostile.MB).hex().encode()]
    path = tmp_path / "given.zip"
    path.write_bytes(hostile.zip_of((f"{n}.txt", text) for n, text in enumerate(texts)))
    kept = [(Path(reading.kept_at).read_bytes(), reading.size) for reading in process.read_file(path, "a.zip")]
    assert kept == [(text, len(text)) for text in texts]


def test_an_archive_left_half_read_does_not_answer_the_next_question(process: ReadingProcess, tmp_path: Path) -> None:
    path = tmp_path / "given.zip"
    path.write_bytes(hostile.zip_of((f"{n}.txt", b"TROUBLE old") for n in range(5)))
    readings = process.read_file(path, "a.zip")
    next(readings)
    readings.close()
    assert [reading.works[0].title for reading in read(process, tmp_path, b"TROUBLE new")] == ["new"]


def test_what_was_passed_over_quietly_is_counted(process: ReadingProcess, tmp_path: Path) -> None:
    archive = hostile.zip_of([("1.txt", b"TROUBLE one"), ("__MACOSX/1.txt", b"x"), ("Thumbs.db", b"x")])
    assert len(read(process, tmp_path, archive, "a.zip")) == 1
    assert process.left_out == 2


def test_the_reading_process_knows_no_django() -> None:
    look = (
        "import sys, storyloft.ingest.reading_process as r; r.registry.importers();"
        "heavy = {'django', 'ftfy', 'mammoth', 'charset_normalizer', 'pypdfium2'};"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & heavy))"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
