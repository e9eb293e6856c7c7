"""Parts of one work found by what they say and by their names, and bound in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storyloft.ingest.gather import gather, sequence_of
from storyloft.ingest.imported import (
    ImportedByline,
    ImportedChapter,
    ImportedPicture,
    ImportedSource,
    ImportedTag,
    ImportedWork,
    Part,
    Removed,
    Rule,
)
from storyloft.tags.kinds import TagKind

FURNITURE = Rule("furniture", "Furniture of a page.")


def part(text: str, number: int | None = None, total: int | None = None, title: str = "The Lamp") -> ImportedWork:
    """A file that says which work it is part of."""
    chapter = ImportedChapter(html=f"<p>{text}</p>", title=text.split()[0], number=number)
    return ImportedWork(chapters=(chapter,), title=title, part=Part(of="wattpad|the lamp", number=number, total=total))


def page(text: str, title: str = "") -> ImportedWork:
    """A plain text file that says nothing but perhaps its first line."""
    return ImportedWork(chapters=(ImportedChapter(html=f"<p>{text}</p>"),), title=title)


def texts(work: ImportedWork) -> list[str]:
    return [chapter.html.removeprefix("<p>").removesuffix("</p>") for chapter in work.chapters]


@pytest.mark.parametrize(
    "names",
    [
        ["story-01.txt", "story-02.txt", "story-12.txt", "story-03.txt", "story-04.txt", "story-05.txt"],
        ["The Lamp - Chapter 3.html", "The Lamp - Chapter 4.html"],
        ["The Lamp - Chapter 1 - Fog.txt", "The Lamp - Chapter 2 - Oil.txt"],
        ["lamp_ch1.docx", "lamp_ch2.docx"],
        ["1. Fog.txt", "2. Oil.txt", "3. Wick.txt"],
        ["01 - The Lamp.txt", "02 - The Lamp.txt"],
        ["0.txt", "1.txt", "2.txt"],
        ["Part 1.md", "Part 2.md"],
        ["saved/lamp 9.txt", "saved/lamp 10.txt"],
    ],
)
def test_names_that_count_on_are_one_row(names: list[str]) -> None:
    found = sequence_of(names)
    assert set(found) == set(names)
    assert len({part.of for part in found.values()}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ["2019-01-04.txt", "2019-01-05.txt"],
        ["diary 04.01.2019.txt", "diary 05.01.2019.txt"],
        ["summer 1998.txt", "summer 1999.txt"],
        ["story-01.txt"],
        ["a/story-01.txt", "b/story-02.txt"],
        ["story-01.txt", "story-01.html"],
        ["lamp v1.txt", "lamp v2.txt"],
        ["draft 1.txt", "draft 2.txt"],
        ["lamp (1).txt", "lamp (2).txt"],
        ["The Lamp Book 1.txt", "The Lamp Book 2.txt"],
        ["lamp 1.epub", "lamp 2.epub"],
        ["story-3.txt", "story-940.txt"],
        ["1. Fog.txt", "2. Oil.txt", "Dracula.txt"],
        ["3. Fog.txt", "7. Oil.txt"],
        ["The Lamp.txt", "The Wick.txt"],
        ["221B.txt", "222B.txt"],
    ],
)
def test_names_that_prove_nothing_are_no_row(names: list[str]) -> None:
    assert sequence_of(names) == {}


def test_parts_come_in_the_order_of_their_numbers() -> None:
    [(paths, work)] = gather([("b.txt", part("Oil", 2)), ("a.txt", part("Wick", 3)), ("z.txt", part("Fog", 1))])
    assert paths == ("z.txt", "b.txt", "a.txt")
    assert texts(work) == ["Fog", "Oil", "Wick"]
    assert work.title == "The Lamp"


def test_parts_without_numbers_come_in_the_natural_order_of_their_names() -> None:
    [(paths, _)] = gather([(f"lamp {nth}.txt", part(f"Fog {nth}")) for nth in (10, 9, 1)])
    assert paths == ("lamp 1.txt", "lamp 9.txt", "lamp 10.txt")


def test_works_of_their_own_stay_apart_in_the_order_given() -> None:
    works = gather([("b.txt", page("Fog", "One")), ("a.txt", page("Oil", "Two"))])
    assert [(paths, work.title) for paths, work in works] == [(("b.txt",), "One"), (("a.txt",), "Two")]


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ([1, 2], "Not all of it is here: part 3 of 3 is missing."),
        ([2], "Not all of it is here: parts 1 and 3 of 3 are missing."),
    ],
)
def test_missing_parts_are_named(numbers: list[int], sentence: str) -> None:
    [(_, work)] = gather([(f"{number}.txt", part(f"Fog {number}", number, total=3)) for number in numbers])
    assert work.warnings == (sentence,)
    assert work.part is not None


def test_a_long_gap_is_named_as_a_range() -> None:
    [(_, work)] = gather([("1.txt", part("Fog", 1, 12)), ("5.txt", part("Oil", 5, 12))])
    assert work.warnings == ("Not all of it is here: parts 2 to 4 and 6 to 12 of 12 are missing.",)


def test_a_work_with_all_its_parts_is_no_part_any_more() -> None:
    [(_, work)] = gather([("1.txt", part("Fog", 1, 2)), ("2.txt", part("Oil", 2, 2))])
    assert work.part is None
    assert work.warnings == ()


def test_the_same_text_twice_is_kept_once_and_said() -> None:
    [(paths, work)] = gather([("1.txt", part("Fog", 1)), ("1 copy.txt", part("Fog", 1)), ("2.txt", part("Oil", 2))])
    assert texts(work) == ["Fog", "Oil"]
    assert len(paths) == 3
    assert work.warnings == ("“1.txt” holds a chapter that is there already; it was left out.",)


def test_two_texts_for_one_number_are_both_kept() -> None:
    [(_, work)] = gather([("a.txt", part("Fog", 1)), ("b.txt", part("Fog, and more of it", 1))])
    assert len(work.chapters) == 2
    assert "part 1" in work.warnings[0]


def test_details_are_united() -> None:
    mina, lucy = ImportedByline(name="Mina"), ImportedByline(name="Lucy")
    fog, oil = ImportedTag(TagKind.FREEFORM, "Fog"), ImportedTag(TagKind.FREEFORM, "Oil")
    first = replace(part("Fog", 1), bylines=(mina,), tags=(fog,), status="in_progress")
    second = replace(part("Oil", 2), bylines=(mina, lucy), tags=(oil, fog), summary="<p>Dark.</p>", status="complete")
    [(_, work)] = gather([("2.txt", second), ("1.txt", first)])
    assert work.bylines == (mina, lucy)
    assert work.tags == (fog, oil)
    assert work.summary == "<p>Dark.</p>"
    assert work.status == "complete"


def test_sources_are_united_and_counts_kept_by_part() -> None:
    early = ImportedSource(site="Wattpad", published=date(2015, 1, 1), updated=date(2015, 1, 1), counts={"reads": "4K"})
    late = ImportedSource(site="Wattpad", published=date(2016, 2, 2), updated=date(2016, 2, 2), counts={"reads": "1K"})
    [(_, work)] = gather(
        [("1.txt", replace(part("Fog", 1), source=early)), ("2.txt", replace(part("Oil", 2), source=late))]
    )
    assert work.source is not None
    assert (work.source.published, work.source.updated) == (date(2015, 1, 1), date(2016, 2, 2))
    assert work.source.counts == {"reads, part 1": "4K", "reads, part 2": "1K"}


def test_what_was_removed_moves_with_its_chapter() -> None:
    here, outside = Removed(text="x", rule=FURNITURE, chapter=0, at=3), Removed(text="y", rule=FURNITURE)
    second = replace(part("Oil", 2), removed=(here, outside))
    [(_, work)] = gather([("1.txt", part("Fog", 1)), ("2.txt", second)])
    assert work.removed == (replace(here, chapter=1), outside)


def test_two_pictures_of_one_name_are_both_kept() -> None:
    def with_picture(number: int, data: bytes) -> ImportedWork:
        chapter = ImportedChapter(html=f'<p>{number}</p><img src="picture:1.png">', number=number)
        picture = ImportedPicture(name="1.png", data=data)
        return replace(part("Fog", number), chapters=(chapter,), pictures=(picture,))

    [(_, work)] = gather([("1.txt", with_picture(1, b"moon")), ("2.txt", with_picture(2, b"sun"))])
    assert [picture.data for picture in work.pictures] == [b"moon", b"sun"]
    assert f'"picture:{work.pictures[1].name}"' in work.chapters[1].html
    assert work.pictures[0].name != work.pictures[1].name


def identified(text: str, site_id: str, number: int, key: str = "") -> ImportedWork:
    chapter = ImportedChapter(html=f"<p>{text}</p>", number=number, key=key, title=f"Night {number}")
    return ImportedWork(chapters=(chapter,), title="The Lamp", source=ImportedSource(site="AO3", site_id=site_id))


def test_the_same_source_with_other_chapters_is_one_work() -> None:
    [(_, work)] = gather([("b.html", identified("Oil", "7", 2)), ("a.html", identified("Fog", "7", 1))])
    assert texts(work) == ["Fog", "Oil"] or texts(work) == ["Oil", "Fog"]


def test_two_states_of_one_work_stay_two_readings() -> None:
    works = gather([("old.html", identified("Fog", "7", 1)), ("new.html", identified("Fog and oil", "7", 1))])
    assert [paths for paths, _ in works] == [("old.html",), ("new.html",)]


def named(*titles: str) -> list[tuple[str, ImportedWork]]:
    return [(f"lamp/lamp-{at:02}.txt", page(f"Night {at}", title)) for at, title in enumerate(titles, start=1)]


def test_a_row_of_names_is_one_work_whose_first_lines_are_chapter_titles() -> None:
    readings = named("Fog", "Oil", "Wick")
    [(_, work)] = gather(readings, sequence_of([path for path, _ in readings]))
    assert work.title == "lamp"
    assert [(chapter.number, chapter.title) for chapter in work.chapters] == [(1, "Fog"), (2, "Oil"), (3, "Wick")]


def test_a_row_of_names_keeps_the_title_its_files_agree_on() -> None:
    readings = named("The Lamp at the Turn", "The Lamp at the Turn")
    [(_, work)] = gather(readings, sequence_of([path for path, _ in readings]))
    assert work.title == "The Lamp at the Turn"
    assert [chapter.title for chapter in work.chapters] == ["", ""]


def test_a_gap_in_a_row_of_names_is_named() -> None:
    readings = [(f"lamp {at}.txt", page(f"Night {at}")) for at in (1, 2, 4)]
    [(_, work)] = gather(readings, sequence_of([path for path, _ in readings]))
    assert work.warnings == ("Not all of it is here: part 3 of 4 is missing.",)


def test_the_names_own_words_are_titles_of_untitled_chapters() -> None:
    readings = [("lamp/1. Fog.txt", page("It came.")), ("lamp/2. Oil.txt", page("It went."))]
    [(_, work)] = gather(readings, sequence_of([path for path, _ in readings]))
    assert (work.title, [chapter.title for chapter in work.chapters]) == ("lamp", ["Fog", "Oil"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"bylines": (ImportedByline(name="Mina"),)}, {"bylines": (ImportedByline(name="Lucy"),)}),
        ({"title": "Fog", "summary": "<p>a</p>"}, {"title": "Oil", "summary": "<p>b</p>"}),
        (
            {"source": ImportedSource(site="AO3", site_id="1")},
            {"source": ImportedSource(site="AO3", site_id="2")},
        ),
    ],
    ids=["authors", "titles", "sources"],
)
def test_what_the_files_say_vetoes_what_their_names_say(one: dict[str, object], other: dict[str, object]) -> None:
    first, second = (replace(page(text), **changes) for text, changes in (("Night", one), ("Day", other)))  # type: ignore[arg-type]
    readings = [("lamp 1.txt", first), ("lamp 2.txt", second)]
    assert len(gather(readings, sequence_of([path for path, _ in readings]))) == 2


def test_notes_over_a_later_file_of_a_row_stay_with_its_chapter() -> None:
    readings = [("lamp 1.txt", page("Fog")), ("lamp 2.txt", replace(page("Oil"), notes="<p>Sorry!</p>"))]
    [(_, work)] = gather(readings, sequence_of([path for path, _ in readings]))
    assert work.chapters[1].notes == "<p>Sorry!</p>"
    assert work.chapters[0].notes == ""


def test_numbered_files_that_each_head_their_own_story_stay_apart() -> None:
    titles = ("The Ides of May", "A Costume Peace", "Nine Points")
    told = {"bylines": (ImportedByline(name="Raffles"),), "source": ImportedSource(facts={"Collection": "raffles"})}
    works = [
        (f"raffles__chapter-{number}.txt", replace(page(f"Story {number}.", title), **told))
        for number, title in enumerate(titles, 1)
    ]
    assert len(gather(works, sequence_of([path for path, _ in works]))) == 3
