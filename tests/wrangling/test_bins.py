"""What waits at the desk."""

from __future__ import annotations

import pytest

from storyloft.tags.kinds import TagKind
from storyloft.tags.wrangling import wrangling
from storyloft.works.models import Visibility
from storyloft.wrangling import bins
from tests.cast import ada, bertram
from tests.wrangling.shelf import WOLF, free, pair, person, the, wolf, work

pytestmark = pytest.mark.django_db


def names(kind: TagKind, words: str = "") -> list[tuple[str, int]]:
    rows, _ = bins.rows(ada(), kind, None, words)
    return [(row.tag.name, row.works) for row in rows]


def test_wordings_wait_those_with_most_works_first() -> None:
    wolf("One", person("Derek Hale"), person("Stiles"))
    wolf("Two", person("Stiles"))
    assert names(TagKind.CHARACTER) == [("Stiles", 2), ("Derek Hale", 1)]
    assert names(TagKind.CHARACTER, "hale") == [("Derek Hale", 1)]
    assert bins.counts(ada()) == {"fandom": 1, "character": 2}


def test_wordings_of_one_key_are_one_row_under_the_name_most_written() -> None:
    wolf("One", pair("stiles/derek"))
    wolf("Two", pair("Derek/Stiles"))
    wolf("Three", pair("Derek/Stiles"))
    rows, _ = bins.rows(ada(), TagKind.RELATIONSHIP, None)
    assert [(row.tag.name, row.works, row.also) for row in rows] == [("Derek/Stiles", 3, ["stiles/derek"])]


def test_what_is_canonical_means_something_or_is_left_does_not_wait() -> None:
    wolf("One", free("Fog"), free("Mist"), free("Drizzle"), free("fog"), free("asdf"))
    with wrangling(by=ada()) as desk:
        desk.make_canonical(the(free("Fog")))
        desk.mean(the(free("Mist")), the(free("Fog")))
        desk.leave_as_it_is(the(free("asdf")))
    assert names(TagKind.FREEFORM) == [("Drizzle", 1)]


def test_a_fandoms_bin_holds_its_works_tags_alone() -> None:
    wolf("One", person("Derek Hale"))
    work("Two", (TagKind.FANDOM, "Dracula"), person("Mina Harker"))
    shelves, more = bins.shelves(ada())
    assert not more
    assert {(shelf.fandom.name, shelf.works, *shelf.counts) for shelf in shelves} == {
        (WOLF, 1, ("character", 1)),
        ("Dracula", 1, ("character", 1)),
    }
    fandom = bins.fandom(ada(), the((TagKind.FANDOM, WOLF)).pk)
    rows, _ = bins.rows(ada(), TagKind.CHARACTER, fandom)
    assert [row.tag.name for row in rows] == ["Derek Hale"]


def test_a_suggestion_stands_beside_the_wording() -> None:
    wolf("One", pair("Sterek"))
    rows, _ = bins.rows(ada(), TagKind.RELATIONSHIP, None)
    assert rows[0].best
    assert rows[0].best.name == "Derek Hale/Stiles Stilinski"
    assert rows[0].best.strength > 0.9


def test_pages_follow_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bins, "ON_A_PAGE", 2)
    wolf("One", *(free(f"Fog {n}") for n in range(5)))
    pages = [bins.rows(ada(), TagKind.FREEFORM, None, page=page) for page in (1, 2, 3)]
    assert [len(rows) for rows, _ in pages] == [2, 2, 1]
    assert [more for _, more in pages] == [True, True, False]
    assert len({row.tag.pk for rows, _ in pages for row in rows}) == 5


def test_the_desk_never_shows_what_only_others_private_works_bear() -> None:
    wolf("Hers", person("Secret Person"), keeper=bertram(), seen=Visibility.PRIVATE)
    work("More", (TagKind.FANDOM, "Secret Fandom"), keeper=bertram(), seen=Visibility.PRIVATE)
    # The oldest wording of the key is Bertram's private one; Ada sees the name as she knows it.
    wolf("Old", person("secret twin"), keeper=bertram(), seen=Visibility.PRIVATE)
    wolf("Mine", person("Secret Twin"))
    assert names(TagKind.CHARACTER) == [("Secret Twin", 1)]
    rows, _ = bins.rows(ada(), TagKind.CHARACTER, None)
    assert rows[0].also == []
    assert [shelf.fandom.name for shelf in bins.shelves(ada())[0]] == [WOLF]
    assert bins.named(ada(), "secret") == [rows[0].tag]
