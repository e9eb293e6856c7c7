"""Saved parts of Wattpad: what is missing is said, and nothing that repeats is taken for a copy."""

from __future__ import annotations

from storyloft.ingest.imported import ImportedWork
from storyloft.ingest.importers.wattpad_page import importer
from tests.ingest.importers import saved

ADDRESS = "https://www.wattpad.com/1234567-the-lamp-one"


def part(pages: str, data: str = "") -> ImportedWork:
    return saved.read(
        importer, saved.page(f"<script>{data}</script>{pages}", address=ADDRESS, title="The Lamp - One  - Wattpad")
    )


def text_page(number: int, *paragraphs: str) -> str:
    inner = "".join(f'<p data-p-id="x">{paragraph}</p>' for paragraph in paragraphs)
    return (
        f'<div data-page-number="{number}" class="page"><div class="panel panel-reading"><pre>{inner}</pre></div></div>'
    )


def data(**fields: object) -> str:
    inside = ", ".join(f'"{name}": {value}' for name, value in fields.items())
    return f'window.prefetched = {{"part.1234567.metadata": {{"data": {{"id": 1234567, "text_url": {{}}, {inside}}}}}}}'


def test_equal_paragraphs_all_stay() -> None:
    assert part(text_page(1, "***", "One.", "***", "***")).chapters[0].html.count("***") == 3


def test_missing_text_pages_are_named() -> None:
    work = part(text_page(1, "One.") + text_page(5, "Five."), data(pages=7))
    assert work.warnings == ("Text pages 2–4, 6–7 of 7 are not in this saved page.",)


def test_a_gap_is_seen_without_data() -> None:
    assert part(text_page(1, "One.") + text_page(3, "Three.")).warnings == (
        "Text page 2 of 3 is not in this saved page.",
    )


def test_a_whole_part_gives_no_warning() -> None:
    assert part(text_page(1, "One.") + text_page(2, "Two."), data(pages=2)).warnings == ()


def test_a_text_page_that_stands_there_twice_is_reported() -> None:
    work = part(text_page(1, "One.") + text_page(1, "One."))
    assert work.chapters[0].html.count("One.") == 1
    assert [removed.rule.name for removed in work.removed] == ["wattpad-same-page"]


def test_far_fewer_words_than_wattpad_counts_are_a_warning() -> None:
    (warning,) = part(text_page(1, "One."), data(pages=1, wordCount=1500)).warnings
    assert "1,500 words" in warning


def test_without_the_storys_number_its_title_stands_in() -> None:
    work = part('<h1 class="h2">One</h1>' + text_page(1, "One."))
    assert work.source is not None
    assert (work.title, work.source.site_id) == ("The Lamp", "title:the lamp")
