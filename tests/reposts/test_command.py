"""`storyloft duplicates`, as a person or a program uses it: the real program on a folder of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engine import environment
from tests.reposts.shelf import told

# For the program on PostgreSQL, which works in the tests' own database.
pytestmark = pytest.mark.usefixtures("django_db_setup")


def storyloft(home: Path, *words: str) -> str:
    command = [sys.executable, "-m", "storyloft", "--home", str(home), *words]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(home), timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def page(title: str, by: str, paragraphs: list[str]) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f'<html><head><title>{title}</title><meta name="author" content="{by}"></head><body>{body}</body></html>'


@pytest.fixture(scope="module")
def home(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a story, a copy of it under other names, and one that has nothing to do with either."""
    folder = tmp_path_factory.mktemp("archive")
    box = folder / "box"
    box.mkdir()
    (box / "lamp.html").write_text(page("The Brass Lamp", "lamplighter", told("command", 30)))
    copy = told("command", 30, ("Grimwald", "Prosper Quill"))
    (box / "candle.html").write_text(page("The Tallow Candle", "nightjar", copy))
    (box / "salt.html").write_text(page("Salt", "harbour", told("salt", 30, ("Mina", "Lucas"))))
    storyloft(folder / "home", "import", str(box))
    return folder / "home"


def test_a_program_reads_what_was_found(home: Path) -> None:
    (found,) = json.loads(storyloft(home, "duplicates", "--json"))
    assert {found["work"]["title"], found["other"]["title"]} == {"The Brass Lamp", "The Tallow Candle"}
    assert found["kind"] == "renamed"
    assert found["strength"] > 0.8
    assert {"id", "title", "bylines", "words", "sources", "share"} == set(found["work"])


def test_a_person_reads_it_in_words(home: Path) -> None:
    said = storyloft(home, "duplicates")
    assert "Much of the text is the same, with other names" in said
    assert "“The Tallow Candle”" in said
    assert "1 pair of stories shares text." in said


def test_an_empty_library_says_so(tmp_path: Path) -> None:
    assert json.loads(storyloft(tmp_path / "empty", "duplicates", "--json")) == []
    assert "No two stories" in storyloft(tmp_path / "empty", "duplicates")
