"""Every golden folder still becomes what it became. `--rewrite` writes what it becomes now, for review."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import golden


@pytest.mark.parametrize("case", golden.cases(), ids=lambda case: f"{case.parent.name}/{case.name}")
def test_a_saved_story_becomes_what_it_should(case: Path, request: pytest.FixtureRequest) -> None:
    outcome = golden.outcome(case)
    assert outcome.get("importer") == case.parent.name, "another importer took the file"
    expected = case / "expected.json"
    if request.config.getoption("--rewrite", default=False):
        expected.write_text(golden.written(outcome), encoding="utf-8")
    assert golden.written(outcome) == expected.read_text(encoding="utf-8")
