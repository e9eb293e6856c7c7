"""Saved chapters of Royal Road: what the page hides goes, what readers saw stays."""

from __future__ import annotations

import pytest

from storyloft.ingest.imported import ImportedWork
from storyloft.ingest.importers.royalroad_page import importer
from tests.ingest.importers import saved

ADDRESS = "https://www.royalroad.com/fiction/5/the-lamp/chapter/6/one"
THEFT = "This tale has been stolen; if you see it on Amazon, report the violation."


def chapter(inner: str, *, style: str = "", around: str = "") -> ImportedWork:
    body = f'{around}<div class="chapter-inner chapter-content">{inner}</div>'
    return saved.read(importer, saved.page(body, address=ADDRESS, head=f"<style>{style}</style>"))


def test_a_hidden_sentence_is_dropped_and_reported() -> None:
    work = chapter(f"<p>One.</p><p class='cnX'>{THEFT}</p><p>Two.</p>", style=".cnX{display:none}")
    assert THEFT not in work.chapters[0].html
    assert [(removed.text, removed.at) for removed in work.removed] == [(THEFT, 1)]
    assert work.warnings == ()


def test_a_sentence_in_sight_is_kept_and_pointed_out() -> None:
    work = chapter(f"<p>One.</p><p class='cnX'>{THEFT}</p>", style="@media print{.cnX{display:none}}")
    assert THEFT in work.chapters[0].html
    assert [THEFT in warning for warning in work.warnings] == [True]


@pytest.mark.parametrize("words", ["He had stolen the lamp.", "Report to the bridge.", THEFT * 5])
def test_other_sentences_are_left_in_peace(words: str) -> None:
    assert chapter(f"<p>{words}</p>").warnings == ()


def test_tables_stay() -> None:
    assert (
        "<td>Strength</td>" in chapter("<p>x</p><table><tr><td>Strength</td><td>4</td></tr></table>").chapters[0].html
    )


def test_a_spoiler_opens_at_a_click() -> None:
    inner = '<div class="spoiler-inner" style="display:none"><p>Him.</p></div>'
    box = f'<div class="spoiler"><strong>Who?</strong>{inner}</div>'
    assert "<details><summary>Who?</summary><p>Him.</p></details>" in chapter(box).chapters[0].html


def test_classes_of_random_letters_go_and_others_stay() -> None:
    html = chapter(f"<p class='cn{'Ab' * 21}'>One.</p><p class='poem'>Two.</p>").chapters[0].html
    assert html == '<p>One.</p><p class="poem">Two.</p>'


def test_a_stub_is_said_to_be_one() -> None:
    assert "stub" in chapter("<p>One.</p>", around='<span class="label">STUB</span>').warnings[0]


def test_warnings_of_the_story_become_tags() -> None:
    work = chapter(
        "<p>x</p>", around="<div><strong>Warning</strong><ul><li>Graphic Violence</li><li>Moths</li></ul></div>"
    )
    assert [(str(tag.kind), tag.name) for tag in work.tags] == [
        ("warning", "Graphic Depictions Of Violence"), ("freeform", "Moths"),
    ]  # fmt: skip
