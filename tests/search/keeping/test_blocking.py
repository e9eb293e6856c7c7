"""What somebody blocked is in no list, no count and no suggestion of theirs."""

from __future__ import annotations

import random

import pytest
from tantivy import Query

from storyloft.accounts.models import Byline, Person
from storyloft.search import index
from storyloft.search.blocking import hidden_works, how_many_hidden, unblocked, why_hidden
from storyloft.search.finding import find
from storyloft.search.keeping.models import Blocked
from storyloft.search.keeping.never_again import block
from storyloft.search.matching import Matcher
from storyloft.search.suggest import suggest
from storyloft.search.writer import drain
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Parentage, Tag
from storyloft.works import publishing
from storyloft.works.models import Visibility, Work
from tests.cast import STRANGER, ada, bertram
from tests.search.keeping.shelf import means, shelf, summed, tag
from tests.search.shelf import announce, found, story, titles

pytestmark = pytest.mark.django_db


def left(person: Person | None, query: str = "lamp") -> set[str]:
    """What is found, which is also what is left of a list of the database."""
    hits = set(found(person, query))
    listed = unblocked(Work.objects.visible_to(person), person)
    assert {work.title for work in listed} == hits
    return hits


def test_a_blocked_tag_hides_every_wording_of_it_from_who_blocked_it_alone() -> None:
    shelf()
    block(ada(), "freeform", "angst")
    assert left(ada()) == {"Snow", "Hail"}
    assert left(bertram()) == left(STRANGER) == {"Fog", "Rain", "Snow", "Hail"}


def test_unblocking_brings_it_back_at_once() -> None:
    shelf()
    row = block(ada(), "freeform", "Angst")
    assert left(ada()) == {"Snow", "Hail"}
    row.delete()
    assert len(left(ada())) == 4


def test_the_count_is_of_what_is_left() -> None:
    shelf()
    block(ada(), "freeform", "Angst")
    assert (find(ada(), "lamp").total, find(bertram(), "lamp").total) == (2, 4)


def test_a_blocked_synonym_hides_what_it_means_and_the_other_way_round() -> None:
    works = shelf()
    means(tag(TagKind.FREEFORM, "Angst"), tag(TagKind.FREEFORM, "Sorrow"), works["Fog"], works["Rain"])
    woe = story("Woe", "A lamp.", freeform="Woe")
    means(tag(TagKind.FREEFORM, "Woe"), tag(TagKind.FREEFORM, "Sorrow"), woe)
    block(ada(), "freeform", "woe")
    block(bertram(), "freeform", "Sorrow")
    assert left(ada()) == left(bertram()) == {"Snow", "Hail"}


def test_a_blocked_tag_hides_its_sub_tags_and_a_character_its_ships() -> None:
    works = shelf()
    vampires, dracula = tag(TagKind.FANDOM, "Vampires"), tag(TagKind.FANDOM, "Dracula")
    ship, watson = works["Hail"].tags.get(), tag(TagKind.CHARACTER, "John Watson")
    Tag.objects.filter(pk__in=[vampires.pk, dracula.pk, ship.pk, watson.pk]).update(is_canonical=True)
    Parentage.objects.create(child=dracula, parent=vampires)
    Parentage.objects.create(child=ship, parent=watson)
    announce(*works.values())
    block(ada(), "fandom", "Vampires")
    block(ada(), "character", "John Watson")
    assert left(ada()) == {"Fog", "Rain"}


def test_a_pairing_is_blocked_in_any_order_and_a_kind_of_tag_is_not_another() -> None:
    shelf()
    block(ada(), "relationship", "john watson / sherlock holmes")
    block(ada(), "character", "Angst")
    assert left(ada()) == {"Fog", "Rain", "Snow"}


def test_a_tag_that_comes_to_mean_something_else_keeps_hiding_before_and_after_the_index_knows() -> None:
    works = shelf()
    block(ada(), "freeform", "Angst")
    assert left(ada()) == {"Snow", "Hail"}
    means(tag(TagKind.FREEFORM, "Angst"), tag(TagKind.FREEFORM, "Sorrow"), works["Fog"], works["Rain"])
    assert set(titles(find(ada(), "lamp"))) == {"Snow", "Hail"}
    assert left(ada()) == {"Snow", "Hail"}


def test_a_story_that_gets_a_blocked_tag_is_out_of_sight_before_the_index_knows() -> None:
    works = shelf()
    block(ada(), "freeform", "Angst")
    works["Snow"].taggings.create(tag=tag(TagKind.FREEFORM, "Angst"))
    announce(works["Snow"])
    assert titles(find(ada(), "lamp")) == ["Hail"]


def test_one_byline_or_everybody_of_its_name() -> None:
    shelf()
    other = story("Mist", "A lamp.")
    elsewhere = Byline.objects.create(name="m. quill", site="AO3")
    other.authorships.create(byline=elsewhere)
    announce(other)
    drain()
    block(ada(), "byline", str(elsewhere.public_id))
    block(bertram(), "name", "M. QUILL")
    assert left(ada()) == {"Fog", "Rain", "Snow", "Hail"}
    assert left(bertram()) == {"Fog", "Rain", "Hail"}


def test_a_story_by_its_number_or_its_address() -> None:
    works = shelf()
    block(ada(), "work", str(works["Fog"].public_id))
    block(ada(), "work", f"https://stories.example/works/{works['Rain'].public_id}/chapters/5")
    assert left(ada()) == {"Snow", "Hail"}


@pytest.mark.parametrize(
    ("words", "hidden"),
    [
        ("dead dove", {"Fog"}),
        ("DÉAD Dove", {"Fog"}),
        ("dove dead", set()),
        ("dov", set()),
        ("dove", {"Fog", "Rain"}),
        ("eloise", {"Snow"}),
    ],
)
def test_words_in_summaries_whole_and_in_a_row_whatever_case_and_accents(words: str, hidden: set[str]) -> None:
    works = shelf()
    summed(works["Fog"], "A <em>Dead</em> Dove.")
    summed(works["Rain"], "The dove is not dead; nor are doves.")
    summed(works["Snow"], "Éloïse and the overdue letter.")
    block(ada(), "words", words)
    # Of the database alone first, while the index has not heard of the summaries.
    assert {work.title for work in unblocked(Work.objects.all(), ada())} == set(works) - hidden
    assert left(ada()) == set(works) - hidden


def test_words_are_found_in_summaries_without_any_index() -> None:
    work = summed(story("Fog", "A lamp."), "A dead dove.")
    block(ada(), "words", "dead dove")
    assert not unblocked(Work.objects.filter(pk=work.pk), ada()).exists()


def test_more_works_than_sqlite_takes_parameters_are_left_out() -> None:
    summed(story("Fog", "A lamp."), "A dove.")
    Work.objects.bulk_create(
        Work(keeper=ada(), title="Dove", sort_title="dove", summary="<p>A dove.</p>") for _ in range(33_000)
    )
    block(ada(), "words", "dove")
    assert unblocked(Work.objects.all(), ada()).count() == 0


def test_suggestions_name_nothing_that_only_blocked_stories_bear() -> None:
    shelf()
    story("Lamplight", "A lamp.", by="M. Quill", fandom="Dracula")
    drain()
    assert [one.name for one in suggest(ada(), "drac")] == ["Dracula"]
    block(ada(), "name", "M. Quill")
    assert [suggest(ada(), typed) for typed in ("drac", "quill", "lamplight")] == [[], [], []]
    assert [one.name for one in suggest(bertram(), "quill")] == ["M. Quill"]


def test_a_correction_never_names_a_word_of_a_blocked_story_alone() -> None:
    story("Fog", "The harpsichord.", freeform="Angst")
    story("Snow", "A lamp.")
    drain()
    block(ada(), "freeform", "Angst")
    assert find(ada(), "harpsicord").respelled == {}
    assert find(bertram(), "harpsicord").respelled == {"harpsicord": "harpsichord"}


def test_what_is_hidden_can_be_counted_and_shown() -> None:
    shelf()
    block(ada(), "freeform", "Angst")
    with index.readable() as opened:
        assert how_many_hidden(Matcher(opened, ada()), Query.all_query()) == 2
        assert how_many_hidden(Matcher(opened, bertram()), Query.all_query()) == 0
        all_of_it = Matcher(opened, ada(), shows_hidden=True)
        assert all_of_it.theirs == all_of_it.rights


def test_what_is_hidden_is_counted_among_what_one_may_read() -> None:
    works = shelf()
    block(bertram(), "freeform", "Angst")
    publishing.withdraw(works["Fog"], by=ada())
    drain()
    with index.readable() as opened:
        assert how_many_hidden(Matcher(opened, bertram()), Query.all_query()) == 1


def test_chapters_and_passages_are_left_out_by_the_numbers_of_their_works() -> None:
    works = shelf()
    block(ada(), "freeform", "Angst")
    block(ada(), "work", str(works["Snow"].public_id))
    with index.readable() as opened:
        assert hidden_works(opened, ada()) == sorted(works[title].pk for title in ("Fog", "Rain", "Snow"))
        assert hidden_works(opened, STRANGER) == []


def test_a_hidden_story_says_why() -> None:
    works = shelf()
    summed(works["Snow"], "A dead dove.")
    block(ada(), "freeform", "angst")
    block(ada(), "name", "M. Quill")
    block(ada(), "words", "Dead dove")
    why = why_hidden([work.pk for work in works.values()], ada())
    assert {pk: sorted(row.said for row in rows) for pk, rows in why.items()} == {
        works["Fog"].pk: ["the tag “angst”"],
        works["Rain"].pk: ["the tag “angst”"],
        works["Snow"].pk: ["stories by M. Quill", "“Dead dove” in summaries"],
    }


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_blocked_no_hit_and_no_suggestion_is_blocked(seed: int) -> None:
    dice = random.Random(seed)
    works = [_random_work(dice, number) for number in range(14)]
    drain()
    for person in (ada(), bertram()):
        for _ in range(dice.randrange(1, 4)):
            block(person, *_random_block(dice, works))
    for person in (ada(), bertram()):
        blocked = {work.title for work in works if _is_blocked(work, person)}
        visible = {work.title for work in Work.objects.visible_to(person)}
        assert left(person) == visible - blocked
        assert find(person, "lamp").total == len(visible - blocked)
        assert {one.name for one in suggest(person, "story")} <= visible - blocked


TROPES, NAMES, WORDS = ("Angst", "angst", "Fluff", "Slow burn"), ("Quill", "Ink", "Ínk"), ("dove", "a door", "letter")


def _random_work(dice: random.Random, number: int) -> Work:
    work = story(
        f"Story {number}",
        "A lamp.",
        keeper=dice.choice((ada(), bertram())),
        visibility=dice.choice(list(Visibility)),
        by=dice.choice(NAMES),
        freeform=dice.choice(TROPES),
    )
    return summed(work, f"There is {dice.choice(WORDS)} and {dice.choice(WORDS)}.")


def _random_block(dice: random.Random, works: list[Work]) -> tuple[str, str]:
    seen = dice.choice([work for work in works if work.visibility == Visibility.PUBLIC] or works)
    return dice.choice(
        [
            ("freeform", dice.choice(TROPES)),
            ("name", dice.choice(NAMES)),
            ("words", dice.choice(WORDS)),
            *([("work", str(seen.public_id))] if seen.visibility == Visibility.PUBLIC else []),
        ]
    )


def _is_blocked(work: Work, person: Person) -> bool:
    """The rule said again, plainly."""
    return any(
        row.work_id == work.pk
        or (row.tag and row.tag.name.lower() in {tag.name.lower() for tag in work.tags.all()})
        or (row.what == "name" and row.folded in {byline.folded for byline in work.bylines.all()})
        or (row.what == "words" and f" {row.name} " in work.summary.replace(".", " ").replace("<", " "))
        for row in Blocked.objects.of(person)
    )
