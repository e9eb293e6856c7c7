"""Find in this story: every paragraph of one work that holds what is looked for, in reading order.

The index says in which passages to look, the database what they say now. Whoever calls has asked `visible_to`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tantivy import Occur, Query

from storyloft.accounts.models import Visitor
from storyloft.search import index
from storyloft.search.finding import lights_of
from storyloft.search.index import NotReady
from storyloft.search.language.tree import All, Either, Node, Not, Textual
from storyloft.search.matching import Matcher, among, any_of, of_kind
from storyloft.search.paragraphs import Place, every_paragraph_at
from storyloft.search.query import Asked, read
from storyloft.search.results import PassageHit
from storyloft.search.schema import Kind
from storyloft.works.models import Work

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Inside:
    """One page of a story's paragraphs. `loosened`: no passage had everything, so these have something of it."""

    typed: str
    asked: Asked
    passages: tuple[PassageHit, ...] = ()
    total: int = 0
    page: int = 1
    loosened: bool = False
    ready: bool = True

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // ON_A_PAGE))


def find_inside(visitor: Visitor, work: Work, typed: str, *, page: int = 1) -> Inside:
    """One page of the paragraphs of this work that hold what was asked for; names and numbers are passed over."""
    asked = _words_alone(read(typed))
    results = Inside(typed, asked, page=page)
    if asked.is_empty:
        return results
    try:
        with index.readable() as opened:
            return _filled(Matcher(opened, visitor), work, results)
    except NotReady:
        return replace(results, ready=False)


def _filled(matcher: Matcher, work: Work, results: Inside) -> Inside:
    asked = results.asked
    places = _places(matcher, work, [_clause(matcher, part) for part in asked.parts])
    loosened = not places and len(asked.leaves) > 1
    if loosened:
        places = _places(matcher, work, [(Occur.Must, any_of(matcher.in_passages(asked)))])
    found = every_paragraph_at(places, lights_of(matcher, asked))
    page = min(results.page, max(1, -(-len(found) // ON_A_PAGE)))
    shown = tuple(found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE])
    return replace(results, passages=shown, total=len(found), page=page, loosened=loosened)


def _places(matcher: Matcher, work: Work, clauses: list[tuple[Occur, Query]]) -> list[Place]:
    here = [(Occur.Must, of_kind(Kind.PASSAGE)), (Occur.Must, among("work", [work.pk]))]
    query = Query.const_score_query(Query.boolean_query([*here, *clauses]), 0.0)
    hits = matcher.searcher.search(query, max(1, matcher.searcher.num_docs), count=False).hits
    addresses = [address for _, address in hits]
    columns = [matcher.column(name, addresses) for name in ("chapter", "start", "end")]
    return [Place(*row) for row in zip(*columns, strict=True)]


def _clause(matcher: Matcher, part: Node) -> tuple[Occur, Query]:
    return (Occur.MustNot, _query(matcher, part.part)) if isinstance(part, Not) else (Occur.Must, _query(matcher, part))


def _query(matcher: Matcher, node: Node) -> Query:
    if isinstance(node, Either):
        return any_of(_query(matcher, part) for part in node.parts)
    if isinstance(node, All):
        return Query.boolean_query(
            [(Occur.Must, of_kind(Kind.PASSAGE)), *(_clause(matcher, one) for one in node.parts)]
        )
    if isinstance(node, Not):
        return _query(matcher, All((node,)))
    assert isinstance(node, Textual)
    return matcher.written("text", node)


def _words_alone(asked: Asked) -> Asked:
    parts = tuple(part for part in asked.parts if all(isinstance(leaf, Textual) for leaf in _every_leaf(part)))
    return replace(asked, parts=tuple(_anywhere(part) for part in parts))


def _every_leaf(node: Node) -> Iterator[Node]:
    if isinstance(node, All | Either):
        for part in node.parts:
            yield from _every_leaf(part)
    elif isinstance(node, Not):
        yield from _every_leaf(node.part)
    else:
        yield node


def _anywhere(node: Node) -> Node:
    """Within one story a title or a tag is a word like any other."""
    if isinstance(node, All | Either):
        return replace(node, parts=tuple(_anywhere(part) for part in node.parts))
    if isinstance(node, Not):
        return Not(_anywhere(node.part))
    return replace(node, where="") if isinstance(node, Textual) else node
