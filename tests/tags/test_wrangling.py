"""What a wrangler does to tags, and undoing it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from storyloft.tags.models import Tag, WranglingAct
from storyloft.tags.signals import tags_changed
from storyloft.tags.tree import characters_in
from storyloft.tags.wrangling import CannotBe, Desk, redo, undo, wrangling
from tests.cast import ada, bertram
from tests.tags.tidy import character, fandom, freeform, links, pairing

pytestmark = pytest.mark.django_db


def done(*verbs: Callable[[Desk], object]) -> WranglingAct:
    """These verbs as one act of Ada's."""
    with wrangling(by=ada()) as desk:
        for verb in verbs:
            verb(desk)
    assert desk.act is not None
    return desk.act


def test_a_wording_becomes_canonical_and_another_means_it() -> None:
    one, other = pairing("Sherlock Holmes/John Watson"), pairing("Johnlock")
    act = done(lambda desk: desk.make_canonical(one), lambda desk: desk.mean(other, one))
    assert links() == {
        ("canonical", "relationship", "Sherlock Holmes/John Watson", ""),
        ("means", "Johnlock", "Sherlock Holmes/John Watson", "None"),
    }
    assert act.detail["said"] == [
        "“Sherlock Holmes/John Watson” became canonical",
        "“Johnlock” means “Sherlock Holmes/John Watson”",
    ]


def test_only_the_owner_wrangles() -> None:
    fog = freeform("Fog")
    with pytest.raises(PermissionDenied), wrangling(by=bertram()) as desk:
        desk.make_canonical(fog)
    act = done(lambda desk: desk.make_canonical(fog))
    with pytest.raises(PermissionDenied):
        undo(act, by=bertram())


def test_a_broken_rule_undoes_the_whole_act() -> None:
    fog, mist = freeform("Fog"), freeform("Mist")
    with pytest.raises(CannotBe):
        done(lambda desk: desk.make_canonical(fog), lambda desk: desk.mean(fog, mist))
    assert links() == set()
    assert not WranglingAct.objects.exists()


def test_nothing_changed_is_not_logged() -> None:
    fog = freeform("Fog", canonical=True)
    with wrangling(by=ada()) as desk:
        desk.make_canonical(fog)
    assert desk.act is None


def test_a_canonical_tag_that_becomes_a_wording_hands_everything_over() -> None:
    holmes, canon = fandom("Sherlock Holmes"), fandom("Sherlock Holmes & Related Fandoms")
    old, new = character("Dr Watson", canonical=True), character("John Watson", canonical=True)
    doctors, small = character("Doctors", canonical=True), character("Watson as a child", canonical=True)
    with wrangling(by=ada()) as desk:
        desk.mean(character("Watson"), old)
        desk.put_under(old, holmes)
        desk.put_under(old, doctors)
        desk.put_under(small, old)
        desk.describe(old, "Holmes's friend.")
    before = links()
    act = done(lambda desk: desk.mean(old, new))
    assert {one for one in links() if "John Watson" in one} == {
        ("means", "Watson", "John Watson", "None"),
        ("means", "Dr Watson", "John Watson", "None"),
        ("under", "John Watson", "Sherlock Holmes"),
        ("under", "John Watson", "Doctors"),
        ("under", "Watson as a child", "John Watson"),
        ("canonical", "character", "John Watson", "Holmes's friend."),
    }
    undo(act, by=ada())
    assert links() == before
    redo(act, by=ada())
    assert ("means", "Watson", "John Watson", "None") in links()
    assert canon.is_canonical


def test_a_fandom_that_becomes_a_wording_hands_over_what_is_told_apart_in_it() -> None:
    book, film = fandom("Alice's Adventures in Wonderland"), fandom("Alice in Wonderland")
    liddell, alice = character("Alice (Wonderland)", canonical=True), character("Alice")
    done(lambda desk: desk.mean(alice, liddell, film))
    done(lambda desk: desk.mean(film, book))
    assert ("means", "Alice", "Alice (Wonderland)", "Alice's Adventures in Wonderland") in links()


def test_merging_a_parent_into_its_child_makes_no_circle() -> None:
    top, middle, low = (freeform(name, canonical=True) for name in ("Weather", "Bad Weather", "Fog"))
    done(lambda desk: desk.put_under(low, middle), lambda desk: desk.put_under(middle, top))
    done(lambda desk: desk.mean(middle, low))
    assert {one for one in links() if one[0] == "under"} == {("under", "Fog", "Weather")}
    with pytest.raises(CannotBe, match="circle"), wrangling(by=ada()) as desk:
        desk.put_under(top, low)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda desk: desk.mean(freeform("Fog"), character("Fog", canonical=True)), "is a freeform"),
        (lambda desk: desk.mean(freeform("Fog"), freeform("Mist")), "not canonical"),
        (lambda desk: desk.put_under(freeform("Fog"), fandom("Dracula")), "not canonical"),
        (
            lambda desk: desk.put_under(fandom("Dracula"), character("Mina Harker", canonical=True)),
            "does not belong under",
        ),
        (lambda desk: desk.make_canonical(character("mina harker")), "Rename that one"),
        (lambda desk: desk.rename(character("Mina Harker", canonical=True), "Mina Murray"), "Only case"),
        (lambda desk: desk.rename(character("mina"), "Mina"), "author's wording"),
    ],
)
def test_what_cannot_be(wrong: Callable[[Desk], object], said: str) -> None:
    character("Mina Harker", canonical=True)
    with pytest.raises(CannotBe, match=said), wrangling(by=ada()) as desk:
        wrong(desk)


def test_a_new_spelling_leaves_what_authors_wrote() -> None:
    old = character("Eponine Thenardier", canonical=True)
    done(lambda desk: desk.mean(character("Ponine"), old), lambda desk: desk.rename(old, "Éponine Thénardier"))
    assert links() == {
        ("canonical", "character", "Éponine Thénardier", ""),
        ("means", "Ponine", "Éponine Thénardier", "None"),
    }
    assert Tag.objects.filter(name="Eponine Thenardier").exists()


def test_an_undo_that_others_built_on_is_refused() -> None:
    one, other = pairing("Sherlock Holmes/John Watson"), pairing("Johnlock")
    made = done(lambda desk: desk.make_canonical(one))
    done(lambda desk: desk.mean(one, pairing("Holmes/Watson", canonical=True)))
    with pytest.raises(CannotBe, match="changed since"):
        undo(made, by=ada())
    assert other.pk


def test_undoing_twice_is_refused() -> None:
    act = done(lambda desk: desk.make_canonical(freeform("Fog")))
    undo(act, by=ada())
    with pytest.raises(CannotBe, match="already"):
        undo(act, by=ada())


def test_leaving_describing_and_refusing_are_undone_too() -> None:
    fog = freeform("Fog")
    act = done(
        lambda desk: desk.leave_as_it_is(fog),
        lambda desk: desk.describe(fog, "Weather of London."),
        lambda desk: desk.refuse(fog, "Frog"),
    )
    assert fog.refusals.exists()
    undo(act, by=ada())
    assert links() == set()
    assert not fog.refusals.exists()


def test_the_tags_concerned_are_announced_once() -> None:
    heard: list[list[int]] = []

    def hear(sender: object, tag_ids: list[int], **_: object) -> None:
        heard.append(tag_ids)

    fog, mist = freeform("Fog"), freeform("Mist")
    tags_changed.connect(hear)
    try:
        done(lambda desk: desk.make_canonical(fog), lambda desk: desk.mean(mist, fog))
    finally:
        tags_changed.disconnect(hear)
    assert heard == [sorted([fog.pk, mist.pk])]


def test_the_characters_of_a_relationship_are_known_by_name_or_wording() -> None:
    holmes, watson = character("Sherlock Holmes", canonical=True), character("John Watson", canonical=True)
    done(lambda desk: desk.mean(character("Dr Watson"), watson))
    assert characters_in("Dr. Watson / sherlock holmes") == [watson, holmes]
    assert characters_in("Johnlock") == []
