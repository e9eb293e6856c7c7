"""The ways of ranking that are compared: each alone, then added one by one, and at last the page's own answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from benchmarks.scenes.measuring import Ranking
from benchmarks.scenes.queries import Remembered
from storyloft.accounts.models import Person
from storyloft.prose.clean import CleanHtml
from storyloft.prose.passages import passages
from storyloft.search import index
from storyloft.search.matching import Matcher
from storyloft.search.scenes.evidence import Evidence
from storyloft.search.scenes.finding import recall
from storyloft.search.scenes.fusion import Weights
from storyloft.search.scenes.looking import look
from storyloft.search.scenes.reading import Clause, Memory, remember, weighty
from storyloft.search.scenes.results import Recalled
from storyloft.works.models import Work

_NOTHING = Weights(works=0, chapters=0, passages=0, clauses=0, meaning=0, against=0, hints=0, names=0)
_SPACE = re.compile(r"\s+")


def rankings(*, with_meaning: bool) -> Iterator[tuple[str, Ranking]]:
    """Each ranking's name, and what gives its order of works for a memory."""
    stories = replace(_NOTHING, works=1.0)
    passaged = replace(stories, passages=Weights().passages)
    whole = replace(Weights(), meaning=0.0)
    yield "whole stories, as typed", _ranked(stories, as_typed=True, of_kin=0.0)
    yield "whole stories", _ranked(stories, of_kin=0.0)
    yield "chapters", _ranked(replace(_NOTHING, chapters=1.0), of_kin=0.0)
    yield "passages", _ranked(replace(_NOTHING, passages=1.0), of_kin=0.0)
    yield "stories + passages", _ranked(passaged, of_kin=0.0)
    yield "+ clauses", _ranked(replace(passaged, clauses=Weights().clauses), of_kin=0.0)
    yield "+ kin of words", _ranked(whole)
    if with_meaning:
        yield "meaning alone", _ranked(replace(_NOTHING, meaning=1.0), of_kin=0.0)
    yield "final", final


def final(memory: Remembered) -> list[int]:
    """The first hundred of the page's own answer."""
    return [hit.work.pk for hit in answer(memory).hits]


@cache
def answer(memory: Remembered) -> Recalled:
    """What the page answers; ten of it."""
    return recall(Person.objects.owner(), memory.text, per_page=10)


def shows(memory: Remembered, work: int) -> bool:
    """Whether a paragraph shown under this work is in the remembered scene."""
    assert memory.passage is not None
    hit = next(hit for hit in answer(memory).hits if hit.work.pk == work)
    start, end = memory.passage
    places = _places_of(work)
    return any(places[shown.passage_id][0] < end and places[shown.passage_id][1] > start for shown in hit.passages)


@cache
def _places_of(work: int) -> dict[str, tuple[float, float]]:
    """Where each paragraph of a work of one chapter begins and ends, as fractions of its letters."""
    chapter = Work.objects.get(pk=work).chapters.select_related("current").get()
    assert chapter.current is not None
    found, at = [], 0
    for passage in passages(CleanHtml(chapter.current.html)):
        length = len(_SPACE.sub(" ", passage.text)) + 2
        found.append((passage.id, at, at + length))
        at += length
    return {passage: (start / at, end / at) for passage, start, end in found}


def _ranked(weights: Weights, *, as_typed: bool = False, of_kin: float | None = None) -> Ranking:
    def order(remembered: Remembered) -> Sequence[int]:
        memory = _as_typed(remembered.text) if as_typed else remember(remembered.text)
        with index.readable() as opened:
            matcher = Matcher(opened, Person.objects.owner())
            evidence = (
                Evidence(matcher, memory.words) if of_kin is None else Evidence(matcher, memory.words, of_kin=of_kin)
            )
            return list(look(matcher, memory, evidence, weights=weights).order)

    return order


def _as_typed(text: str) -> Memory:
    """Every word of it, wrapping and all."""
    return Memory(typed=text, clauses=(Clause(text, weighty(text)),))
