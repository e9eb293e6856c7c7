"""`storyloft tags …`, the real program on folders of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import storyloft, told

# For the program on PostgreSQL, which works in the tests' own database.
pytestmark = pytest.mark.usefixtures("django_db_setup")

SET = """format = 1
name = "All tags"

[[fandom]]
name = "Dracula"

[[character]]
name = "Mina Harker"
wordings = ["Mina", "Wilhelmina"]
fandoms = ["Dracula"]
"""


def test_a_tag_set_goes_in_and_comes_out_the_same(tmp_path: Path) -> None:
    file, home = tmp_path / "set.toml", tmp_path / "home"
    file.write_text(SET)
    tried = told(home, "tags", "import", str(file), "--dry-run", "--json")
    assert (tried["canonical"], tried["wordings"], tried["parents"], tried["dry_run"]) == (2, 2, 1, True)
    done = storyloft(home, "tags", "import", str(file))
    assert done.stdout.startswith("Added: 2 canonical, 2 wordings, 1 parents.")
    assert storyloft(home, "tags", "export", "-").stdout == SET
    assert storyloft(home, "tags", "export", "--fandom", "dracula", str(tmp_path / "out.toml")).returncode == 0
    assert (tmp_path / "out.toml").read_text() == SET.replace("All tags", "Dracula")
    other = tmp_path / "other.toml"
    other.write_text('format = 1\n[[character]]\nname = "Mina Murray"\nwordings = ["Mina"]\n')
    assert told(home, "tags", "import", str(other), "--json")["conflicts"] == [
        {"here": "“Mina” means “Mina Harker”", "there": "“Mina” means “Mina Murray”"}
    ]
    assert "Left as they are" in storyloft(home, "tags", "import", str(other)).stdout
    assert "Taken from the file" in storyloft(home, "tags", "import", str(other), "--overwrite").stdout
    assert told(home, "tags", "import", str(other), "--json")["conflicts"] == []


def test_what_cannot_be_done_is_one_sentence(tmp_path: Path) -> None:
    file, home = tmp_path / "set.toml", tmp_path / "home"
    file.write_text("no set")
    for words in (("import", str(file)), ("export", "--fandom", "Nowhere", "-")):
        done = storyloft(home, "tags", *words)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert done.stderr.startswith("Error: ")
