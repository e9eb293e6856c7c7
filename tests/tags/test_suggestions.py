"""What the machine suggests to wranglers."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storyloft.tags import pool
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Parentage, Tag
from storyloft.tags.nearness import slips
from storyloft.tags.suggestions import Suggestion, suggestions
from storyloft.tags.wrangling import wrangling
from tests.cast import ada
from tests.tags.tidy import character, fandom, freeform, pairing, tag

pytestmark = pytest.mark.django_db

WOLF = "Teen Wolf (TV)"


def canonical(kind: TagKind, name: str, of: str = WOLF) -> Tag:
    made = tag(kind, name, canonical=True)
    Parentage.objects.get_or_create(child=made, parent=fandom(of))
    return made


def best(one: Tag, *fandoms: str) -> Suggestion | None:
    found = suggestions([one], {one.pk: fandoms})[one.pk]
    return found[0] if found else None


def said(one: Tag, *fandoms: str) -> tuple[str, str] | None:
    found = best(one, *fandoms)
    return (found.name, found.why) if found else None


def test_slips_of_the_finger() -> None:
    assert slips("stilinski", "stilinksi", 2) == 1
    assert slips("stiles", "styles", 1) == 1
    assert slips("derek hale", "derek hael", 2) == 1
    assert slips("part 1", "part 2", 2) is None
    assert slips("lydia", "allison", 2) is None


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("Stiles Stilinksi", "One letter differs"),
        ("Stile Stilinksi", "2 letters differ"),
        ("StilesStilinski", "The same but for a space"),
        ("Stiles Stilinski (Teen Wolf)", "The same without the brackets"),
        ("Stiles", "A part of the name"),
    ],
)
def test_a_character_is_recognised(written: str, why: str) -> None:
    canonical(TagKind.CHARACTER, "Stiles Stilinski")
    canonical(TagKind.CHARACTER, "Derek Hale")
    assert said(character(written), WOLF) == ("Stiles Stilinski", why)


def test_what_is_far_gets_no_suggestion() -> None:
    canonical(TagKind.CHARACTER, "Stiles Stilinski")
    assert said(character("Lydia Martin"), WOLF) is None


def test_a_part_of_a_name_counts_only_in_its_own_fandom() -> None:
    canonical(TagKind.CHARACTER, "Stiles Stilinski")
    assert said(character("Stiles"), "Dracula") is None


def test_a_plural_is_recognised() -> None:
    freeform("Alternate Universe - Coffee Shop", canonical=True)
    assert said(freeform("Alternate Universes - Coffee Shops")) == (
        "Alternate Universe - Coffee Shop",
        "The same but for the plural",
    )


def test_a_ship_name_is_surest_in_its_fandom() -> None:
    sterek = pairing("Sterek")
    here, elsewhere = best(sterek, "Teen Wolf"), best(sterek, "Dracula")
    assert here
    assert elsewhere
    assert (here.name, here.canonical, here.why) == (
        "Derek Hale/Stiles Stilinski", None, f"A ship name of {WOLF}",
    )  # fmt: skip
    assert here.strength > elsewhere.strength
    made = canonical(TagKind.RELATIONSHIP, "Stiles Stilinski/Derek Hale")
    found = best(sterek, "Teen Wolf")
    assert found
    assert (found.name, found.canonical) == (made.name, made.pk)


def test_short_names_of_a_pairing_are_recognised_in_its_fandom() -> None:
    canonical(TagKind.RELATIONSHIP, "Derek Hale/Stiles Stilinski")
    canonical(TagKind.RELATIONSHIP, "Derek Hale & Stiles Stilinski")
    assert said(pairing("Stiles/Derek"), WOLF) == ("Derek Hale/Stiles Stilinski", "The same names in short")
    assert said(pairing("Stiles/Derek"), "Dracula") is None


def test_of_several_that_fit_none_is_sure() -> None:
    canonical(TagKind.CHARACTER, "Peter Hale")
    canonical(TagKind.CHARACTER, "Derek Hale")
    found = suggestions([hale := character("Hale")], {hale.pk: [WOLF]})[hale.pk]
    assert [(one.name, one.strength) for one in found] == [("Derek Hale", 0.5), ("Peter Hale", 0.5)]


def test_what_it_means_in_another_fandom_is_told() -> None:
    alice = character("Alice")
    liddell = canonical(TagKind.CHARACTER, "Alice Liddell", "Wonderland")
    Meaning.objects.create(wording=alice, canonical=liddell, fandom=fandom("Wonderland"))
    assert said(alice, "Dracula") == ("Alice Liddell", "That is what it means in Wonderland")


def test_a_refused_suggestion_is_not_made_again() -> None:
    canonical(TagKind.CHARACTER, "Stiles Stilinski")
    slip = character("Stiles Stilinksi")
    with wrangling(by=ada()) as desk:
        desk.refuse(slip, "Stiles Stilinski")
    assert best(slip, WOLF) is None


def test_a_large_archive_looks_at_few_and_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_ALL", 2)
    for name in ("Stiles Stilinski", "Derek Hale", "Lydia Martin", "Scott McCall"):
        canonical(TagKind.CHARACTER, name)
    assert said(character("Stiles Stilinksi"), "Dracula") == ("Stiles Stilinski", "One letter differs")
    assert said(character("Sitles Stilinski"), "Dracula") == ("Stiles Stilinski", "One letter differs")
    assert said(character("tSiles"), WOLF) is None
    assert said(character("Derek"), WOLF) == ("Derek Hale", "A part of the name")
    canonical(TagKind.RELATIONSHIP, "Derek Hale/Stiles Stilinski")
    assert said(pairing("Sterek"), "Dracula") == ("Derek Hale/Stiles Stilinski", f"A ship name of {WOLF}")


def test_a_page_of_tags_asks_the_database_a_few_times() -> None:
    canonical(TagKind.CHARACTER, "Stiles Stilinski")
    page = [character(f"Stiles Stilinsk{n}") for n in range(30)]
    with CaptureQueriesContext(connection) as asked:
        suggestions(page, {one.pk: [WOLF] for one in page})
    assert len(asked) < 8
