"""Why a story is among those that may be meant, in a plain sentence, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storyloft.prose.folding import fold
from storyloft.search.results import PassageHit
from storyloft.search.scenes.chips import Chip
from storyloft.search.scenes.evidence import Evidence
from storyloft.search.scenes.kin import LANGUAGE
from storyloft.search.scenes.results import Strength
from storyloft.search.schema import stems_of

_WORDS_OF_A_CHAPTER = 4
_CHAPTERS = 3

# From the tuning half of benchmarks/scenes: nine of ten that lead by so much and hold so much are the right one. A
# handful of words is held by many stories, so of those nearly all must be.
_LEADS, _HOLDS, _HOLDS_NEARLY_ALL = 2.0, 0.38, 0.75
_FEW_WORDS = 8
_CLOSE, _HOLDS_SOME = 2.5, 0.3


def strength(share: float, behind: float, ahead: float, words: int) -> Strength:
    """How sure a match is.

    `share`: see SceneHit. `behind`: how far it scores below the first; `ahead`: above the next. `words`: of the memory.
    """
    holds = share >= (_HOLDS_NEARLY_ALL if words < _FEW_WORDS else _HOLDS)
    if behind == 0 and ahead >= _LEADS and holds:
        return Strength.STRONG
    return Strength.FAIR if share >= _HOLDS_SOME and behind <= _CLOSE else Strength.WEAK


def why(evidence: Evidence, passages: Sequence[PassageHit], chips: Iterable[Chip], one_chapter: bool) -> str:
    """“letter” and “lamp” in chapter 2; tagged Sherlock Holmes."""
    told = _by_chapter(evidence, passages)
    reasons = [f"{_listed(words)}{'' if one_chapter else f' in {_small(chapter)}'}" for chapter, words in told.items()]
    reasons = reasons[:_CHAPTERS] + [_borne(chip) for chip in chips]
    if not reasons:
        return "Near in meaning; none of your words." if passages else ""
    return "; ".join(reasons)


def _by_chapter(evidence: Evidence, passages: Sequence[PassageHit]) -> dict[str, list[str]]:
    """For each chapter the most telling words of its paragraphs, as they stand there, each word once."""
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for hit in passages:
        lit = {fold(word): word for word in (hit.text[start:end] for start, end in hit.highlights)}
        # One form of a word is enough: "window" and "windows" are one reason.
        forms = {_stem(plain): plain for plain in lit if _stem(plain) not in seen}
        fresh = sorted(forms.values(), key=lambda plain: -evidence.tells(plain))
        seen.update(forms)
        if fresh:
            found.setdefault(hit.chapter_title, []).extend(lit[plain] for plain in fresh)
    return {chapter: words[:_WORDS_OF_A_CHAPTER] for chapter, words in found.items()}


def _stem(word: str) -> str:
    return " ".join(stems_of(LANGUAGE, word))


def _borne(chip: Chip) -> str:
    return f"by {chip.words}" if chip.kind == "author" else f"tagged {chip.words}" if chip.is_name else chip.words


def _listed(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in words]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def _small(heading: str) -> str:
    return heading[:1].lower() + heading[1:] if heading.startswith("Chapter ") else heading
