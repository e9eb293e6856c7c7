"""The search language against a real index: each way of asking finds what it says, and counts it exactly."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from storyloft.search import matching
from storyloft.search.browsing.filters import Filters
from storyloft.search.browsing.narrowing import narrowed
from storyloft.search.finding import find
from storyloft.search.keeping import never_again
from storyloft.search.writer import drain
from storyloft.tags.kinds import TagKind
from storyloft.tags.models import Tag
from storyloft.works.filing import refile
from storyloft.works.models import Series, SeriesPart, Source, Tagging, Work
from tests.cast import STRANGER, ada
from tests.search.shelf import announce, found, story, titles

pytestmark = pytest.mark.django_db


def three() -> None:
    story("Lamp", "A lamp stood there.")
    story("Letter", "A letter lay there.")
    story("Both", "A lamp and a letter.")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lamp OR letter", {"Lamp", "Letter", "Both"}),
        ("lamp letter", {"Both"}),
        ("(lamp OR letter) -both", {"Lamp", "Letter"}),
        ("-lamp", {"Letter"}),
        ("-(lamp letter)", {"Lamp", "Letter"}),
        ("-(lamp OR letter)", set()),
        ("there OR (lamp letter)", {"Lamp", "Letter", "Both"}),
        ("lam*", {"Lamp", "Both"}),
        ("title:lam*", {"Lamp"}),
        ("title:(lamp OR both)", {"Lamp", "Both"}),
        ("in:title lamp", {"Lamp"}),
        ("in:text both", set()),
        ("in:text letters", {"Letter", "Both"}),
        ('"a lamp" OR "a letter"', {"Lamp", "Letter", "Both"}),
        ('-"a letter"', {"Lamp"}),
        ("lamp -title:lamp", {"Both"}),
        ("(lamp -letter) OR (letter -lamp)", {"Lamp", "Letter"}),
    ],
)
def test_words_and_groups(query: str, expected: set[str]) -> None:
    three()
    drain()
    results = find(STRANGER, query)
    exact = set() if results.loosened else set(titles(results))
    assert (exact, results.total) == (expected, len(expected))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("lamp NEAR/3 letter", {"Near", "Turned"}),
        ('"letter lamp"~3', {"Near", "Turned"}),
        ("lamps NEAR/3 letters", {"Near", "Turned"}),
        ("lamp NEAR/9 letter", {"Near", "Turned", "Far"}),
        ("lamp NEAR/1 letter", set()),
    ],
)
def test_words_near_each_other(query: str, expected: set[str]) -> None:
    story("Near", "The lamp beside the letter.")
    story("Turned", "The letter under the lamp.")
    story("Far", "The lamp was out, and nobody knew of any letter.")
    drain()
    results = find(STRANGER, query)
    assert (set() if results.loosened else set(titles(results))) == expected


def test_words_spread_over_chapters_are_found_together() -> None:
    story("Novel", "A violin played.", "The lamp went out.", "A letter came.")
    drain()
    results = find(STRANGER, "violin lamp letter")
    assert (titles(results), results.total, results.loosened) == (["Novel"], 1, False)


def test_a_count_is_exact_however_many_there_are() -> None:
    for number in range(30):
        story(f"Story {number}", "A lamp.", "Another lamp.")
    drain()
    assert find(STRANGER, "lamp", per_page=5).total == 30


def of_words(title: str, words: int, **more: object) -> Work:
    work = story(title, "A lamp.")
    Work.objects.filter(pk=work.pk).update(words=words, **more)
    return work


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("words:>10000", {"Long"}),
        ("words:5..1,000", {"Short"}),
        ("lamp words:<=300", {"Short"}),
        ("-words:>10000", {"Short"}),
        ("words>1k", {"Long"}),
        ("chapters:>1", {"Long"}),
        ("status:complete", {"Long"}),
        ("status:incomplete", {"Short"}),
        ("lang:english", {"Short"}),
        ("lang:fr", {"Long"}),
        ("updated:<30d", {"Long"}),
        ("updated:>1y", {"Short"}),
        ("updated:2019", {"Short"}),
        ("updated:..2019-05", {"Short"}),
        ("updated:>2019-05", {"Long"}),
        ("published:2018", {"Short"}),
        ("words:>10000 OR updated:2019", {"Long", "Short"}),
    ],
)
def test_length_date_language_and_state(query: str, expected: set[str]) -> None:
    recent = timezone.localdate() - timedelta(days=3)
    of_words("Long", 20_000, chapter_count=3, status="complete", language="fr", updated_on=recent)
    of_words(
        "Short", 300, chapter_count=1, status="hiatus", updated_on=date(2019, 5, 31), published_on=date(2018, 1, 1)
    )
    announce(*Work.objects.all())
    assert set(found(STRANGER, query)) == expected


def tagged(work: Work, kind: TagKind, name: str) -> None:
    Tagging.objects.create(work=work, tag=Tag.objects.named([(kind, name)])[0])
    refile([work.pk])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("rating:explicit", ["Dark"]),
        ("-rating:explicit", ["Light"]),
        ("warning:violence", ["Dark"]),
        ("category:slash", ["Dark"]),
        ("rating:(explicit OR teen)", ["Dark"]),
        ("site:ao3", ["Dark"]),
        ("series:gaslight", ["Dark"]),
        ('series:"gaslight letters"', ["Dark"]),
        ("in:notes candle", ["Dark"]),
        ("summary:fog", ["Dark"]),
        ("crossover:yes", ["Dark"]),
        ("crossover:no", ["Light"]),
    ],
)
def test_what_is_said_about_a_work(query: str, expected: list[str]) -> None:
    dark, light = story("Dark", "A lamp.", fandom="Sherlock Holmes"), story("Light", "A lamp.", fandom="Dracula")
    for kind, name in (
        (TagKind.RATING, "Explicit"),
        (TagKind.WARNING, "Graphic Depictions Of Violence"),
        (TagKind.CATEGORY, "M/M"),
        (TagKind.FANDOM, "Alice in Wonderland"),
    ):
        tagged(dark, kind, name)
    refile([light.pk])
    Source.objects.create(work=dark, site="Archive of Our Own")
    series = Series.objects.create(keeper=dark.keeper, title="The Gaslight Letters")
    SeriesPart.objects.create(series=series, work=dark, position="1")
    Work.objects.filter(pk=dark.pk).update(notes="<p>By candle light.</p>", summary="<p>Of fog.</p>")
    announce(dark, light)
    assert found(STRANGER, query) == expected


@pytest.mark.parametrize(
    "query", ["ship:sterek", 'ship:"stiles stilinski/derek hale"', "pairing:stilinski", "ship:hale"]
)
def test_a_ship_is_found_by_its_name_and_in_either_order(query: str) -> None:
    story("Wolves", "A lamp.", relationship="Derek Hale/Stiles Stilinski")
    story("Detectives", "A lamp.", relationship="Sherlock Holmes/John Watson")
    assert found(STRANGER, query) == ["Wolves"]


def test_an_order_can_be_asked_for() -> None:
    for title, words in (("Short", 100), ("Long", 900), ("Middling", 500)):
        of_words(title, words)
    announce(*Work.objects.all())
    assert found(STRANGER, "lamp sort:words") == ["Long", "Middling", "Short"]
    assert titles(find(STRANGER, "lamp", sort="title")) == ["Long", "Middling", "Short"]


def test_who_asks_for_a_name_alone_gets_the_newest_first() -> None:
    for title, day in (("Old", 1), ("New", 20), ("Middling", 9)):
        work = story(title, "A lamp.", by="Mary Quill")
        Work.objects.filter(pk=work.pk).update(updated_on=date(2024, 1, day))
    announce(*Work.objects.all())
    assert found(STRANGER, "author:quill") == ["New", "Middling", "Old"]


def test_beginnings_are_highlighted() -> None:
    story("Lamp", "The lamplighter came.")
    drain()
    pieces = find(STRANGER, "lam*").hits[0].passages[0].pieces
    assert [text for text, lit in pieces if lit] == ["lamplighter"]


@pytest.mark.parametrize(
    "query",
    [
        "(" * 1000 + "lamp" + ")" * 1000,
        "lamp OR " * 500 + "letter",
        " ".join(f'"lamp {number}"~5' for number in range(500)),
        " ".join(f"tag:t{number}*" for number in range(500)),
        "lamp\x00\x07\u202e letter",
        "a" * 10_000,
    ],
)
def test_a_monstrous_query_is_answered_with_a_sentence(query: str) -> None:
    three()
    drain()
    results = find(STRANGER, query)
    assert results.ready
    assert str(results.asked) or results.asked.notes


def test_pages_hold_every_work_once_however_many_there_are() -> None:
    for number in range(130):
        story(f"Story {number}", "A lamp. " * (number % 7 + 1))
    drain()
    pages = [titles(find(STRANGER, "lamp", page=page)) for page in range(1, 8)]
    assert sorted(title for page in pages for title in page) == sorted(f"Story {number}" for number in range(130))
    scores = [hit.score for hit in find(STRANGER, "lamp").hits]
    assert scores == sorted(scores, reverse=True)


def test_what_is_too_common_to_be_looked_up_is_looked_for_by_its_words_and_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(matching, "_MOST_READ", 1)
    three()
    drain()
    results = find(STRANGER, '"a lamp" OR "there lay"')
    assert results.too_common == ("“there lay”",)
    assert set(titles(results)) == {"Lamp", "Letter", "Both"}


def test_what_somebody_blocked_is_left_out_counted_and_shown_when_asked_for() -> None:
    story("Here", "A lamp.", freeform="Fog")
    gone = story("Gone", "A lamp.", freeform="Angst")
    drain()
    never_again.block(ada(), "work", str(gone.public_id))
    without, shown = find(ada(), "lamp"), find(ada(), "lamp", shows_hidden=True)
    assert (titles(without), without.total, without.hidden) == (["Here"], 1, 1)
    assert set(titles(shown)) == {"Here", "Gone"}


def test_filters_of_lists_narrow_a_search() -> None:
    story("Fog", "A lamp.", freeform="Fog")
    story("Angst", "A lamp.", freeform="Angst")
    drain()
    filters = Filters(barred=(("tag", "Angst"),))
    results = find(STRANGER, "lamp", narrowed=narrowed(filters, STRANGER).clauses())
    assert (titles(results), results.total) == (["Fog"], 1)
