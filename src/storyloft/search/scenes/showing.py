"""Under each story the paragraphs that hold the remembered scene: at most three, each for another clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from storyloft.prose.clean import CleanHtml
from storyloft.prose.passages import passages
from storyloft.search.matching import Matcher
from storyloft.search.paragraphs import Place
from storyloft.search.query import Phrase
from storyloft.search.results import PassageHit
from storyloft.search.scenes.evidence import Evidence
from storyloft.search.scenes.looking import passages_of
from storyloft.search.scenes.reading import Memory
from storyloft.search.snippets import Lights, snippet
from storyloft.works.models import Chapter

SHOWN = 3
# Passages of a clause looked through for each work shown.
_OF_A_WORK = 20
# A further paragraph must add this much of what the first one told.
_WORTH_SHOWING = 0.2
# Words that tell less than this part of what a word can tell are not lit up: "man" would light up every page.
_COMMON = 0.2


@dataclass(slots=True)
class Scenes:
    """The places of one work that hold what is remembered, and how much of it all they hold, 0 to 1."""

    places: list[Place] = field(default_factory=list)
    share: float = 0.0


def scenes_of(matcher: Matcher, evidence: Evidence, memory: Memory, works: Sequence[int]) -> dict[int, Scenes]:
    """For each of these works its best places, so that together they hold as much of the memory as can be."""
    clauses = [(clause, clause.weight * _worth(evidence, clause.words)) for clause in memory.clauses]
    held: dict[int, dict[Place, dict[int, float]]] = {work: defaultdict(dict) for work in works}
    for number, (clause, worth) in enumerate(clauses):
        for one in passages_of(matcher, evidence.passages(clause.words, works), _OF_A_WORK * len(works)):
            held[one.work][one.place][number] = min(one.score, worth)
    whole = sum(worth for _, worth in clauses) or 1.0
    return {work: _chosen(places, whole) for work, places in held.items()}


def _worth(evidence: Evidence, words: Iterable[str]) -> float:
    return sum(evidence.rarity(word) for word in words) or 1.0


def _chosen(places: Mapping[Place, Mapping[int, float]], whole: float) -> Scenes:
    """The place that holds most, then the one that adds most to it, then one more."""
    scenes, covered = Scenes(), defaultdict[int, float](float)
    first = 0.0
    while len(scenes.places) < SHOWN:
        gains = {
            place: sum(max(0.0, score - covered[clause]) for clause, score in held.items())
            for place, held in places.items()
            if place not in scenes.places
        }
        place = max(gains, key=lambda one: (gains[one], -one.chapter, -one.start), default=None)
        if place is None or gains[place] <= _WORTH_SHOWING * first:
            break
        first = first or gains[place]
        scenes.places.append(place)
        for clause, score in places[place].items():
            covered[clause] = max(covered[clause], score)
    scenes.share = min(1.0, sum(covered.values()) / whole)
    return scenes


def lights_for(evidence: Evidence, memory: Memory) -> Lights:
    """What to highlight: the telling words in any of their forms and their kin, and short quotations."""
    least = _COMMON * evidence.most
    telling = [word for word in memory.words if evidence.rarity(word) > least] or list(memory.words)
    forms = [{word} | {form for form in evidence.forms(word) if evidence.tells(form) > least} for word in telling]
    return Lights(forms, [Phrase(words) for words in memory.phrases])


def paragraphs_of(found: Mapping[int, Scenes], lights: Lights) -> dict[int, tuple[PassageHit, ...]]:
    """For each work its paragraphs, in the order of the story. One query."""
    keys = {place.chapter for scenes in found.values() for place in scenes.places}
    rows = Chapter.objects.filter(pk__in=keys, taken_back_at=None, current__isnull=False).select_related("current")
    chapters = {chapter.pk: chapter for chapter in rows.only("public_id", "position", "title", "current__html")}
    return {work: tuple(_distinct(_paragraphs(scenes.places, chapters, lights))) for work, scenes in found.items()}


def _paragraphs(places: Iterable[Place], chapters: Mapping[int, Chapter], lights: Lights) -> Iterator[PassageHit]:
    for place in sorted(places, key=lambda one: (_position(chapters, one), one.start)):
        chapter = chapters.get(place.chapter)
        if chapter and chapter.current and (cut := snippet(chapter.current.html, place.start, place.end, lights)):
            yield PassageHit(chapter.public_id, chapter.heading, cut.passage_id, cut.text, cut.highlights)


def _position(chapters: Mapping[int, Chapter], place: Place) -> int:
    return chapters[place.chapter].position if place.chapter in chapters else 0


def _distinct(hits: Iterable[PassageHit]) -> Iterable[PassageHit]:
    return {(hit.chapter_id, hit.passage_id): hit for hit in hits}.values()


def whole_paragraphs(hits: Iterable[PassageHit]) -> dict[tuple[int, str], str]:
    """The words of these paragraphs uncut, by chapter and passage. One query."""
    wanted = {(hit.chapter_id, hit.passage_id) for hit in hits}
    rows = Chapter.objects.filter(public_id__in={chapter for chapter, _ in wanted}).select_related("current")
    return {
        (chapter.public_id, passage.id): " ".join(passage.text.split())
        for chapter in rows
        if chapter.current
        for passage in passages(CleanHtml(chapter.current.html))
        if (chapter.public_id, passage.id) in wanted
    }
