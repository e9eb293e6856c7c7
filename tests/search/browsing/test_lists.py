"""Lists, counts and pages are exact: compared with the works themselves, one by one."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.http import QueryDict

from storyloft.search.browsing.facets import facets_of
from storyloft.search.browsing.filters import Filters
from storyloft.search.browsing.groups import GROUPS
from storyloft.search.browsing.listing import ORDERS, Listed, ordered, page_of
from storyloft.search.browsing.narrowing import narrowed
from storyloft.search.browsing.shelves import shelves_of
from storyloft.search.writer import drain
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Meaning, Tag
from storyloft.works.models import Source, Status, Tagging, Visibility, Work
from tests.cast import STRANGER, ada, bertram
from tests.search.shelf import announce, story

pytestmark = pytest.mark.django_db

FANDOMS = ("Sherlock Holmes", "Dracula", "Wonderland")
TAGS = ("Fog", "Letters", "Tea", "Sleepless nights")
START = date(2020, 1, 1)


def shelf(dice: random.Random, many: int) -> list[Work]:
    """Works of every sort, some of them hidden from some."""
    return [_work(dice, number) for number in range(many)]


def _work(dice: random.Random, number: int) -> Work:
    made = story(
        dice.choice(("The Lamp", "A Letter", "Fog")),
        "A word or two.",
        by=dice.choice(("Quill", "Ink", "")),
        keeper=dice.choice((ada(), bertram())),
        visibility=dice.choice(list(Visibility)),
        language=dice.choice(("en", "de")),
    )
    made.words, made.chapter_count = dice.choice((100, 2_000, 50_000)), dice.choice((1, 2, 9))
    made.status = dice.choice((Status.COMPLETE, Status.IN_PROGRESS))
    made.updated_on = dice.choice((None, START + timedelta(days=dice.randrange(700))))
    made.save()
    Source.objects.create(
        work=made, site=dice.choice(("AO3", "Wattpad")), counts={"kudos": dice.choice(("0", "1.4K", "31"))}
    )
    tags = [(TagKind.FANDOM, name) for name in dice.sample(FANDOMS, dice.choice((1, 1, 2)))]
    tags += [(TagKind.FREEFORM, name) for name in dice.sample(TAGS, dice.randrange(4))]
    for position, tag in enumerate(Tag.objects.named(tags)):
        Tagging.objects.create(work=made, tag=tag, position=position)
    announce(made)
    return made


def wishes(dice: random.Random, many: int) -> Iterator[QueryDict]:
    """Addresses of lists, as filters make them."""
    parts = [
        *(f"fandom={name}" for name in FANDOMS), *(f"not-fandom={name}" for name in FANDOMS),
        *(f"tag={name}" for name in TAGS), *(f"not-tag={name}" for name in TAGS), "any=tag", "any=fandom",
        "status=complete", "not-status=complete", "language=de", "author=quill", "not-author=ink", "site=AO3",
        "words=1000-", "words=-2000", "chapters=2-9", "updated=2020..2020-06", "updated=2021", "kudos=31-",
        "crossover=only", "crossover=none",
    ]  # fmt: skip
    for _ in range(many):
        yield QueryDict("&".join(dice.sample(parts, dice.randrange(5))).replace(" ", "+"))


def fits(work: Work, wish: QueryDict) -> bool:
    """The same question, asked of one work in plain Python."""
    names = {kind: {t.tag.name for t in work.taggings.all() if t.tag.kind == kind} for kind in TagKind}
    of = {
        "fandom": names[TagKind.FANDOM],
        "tag": names[TagKind.FREEFORM],
        "status": {work.status},
        "language": {work.language},
        "author": {name.lower() for name in work.names},
        "site": {source.site for source in work.sources.all()},
    }
    single = {"status", "language"} | set(wish.getlist("any"))
    for group, mine in of.items():
        wanted = set(wish.getlist(group))
        if wanted and not (wanted & mine if group in single else wanted <= mine):
            return False
        if mine & set(wish.getlist(f"not-{group}")):
            return False
    return _spans_fit(work, wish) and _crossover_fits(len(of["fandom"]), wish.get("crossover", ""))


def _spans_fit(work: Work, wish: QueryDict) -> bool:
    tests: dict[str, Callable[[], bool]] = {
        "words=1000-": lambda: work.words >= 1_000,
        "words=-2000": lambda: work.words <= 2_000,
        "chapters=2-9": lambda: 2 <= work.chapter_count <= 9,
        "kudos=31-": lambda: work.sources.get().counts["kudos"] != "0",
        "updated=2020..2020-06": lambda: bool(work.updated_on and work.updated_on <= date(2020, 6, 30)),
        "updated=2021": lambda: bool(work.updated_on and work.updated_on.year == 2021),
    }
    # Of two spans of the same name the last one counts, as in any address.
    return all(tests[f"{name}={wish[name]}"]() for name in ("words", "chapters", "kudos", "updated") if name in wish)


def _crossover_fits(fandoms: int, wanted: str) -> bool:
    return {"": True, "only": fandoms > 1, "none": fandoms < 2}[wanted]


def listed(person: object, wish: QueryDict, order: str = "kept", **where: object) -> Listed:
    with shelves_of(person) as shelves:  # type: ignore[arg-type]
        clauses = narrowed(Filters.of(wish), person).clauses()  # type: ignore[arg-type]
        return page_of(shelves, clauses, ordered(order), **where)  # type: ignore[arg-type]


@pytest.mark.parametrize("written", [24, 12, 0], ids=["all in the index", "half of it", "nothing yet"])
def test_lists_and_counts_are_exact(written: int) -> None:
    dice = random.Random(written)
    shelf(dice, written)
    drain()
    shelf(dice, 24 - written)
    for wish in wishes(dice, 60):
        for person in (ada(), bertram(), STRANGER):
            wanted = {work.pk for work in Work.objects.visible_to(person) if fits(work, wish)}
            page = listed(person, wish)
            assert (set(page.works), page.total) == (wanted, len(wanted)), wish.urlencode()


@pytest.mark.parametrize("written", [24, 12])
def test_a_choice_leaves_as_many_as_it_says(written: int) -> None:
    dice = random.Random(7)
    shelf(dice, written)
    drain()
    shelf(dice, 24 - written)
    for wish in wishes(dice, 15):
        with shelves_of(ada()) as shelves:
            facets = facets_of(shelves, Filters.of(wish))
        for facet in facets.groups:
            for choice in facet.choices:
                if not (choice.chosen or choice.barred or facet.in_use):
                    more = wish.copy()
                    more.appendlist(facet.group.name, choice.value)
                    assert listed(ada(), more).total == choice.works, more.urlencode()


@pytest.mark.parametrize("order", ORDERS)
def test_pages_follow_each_other_without_gap_or_repeat(order: str) -> None:
    shelf(random.Random(3), 14)
    drain()
    shelf(random.Random(4), 9)
    everything = list(listed(ada(), QueryDict(""), order).works)
    seen, after, number = [], "", 1
    while True:
        page = listed(ada(), QueryDict(""), order, after=after, size=4)
        assert page.first_number == number
        seen += page.works
        number += len(page.works)
        if not page.after:
            break
        after = page.after
    assert seen == everything
    assert len(everything) == Work.objects.visible_to(ada()).count()
    back = listed(ada(), QueryDict(""), order, before=page.before, size=4)
    assert list(back.works) == everything[-4 - len(page.works) : -len(page.works)]


def test_words_on_the_page_for_every_group() -> None:
    shelf(random.Random(5), 6)
    drain()
    with shelves_of(ada()) as shelves:
        facets = facets_of(shelves, Filters())
    assert [facet.group for facet in facets.groups] == list(GROUPS)
    assert all(choice.words for facet in facets.groups for choice in facet.choices)


@pytest.mark.parametrize("nonsense", ["!!", "AAAA", "é", "A" * 3_000])
def test_a_key_that_makes_no_sense_is_passed_over(nonsense: str) -> None:
    story("The Lamp", "A lamp.")
    for order in ORDERS:
        assert len(listed(ada(), QueryDict(""), order, after=nonsense).works) <= 1


def test_nothing_in_an_address_is_an_error() -> None:
    story("The Lamp", "A lamp.")
    for address in ("fandom=%00", "words=x&updated=0000-00", "any=any&crossover=maybe&reading=never", "tag=" * 500):
        assert listed(ada(), QueryDict(address)).total <= 1


def test_a_wording_that_only_a_private_work_bears_is_never_shown() -> None:
    """Works are filed under the oldest wording of a key: that one may be a secret."""
    story("Hidden", "A lamp.", keeper=bertram(), visibility=Visibility.PRIVATE, freeform="BERTRAM'S fog")
    story("Open", "A lamp.", freeform="Bertrams Fog")
    for person, names in ((STRANGER, ["Bertrams Fog"]), (bertram(), ["BERTRAM'S fog"])):
        with shelves_of(person) as shelves:
            facets = facets_of(shelves, Filters(), only="tag")
        assert [choice.words for choice in facets.groups[0].choices] == names


def test_a_synonym_chosen_shows_as_what_it_means() -> None:
    made = story("Lamp", "A lamp.", relationship="Johnlock")
    pairing = Tag.objects.create(kind=TagKind.RELATIONSHIP, name="Sherlock Holmes/John Watson", is_canonical=True)
    Meaning.objects.create(wording=made.tags.get(), canonical=pairing)
    announce(made)
    with shelves_of(ada()) as shelves:
        facets = facets_of(shelves, Filters.of(QueryDict("relationship=johnlock")), only="relationship")
    (choice,) = facets.groups[0].choices
    assert (choice.value, choice.works, choice.chosen) == ("Sherlock Holmes/John Watson", 1, True)
    assert listed(ada(), QueryDict("relationship=John+Watson/Sherlock+Holmes")).total == 1


def test_a_frequent_tag_of_works_just_changed_is_counted_whole() -> None:
    """The index on disk tells its sixty most frequent values; the one that just grew need not be among them."""
    for number in range(70):
        story(f"Common {number}", "A lamp.", freeform=f"Common {number % 65:02}")
    first = story("First", "A lamp.", freeform="Fresh")
    drain()
    for number in range(5):
        story(f"New {number}", "A lamp.", freeform="Fresh")
    with shelves_of(ada()) as shelves:
        facets = facets_of(shelves, Filters(), only="tag")
    assert (facets.groups[0].choices[0].words, facets.groups[0].choices[0].works) == ("Fresh", 6)
    assert listed(ada(), QueryDict("tag=Fresh")).total == 6
    assert first.pk in listed(ada(), QueryDict("tag=Fresh")).works


def test_a_ship_name_everybody_knows_filters_before_anybody_wrangled() -> None:
    made = story("Wolves", "A howl.", relationship="Derek Hale/Stiles Stilinski")
    assert listed(ada(), QueryDict("relationship=sterek")).works == (made.pk,)
    assert listed(ada(), QueryDict("not-relationship=Sterek")).total == 0
