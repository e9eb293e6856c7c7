"""`storyloft find` as a person or a program uses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import storyloft, told

pytestmark = pytest.mark.usefixtures("django_db_setup")


@pytest.fixture(scope="module")
def home(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two stories."""
    folder = tmp_path_factory.mktemp("archive")
    box = folder / "box"
    box.mkdir()
    (box / "key.txt").write_text(
        "Title: The Key\nAuthor: Ann\n\nNobody spoke of it at supper.\n\nShe hid the key of the garden in the piano.\n",
        "utf-8",
    )
    (box / "ship.txt").write_text("Title: The Ship\nAuthor: Beth\n\nThe captain mended the sails himself.\n", "utf-8")
    storyloft(folder / "home", "import", str(box))
    return folder / "home"


def test_a_program_gets_works_with_their_passages(home: Path) -> None:
    [first, *_] = told(home, "find", "Hi! I think somebody hides a key in a piano. Thanks!", "--json")
    assert first["title"] == "The Key"
    assert {"id", "strength", "why", "passages"} <= first.keys()
    [passage] = first["passages"]
    assert passage["text"] == "She hid the key of the garden in the piano."
    assert (passage["chapter"], passage["passage"][:2]) == ("Chapter 1", "p-")


def test_a_person_reads_why(home: Path) -> None:
    said = storyloft(home, "find", "the", "captain", "mends", "his", "sails").stdout
    assert "The Ship by Beth" in said
    assert "“captain”" in said


def test_talk_alone_is_answered_kindly(home: Path) -> None:
    assert "Nothing of the story itself yet" in storyloft(home, "find", "hello, please help!").stdout
    assert told(home, "find", "hello, please help!", "--json") == []


def test_the_limit_holds(home: Path) -> None:
    assert len(told(home, "find", "a key and a captain", "--limit", "1", "--json")) == 1
