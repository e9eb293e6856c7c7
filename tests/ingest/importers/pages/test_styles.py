"""What a page's own styles hide."""

from __future__ import annotations

import pytest

from storyloft.ingest.importers.pages.page import SavedPage
from storyloft.ingest.importers.pages.styles import hidden_classes


@pytest.mark.parametrize(
    ("sheet", "hidden"),
    [
        (".a{display:none}", {"a"}),
        ("p.a, .b { color: red; DISPLAY : none !important; }", {"a", "b"}),
        ("@import 'x'; .a{display:none}", {"a"}),
        ("/* .x{display:none} */ .a{display:none;speak:never}", {"a"}),
        (".a{display:block}.b{content:'display:none'}", set()),
        (".menu .a{display:none} .a.b{display:none} #a{display:none} .a:hover{display:none}", set()),
        ("@media print{.a{display:none}} .b{display:none}", {"b"}),
        ("}}} .a{display:none", set()),
        (".a{{{", set()),
    ],
)
def test_classes_are_hidden_by_a_selector_that_is_the_class_alone(sheet: str, hidden: set[str]) -> None:
    assert hidden_classes(SavedPage(f"<style>{sheet}</style>")) == hidden
