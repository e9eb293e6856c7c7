"""Tag sets at the desk."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from storyloft.tags.kinds import TagKind
from storyloft.tags.tagsets import read
from storyloft.tags.wrangling import wrangling
from storyloft.works.models import Visibility
from tests.cast import ada, bertram
from tests.tags.tidy import links
from tests.wrangling.shelf import WOLF, free, the, wolf

pytestmark = pytest.mark.django_db

SET = b'format = 1\nname = "Weather"\n[[freeform]]\nname = "Weather"\nwordings = ["Fog", "Mist"]\n'


def upload(client: Client, data: bytes = SET) -> str:
    answer = client.post("/desk/tags/sets/offer", {"file": SimpleUploadedFile("weather.toml", data)})
    return answer.headers.get("Location", answer.content.decode())


def test_an_upload_is_shown_before_anything_is_done(owner: Client) -> None:
    address = upload(owner)
    shown = owner.get(address).content.decode()
    assert "“Fog” means “Weather”" in shown
    assert links() == set()
    assert owner.post(address).status_code == 302
    assert ("means", "Fog", "Weather", "None") in links()
    assert owner.get(address).status_code == 404


def test_where_the_two_disagree_nothing_is_overwritten_unasked(owner: Client) -> None:
    wolf("One", free("Fog"), free("Grey"))
    with wrangling(by=ada()) as desk:
        desk.make_canonical(the(free("Grey")))
        desk.mean(the(free("Fog")), the(free("Grey")))
    address = upload(owner)
    assert "Here: “Fog” means “Grey”" in owner.get(address).content.decode()
    owner.post(address)
    assert ("means", "Fog", "Grey", "None") in links()
    owner.post(upload(owner), {"overwrite": "wording:freeform:Fog:"})
    assert ("means", "Fog", "Weather", "None") in links()


def test_what_is_no_tag_set_is_refused_with_a_sentence(owner: Client) -> None:
    assert "so it is no tag set that we know" in upload(owner, b"name = 1")
    assert "Choose a file first" in owner.post("/desk/tags/sets/offer").content.decode()


def test_an_offered_set_is_its_persons(owner: Client, client: Client) -> None:
    address = upload(owner)
    other = bertram()
    other.is_owner = True
    other.save()
    client.force_login(other, "django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code == 404


def test_the_download_can_be_brought_in_again(owner: Client) -> None:
    owner.post(upload(owner))
    file = owner.get("/desk/tags/sets/download").content
    assert [(entry.name, entry.wordings) for entry in read(file).entries] == [("Weather", ("Fog", "Mist"))]
    assert owner.get("/desk/tags/sets/download?fandom=Nowhere").status_code == 422


def test_the_download_tells_nothing_of_others_private_works(owner: Client) -> None:
    owner.post(upload(owner))
    wolf("Hers", free("Mist"), keeper=bertram(), seen=Visibility.PRIVATE)
    file = owner.get("/desk/tags/sets/download").content
    assert read(file).entries[0].wordings == ("Fog",)


def test_known_ships_of_the_fandoms_kept_are_offered(owner: Client) -> None:
    assert "None of the fandoms" in owner.get("/desk/tags/sets").content.decode()
    wolf("One")
    address = owner.post("/desk/tags/sets/offer", {"ships": "1"}).headers["Location"]
    owner.post(address)
    assert ("means", "Sterek", "Derek Hale/Stiles Stilinski", "None") in links()
    assert ("under", "Derek Hale/Stiles Stilinski", WOLF) in links()
    assert ("canonical", TagKind.FANDOM, WOLF, "") in links()
