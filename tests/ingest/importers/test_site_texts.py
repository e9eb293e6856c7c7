"""Text copied from FanFiction.net, AO3, Scribble Hub, Fimfiction and journals, and the traps of each."""

from __future__ import annotations

from datetime import date

import pytest

from storyloft.ingest.given import GivenFile
from storyloft.ingest.imported import ImportedWork, Importer, Part
from storyloft.ingest.importers.ao3_text import importer as ao3_text
from storyloft.ingest.importers.fanfiction_text import importer as fanfiction_text
from storyloft.ingest.importers.fimfiction_text import importer as fimfiction_text
from storyloft.ingest.importers.journal_text import importer as journal_text
from storyloft.ingest.importers.plain_text import importer as plain_text
from storyloft.ingest.importers.scribblehub_text import importer as scribblehub_text
from storyloft.ingest.importers.wattpad_text import importer as wattpad_text
from storyloft.tags.kinds import TagKind

ALL = (ao3_text, fanfiction_text, fimfiction_text, journal_text, plain_text, scribblehub_text, wattpad_text)
STORY = "It came up the river.\n\nNobody saw it come.\n"


def read(text: str, by: Importer) -> ImportedWork:
    [work] = by.read(GivenFile("story.txt", text.encode()))
    return work


def names(work: ImportedWork, kind: TagKind) -> list[str]:
    return [tag.name for tag in work.tags if tag.kind is kind]


@pytest.mark.parametrize("by", ALL, ids=lambda by: by.name)
@pytest.mark.parametrize("name", ["empty.txt", "story.html", "story.epub"])
def test_an_importer_of_texts_leaves_other_files_alone(by: Importer, name: str) -> None:
    data = {"empty.txt": b"", "story.html": b"<!DOCTYPE html><html><p>Rated: K</p></html>", "story.epub": b"PK\x03\x04"}
    assert by.recognises(GivenFile(name, data[name])) is None


@pytest.mark.parametrize("by", ALL[:4] + ALL[5:], ids=lambda by: by.name)
def test_a_story_of_no_site_is_claimed_by_none(by: Importer) -> None:
    dialogue = 'Rated: nothing of the sort!\n\n"Rating: poor," said Watson.\n\nX\n\n' + STORY
    assert by.recognises(GivenFile("story.txt", dialogue.encode())) is None


def rated(rest: str) -> ImportedWork:
    return read(f"The Fog\nBy: mina\nIt comes.\nRated: {rest}\n\n{STORY}", fanfiction_text)


@pytest.mark.parametrize(
    ("letter", "rating"),
    [
        ("K", "General Audiences"),
        ("K+", "General Audiences"),
        ("T", "Teen And Up Audiences"),
        ("M", "Mature"),
        ("MA", "Explicit"),
    ],
)
def test_the_ratings_of_fanfiction_net(letter: str, rating: str) -> None:
    assert names(rated(f"Fiction {letter} - English - Words: 10 - id: 1"), TagKind.RATING) == [rating]


@pytest.mark.parametrize(
    ("middle", "genres", "characters", "pairings"),
    [
        ("Hurt/Comfort/Angst - Mina H.", ["Hurt/Comfort", "Angst"], ["Mina H."], []),
        ("Romance - [Mina H., Lucy W.] Jack S.", ["Romance"], ["Mina H.", "Lucy W.", "Jack S."], ["Mina H./Lucy W."]),
        ("[A, B] [C, D]", [], ["A", "B", "C", "D"], ["A/B", "C/D"]),
        ("Sci-Fi", ["Sci-Fi"], [], []),
        ("Mina H., Lucy W.", [], ["Mina H.", "Lucy W."], []),
    ],
)
def test_genres_characters_and_pairings_without_labels(
    middle: str, genres: list[str], characters: list[str], pairings: list[str]
) -> None:
    work = rated(f"Fiction T - English - {middle} - Words: 10 - Published: 4/28/2012 - id: 1")
    assert names(work, TagKind.FREEFORM) == genres
    assert names(work, TagKind.CHARACTER) == characters
    assert names(work, TagKind.RELATIONSHIP) == pairings


@pytest.mark.parametrize(
    ("printed", "day"),
    [("04-28-12", date(2012, 4, 28)), ("4/28/2012", date(2012, 4, 28)), ("3h ago", None), ("13-45-99", None)],
)
def test_dates_as_fanfiction_net_prints_them(printed: str, day: date | None) -> None:
    work = rated(f"Fiction T - English - Words: 10 - Published: {printed} - id: 1")
    assert work.source is not None
    assert work.source.published == day


def test_one_chapter_of_many_says_so() -> None:
    work = read(
        f"https://www.fanfiction.net/s/8086420/4/The-Fog\nThe Fog\nBy: mina\n"
        f"Rated: Fiction T - English - Chapters: 9 - Words: 10 - id: 8086420\n\n{STORY}",
        fanfiction_text,
    )
    assert work.part == Part(of="FanFiction.net|8086420", number=4, total=9)


AO3 = "Rating: Mature\nFandom: Dracula - Bram Stoker\nAdditional Tags: Fog, Hurt/Comfort, Jack & John\nStats: {}\n\n"


def test_tags_are_split_at_comma_and_blank_only() -> None:
    work = read(AO3.format("Words: 10 Chapters: 1/1") + f"The Fog\nby mina\n\nWork Text:\n\n{STORY}", ao3_text)
    assert names(work, TagKind.FREEFORM) == ["Fog", "Hurt/Comfort", "Jack & John"]


@pytest.mark.parametrize(
    ("stats", "status", "expected"),
    [
        ("Chapters: 3/3", "complete", 3),
        ("Chapters: 3/?", "in_progress", None),
        ("Chapters: 3/12", "in_progress", 12),
        ("Published: 2020-01-02 Completed: 2020-02-03", "complete", None),
    ],
)
def test_statistics_tell_the_state(stats: str, status: str, expected: int | None) -> None:
    work = read(AO3.format(stats) + f"The Fog\nby mina\n\nWork Text:\n\n{STORY}", ao3_text)
    assert (work.status, work.expected_chapters) == (status, expected)


def test_one_saved_chapter_of_many_says_so() -> None:
    message = "Posted originally on the Archive of Our Own at https://archiveofourown.org/works/12.\n"
    text = message + AO3.format("Chapters: 5/9") + f"The Fog\nby mina\n\nChapter 4: Oil\n\nChapter Text\n\n{STORY}"
    work = read(text, ao3_text)
    assert work.part == Part(of="Archive of Our Own|12", number=4, total=5)
    assert work.chapters[0].title == "Oil"


def test_title_and_author_typed_above_the_labels_are_read() -> None:
    work = read(f"The Fog\nby mina\n\n{AO3.format('Words: 9')}{STORY}", ao3_text)
    assert (work.title, [byline.name for byline in work.bylines]) == ("The Fog", ["mina"])
    assert work.chapters[0].html.startswith("<p>It came up the river.</p>")


def test_kudos_inside_the_story_are_the_authors() -> None:
    work = read(AO3.format("Words: 9") + f"The Fog\nby mina\n\nWork Text:\n\nKudos to you.\n\n{STORY}", ao3_text)
    assert "Kudos to you." in work.chapters[0].html


def test_an_x_below_the_options_of_scribble_hub_is_the_authors() -> None:
    work = read(
        f"Fog\n4 0 0\nX\nReading Options\nFont Size\nReset\nX\nLoading... please wait.\n\nX\n\n{STORY}",
        scribblehub_text,
    )
    assert "<p>X</p>" in work.chapters[0].html


def test_scribble_hub_is_surer_than_wattpad_of_its_own() -> None:
    file = GivenFile("fog.txt", f"Fog\n4 0 0\nX\nReading Options\nFont Size\n\n{STORY}".encode())
    assert scribblehub_text.recognises(file) is not None
    assert wattpad_text.recognises(file) is None


def test_an_authors_note_inside_a_chapter_of_fimfiction_stays() -> None:
    work = read(f"• 4 Views, 1 Comment\nFog\n\nAuthor's Note:\n\nHello!\n\n{STORY * 6}", fimfiction_text)
    assert "Hello!" in work.chapters[0].html


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://mina.livejournal.com/1893.html", "LiveJournal"),
        ("https://mina.dreamwidth.org/1893.html", "Dreamwidth"),
        ("http://mina.insanejournal.com/1893.html", "InsaneJournal"),
    ],
)
def test_a_journals_address_names_its_site(address: str, site: str) -> None:
    work = read(f"{address}\n\nmina (mmh) wrote,\n\nFog\n\n{STORY}", journal_text)
    assert work.source is not None
    assert (work.source.site, work.source.url) == (site, address)


def test_somebody_writing_in_the_story_is_no_journal() -> None:
    file = GivenFile("fog.txt", (STORY + "\nMina (of course) wrote, and wrote, and wrote.\n").encode())
    assert journal_text.recognises(file) is None
