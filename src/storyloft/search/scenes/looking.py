"""Looking a memory up in every way there is: whole works, chapters, passages, clauses, meaning. Each way is a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tantivy import Occur, Query

from storyloft.search import meaning
from storyloft.search.matching import Clause as Wanted
from storyloft.search.matching import Matcher, all_of, among, of_kind
from storyloft.search.meaning import MeaningHit
from storyloft.search.paragraphs import Place
from storyloft.search.query import Phrase
from storyloft.search.ranking import best, decayed
from storyloft.search.scenes.chips import Chip
from storyloft.search.scenes.evidence import Evidence
from storyloft.search.scenes.fusion import Listed, Weights, fused
from storyloft.search.scenes.reading import Clause, Memory
from storyloft.search.schema import Kind

# Works looked at closely, by passage: those first as a whole, and those first by a chapter.
CANDIDATES = 150
_CHAPTERS = 1_000
_PASSAGES = 1_500
_PASSAGES_OF_A_CLAUSE = 800
_BY_MEANING = 100
_OF_A_NAME = 100


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage of a work that was found, by its score for what was asked."""

    work: int
    place: Place
    score: float


@dataclass(slots=True)
class Found:
    """Every way's scores by work, and all works in their order. `named`: the works of names that were recognised."""

    works: dict[int, float] = field(default_factory=dict)
    chapters: dict[int, float] = field(default_factory=dict)
    passages: dict[int, float] = field(default_factory=dict)
    clauses: dict[int, float] = field(default_factory=dict)
    meaning: dict[int, float] = field(default_factory=dict)
    against: dict[int, float] = field(default_factory=dict)
    named: dict[int, float] = field(default_factory=dict)
    meant: dict[int, MeaningHit] = field(default_factory=dict)
    order: dict[int, float] = field(default_factory=dict)


def look(
    matcher: Matcher,
    memory: Memory,
    evidence: Evidence,
    chips: Sequence[Chip] = (),
    wanted: Sequence[Wanted] = (),
    weights: Weights = Weights(),  # noqa: B008 - frozen
) -> Found:
    """The works that may be meant, best first. `wanted`: what each must hold, as clauses over WORK documents."""
    found = Found()
    found.works = _works(matcher, evidence, wanted)
    for chip in chips:
        # Who names a fandom nearly always means it: its works are looked at even where others have more of the words.
        if chip.is_name:
            of_name = _works(matcher, evidence, [*wanted, *chip.wanted(matcher)], _OF_A_NAME)
            found.works |= of_name
            found.named |= of_name
    found.chapters = _chapters(matcher, evidence, wanted)
    found.meant = _meant(matcher, memory, wanted)
    candidates = _first(found)
    if not candidates:
        return found
    found.meaning = {work: hit.score for work, hit in found.meant.items()}
    told = evidence.passages(memory.words, candidates, memory.phrases)
    found.passages = decayed(_scored(matcher, told, _PASSAGES))
    found.clauses = _clauses(matcher, evidence, memory.clauses, candidates)
    found.against = _clauses(matcher, Evidence(matcher, {}, of_kin=0.0), memory.against, candidates)
    lists = [
        Listed(weights.works, found.works),
        Listed(weights.chapters, found.chapters),
        Listed(weights.passages, found.passages),
        Listed(weights.clauses, found.clauses, 0.0),
        Listed(weights.meaning, found.meaning),
        Listed(-weights.against, found.against, 0.0),
    ]
    found.order = _nudged(matcher, fused(lists, candidates), chips, memory, weights)
    return found


def passages_of(matcher: Matcher, query: Query | None, most: int) -> list[Scored]:
    """The passages that a query finds, with where they are; best first."""
    # Asked for no hits at all, the index breaks off as if it were damaged.
    if query is None or not most:
        return []
    hits = matcher.searcher.search(query, most, count=False).hits
    addresses = [address for _, address in hits]
    columns = [matcher.column(name, addresses) for name in ("work", "chapter", "start", "end")]
    return [
        Scored(work, Place(chapter, start, end), float(score))
        for (score, _), work, chapter, start, end in zip(hits, *columns, strict=True)
    ]


def _works(matcher: Matcher, evidence: Evidence, wanted: Sequence[Wanted], most: int = _CHAPTERS) -> dict[int, float]:
    clauses = [*matcher.theirs, *wanted, (Occur.Must, of_kind(Kind.WORK)), (Occur.Must, evidence.bodies())]
    return best(_scored(matcher, Query.boolean_query(clauses), most))


def _chapters(matcher: Matcher, evidence: Evidence, wanted: Sequence[Wanted]) -> dict[int, float]:
    clauses = [*matcher.theirs_of_chapters, (Occur.Must, of_kind(Kind.CHAPTER)), (Occur.Must, evidence.bodies())]
    scored = best(_scored(matcher, Query.boolean_query(clauses), _CHAPTERS))
    if not wanted:
        return scored
    allowed = _allowed(matcher, list(scored), wanted)
    return {work: score for work, score in scored.items() if work in allowed}


def _meant(matcher: Matcher, memory: Memory, wanted: Sequence[Wanted]) -> dict[int, MeaningHit]:
    """The nearest in meaning, of those this visitor may see: vectors know nothing of rights."""
    told = [clause.text for clause in memory.clauses if clause.weight == 1.0]
    hits = meaning.scores([*told, memory.about] if told else [])
    allowed = _allowed(matcher, list(hits), wanted) if hits else set()
    return {work: hit for work, hit in hits.items() if work in allowed}


def _allowed(matcher: Matcher, works: Sequence[int], wanted: Sequence[Wanted]) -> set[int]:
    clauses = [*matcher.theirs, *wanted, (Occur.Must, of_kind(Kind.WORK)), (Occur.Must, among("work", works))]
    return set(matcher.numbers("work", Query.boolean_query(clauses)))


def _first(found: Found) -> list[int]:
    first = [*list(found.works)[:CANDIDATES], *list(found.chapters)[:CANDIDATES], *list(found.meant)[:_BY_MEANING]]
    return list(dict.fromkeys([*first, *found.named]))


def _clauses(matcher: Matcher, evidence: Evidence, clauses: Iterable[Clause], works: Sequence[int]) -> dict[int, float]:
    total: dict[int, float] = {}
    for clause in clauses:
        scored = _scored(matcher, evidence.passages(clause.words, works), _PASSAGES_OF_A_CLAUSE)
        for work, score in best(scored).items():
            total[work] = total.get(work, 0.0) + score
    return total


def _nudged(
    matcher: Matcher, order: Mapping[int, float], chips: Sequence[Chip], memory: Memory, weights: Weights
) -> dict[int, float]:
    """The order, with works before others that are as a chip says or have a quotation word for word."""
    scores = dict(order)
    works = list(scores)
    nudges = [(weights.names if chip.is_name else weights.hints, chip.among(matcher, works)) for chip in chips]
    nudges += [(weights.phrases, _quoting(matcher, words, works)) for words in memory.phrases]
    for worth, chosen in nudges:
        for work in chosen:
            scores[work] += worth
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def _quoting(matcher: Matcher, words: tuple[str, ...], works: Sequence[int]) -> set[int]:
    wanted = all_of([of_kind(Kind.PASSAGE), among("work", works), matcher.phrase(Phrase(words))])
    return set(matcher.numbers("work", wanted))


def _scored(matcher: Matcher, query: Query | None, most: int) -> list[tuple[int, float]]:
    if query is None:
        return []
    hits = matcher.searcher.search(query, most, count=False).hits
    # Plain pairs: there are thousands of them for every question.
    works = matcher.column("work", [address for _, address in hits])
    return [(work, float(hit[0])) for hit, work in zip(hits, works, strict=True)]
