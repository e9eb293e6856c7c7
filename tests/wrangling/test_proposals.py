"""Tags proposed from the text."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from storyloft.prose.clean import CleanHtml
from storyloft.prose.passages import address
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Parentage
from storyloft.works import publishing
from storyloft.works.models import Chapter, Revision, Visibility, Work
from storyloft.wrangling import proposals
from storyloft.wrangling.models import Decision, Proposal, Reading
from tests.cast import STRANGER, ada, bertram
from tests.tags.tidy import character, fandom, pairing
from tests.wrangling.shelf import person, work

pytestmark = pytest.mark.django_db

TEXT = (
    "Elizabeth Bennet put down the umbrella and looked at Mr. Darcy as if he had brought the rain with him.",
    "“It is yours,” said Darcy, and Elizabeth said that she had never seen it before in her life.",
    "Then Jane Bennet came in, and Darcy bowed, and Elizabeth laughed at the umbrella.",
    "Jane said nothing. Elizabeth said enough for two, and Darcy listened to all of it.",
    "When Darcy had gone, Jane Bennet asked whose umbrella it was, and Elizabeth said it was nobody's.",
)


def write(made: Work, *paragraphs: str) -> None:
    """Give a work a chapter, and say so."""
    html = address(CleanHtml("".join(f"<p>{one}</p>" for one in paragraphs)))
    chapter, _ = Chapter.objects.get_or_create(work=made, position=1)
    number = chapter.revisions.count() + 1
    chapter.current = Revision.objects.create(chapter=chapter, number=number, source=html, html=html, policy=1)
    chapter.save()
    publishing.announce(made, verb="written", by=made.keeper)


def known() -> None:
    """The archive knows the people of Pride and Prejudice."""
    book = fandom("Pride and Prejudice")
    for name in ("Elizabeth Bennet", "Fitzwilliam Darcy", "Jane Bennet"):
        Parentage.objects.create(child=character(name, canonical=True), parent=book)
    Parentage.objects.create(child=pairing("Elizabeth Bennet/Fitzwilliam Darcy", canonical=True), parent=book)


def proposed(made: Work, kind: TagKind) -> list[str]:
    return [one.name for one in proposals.open_for(made.keeper, made).get(kind, [])]


@pytest.fixture
def umbrella() -> Work:
    """A work of Ada's without tags, read."""
    known()
    made = work("The Umbrella")
    write(made, *TEXT)
    assert not proposals.read_waiting()
    return made


def test_the_text_speaks_for_people_pairs_and_fandom(umbrella: Work) -> None:
    assert proposed(umbrella, TagKind.FANDOM) == ["Pride and Prejudice"]
    assert set(proposed(umbrella, TagKind.CHARACTER)) >= {"Elizabeth Bennet", "Fitzwilliam Darcy", "Jane Bennet"}
    pairs = proposed(umbrella, TagKind.RELATIONSHIP)
    assert "Elizabeth Bennet/Fitzwilliam Darcy" in pairs
    assert any(" & " in name for name in pairs)
    assert all(one.why for one in Proposal.objects.all())


def test_nothing_is_applied_on_its_own(umbrella: Work) -> None:
    assert not umbrella.taggings.exists()


def test_what_a_work_has_is_not_proposed() -> None:
    known()
    made = work("The Umbrella", person("Somebody"))
    write(made, *TEXT)
    proposals.read_waiting()
    assert proposed(made, TagKind.CHARACTER) == []
    assert proposed(made, TagKind.FANDOM) == ["Pride and Prejudice"]


def test_a_work_with_all_its_tags_is_not_read() -> None:
    made = work(
        "The Umbrella", person("Jane"), (TagKind.FANDOM, "Pride"), (TagKind.RELATIONSHIP, "Jane/Charles Bingley")
    )
    write(made, *TEXT)
    assert not Reading.objects.exists()
    assert not DBTaskResult.objects.filter(task_path="storyloft.wrangling.tasks.read_for_proposals").exists()


def test_a_text_is_read_once(umbrella: Work) -> None:
    Proposal.objects.all().delete()
    publishing.announce(umbrella, verb="touched", by=ada())
    proposals.read_waiting()
    assert not Proposal.objects.exists()
    write(umbrella, *TEXT, "Darcy came back.")
    proposals.read_waiting()
    assert Proposal.objects.exists()


def test_many_works_are_read_job_by_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposals, "_WORKS_AT_ONCE", 2)
    for number in range(3):
        write(work(f"Umbrella {number}"), *TEXT)
    assert proposals.read_waiting()
    assert not proposals.read_waiting()
    jobs = DBTaskResult.objects.filter(task_path="storyloft.wrangling.tasks.read_for_proposals")
    assert jobs.count() == 1


def test_accepting_adds_the_tag_and_refusing_ends_the_question(umbrella: Work, owner: Client) -> None:
    address_ = reverse("decide-proposals", args=[umbrella.public_id])
    jane = Proposal.objects.get(name="Jane Bennet")
    darcy = Proposal.objects.get(name="Fitzwilliam Darcy")
    owner.post(address_, {"do": "yes", "proposal": [jane.pk]})
    owner.post(address_, {"no": darcy.pk})
    assert umbrella.tags_of(TagKind.CHARACTER) == ["Jane Bennet"]
    rest = proposed(umbrella, TagKind.CHARACTER)
    assert "Elizabeth Bennet" in rest
    assert not {"Jane Bennet", "Fitzwilliam Darcy"} & set(rest)
    write(umbrella, *TEXT, "Darcy came back.")
    proposals.read_waiting()
    assert Proposal.objects.get(name="Fitzwilliam Darcy").decided == Decision.REFUSED


def test_only_who_may_edit_the_work_sees_and_decides(umbrella: Work, owner: Client, reader: Client) -> None:
    publishing.publish(umbrella, by=ada(), to=Visibility.PUBLIC)
    page = reverse("work", args=[umbrella.public_id])
    assert "Found in the text" in owner.get(page).content.decode()
    assert "Found in the text" not in reader.get(page).content.decode()
    assert proposals.open_for(bertram(), umbrella) == proposals.open_for(STRANGER, umbrella) == {}
    address_ = reverse("decide-proposals", args=[umbrella.public_id])
    assert (
        reader.post(address_, {"do": "yes", "proposal": Proposal.objects.values_list("pk", flat=True)}).status_code
        == 404
    )
    assert not umbrella.taggings.exists()


def test_another_works_proposal_cannot_be_accepted_here(umbrella: Work, owner: Client) -> None:
    other = work("Another")
    jane = Proposal.objects.get(name="Jane Bennet")
    owner.post(reverse("decide-proposals", args=[other.public_id]), {"yes": jane.pk})
    assert not umbrella.taggings.exists()
    assert not other.taggings.exists()
