"""The worked example of `docs/how-to/write-an-importer.md`, carried out as the page says."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from storyloft.ingest.jail import ReadingProcess

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "write-an-importer.md"
_FILE = re.compile(r"^```\w+ file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of the page, and what an installer would note about them."""
    folder = tmp_path / "package"
    for name, text in _FILE.findall(PAGE.read_text(encoding="utf-8")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    about = folder / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    about.mkdir()
    about.joinpath("METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    )
    (group, points), *_none = project["entry-points"].items()
    lines = [f"[{group}]", *(f"{name} = {value}" for name, value in points.items())]
    about.joinpath("entry_points.txt").write_text("\n".join(lines))
    monkeypatch.setenv("PYTHONPATH", str(folder))
    return folder


def test_the_importer_of_the_page_reads_its_sample(package: Path) -> None:
    with ReadingProcess() as process:
        (reading,) = process.read_file(package / "samples/lamp/input.txt", "input.txt")
    assert reading.importer == "penny_serial"
    assert reading.works[0].source is not None
    assert reading.works[0].source.url == "https://pennyserial.example/s/77"


def test_the_tests_of_the_page_pass(package: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:django", "test_penny_serial.py"],
        cwd=package, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "1 passed" in done.stdout, done.stdout
