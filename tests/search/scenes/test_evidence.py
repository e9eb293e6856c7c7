"""What the words of a memory are worth: in their forms, by their kin, together, and each in one place."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tantivy import Query

from storyloft.search import index
from storyloft.search.matching import Matcher
from storyloft.search.scenes.evidence import Evidence
from storyloft.search.writer import drain
from storyloft.works.models import Work
from tests.cast import STRANGER
from tests.search.shelf import story

pytestmark = pytest.mark.django_db


def scored(*words: str, of_kin: float | None = None) -> Mapping[str, float]:
    """The score of each story's only passage for these words."""
    drain()
    with index.readable() as opened:
        matcher = Matcher(opened, STRANGER)
        told = dict.fromkeys(words, 1.0)
        evidence = Evidence(matcher, told) if of_kin is None else Evidence(matcher, told, of_kin=of_kin)
        titles = dict(Work.objects.values_list("pk", "title"))
        query = evidence.passages(words, list(titles))
        return {titles[work]: score for work, score in _hits(matcher, query)}


def _hits(matcher: Matcher, query: Query | None) -> list[tuple[int, float]]:
    hits = matcher.searcher.search(query, 100).hits if query else []
    works = matcher.column("work", [address for _, address in hits])
    return [(work, float(hit[0])) for hit, work in zip(hits, works, strict=True)]


def test_every_form_of_a_word_is_the_same_word() -> None:
    story("Once", "The lamp flickered.")
    story("Other", "The lamp flickers.")
    worth = scored("flickering")
    assert worth["Once"] == pytest.approx(worth["Other"])


def test_a_word_is_worth_more_than_its_kin() -> None:
    story("Itself", "He hid the suitcase.")
    story("Kin", "He hid the portmanteau.")
    worth = scored("suitcase")
    assert worth["Itself"] > worth["Kin"] > 0
    assert "Kin" not in scored("suitcase", of_kin=0.0)


def test_many_kin_in_one_place_are_not_as_many_words() -> None:
    story("Once", "He met a constable and some other men there.")
    story("Thrice", "He met a constable and a bobby and an inspector.")
    story("Two words", "He met a constable and a parrot with other men.")
    worth = scored("cop", "parrot")
    assert worth["Once"] < worth["Thrice"] < worth["Two words"]


def test_words_that_nobody_wrote_ask_for_nothing() -> None:
    story("A story", "A lamp burned.")
    assert scored("zeppelin") == {}


def test_a_word_is_stemmed_by_the_language_of_the_story() -> None:
    story("Deutsch", "Die Laternen brannten.", language="de")
    story("English", "The lanterns burned.")
    assert list(scored("Laterne".lower())) == ["Deutsch"]
