"""The tags that mark a work: those it shares with few others."""

from __future__ import annotations

import math
from typing import NamedTuple

from tantivy import Occur, Query

from storyloft.search.matching import Matcher, all_of, of_kind
from storyloft.search.schema import DOCUMENT, Kind
from storyloft.tags.kinds import TagKind
from storyloft.works.models import Filing, Tagging, Work

# A rating or a warning is shared with half the library.
_KINDS = (TagKind.FANDOM, TagKind.RELATIONSHIP, TagKind.CHARACTER, TagKind.FREEFORM)
# Stories in one fandom about one pairing are alike before any trope is.
_WORTH = {TagKind.FANDOM: 1.5, TagKind.RELATIONSHIP: 1.5, TagKind.CHARACTER: 0.7, TagKind.FREEFORM: 1.0}
_MOST = 40


class Mark(NamedTuple):
    """A tag by its number, as the work itself words it, and how much it marks the work."""

    tag: int
    words: str
    weight: float


def tags_that_mark(matcher: Matcher, work: Work) -> list[Mark]:
    """The work's tags that a second work has, the rarest first."""
    rows = Filing.objects.filter(work=work, inherited=False, tag__kind__in=_KINDS).values_list(
        "tag", "tag__kind", "tag__key", "tag__name"
    )
    own = {tagging.tag.key: tagging.tag.name for tagging in Tagging.objects.filter(work=work).select_related("tag")}
    works = max(1, _how_many(matcher, of_kind(Kind.WORK)))
    marks = []
    for tag, kind, key, name in rows[:_MOST]:
        bearing = _how_many(matcher, filed_under(tag))
        if bearing > 1:
            weight = _WORTH[TagKind(kind)] * math.log(1 + works / bearing)
            marks.append(Mark(tag, own.get(key, name), weight))
    return sorted(marks, key=lambda mark: (-mark.weight, mark.tag))


def filed_under(tag: int) -> Query:
    """Works filed under this tag."""
    return all_of([of_kind(Kind.WORK), Query.term_query(DOCUMENT, "filed", tag, "basic")])


def _how_many(matcher: Matcher, query: Query) -> int:
    """How many works, of those this visitor may see: a weight must not tell of others."""
    wanted = Query.boolean_query([*matcher.theirs, (Occur.Must, query)])
    return int(matcher.searcher.search(wanted, 1).count)  # type: ignore[attr-defined]
