"""What docs/how-to/scenes-by-meaning.md shows works as it stands."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from storyloft.options import OPTIONS
from storyloft.search import meaning
from storyloft.search.meaning import choosing
from storyloft.search.meaning.contract import State

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "how-to" / "scenes-by-meaning.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_package_on_the_page_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, offer = blocks("toml")
    [(name, target)] = tomllib.loads(offer)["project"]["entry-points"][choosing.GROUP].items()
    package, module = tmp_path / "lamplight", "model.py"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / module).write_text(blocks("python")[0])
    about = tmp_path / "lamplight-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: lamplight\nVersion: 1\n")
    (about / "entry_points.txt").write_text(f"[{choosing.GROUP}]\n{name} = {target}\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert meaning.state() == State(name="lamplight 1")


def test_the_option_on_the_page_exists() -> None:
    named, _ = blocks("toml")
    assert set(tomllib.loads(named)) <= {option.name for option in OPTIONS}


def test_the_libraries_on_the_page_are_those_of_the_optional_part() -> None:
    part = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]["scenes"]
    assert re.findall(r"'([a-z]+>=[\d.]+)'", blocks("sh")[0]) == part
