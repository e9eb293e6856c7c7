"""What a search box offers while somebody types: titles, bylines, fandoms and characters they may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from tantivy import Query

from storyloft.accounts.models import Byline, Visitor
from storyloft.search import index
from storyloft.search.blocking import unblocked
from storyloft.search.index import NotReady
from storyloft.search.matching import Matcher
from storyloft.search.offers import Offer, offer_in
from storyloft.search.schema import words_of
from storyloft.tags.models import Tag
from storyloft.works.models import Authorship, Filing, Tagging, Work

_SHOWN = 10
# More than are shown: a name is found at each of its words, and some may have gone out of sight since.
_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name that begins as typed, and the query that finds what bears it."""

    kind: str
    name: str

    @property
    def query(self) -> str:
        """`author:"A. Name"`."""
        return f'{self.kind}:"{self.name.replace(chr(34), " ")}"'


def suggest(person: Visitor, prefix: str) -> list[Suggestion]:
    """At most ten names with a word beginning so, the most frequent first; none without an index."""
    typed = " ".join(words_of(prefix))
    if not typed:
        return []
    try:
        with index.readable() as opened:
            theirs = Query.boolean_query(Matcher(opened, person).theirs)
            terms = opened.searcher.terms_with_prefix("offered", typed, theirs, _LOOKED_AT)
    except NotReady:
        return []
    offered = list(dict.fromkeys(offer_in(term) for term, _ in terms))
    visible = _visible(person, offered)
    return [Suggestion(*offer) for offer in offered if offer in visible][:_SHOWN]


def _visible(person: Visitor, offered: list[Offer]) -> set[Offer]:
    """Those that a work visible now bears: the index may be a moment behind."""
    works = unblocked(Work.objects.visible_to(person), person)
    seen: set[Offer] = set()
    for kind in {offer.kind for offer in offered}:
        names = [offer.name for offer in offered if offer.kind == kind]
        seen |= {Offer(kind, name) for name in _borne(kind, names, works)}
    return seen


def _borne(kind: str, names: list[str], works: QuerySet[Work]) -> Iterable[str]:
    if kind == "title":
        return works.filter(title__in=names).values_list("title", flat=True)
    if kind == "author":
        by_them = Authorship.objects.filter(byline=OuterRef("pk"), work__in=works)
        return Byline.objects.filter(Exists(by_them), name__in=names).values_list("name", flat=True)
    with_it = Tagging.objects.filter(tag=OuterRef("pk"), work__in=works)
    filed = Filing.objects.filter(tag=OuterRef("pk"), work__in=works)
    known = Q(Exists(with_it)) | Q(Exists(filed), is_canonical=True)
    return Tag.objects.filter(known, kind=kind, name__in=names).values_list("name", flat=True)
