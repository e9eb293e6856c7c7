"""The words that mark a work: frequent in it and rare elsewhere, without the names of people."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from storyloft.prose.folding import fold
from storyloft.search.index import OpenIndex
from storyloft.search.scenes.small_words import SMALL_WORDS
from storyloft.search.schema import body, is_unspaced, language_of, stems_of
from storyloft.works.models import Chapter, Work

MOST = 24
# Letters of text looked at, taken from all over the work: a novel is known by a part of its words.
_LETTERS = 60_000
_CHAPTERS = 12
_SHORTEST = 4
_OFTEN_ENOUGH = 2
# Mostly written large: a name, which says who is in a story and not what it is like.
_LARGE = 0.7
_WORKS_REMEMBERED = 512

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\W\d_]+")


class Word(NamedTuple):
    """A word as the index holds it, as the work writes it, and how much it marks the work."""

    stem: str
    written: str
    weight: float


def words_that_mark(opened: OpenIndex, work: Work) -> tuple[Word, ...]:
    """At most two dozen, the most telling first. Remembered until the work changes."""
    known = _counted(work.pk, work.changed_at, language_of(work.language))
    documents = opened.searcher.num_docs
    field = body(language_of(work.language))
    marking = []
    for stem, written, count in known:
        holding = opened.searcher.doc_freq(field, stem)
        # A work stands twice in this field, as a whole and by its chapters; a word that only it has finds nobody else.
        if holding > 2:
            rarity = math.log(1 + (documents - holding + 0.5) / (holding + 0.5)) if holding < documents else 0.0
            marking.append(Word(stem, written, (1 + math.log(count)) * rarity))
    return tuple(sorted(marking, key=lambda word: (-word.weight, word.stem))[:MOST])


@lru_cache(maxsize=_WORKS_REMEMBERED)
def _counted(work: int, changed_at: datetime, language: str) -> tuple[tuple[str, str, int], ...]:
    """Stems with the form they have most often, and how often they stand in the sample."""
    counts: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for word in _words(work):
        plain = fold(word)
        counts[plain] += 1
        large[plain] += word[0].isupper()
    plain_words = [word for word, count in counts.items() if _may_mark(word) and large[word] <= _LARGE * count]
    by_stem: dict[str, Counter[str]] = {}
    for word in plain_words:
        for stem in stems_of(language, word)[:1]:
            by_stem.setdefault(stem, Counter())[word] = counts[word]
    found = ((stem, forms.most_common(1)[0][0], forms.total()) for stem, forms in by_stem.items())
    return tuple(one for one in found if one[2] >= _OFTEN_ENOUGH)


def _may_mark(word: str) -> bool:
    return (len(word) >= _SHORTEST and word not in SMALL_WORDS) or (is_unspaced(word) and len(word) > 1)


def _words(work: int) -> Iterator[str]:
    for html in _sample(work):
        yield from _WORD.findall(_TAG.sub(" ", html))


def _sample(work: int) -> Iterable[str]:
    rows = Chapter.objects.filter(work=work, taken_back_at=None, current__isnull=False).order_by("position", "pk")
    keys = list(rows.values_list("pk", flat=True))
    chosen = keys[:: max(1, math.ceil(len(keys) / _CHAPTERS))]
    texts = Chapter.objects.filter(pk__in=chosen).values_list("current__html", flat=True)
    return (html[: _LETTERS // max(1, len(chosen))] for html in texts)
