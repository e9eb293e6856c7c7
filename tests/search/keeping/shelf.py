"""A small library with something of everything that can be blocked."""

from __future__ import annotations

from django.test import Client

from storyloft.accounts.models import Person
from storyloft.search.writer import drain
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Tag
from storyloft.works.models import Work
from tests.search.shelf import announce, story


def shelf() -> dict[str, Work]:
    """Lamp stories by title: one with a trope, one with another wording of it, one by Quill, one about a ship."""
    works = {
        "Fog": story("Fog", "A lamp.", freeform="Angst"),
        "Rain": story("Rain", "A lamp.", freeform="ANGST!"),
        "Snow": story("Snow", "A lamp.", by="M. Quill", fandom="Dracula"),
        "Hail": story("Hail", "A lamp.", relationship="Sherlock Holmes/John Watson"),
    }
    drain()
    return works


def summed(work: Work, summary: str) -> Work:
    """The work with this summary, announced."""
    work.summary = f"<p>{summary}</p>"
    work.save()
    announce(work)
    return work


def tag(kind: TagKind, name: str) -> Tag:
    return Tag.objects.named([(kind, name)])[0]


def means(wording: Tag, canonical: Tag, *works: Work) -> None:
    """The one wording means that canonical tag from now on; the works are filed anew."""
    Tag.objects.filter(pk=canonical.pk).update(is_canonical=True)
    Meaning.objects.create(wording=wording, canonical=canonical)
    announce(*works)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client
