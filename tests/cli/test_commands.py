"""The command line, as a person or a program uses it: the real program on a folder of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.engine import environment
from tests.journeys.shoebox import pack

# For the program on PostgreSQL, which works in the tests' own database.
pytestmark = pytest.mark.usefixtures("django_db_setup")


def storyloft(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "storyloft", "--home", str(home), *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment(home), timeout=120, check=False)


def told(home: Path, *words: str) -> Any:  # noqa: ANN401 - whatever the command's JSON holds
    done = storyloft(home, *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def home(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the shoebox in it."""
    folder = tmp_path_factory.mktemp("archive")
    pack(folder / "box")
    (folder / "box" / "empty.txt").write_bytes(b"")
    storyloft(folder / "home", "import", str(folder / "box"))
    return folder / "home"


def test_import_says_of_each_file_what_came_of_it(tmp_path: Path) -> None:
    pack(tmp_path / "box")
    rows = {row["path"]: row for row in told(tmp_path / "home", "import", str(tmp_path / "box"), "--json")}
    part = rows["box/last-lesson-part.txt"]
    assert (part["status"], part["recognised_as"]) == ("done", "Wattpad part (copied text)")
    assert part["works"][0]["title"] == "Longbourn Lights"
    assert {"text": "1.2K 61 18", "rule": "wattpad-counts"} in part["stripped"]


def test_two_imports_at_once_double_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    pack(tmp_path / "box")
    storyloft(home, "list")  # makes the tables
    command = [sys.executable, "-m", "storyloft", "--home", str(home), "import", str(tmp_path / "box")]
    both = [subprocess.Popen(command, env=environment(home), stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [one.wait(timeout=120) for one in both] == [0, 0]
    assert len(told(home, "list", "--json")) == 3


def test_more_files_than_sqlite_takes_in_one_question(tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.mkdir()
    for number in range(1_050):
        (box / f"{number}-empty.txt").touch()
    assert len(told(tmp_path / "home", "import", str(box), "--json")) == 1_050


def test_a_dry_run_stores_nothing(tmp_path: Path) -> None:
    pack(tmp_path / "box")
    rows = told(tmp_path / "home", "import", str(tmp_path / "box"), "--dry-run", "--json")
    assert sorted(work["title"] for row in rows for work in row["works"]) == [
        "Baker Street by Gaslight", "Longbourn Lights", "The keeper who counted the gulls",
    ]  # fmt: skip
    assert told(tmp_path / "home", "list", "--json") == []


def test_list_holds_what_a_program_wants_to_know(home: Path) -> None:
    rows = {row["title"]: row for row in told(home, "list", "--json")}
    row = rows["Longbourn Lights"]
    assert (row["chapters"], row["visibility"], row["source"]["site"]) == (1, "private", "Wattpad")
    assert set(row) == {
        "id", "title", "bylines", "chapters", "words", "fandoms", "relationships", "source", "visibility",
    }  # fmt: skip


def test_show_holds_all_of_a_work(home: Path) -> None:
    work = told(home, "show", "Longbourn Lights", "--json")
    assert [chapter["title"] for chapter in work["chapters"]] == ["The Last Lesson."]
    assert work["source"]["counts"] == {"reads": "1.2K", "votes": "61", "comments": "18"}
    assert "Longbourn Lights" in storyloft(home, "show", work["id"]).stdout


def test_search_names_the_passage(home: Path) -> None:
    [row] = told(home, "search", '"made of tin"', "--json")
    assert (row["title"], row["passage"][:2]) == ("The keeper who counted the gulls", "p-")
    assert "made of tin" in row["snippet"]
    assert row["score"] > 0


@pytest.mark.parametrize(("form", "start"), [("epub", b"PK"), ("html", b"<!DOCTYPE html>"), ("txt", b"****** Preface")])
def test_an_edition_is_written_to_a_file(home: Path, tmp_path: Path, form: str, start: bytes) -> None:
    target = tmp_path / f"out.{form}"
    done = storyloft(home, "edition", "Longbourn Lights", "--format", form, "-o", str(target))
    assert done.returncode == 0, done.stderr
    assert target.read_bytes()[: len(start)].lower() == start.lower()


def test_reindex_finds_everything_again(home: Path) -> None:
    assert storyloft(home, "reindex").returncode == 0
    assert told(home, "search", "gulls", "--json")


def test_the_doctor_finds_a_healthy_archive_well(home: Path) -> None:
    findings = told(home, "doctor", "--json")
    assert all(finding["well"] for finding in findings)


def test_the_doctor_says_what_to_do_when_an_original_is_missing(tmp_path: Path) -> None:
    pack(tmp_path / "box")
    storyloft(tmp_path / "home", "import", str(tmp_path / "box"))
    [*originals] = [path for path in (tmp_path / "home" / "files").rglob("*") if path.is_file()]
    originals[0].unlink()
    done = storyloft(tmp_path / "home", "doctor")
    assert (done.returncode, "1 missing" in done.stdout, "Restore" in done.stdout) == (1, True, True)


def test_an_unknown_work_is_a_sentence_not_a_traceback(home: Path) -> None:
    done = storyloft(home, "show", "The Lost Chapter")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "There is no work" in done.stderr


def test_help_reads_well() -> None:
    done = subprocess.run([sys.executable, "-m", "storyloft", "--help"], capture_output=True, text=True, check=True)
    for word in ("serve", "import", "list", "show", "edition", "search", "reindex", "demo", "doctor"):
        assert f"  {word}" in done.stdout
