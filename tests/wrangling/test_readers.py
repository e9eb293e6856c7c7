"""What readers have of tidied tags: completion, a tag's page, its feed. And what they must not learn."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from storyloft.accounts.models import Byline
from storyloft.search.writer import drain
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag
from storyloft.tags.wrangling import wrangling
from storyloft.works.crediting import credit
from storyloft.works.models import Visibility
from storyloft.wrangling import completing
from storyloft.wrangling.completing import offers
from storyloft.wrangling.facts import facts_of, leads_to
from tests.cast import STRANGER, ada, bertram
from tests.tags.tidy import character, fandom
from tests.wrangling.shelf import WOLF, free, pair, person, the, wolf, work

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def offered(typed: str, kind: str = "character", in_fandom: str = "") -> list[str]:
    return [one.name for one in offers(STRANGER, kind, typed, in_fandom)]


def tidied() -> Tag:
    """“Sterek” means its pairing, which is under its fandom and characters."""
    wolf("One", pair("Sterek"))
    wolf("Two", pair("Derek Hale/Stiles Stilinski"), person("Derek Hale"))
    pairing = the(pair("Derek Hale/Stiles Stilinski"))
    with wrangling(by=ada()) as desk:
        desk.make_canonical(the((TagKind.FANDOM, WOLF)))
        desk.make_canonical(the(person("Derek Hale")))
        desk.make_canonical(pairing)
        desk.mean(the(pair("Sterek")), pairing)
        desk.put_under(pairing, the((TagKind.FANDOM, WOLF)))
        desk.put_under(pairing, the(person("Derek Hale")))
        desk.describe(pairing, "The wolf & the boy.")
    return Tag.objects.get(pk=pairing.pk)


def test_any_word_of_a_name_may_be_typed() -> None:
    wolf("One", person("Stiles Stilinski"), person("Derek Hale"))
    assert offered("sti") == ["Stiles Stilinski"]
    assert offered("HALE") == ["Derek Hale"]
    assert offered("tiles") == ["Stiles Stilinski"]  # nearly a word of it
    assert offered("") == offered("x") == offered("sti", "rating") == []


@pytest.mark.parametrize("slip", ["stilinksi", "Styles", "stilinsky", "derke"])
def test_slips_are_forgiven(slip: str) -> None:
    wolf("One", person("Stiles Stilinski"), person("Derek Hale"), person("Scott McCall"))
    assert len(offered(slip)) == 1


def test_the_canonical_and_the_much_used_come_first() -> None:
    wolf("One", person("Hale, Peter"), person("Hale Cora"))
    wolf("Two", person("Hale Cora"))
    character("Hale Laura", canonical=True)
    assert offered("hale") == ["Hale Laura", "Hale Cora", "Hale, Peter"]


def test_a_fandoms_own_come_first() -> None:
    wolf("One", person("Peter Hale"))
    work("Two", (TagKind.FANDOM, "Peter Pan"), person("Peter Pan"))
    wolf("Three", person("Peter Hale"))
    pan = character("Peter Pan")
    with wrangling(by=ada()) as desk:
        for one in (pan, the(person("Peter Hale")), fandom("Peter Pan")):
            desk.make_canonical(one)
        desk.put_under(pan, fandom("Peter Pan"))
    assert offered("peter") == ["Peter Hale", "Peter Pan"]
    assert offered("peter", in_fandom="peter pan") == ["Peter Pan", "Peter Hale"]


def test_a_wording_offers_what_it_means() -> None:
    tidied()
    one = offers(STRANGER, "relationship", "ster")[0]
    assert (one.name, one.wording, one.works, one.canonical) == ("Derek Hale/Stiles Stilinski", "Sterek", 2, True)
    assert [one.wording for one in offers(STRANGER, "relationship", "derek/sti")] == [""]


def test_bylines_are_offered_too() -> None:
    credit(wolf("One"), [Byline.objects.unclaimed("Mina Quill")])
    credit(wolf("Two", keeper=bertram(), seen=Visibility.PRIVATE), [Byline.objects.unclaimed("Mina Secret")])
    assert [one.name for one in completing.authors(STRANGER, "mina")] == ["Mina Quill"]
    assert [one.name for one in completing.authors(bertram(), "secr mi")] == ["Mina Secret"]
    assert completing.authors(STRANGER, "  ") == []


def test_completion_is_json(client: Client) -> None:
    wolf("One", person("Derek Hale"))
    answer = client.get("/tags/complete", {"kind": "character", "q": "der"})
    assert answer.json() == {
        "offers": [{"name": "Derek Hale", "kind": "character", "works": 1, "canonical": False, "wording": ""}]
    }
    assert client.get("/tags/complete?kind=author&q=x").json() == {"offers": []}


@pytest.mark.parametrize("seen", [Visibility.PRIVATE, Visibility.MEMBERS])
def test_nobody_learns_a_tag_that_only_works_hidden_from_them_bear(seen: Visibility) -> None:
    wolf("Hidden", person("Secret Person"), pair("Secret Person/Derek Hale"), free("Secret Deed"), seen=seen)
    wolf("Open", pair("Derek Hale/Stiles Stilinski"))
    pairing = the(pair("Derek Hale/Stiles Stilinski"))
    with wrangling(by=ada()) as desk:
        desk.make_canonical(pairing)
        desk.mean(the(pair("Secret Person/Derek Hale")), pairing)
    strangers = [STRANGER, bertram()] if seen == Visibility.PRIVATE else [STRANGER]
    for visitor in strangers:
        for kind, typed in (("character", "secret"), ("relationship", "secret"), ("freeform", "secret deed")):
            assert offers(visitor, kind, typed) == []
        assert leads_to(visitor, "relationship", "Secret Person/Derek Hale") is None
        assert [tag.name for tag in facts_of(visitor, pairing).wordings] == []
        assert offers(visitor, "relationship", "derek")[0].works == 1
    assert [one.name for one in offers(ada(), "character", "secret")] == ["Secret Person"]


def test_a_wording_from_a_tag_set_may_be_told() -> None:
    pairing = tidied()
    with wrangling(by=ada()) as desk:
        desk.mean(Tag.objects.named([pair("Hale/Stilinski")])[0], pairing)
    assert [tag.name for tag in facts_of(STRANGER, pairing).wordings] == ["Hale/Stilinski", "Sterek"]


def test_a_wordings_page_leads_to_its_canonical_tag(client: Client) -> None:
    tidied()
    drain()
    answer = client.get(reverse("tag", args=["relationship", "sterek"]) + "?sort=title")
    assert answer.status_code == 302
    assert (
        answer.headers["Location"]
        == reverse("tag", args=["relationship", "Derek Hale/Stiles Stilinski"]) + "?sort=title"
    )
    shown = client.get(answer.headers["Location"]).content.decode()
    for fact in ("The wolf &amp; the boy.", "Sterek", WOLF, "Feed of the newest"):
        assert fact in shown
    assert "Tidy this tag" not in shown


def test_an_ambiguous_wordings_page_tells_what_it_may_mean(client: Client) -> None:
    wolf("One", person("Alice"))
    with wrangling(by=ada()) as desk:
        desk.make_canonical(the((TagKind.FANDOM, WOLF)))
        argent = character("Alice Argent")
        desk.make_canonical(argent)
        desk.mean(the(person("Alice")), argent, the((TagKind.FANDOM, WOLF)))
    facts = facts_of(STRANGER, the(person("Alice")))
    assert [(one.canonical.name, one.fandom and one.fandom.name) for one in facts.means] == [("Alice Argent", WOLF)]


def test_the_feed_holds_the_newest_public_works(client: Client) -> None:
    tidied()
    wolf("Hers alone", pair("Sterek"), seen=Visibility.MEMBERS)
    address = reverse("tag-feed", args=["relationship", "Derek Hale/Stiles Stilinski"])
    answer = client.get(address)
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)  # noqa: S314 - our own
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["Two", "One"]
    assert client.get(reverse("tag-feed", args=["relationship", "Sterek"])).headers["Location"] == address
    assert client.get(reverse("tag-feed", args=["relationship", "Nobody/Nobody"])).status_code == 404


def test_a_feed_bears_signs_that_xml_does_not(client: Client) -> None:
    wolf("Bell \x07 & <em>", free("Fog\x08 \ufffe"))
    answer = client.get(reverse("tag-feed", args=["fandom", WOLF]))
    assert ET.fromstring(answer.content).findtext(f"{ATOM}entry/{ATOM}title") == "Bell  & <em>"  # noqa: S314 - our own


def test_the_feed_of_what_is_private_is_not_there(owner: Client) -> None:
    wolf("Mine", free("Secret Deed"), seen=Visibility.PRIVATE)
    assert owner.get(reverse("tag-feed", args=["freeform", "Secret Deed"])).status_code == 404


def test_wordings_of_one_key_are_offered_once() -> None:
    wolf("One", pair("Derek/Stiles"), pair("stiles/derek"))
    assert len(offered("derek", "relationship")) == 1
