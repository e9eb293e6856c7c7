"""The desk's pages: seen, pressed, undone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag, WranglingAct
from storyloft.works.models import Filing, Visibility
from tests.cast import bertram
from tests.tags.tidy import links
from tests.wrangling.shelf import WOLF, free, pair, person, the, wolf, work

pytestmark = pytest.mark.django_db

BIN = "/desk/tags/bin"
ACT = "/desk/tags/act"


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def press(client: Client, kind: str, **form: object) -> int:
    return client.post(ACT, {"kind": kind, **form}).status_code


def filed(name: str) -> int:
    return Filing.objects.filter(tag__name=name).count()


@pytest.mark.parametrize("address", ["/desk/tags", f"{BIN}?kind=character", "/desk/tags/log", "/desk/tags/sets"])
def test_the_desk_is_the_owners(owner: Client, reader: Client, client: Client, address: str) -> None:
    assert owner.get(address).status_code == 200
    assert reader.get(address).status_code == 403
    assert client.get(address).headers["Location"].startswith("/sign-in?")


def test_the_overview_counts_what_waits(owner: Client) -> None:
    wolf("One", person("Stiles"), pair("Sterek"))
    shown = page(owner, "/desk/tags")
    assert WOLF in shown
    assert f"{BIN}?kind=character&amp;fandom={the((TagKind.FANDOM, WOLF)).pk}" in shown


def test_accepting_a_suggestion_moves_the_counts_and_can_be_undone(owner: Client) -> None:
    wolf("One", pair("Sterek"))
    sterek = the(pair("Sterek"))
    assert "Derek Hale/Stiles Stilinski" in page(owner, f"{BIN}?kind=relationship")
    said = {f"said-{sterek.pk}": "Derek Hale/Stiles Stilinski"}
    assert press(owner, "relationship", yes=sterek.pk, **said) == 302
    assert filed("Derek Hale/Stiles Stilinski") == 1
    act = WranglingAct.objects.get()
    assert "Undo" in page(owner, f"{BIN}?kind=relationship&done={act.pk}")
    owner.post(reverse("desk-turn", args=[act.pk, "undo"]))
    assert filed("Sterek") == 1
    owner.post(reverse("desk-turn", args=[act.pk, "redo"]))
    assert filed("Sterek") == 0


def test_suggestions_are_accepted_in_bulk_as_one_act(owner: Client) -> None:
    wolf("One", pair("Sterek"), pair("Stydia"), pair("Scallison"))
    ids = {name: the(pair(name)).pk for name in ("Sterek", "Stydia", "Scallison")}
    said = {
        f"said-{ids['Sterek']}": "Derek Hale/Stiles Stilinski",
        f"said-{ids['Stydia']}": "Lydia Martin/Stiles Stilinski",
    }
    assert press(owner, "relationship", do="yes", tag=list(ids.values()), **said) == 302
    assert {one for one in links() if one[0] == "means"} == {
        ("means", "Sterek", "Derek Hale/Stiles Stilinski", "None"),
        ("means", "Stydia", "Lydia Martin/Stiles Stilinski", "None"),
    }
    assert WranglingAct.objects.count() == 1


def test_a_refused_suggestion_is_gone(owner: Client) -> None:
    wolf("One", pair("Sterek"))
    sterek = the(pair("Sterek"))
    press(owner, "relationship", no=sterek.pk, **{f"said-{sterek.pk}": "Derek Hale/Stiles Stilinski"})
    assert "Derek Hale/Stiles Stilinski" not in page(owner, f"{BIN}?kind=relationship")


def test_a_fandom_then_its_characters_and_relationships_are_put_under_it(owner: Client) -> None:
    wolf("One", person("Derek Hale"), person("Stiles Stilinski"), pair("Derek Hale/Stiles Stilinski"))
    fandom = the((TagKind.FANDOM, WOLF))
    press(owner, "fandom", do="canonical", tag=fandom.pk)
    people = [the(person(name)).pk for name in ("Derek Hale", "Stiles Stilinski")]
    press(owner, "character", do="canonical", tag=people, fandom=fandom.pk, settle="1")
    press(
        owner,
        "relationship",
        do="canonical",
        tag=the(pair("Derek Hale/Stiles Stilinski")).pk,
        fandom=fandom.pk,
        settle="1",
    )
    assert {one[1:] for one in links() if one[0] == "under"} == {
        ("Derek Hale", WOLF),
        ("Stiles Stilinski", WOLF),
        ("Derek Hale/Stiles Stilinski", WOLF),
        ("Derek Hale/Stiles Stilinski", "Derek Hale"),
        ("Derek Hale/Stiles Stilinski", "Stiles Stilinski"),
    }


def test_ticked_wordings_are_assigned_to_a_name(owner: Client) -> None:
    wolf("One", free("Fog"), free("Mist"))
    tags = [the(free("Fog")).pk, the(free("Mist")).pk]
    assert press(owner, "freeform", do="mean", tag=tags, name="Weather") == 422
    assert not WranglingAct.objects.exists()
    assert press(owner, "freeform", do="mean", tag=tags, name="Weather", new="1") == 302
    assert filed("Weather") == 1


@pytest.mark.parametrize("form", [{"do": "canonical"}, {"do": "fly", "tag": "1"}, {"do": "canonical", "tag": "x"}, {}])
def test_a_form_that_asks_for_nothing_says_so(owner: Client, form: dict[str, str]) -> None:
    answer = owner.post(ACT, {"kind": "freeform", **form})
    assert answer.status_code == 422
    assert b"nothing was changed" in answer.content


def test_a_tag_has_a_page_of_its_own_with_every_verb(owner: Client) -> None:
    wolf("One", person("Stiles"), person("Mieczyslaw Stilinski"), free("Fog"))
    stiles, full = the(person("Stiles")), the(person("Mieczyslaw Stilinski"))

    def do(tag: Tag, verb: str, **form: object) -> int:
        return owner.post(reverse("desk-tag", args=[tag.pk]), {"do": verb, **form}).status_code

    assert do(full, "canonical") == 302
    assert do(stiles, "mean", name="mieczyslaw stilinski") == 302
    assert do(full, "wording", name="Mischief") == 302
    assert do(full, "describe", about="The sheriff's son.") == 302
    assert do(full, "under", parent_kind="fandom", name=WOLF) == 422
    assert do(the((TagKind.FANDOM, WOLF)), "canonical") == 302
    assert do(full, "under", parent_kind="fandom", name=WOLF) == 302
    assert do(full, "rename", name="Mieczysław Stilinski") == 422  # another letter, not another accent
    assert do(full, "rename", name="MIECZYSLAW Stilinski") == 302
    named = the(person("MIECZYSLAW Stilinski"))
    assert ("means", "Mischief", "MIECZYSLAW Stilinski", "None") in links()
    shown = page(owner, reverse("desk-tag", args=[named.pk]))
    assert "The sheriff&#x27;s son." in shown
    assert "Mischief" in shown
    mischief = the(person("Mischief"))
    assert do(named, "no-wording", wording=mischief.pk) == 302
    assert do(named, "from-under", parent=the((TagKind.FANDOM, WOLF)).pk) == 302
    assert do(stiles, "unmean") == 302
    assert do(named, "not-canonical") == 302
    assert do(the(free("Fog")), "leave") == 302
    assert do(the(free("Fog")), "wait") == 302
    assert do(the(free("Fog")), "fly") == 422
    assert {one for one in links() if "Fog" in one or one[0] != "canonical"} == set()


def test_a_wording_is_told_apart_by_fandom(owner: Client) -> None:
    wolf("One", person("Alice"))
    owner.post(reverse("desk-tag", args=[the((TagKind.FANDOM, WOLF)).pk]), {"do": "canonical"})
    owner.post(
        reverse("desk-tag", args=[the(person("Alice")).pk]),
        {"do": "mean", "name": "Alice Argent", "fandom": WOLF, "new": "1"},
    )
    assert ("means", "Alice", "Alice Argent", WOLF) in links()
    assert filed("Alice Argent") == 1


def test_others_private_tags_have_no_page_at_the_desk(owner: Client) -> None:
    wolf("Hers", person("Secret Person"), keeper=bertram(), seen=Visibility.PRIVATE)
    secret = the(person("Secret Person"))
    assert owner.get(reverse("desk-tag", args=[secret.pk])).status_code == 404
    press(owner, "character", do="canonical", tag=secret.pk)
    assert links() == set()


def test_the_log_goes_on_with_older_acts(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storyloft.wrangling.desk_views.IN_THE_LOG", 2)
    wolf("One", free("Fog"), free("Mist"), free("Rain"))
    for name in ("Fog", "Mist", "Rain"):
        press(owner, "freeform", do="canonical", tag=the(free(name)).pk)
    acts = list(WranglingAct.objects.order_by("-pk"))
    newest = page(owner, "/desk/tags/log")
    assert "“Rain” became canonical" in newest
    assert "“Fog” became canonical" not in newest
    assert "“Fog” became canonical" in page(owner, f"/desk/tags/log?before={acts[1].pk}")


def test_an_undo_that_cannot_be_says_why(owner: Client) -> None:
    wolf("One", free("Fog"), free("Mist"))
    press(owner, "freeform", do="canonical", tag=the(free("Fog")).pk)
    first = WranglingAct.objects.get()
    press(owner, "freeform", do="mean", tag=the(free("Fog")).pk, name="Weather", new="1")
    answer = owner.post(reverse("desk-turn", args=[first.pk, "undo"]))
    assert answer.status_code == 422
    assert b"changed since" in answer.content


def test_works_without_a_fandom_have_a_bin(owner: Client) -> None:
    wolf("One", person("Derek Hale"))
    work("Two", person("Mina Harker"))
    shown = page(owner, f"{BIN}?kind=character&fandom=none")
    assert "Mina Harker" in shown
    assert "Derek Hale" not in shown
    assert (
        press(owner, "character", fandom="none", do="canonical", tag=the(person("Mina Harker")).pk, settle="1") == 302
    )
    assert owner.get(f"{BIN}?kind=character&fandom=7777777").status_code == 404
    assert owner.get(f"{BIN}?kind=rating").status_code == 404
