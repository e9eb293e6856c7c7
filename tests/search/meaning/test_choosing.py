"""Which model is used, and that search goes on without one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from storyloft.search import meaning
from storyloft.search.meaning import choosing
from storyloft.search.meaning.contract import BrokenModel, State

PACKAGE = """
import numpy

class Even:
    name, dim = "even 1", {dim}

    def encode(self, texts):
        return numpy.ones((len(texts), 3), numpy.int8)
"""


def installed(folder: Path, *, dim: int = 3, offer: str = "even_sentences:Even") -> None:
    """Put a package into this folder that offers a model, as an installer leaves it."""
    (folder / "even_sentences.py").write_text(PACKAGE.format(dim=dim))
    about = folder / "even_sentences-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: even-sentences\nVersion: 1\n")
    (about / "entry_points.txt").write_text(f"[{choosing.GROUP}]\neven = {offer}\n")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that Python looks for packages in."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "even_sentences", raising=False)
    return folder


def test_without_a_model_there_is_none_and_no_trouble() -> None:
    assert (choosing.wanted(), choosing.encoder(), meaning.state()) == (False, None, State())


def test_the_folder_named_is_used(model: Path) -> None:
    assert choosing.wanted()
    assert meaning.state().name.startswith(f"{model.name} ")


def test_an_installed_package_is_used(site: Path) -> None:
    installed(site)
    assert choosing.wanted()
    assert meaning.state() == State(name="even 1")


def test_the_folder_goes_before_the_package(site: Path, model: Path) -> None:
    installed(site)
    assert meaning.state().name.startswith(f"{model.name} ")


@pytest.mark.parametrize("wrong", [{"dim": 4}, {"offer": "even_sentences:Odd"}, {"offer": "nowhere:Even"}])
def test_a_package_that_does_not_keep_the_contract_is_refused(site: Path, wrong: dict[str, int | str]) -> None:
    installed(site, **wrong)  # type: ignore[arg-type]
    assert "the package offering “even” cannot be used" in meaning.state().trouble


def test_a_broken_model_is_said_and_search_goes_on(model: Path) -> None:
    (model / "model.onnx").write_bytes(b"garbage")
    assert "cannot be used" in meaning.state().trouble
    assert meaning.scores(["a lamp"]) == {}


def test_a_broken_model_is_not_loaded_again_for_every_query(model: Path) -> None:
    (model / "model.onnx").rename(model / "away")
    with pytest.raises(BrokenModel):
        choosing.encoder()
    (model / "away").rename(model / "model.onnx")
    with pytest.raises(BrokenModel):
        choosing.encoder()
    choosing.forget()
    assert choosing.encoder() is not None


def test_nothing_heavy_is_loaded_without_a_model() -> None:
    code = (
        "import sys, django; django.setup(); from storyloft.search import meaning; meaning.scores(['lamp']);"
        "meaning.progress(); meaning.state();"
        "print(sorted({'numpy', 'onnxruntime', 'tokenizers'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
        env={"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": "src:."},
    )
    assert done.stdout.strip() == "[]"


def test_a_model_without_its_libraries_is_said(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "storyloft.search.meaning.folder", raising=False)
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert "storyloft[scenes] is not installed" in meaning.state().trouble
