"""A tag set meets an archive."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storyloft.tags.giving import tag_set
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag, WranglingAct
from storyloft.tags.ships import ships_of
from storyloft.tags.tagsets import Entry, TagSet, read, write
from storyloft.tags.taking_in import Plan, plan, take_in
from storyloft.tags.wrangling import undo, wrangling
from tests.cast import ada
from tests.tags.tidy import character, fandom, freeform, links, pairing

pytestmark = pytest.mark.django_db

BAKER_STREET = read(
    b"""
format = 1
name = "Baker Street"

[[fandom]]
name = "Sherlock Holmes"
wordings = ["SH"]

[[character]]
name = "John Watson"
fandoms = ["Sherlock Holmes"]
wordings = ["Dr Watson"]
about = "Holmes's friend."
[character.wordings_in]
"Sherlock Holmes" = ["John"]

[[relationship]]
name = "Sherlock Holmes/John Watson"
fandoms = ["Sherlock Holmes"]
characters = ["John Watson", "Sherlock Holmes"]
wordings = ["Johnlock"]

[[freeform]]
name = "Fog"
under = ["Weather"]

[[freeform]]
name = "Weather"
under = ["Fog"]
"""
)


def taken(tags: TagSet, *overwrite: str) -> tuple[Plan, WranglingAct | None]:
    with wrangling(by=ada(), verb="took in a tag set") as desk:
        made = take_in(tags, desk, overwrite)
    return made, desk.act


def test_an_empty_archive_learns_everything() -> None:
    made, act = taken(BAKER_STREET)
    assert links() == {
        ("canonical", "fandom", "Sherlock Holmes", ""),
        ("canonical", "character", "John Watson", "Holmes's friend."),
        ("canonical", "relationship", "Sherlock Holmes/John Watson", ""),
        ("canonical", "freeform", "Fog", ""),
        ("canonical", "freeform", "Weather", ""),
        ("means", "SH", "Sherlock Holmes", "None"),
        ("means", "Dr Watson", "John Watson", "None"),
        ("means", "John", "John Watson", "Sherlock Holmes"),
        ("means", "Johnlock", "Sherlock Holmes/John Watson", "None"),
        ("under", "John Watson", "Sherlock Holmes"),
        ("under", "Sherlock Holmes/John Watson", "Sherlock Holmes"),
        ("under", "Sherlock Holmes/John Watson", "John Watson"),
        ("under", "Fog", "Weather"),
    }
    assert made.left_out == [
        "“Sherlock Holmes/John Watson” under “Sherlock Holmes”, which is not canonical here",
        "“Weather” under “Fog”, which would make a circle",
    ]
    assert act
    undo(act, by=ada())
    assert links() == set()


def test_a_second_time_there_is_nothing_to_do() -> None:
    taken(BAKER_STREET)
    made, act = taken(BAKER_STREET)
    assert made.is_empty
    assert not made.conflicts
    assert act is None


def test_a_plan_changes_nothing() -> None:
    made = plan(BAKER_STREET)
    assert made.counts == {
        "canonical": 5, "wordings": 4, "parents": 4, "about": 1, "conflicts": 0, "left_out": 2,
    }  # fmt: skip
    assert not Tag.objects.exists()


def test_what_the_archive_says_stays_until_somebody_asks_for_the_other() -> None:
    other = pairing("Holmes/Watson", canonical=True)
    doctor = character("Dr Watson", canonical=True)
    watson = character("john watson", canonical=True)
    with wrangling(by=ada()) as desk:
        desk.mean(pairing("Johnlock"), other)
        desk.describe(watson, "A doctor.")
        desk.mean(fandom("SH", canonical=False), fandom("Shadowhunters"))
        desk.mean(fandom("Sherlock Holmes", canonical=False), fandom("Holmes"))
    before = links()
    made = plan(BAKER_STREET)
    assert [conflict.token for conflict in made.conflicts] == [
        "name:fandom:Sherlock Holmes",
        "wording:character:Dr Watson:",
        "about:character:John Watson",
        "wording:relationship:Johnlock:",
    ]
    assert made.conflicts[0].here == "“Sherlock Holmes” means “Holmes”"
    taken(BAKER_STREET)
    assert before <= links()
    _, act = taken(BAKER_STREET, *(conflict.token for conflict in made.conflicts))
    assert ("means", "Johnlock", "Sherlock Holmes/John Watson", "None") in links()
    assert ("means", "Dr Watson", "john watson", "None") in links()
    assert ("canonical", "fandom", "Sherlock Holmes", "") in links()
    assert ("canonical", "character", "john watson", "Holmes's friend.") in links()
    assert ("means", "SH", "Shadowhunters", "None") in links()
    assert doctor.pk
    assert act
    undo(act, by=ada())
    assert before <= links()


def test_the_fandoms_tidying_serves_another_archive() -> None:
    taken(BAKER_STREET)
    with wrangling(by=ada()) as desk:
        desk.put_under(fandom("Sherlock Holmes"), fandom("Detectives"))
        desk.put_under(character("Dracula", canonical=True), fandom("Dracula"))
    holmes = fandom("Sherlock Holmes")
    file = write(tag_set(holmes))
    of_it = {one for one in links() if not {"Dracula", "Fog", "Weather"} & set(one)}
    for act in WranglingAct.objects.order_by("-pk"):
        undo(act, by=ada())
    taken(read(file.encode()))
    assert {one for one in links() if "Dracula" not in one} == of_it


def test_everything_goes_out_and_in_again() -> None:
    taken(BAKER_STREET)
    before, file = links(), write(tag_set())
    undo(WranglingAct.objects.get(), by=ada())
    taken(read(file.encode()))
    assert links() == before
    assert write(tag_set()) == file


def test_wordings_that_may_not_be_told_stay_inside() -> None:
    taken(BAKER_STREET)
    allowed = [Tag.objects.get(name="SH").pk]
    assert [entry.wordings for entry in tag_set(wordings=allowed).entries if entry.wordings] == [("SH",)]


def test_a_large_set_asks_the_database_little() -> None:
    few = TagSet(entries=tuple(Entry(TagKind.FREEFORM, f"Fog {n}", (f"Mist {n}",)) for n in range(100)))
    with CaptureQueriesContext(connection) as asked:
        taken(few)
    assert len(asked) < 60
    assert freeform("Fog 7").is_canonical


def test_the_known_ships_can_be_taken_in() -> None:
    fandom("Good Omens (TV)")
    made, act = taken(ships_of({"good omens": "Good Omens (TV)"}))
    assert act
    assert not made.left_out
    assert ("means", "Ineffable Husbands", "Aziraphale/Crowley (Good Omens)", "None") in links()
    assert ("under", "Aziraphale", "Good Omens (TV)") in links()
