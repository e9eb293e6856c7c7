"""Finding the story somebody half remembers: `recall(person, text)`.

The wrapping comes off (reading.py), names and hints become chips, words are respelled where nobody wrote them so, and
every way of looking is made into one order (looking.py, fusion.py). The visitor's rights and their blocklist are in
every query, and what is shown is loaded through `visible_to` once more.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from storyloft.accounts.models import Visitor
from storyloft.search import index
from storyloft.search.browsing.filters import Filters
from storyloft.search.browsing.narrowing import narrowed
from storyloft.search.index import NotReady
from storyloft.search.matching import Matcher
from storyloft.search.meaning import Place as MeaningPlace
from storyloft.search.paragraphs import Place
from storyloft.search.results import PassageHit
from storyloft.search.scenes.chips import Chip, of_hints
from storyloft.search.scenes.evidence import Evidence
from storyloft.search.scenes.kin import kin_of
from storyloft.search.scenes.looking import Found, look
from storyloft.search.scenes.names import names_in
from storyloft.search.scenes.reading import Memory, remember
from storyloft.search.scenes.results import Recalled, SceneHit
from storyloft.search.scenes.showing import Scenes, lights_for, paragraphs_of, scenes_of
from storyloft.search.scenes.why import strength, why
from storyloft.search.spelling import distance, nearest
from storyloft.works.models import Work

LAST_PAGE = 20
# Shorter words are mistyped less often than they are names or abbreviations.
_SHORTEST_REPAIRED = 4
_MOST_REPAIRED = 16
_LONG = 8


def recall(
    person: Visitor,
    text: str,
    *,
    without: Collection[str] = (),
    filters: Filters | None = None,
    page: int = 1,
    per_page: int = 10,
) -> Recalled:
    """The stories this visitor may see that fit what is remembered, best first. No text is an error.

    `without`: keys of chips taken away. `filters`: what each story must be, chips insisted on among them.
    """
    recalled = Recalled(remember(text), page=min(max(page, 1), LAST_PAGE), per_page=per_page)
    if recalled.memory.is_empty:
        return recalled
    try:
        with index.readable() as opened:
            return _recall(Matcher(opened, person), recalled, set(without), filters or Filters())
    except NotReady:
        return replace(recalled, ready=False)


def _recall(matcher: Matcher, recalled: Recalled, without: set[str], filters: Filters) -> Recalled:
    memory, respelled = _respelled(matcher, recalled.memory)
    chips = [*names_in(matcher, memory), *of_hints(memory.hints)]
    kept = [chip for chip in chips if chip.key not in without]
    evidence = Evidence(matcher, memory.words)
    found = look(matcher, memory, evidence, kept, narrowed(filters, matcher.visitor).clauses())
    start = (recalled.page - 1) * recalled.per_page
    shown = list(found.order)[start : start + recalled.per_page]
    return replace(
        recalled,
        memory=memory,
        hits=tuple(_hits(matcher, memory, evidence, found, shown, kept)),
        chips=tuple(kept),
        removed=tuple(chip for chip in chips if chip.key in without),
        respelled=respelled,
        more=len(found.order) > start + recalled.per_page and recalled.page < LAST_PAGE,
    )


def _respelled(matcher: Matcher, memory: Memory) -> tuple[Memory, dict[str, str]]:
    """The memory with words that this visitor can find nowhere replaced by the nearest that they can."""
    doubtful = [word for word in memory.words if len(word) >= _SHORTEST_REPAIRED and not kin_of(word)]
    unknown = [word for word in doubtful if not matcher.is_known(word)]
    near = {word: nearest(matcher, word) for word in unknown[:_MOST_REPAIRED]}
    repaired = {word: other for word, other in near.items() if other and _is_slip(word, other)}
    return (memory.respelled(repaired) if repaired else memory), repaired


def _is_slip(word: str, other: str) -> bool:
    """One slip, two in a long word. A word that no story has is often right: then another one only misleads."""
    most = 2 if len(word) >= _LONG else 1
    return distance(word, other, most) <= most


def _hits(
    matcher: Matcher, memory: Memory, evidence: Evidence, found: Found, shown: Sequence[int], chips: Sequence[Chip]
) -> list[SceneHit]:
    works = {work.pk: work for work in Work.objects.visible_to(matcher.visitor).filter(pk__in=shown).for_lists()}
    seen = [pk for pk in shown if pk in works]
    scenes = scenes_of(matcher, evidence, memory, seen)
    _with_meaning(scenes, found)
    passages = paragraphs_of(scenes, lights_for(evidence, memory))
    borne = {chip.key: chip.among(matcher, seen) for chip in chips if chip.is_name}
    hits = []
    for pk in seen:
        of_work = [chip for chip in chips if pk in borne.get(chip.key, ())]
        hits.append(
            SceneHit(
                work=works[pk],
                score=found.order[pk],
                share=scenes[pk].share,
                strength=strength(scenes[pk].share, *_gaps(found.order, pk), words=len(memory.words)),
                why=why(evidence, passages[pk], of_work, one_chapter=_in_one_chapter(works[pk], passages[pk])),
                passages=passages[pk],
            )
        )
    return hits


def _in_one_chapter(work: Work, passages: Sequence[PassageHit]) -> bool:
    return work.chapter_count <= 1 and len({passage.chapter_id for passage in passages}) <= 1


def _with_meaning(scenes: dict[int, Scenes], found: Found) -> None:
    """A story found by its meaning alone has no words of the memory: it is shown by what is nearest."""
    for pk, one in scenes.items():
        if not one.places and pk in found.meant:
            meant = sorted(found.meant[pk].passages, key=lambda passage: -passage.score)
            one.places = list(dict.fromkeys(Place(*_where(passage.place)) for passage in meant))[:1]


def _where(place: MeaningPlace) -> tuple[int, int, int]:
    return place.chapter, place.start, place.end


def _gaps(order: dict[int, float], work: int) -> tuple[float, float]:
    """How far a work scores below the first, and above the one behind it."""
    ranked = list(order.values())
    at = list(order).index(work)
    return ranked[0] - ranked[at], ranked[at] - ranked[at + 1] if at + 1 < len(ranked) else ranked[at]
