"""From `ImportedWork` to a work in the library, and what happens the second time."""

from __future__ import annotations

import pytest

from storyloft.ingest import undoing
from storyloft.ingest.keeping import keep_line
from storyloft.ingest.models import Import, ImportFile, Likeness, Outcome
from storyloft.ingest.store import store
from storyloft.prose.clean import CleanHtml
from storyloft.prose.passages import passages
from storyloft.tags.kinds import TagKind
from storyloft.works.correcting import Correction, correct
from storyloft.works.models import Source, Visibility, Work
from tests.cast import ada
from tests.stories import FOG, LAMP, LETTER, chapter, lamp_story

pytestmark = pytest.mark.django_db


def row(path: str = "lamp.html") -> ImportFile:
    return Import.objects.create(person=ada()).files.create(path=path)


def stored(*args: object, **more: object) -> Outcome:
    return store(lamp_story(*args, **more), [row()], ada())  # type: ignore[arg-type]


def ids_of(work: Work, position: int) -> dict[str, str]:
    current = work.chapters.get(position=position).current
    assert current is not None
    return {passage.text: passage.id for passage in passages(CleanHtml(current.html))}


def test_an_imported_work_is_private_and_whole() -> None:
    work = stored().work
    assert (work.visibility, work.title, work.names) == (
        Visibility.PRIVATE,
        "The Lamp in Baker Street",
        ["lamplighter"],
    )
    assert (work.chapter_count, work.language, work.status) == (2, "en", "complete")
    assert work.words == sum(chapter.words for chapter in work.chapters.all()) == 39


def test_tags_keep_kind_wording_and_order() -> None:
    work = stored().work
    assert work.tags_of(TagKind.RELATIONSHIP) == ["Sherlock Holmes/John Watson"]
    assert work.tags_of(TagKind.FREEFORM) == ["Fog"]


def test_the_source_and_its_counts_are_history() -> None:
    source = Source.objects.get(work=stored().work)
    assert (source.site, source.site_id, source.counts) == ("Archive of Our Own", "4820917", {"kudos": "31"})


def test_the_series_keeps_its_position() -> None:
    part = stored().work.series_parts.get()
    assert (part.series.title, part.position, part.order) == ("The Gaslight Letters", "2", 2.0)


def test_a_file_without_a_title_lends_its_name() -> None:
    made = store(lamp_story(title="", site=""), [row("old/the_lamp_room (1).txt")], ada())
    assert made.work.title == "the lamp room"


def test_a_newer_copy_adds_its_chapter_and_keeps_the_passages() -> None:
    work = stored().work
    before = ids_of(work, 1)
    newer = FOG.replace("before tea", "before breakfast")
    outcome = stored([chapter(newer, "Fog"), chapter(LAMP), chapter(LETTER, "The Letter")])
    assert (outcome.made_new, outcome.work, outcome.added.count()) == (False, work, 1)
    untouched = "Holmes had not moved from the window since noon."
    assert ids_of(work, 1)[untouched] == before[untouched]
    assert work.chapters.get(position=1).revisions.count() == 2


def test_a_shorter_copy_loses_nothing() -> None:
    work = stored().work
    stored([chapter(FOG, "Fog")])
    work.refresh_from_db()
    assert work.chapter_count == 2


def test_undoing_an_update_brings_the_older_text_back() -> None:
    work = stored().work
    outcome = stored([chapter(FOG.replace("tea", "supper"), "Fog"), chapter(LAMP), chapter(LETTER)])
    file = outcome.files.get()
    undoing.undo_file(file, by=ada())
    work.refresh_from_db()
    assert work.chapter_count == 2
    assert "The fog had come up from the river before tea." in ids_of(work, 1)
    undoing.redo_file(file, by=ada())
    work.refresh_from_db()
    assert work.chapter_count == 3


def test_undoing_a_new_work_takes_it_back_and_keeps_it() -> None:
    outcome = stored()
    undoing.undo_file(outcome.files.get(), by=ada())
    assert not Work.objects.visible_to(ada()).exists()
    undoing.redo_file(outcome.files.get(), by=ada())
    assert Work.objects.visible_to(ada()).get() == outcome.work


def test_the_same_text_grown_without_any_source_is_the_same_work() -> None:
    first = stored([chapter(FOG)], site="")
    second = stored([chapter(FOG), chapter(LAMP)], site="")
    assert (second.made_new, second.work) == (False, first.work)


def test_the_same_story_from_another_site_is_offered_not_merged() -> None:
    first = stored()
    second = stored(site="Wattpad", site_id="77")
    assert second.made_new
    assert Likeness.objects.get().other == first.work


def test_a_correction_by_hand_survives_a_newer_copy() -> None:
    work = stored().work
    correct([work], Correction(summary="Mine."), by=ada())
    stored([chapter(FOG), chapter(LAMP), chapter(LETTER)], summary="<p>Theirs.</p>")
    work.refresh_from_db()
    assert "Mine." in work.summary


def test_a_stripped_line_can_be_kept_after_all() -> None:
    outcome = stored()
    file = outcome.files.get()
    keep_line(file, 0, by=ada())
    texts = list(ids_of(outcome.work, 1))
    assert texts == [
        "The fog had come up from the river before tea.",
        "Where stories live.",
        "Holmes had not moved from the window since noon.",
    ]
    assert file.report["removed"][0]["kept"]
