"""A blocklist as it is meant now: from what somebody named to the numbers and words that works are told by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from storyloft.accounts.models import Byline, Visitor
from storyloft.prose.clean import CleanHtml
from storyloft.prose.passages import passages
from storyloft.search.keeping.models import Blocked, What
from storyloft.search.schema import words_of
from storyloft.tags.models import Meaning, Tag

Phrase = tuple[str, ...]
Meant = Mapping[int, Sequence[Blocked]]


@dataclass(frozen=True, slots=True)
class Blocklist:
    """Numbers of tags (as works are filed), bylines and works, and phrases; each with the rows that say so."""

    tags: Meant = field(default_factory=dict)
    bylines: Meant = field(default_factory=dict)
    works: Meant = field(default_factory=dict)
    phrases: Mapping[Phrase, Blocked] = field(default_factory=dict)

    @classmethod
    def of(cls, visitor: Visitor) -> Blocklist:
        """This visitor's, with at most four queries; empty for a stranger."""
        return cls.meant_by(Blocked.objects.of(visitor).select_related("tag"))

    @classmethod
    def meant_by(cls, rows: Iterable[Blocked]) -> Blocklist:
        """What these rows hide; their tags are fetched with them."""
        by_kind: dict[str, list[Blocked]] = defaultdict(list)
        for row in rows:
            by_kind[row.what].append(row)
        return cls(
            _gathered(_filed(by_kind[What.TAG])),
            _gathered([*_pairs(by_kind[What.BYLINE], "byline_id"), *_named(by_kind[What.NAME])]),
            _gathered(_pairs(by_kind[What.WORK], "work_id")),
            {tuple(row.folded.split()): row for row in by_kind[What.WORDS]},
        )

    def __bool__(self) -> bool:
        return bool(self.tags or self.bylines or self.works or self.phrases)

    def phrases_in(self, html: str) -> Iterator[Blocked]:
        """The blocked words that a summary has, found as the index finds them."""
        words = summary_words(html) if self.phrases and html else []
        yield from (row for phrase, row in self.phrases.items() if _holds(words, phrase))


def summary_words(html: str) -> list[str]:
    """The words of a summary as the index cuts them."""
    return words_of(" ".join(passage.text for passage in passages(cast("CleanHtml", html))))


def _holds(words: Sequence[str], phrase: Phrase) -> bool:
    starts = (at for at, word in enumerate(words) if word == phrase[0])
    return any(tuple(words[at : at + len(phrase)]) == phrase for at in starts)


def _gathered(pairs: Iterable[tuple[int, Blocked]]) -> Meant:
    found: dict[int, dict[int, Blocked]] = defaultdict(dict)
    for number, row in pairs:
        found[number][row.pk] = row
    return {number: tuple(rows.values()) for number, rows in found.items()}


def _pairs(rows: Iterable[Blocked], column: str) -> list[tuple[int, Blocked]]:
    return [(getattr(row, column), row) for row in rows]


def _named(rows: Sequence[Blocked]) -> Iterator[tuple[int, Blocked]]:
    """Every byline of a name."""
    of_name = {row.folded: row for row in rows}
    if of_name:
        found = Byline.objects.filter(folded__in=of_name).values_list("pk", "folded")
        yield from ((pk, of_name[folded]) for pk, folded in found)


def _filed(rows: Sequence[Blocked]) -> Iterator[tuple[int, Blocked]]:
    """Every tag that a work with a blocked one may be filed under: wordings of the same key, and what they mean.

    A canonical tag means itself, whatever a wording of the same key was made to mean.
    """
    if not rows:
        return
    tags = [(row, row.tag) for row in rows if row.tag]
    alike = _alike({tag.key for _, tag in tags})
    meant = _meant({pk for row, tag in tags if not tag.is_canonical for pk in alike[tag.kind, tag.key]})
    for row, tag in tags:
        for pk in {tag.pk, *alike[tag.kind, tag.key]}:
            yield pk, row
            if not tag.is_canonical:
                yield from ((canonical, row) for canonical in meant[pk])


def _alike(keys: Collection[str]) -> Mapping[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for pk, kind, key in Tag.objects.filter(key__in=keys).values_list("pk", "kind", "key"):
        found[kind, key].append(pk)
    return found


def _meant(wordings: Collection[int]) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Meaning.objects.filter(wording__in=wordings) if wordings else Meaning.objects.none()
    for wording, canonical in rows.values_list("wording", "canonical"):
        found[wording].append(canonical)
    return found
