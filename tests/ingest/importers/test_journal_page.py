"""Saved journal entries: the header typed by hand, the cut, the journal a page belongs to."""

from __future__ import annotations

import pytest

from storyloft.ingest.imported import ImportedWork, NotReadable
from storyloft.ingest.importers.journal_page import importer
from tests.ingest.importers import saved

ADDRESS = "https://ink-pot.livejournal.com/12.html"


def entry(inner: str, *, address: str = ADDRESS, title: str = "ink_pot: The Lamp") -> ImportedWork:
    body = f'<article class="b-singlepost-body">{inner}</article>'
    return saved.read(importer, saved.page(body, address=address, title=title))


def test_a_header_of_two_labels_is_read_and_leaves_the_text() -> None:
    work = entry("<p><b>Title:</b> Oil<br>Pairing: Holmes/Watson</p><p>It was dark.</p>")
    assert (work.title, [tag.name for tag in work.tags]) == ("Oil", ["Holmes/Watson"])
    assert work.chapters[0].html == "<p>It was dark.</p>"


def test_a_single_label_is_dialogue() -> None:
    work = entry("<p>It was dark.</p><p>Note: he had said so.</p>")
    assert "Note: he had said so." in work.chapters[0].html


def test_the_title_comes_without_the_journals_name() -> None:
    assert entry("<p>It was dark.</p>").title == "The Lamp"


@pytest.mark.parametrize(
    ("address", "site_id"),
    [
        (ADDRESS, "ink_pot/12"),
        ("https://users.livejournal.com/_ink_/12.html", "_ink_/12"),
        ("https://community.livejournal.com/lamps/12.html?format=light", "lamps/12"),
        ("https://lamps.dreamwidth.org/9.html#cutid1", "lamps/9"),
    ],
)
def test_journal_and_number_name_the_entry(address: str, site_id: str) -> None:
    source = entry("<p>It was dark.</p>", address=address).source
    assert source is not None
    assert source.site_id == site_id


def test_what_lies_behind_a_cut_is_missed() -> None:
    work = entry('<p>It was dark.</p><b class="ljcut-link">( <a href="#cutid1">more</a> )</b>')
    assert "behind a cut" in work.warnings[0]
    assert [removed.rule.name for removed in work.removed] == ["journal-cut"]


def test_a_page_of_several_entries_gives_a_work_for_each() -> None:
    body = "<td class=entry>One.</td><td class=entry>Two.</td>"
    file = saved.page(f"<table><tr>{body}</tr></table>", address="https://x.insanejournal.com/")
    assert [work.chapters[0].html for work in importer.read(file)] == ["One.", "Two."]


def test_a_locked_entry_is_refused() -> None:
    with pytest.raises(NotReadable, match="locked"):
        saved.read(importer, saved.page("<h1>Error</h1><p>You don't have permission to view it.</p>", address=ADDRESS))
