"""What a file may say however it likes, and how it is kept."""

from __future__ import annotations

from storyloft.ingest.fitting import MOST_CHAPTERS, cut, fitted, row_path, shown_name, storable
from storyloft.ingest.imported import ImportedSource, ImportedTag, Part
from storyloft.tags.kinds import TagKind
from tests.stories import chapter, lamp_story


def test_what_no_database_takes_is_left_out() -> None:
    assert storable("The L\0amp") == "The Lamp"
    assert storable("half a moon \ud83c, a whole \ud83c\udf15") == "half a moon \ufffd, a whole 🌕"


def test_whatever_else_is_odd_stays() -> None:
    odd = "\x01bell\x07 \ufffe \u202eback\u202c \ufeffmark"
    assert storable(odd) == odd


def test_every_text_of_a_work_is_looked_at() -> None:
    source = ImportedSource(site="A\0O3", counts={"ku\0dos": "3\0"})
    work = fitted(
        lamp_story([chapter("<p>a\0b</p>", "\0")], tags=(ImportedTag(TagKind.FANDOM, "F\0g"),), source=source)
    )
    assert (work.chapters[0].html, work.chapters[0].title) == ("<p>ab</p>", "")
    assert work.tags == (ImportedTag(TagKind.FANDOM, "Fg"),)
    assert work.source == ImportedSource(site="AO3", counts={"kudos": "3"})


def test_a_kind_stays_a_kind() -> None:
    assert fitted(ImportedTag(TagKind.FANDOM, "Fog")).kind is TagKind.FANDOM


def test_a_number_no_story_has_is_none() -> None:
    assert fitted(Part(of="lamp", number=-1, total=10**12)) == Part(of="lamp")
    assert fitted(Part(of="lamp", number=0, total=MOST_CHAPTERS)) == Part(of="lamp", number=0, total=MOST_CHAPTERS)
    assert fitted(lamp_story(expected_chapters=2**40)).expected_chapters is None


def test_a_cut_never_halves_a_sign() -> None:
    assert cut("灯笼与雾", 3, 100) == "灯笼与"
    assert cut("灯笼与雾", 4, 8) == "灯笼"


def test_a_long_path_keeps_its_end() -> None:
    assert row_path("box/" * 400 + "lamp.txt").endswith("/box/lamp.txt")
    assert len(row_path("x" * 2_000)) == 1_000
    assert len(row_path("🕯" * 2_000).encode()) <= 2_600
    assert row_path("\0") == "Unnamed"


def test_names_that_are_no_utf8_stay_apart() -> None:
    names = [b"caf\xe9.txt".decode(errors="surrogateescape"), b"caf\xe8.txt".decode(errors="surrogateescape")]
    assert list(map(shown_name, names)) == ["café.txt", "cafè.txt"]
