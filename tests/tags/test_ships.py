"""Known ship names."""

from __future__ import annotations

import pytest

from storyloft.tags.kinds import TagKind
from storyloft.tags.ships import Ship, all_ships, loose, ship_named, ships_of
from storyloft.tags.wording import sides


@pytest.mark.parametrize("said", ["Sterek", "sterek", "STEREK"])
def test_a_ship_is_known_whatever_its_case(said: str) -> None:
    assert ship_named(said) == Ship("Sterek", "Derek Hale/Stiles Stilinski", "Teen Wolf (TV)")


@pytest.mark.parametrize("said", ["SwanQueen", "swan queen", "Swan-Queen"])
def test_nobody_agrees_on_the_space(said: str) -> None:
    ship = ship_named(said)
    assert ship
    assert ship.characters == ("Evil Queen | Regina Mills", "Emma Swan")


def test_what_is_no_ship_is_not_known() -> None:
    assert ship_named("Derek Hale/Stiles Stilinski") is None
    assert ship_named("") is None


def test_a_ship_that_is_a_word_says_so() -> None:
    chair, sterek = ship_named("Chair"), ship_named("Sterek")
    assert chair
    assert sterek
    assert (chair.is_a_word, sterek.is_a_word) == (True, False)


def test_there_are_many_and_each_means_a_relationship_of_a_fandom() -> None:
    ships = list(all_ships())
    assert len(ships) > 400
    assert all(len(ship.characters) in (2, 3) and sides(ship.relationship)[0] == "/" for ship in ships)
    assert len({ship.fandom for ship in ships}) > 100


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Teen Wolf (TV)", "teen wolf"),
        ("Harry Potter - J. K. Rowling", "Harry Potter"),
        ("Percy Jackson and the Olympians & Related Fandoms - All Media Types", "Percy Jackson and the Olympians"),
        ("镇魂 | Guardian (TV 2018)", "Guardian"),
    ],
)
def test_fandoms_go_by_shorter_names(one: str, other: str) -> None:
    assert loose(one) & loose(other)


def test_the_ships_of_the_fandoms_kept_come_with_their_people() -> None:
    found = ships_of({"good omens": "Good Omens - Pratchett & Gaiman"})
    names = {(entry.kind, entry.name) for entry in found.entries}
    assert (TagKind.FANDOM, "Good Omens - Pratchett & Gaiman") in names
    assert (TagKind.RELATIONSHIP, "Aziraphale/Crowley (Good Omens)") in names
    assert (TagKind.CHARACTER, "Aziraphale") in names
    assert len([kind for kind, _ in names if kind == TagKind.FANDOM]) == 1
    assert ships_of({}).entries == ()
